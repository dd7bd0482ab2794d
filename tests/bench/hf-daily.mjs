import { once } from 'node:events'
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { entries } from './arxiv.mjs'

const FOLDER = fileURLToPath(new URL('./.data/', import.meta.url))
/** Raise it when the generated data change; otherwise old files are read again. */
const VERSION = 1
const FIRST_DAY = Date.UTC(2024, 4, 27)

/**
 * The same records as responses of Hugging Face's daily papers API: `many` files, one for each day with `perFile` records, and all of them
 * in `one`.
 */
export function dailyFiles(files, perFile, seed) {
  const folder = join(FOLDER, `hf-daily-${files}x${perFile}-${seed}-v${VERSION}`)
  const days = Array.from({ length: files }, (_, i) => dayAfter(i))
  const many = days.map((day) => join(folder, `${day}.json.gz`))
  const one = join(folder, 'all.json.gz')
  if (!existsSync(folder)) write(folder, days, [...entries(files * perFile, seed)], perFile)
  return { many, one }
}

const DIFFERENT = 2000

/** The path of one JSON array of at least a number of megabytes: 2,000 records, repeated. */
export async function longArray(megabytes, seed) {
  const path = join(FOLDER, `array-${megabytes}-${seed}-v${VERSION}.json`)
  if (existsSync(path)) return path
  mkdirSync(FOLDER, { recursive: true })
  const part = `${path}.part`
  const file = createWriteStream(part)
  const papers = [...entries(DIFFERENT, seed)]
  const text = papers.map((paper, i) => JSON.stringify(listed(paper, dayAfter(i), i))).join(',\n')
  const times = Math.ceil((megabytes * 2 ** 20) / Buffer.byteLength(text))
  for (let i = 0; i < times; i++)
    if (!file.write(`${i === 0 ? '[' : ','}${text}`)) await once(file, 'drain')
  file.end(']')
  await once(file, 'finish')
  renameSync(part, path)
  return path
}

const dayAfter = (days) => new Date(FIRST_DAY + days * 86_400_000).toISOString().slice(0, 10)

function write(folder, days, papers, perFile) {
  const part = `${folder}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  const lists = days.map((day, i) =>
    papers.slice(i * perFile, (i + 1) * perFile).map((paper, place) => listed(paper, day, place)),
  )
  const keep = (name, list) => writeFileSync(join(part, name), gzipSync(JSON.stringify(list)))
  for (const [i, list] of lists.entries()) keep(`${days[i]}.json.gz`, list)
  keep('all.json.gz', lists.flat())
  renameSync(part, folder)
}

/** An entry states the day of its list, so that it gives the same record in one file or in many. */
function listed({ id, title, abstract, comments, versions, authors_parsed: authors }, day, place) {
  const [repository] = /https:\S+\w/.exec(comments ?? '') ?? []
  return {
    paper: {
      id,
      authors: authors.map(([family, given]) => ({ name: `${given} ${family}`, hidden: false })),
      publishedAt: new Date(versions[0].created).toISOString(),
      submittedOnDailyAt: `${day}T08:00:00.000Z`,
      title,
      summary: abstract.trim(),
      upvotes: 3 * place,
      ...(repository && { githubRepo: repository, githubStars: 10 * place }),
    },
    publishedAt: `${day}T09:30:00.000Z`,
    title: title.replace(/\s+/g, ' '),
    numComments: 1 + (place % 4),
  }
}
