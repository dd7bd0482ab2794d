import postgres from 'postgres'
import { startPeer } from './processes.mjs'
import { openCatalogue } from './search-catalogue.mjs'
import { ask, keysOf } from './search-engines.mjs'
import { keyOf } from './search-pool.mjs'
import { readLines } from './search-quality.mjs'
import { openServer } from './server.mjs'

const RELATED = `query($ref: String!) { paper(ref: $ref) { title related(first: 5) {
  score reasons { kind detail weight } paper { title identifiers { scheme value } } } } }`

/** Prints how many of the first five papers related to each seed were judged to be so. */
export async function measureRelated(options, started) {
  const url = await openCatalogue(await openServer(started), options.data, options.keep)
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  started.push({ stop: () => sql.end() })
  const peer = await startPeer('paperql', url)
  started.push(peer)
  const seeds = readLines('./related-judged.jsonl')
  const all = []
  for (const { seed, half, judged } of seeds) {
    const { paper } = await ask(peer.port, RELATED, { ref: seed.replace(/^\w+:/, '') })
    if (!paper) throw new Error(`no paper ${seed} in the catalogue`)
    const found = paper.related.map(({ paper }) => keysOf(paper))
    const grades = found.map((keys) => keys.map((key) => judged[key]).find((one) => one != null))
    all.push(...grades.map((grade) => ({ half, grade })))
    const marks = grades.map((grade) => grade ?? '?').join(' ')
    console.log(`${marks}  ${paper.title}`)
    if (options.misses) for (const one of paper.related) console.log(lineOf(one))
  }
  for (const half of new Set(seeds.map((one) => one.half)))
    printPrecision(
      half,
      seeds.filter((one) => one.half === half).length,
      all.filter((one) => one.half === half),
    )
}

function printPrecision(half, seeds, grades) {
  const right = grades.filter(({ grade }) => grade === 1).length
  const unjudged = grades.filter(({ grade }) => grade == null).length
  console.log(
    `\n${half}: P@5 ${(right / (5 * seeds)).toFixed(3)} of ${seeds} seeds, ${unjudged} unjudged`,
  )
}

function lineOf({ paper, reasons }) {
  const why = reasons.slice(0, 4).map(({ kind, detail }) => `${kind} ${detail ?? ''}`)
  return `    ${keyOf(keysOf(paper))}\t${paper.title}\t${why.join(', ')}`
}
