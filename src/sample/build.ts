import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { readPaperlist } from '../import/sources/paperlists.ts'
import { withInstitutions } from './institutions.ts'

/** Lists whose metadata is CC BY 4.0: ACL Anthology (2016 and later) and PMLR. */
const LISTS = ['acl2021', 'acl2022', 'naacl2024', 'coling2025', 'aistats2024']

/** Columns whose data come from the Anthology and PMLR. Columns that the makers of the lists added are left out. */
const COLUMNS =
  'id title abstract author authorids pdf site aff status track award github project'.split(' ')
const BIBTEX_FIELDS = ['booktitle', 'month', 'year', 'url', 'doi']

/** Papers without code taken from each list, so that the sample shows both kinds and stays below 2 MB. */
const OTHERS_PER_LIST = 170

export const E_MAIL = /[\w.+-]+@[\w-]+\.[\w.-]+/

type Entry = Record<string, unknown>

const FILE = fileURLToPath(new URL('./acl-pmlr.json.gz', import.meta.url))

/**
 * Makes the sample from a folder of the lists: the same lists give the same file, byte for byte. The sample keeps its papers, because
 * examples and tests count them, and the importer finds more code than when they were chosen. `anew` chooses papers again.
 */
export async function buildSample(
  folder: string,
  { anew = false } = {},
): Promise<{ papers: number; file: Buffer }> {
  const held = anew ? null : heldBefore()
  const chosen: Entry[] = []
  for (const list of LISTS) chosen.push(...(await choose(folder, list, held)))
  const text = `[\n${chosen.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`
  if (E_MAIL.test(text)) throw new Error(`an e-mail address was left: ${E_MAIL.exec(text)?.[0]}`)
  return { papers: chosen.length, file: gzipSync(text, { level: 9 }) }
}

function heldBefore(): ReadonlySet<unknown> {
  const entries = JSON.parse(gunzipSync(readFileSync(FILE)).toString('utf8')) as Entry[]
  return new Set(entries.map(({ id }) => id))
}

async function choose(
  folder: string,
  list: string,
  held: ReadonlySet<unknown> | null,
): Promise<Entry[]> {
  const json = gunzipSync(readFileSync(join(folder, `${list}.json.gz`)))
  const entries = JSON.parse(json.toString('utf8')) as Entry[]
  const chosen = held ? entries.filter(({ id }) => held.has(id)) : await chooseAnew(json, list)
  return chosen.map(reduce).filter((entry) => !E_MAIL.test(JSON.stringify(entry)))
}

/** Chooses the papers with code, and some others. */
async function chooseAnew(json: Buffer, list: string): Promise<Entry[]> {
  const entries = JSON.parse(json.toString('utf8')) as Entry[]
  const withCode = new Set<number>()
  for await (const outcome of readPaperlist(once(json), list)) {
    if ('record' in outcome && outcome.record.repositories.length > 0)
      withCode.add(outcome.position)
  }
  const others = entries
    .map((entry, position) => ({ position, rank: hash(String(entry.id)) }))
    .filter(({ position }) => !withCode.has(position))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, OTHERS_PER_LIST)
  const kept = new Set([...withCode, ...others.map(({ position }) => position)])
  return entries.filter((_, position) => kept.has(position))
}

async function* once(json: Buffer): AsyncGenerator<Buffer> {
  yield json
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

function reduce(entry: Entry): Entry {
  const columns = COLUMNS.filter((name) => ![undefined, '', false].includes(entry[name] as never))
  const kept = Object.fromEntries(columns.map((name) => [name, entry[name]]))
  return withInstitutions({ ...kept, bibtex: reduceBibtex(String(entry.bibtex ?? '')) })
}

/** Keeps only the fields of BibTeX that the importer reads, without editors and the abstract. */
function reduceBibtex(bibtex: string): string {
  const key = /^\s*@\w+\{([^,\s]+)/.exec(bibtex)?.[1] ?? ''
  const fields = BIBTEX_FIELDS.flatMap((name) => {
    const value = new RegExp(`\\b${name}\\s*=\\s*([{"][^\\n]*[}"]|\\w+),?\\s*(?:\\n|\\}?$)`).exec(
      bibtex,
    )
    return value ? [` ${name} = ${value[1]}`] : []
  })
  return `@inproceedings{${key},\n${fields.join(',\n')}\n}`
}

async function main(): Promise<void> {
  const [folder, option] = process.argv.slice(2)
  if (folder === undefined || (option !== undefined && option !== '--anew')) {
    console.error('Usage: npm run sample -- <folder of the paperlists files> [--anew]')
    process.exitCode = 2
    return
  }
  const { papers, file } = await buildSample(folder, { anew: option === '--anew' })
  writeFileSync(FILE, file)
  console.log(`${papers} papers, ${file.length} bytes`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
