import postgres from 'postgres'
import { startPeer } from './processes.mjs'
import { openCatalogue } from './search-catalogue.mjs'
import { ask, keysOf } from './search-engines.mjs'
import { keyOf } from './search-pool.mjs'
import { readLines } from './search-quality.mjs'
import { openServer } from './server.mjs'

/** Number of examined results. */
const DEPTH = 5

const FIELDS = `title identifiers { scheme value } related(first: ${DEPTH}) {
  score reasons { kind detail weight } paper { title identifiers { scheme value } } }`
const BY_REF = `query($text: String!) { paper(ref: $text) { ${FIELDS} } }`
const BY_TITLE = `query($text: String!) { search(query: $text, first: 3) { nodes { ${FIELDS} } } }`

/**
 * Prints how many of the first five papers related to each seed were judged right: for all seeds, beside the maximum by the judged papers,
 * and for the seeds with at least five right papers among those judged.
 */
export async function measureRelated(options, started) {
  const url = await openCatalogue(await openServer(started), options.data, options.keep)
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  started.push({ stop: () => sql.end() })
  const peer = await startPeer('paperql', url)
  started.push(peer)
  const measured = []
  for (const { seed, half, judged, others = [] } of readLines('./related-judged.jsonl')) {
    const paper = await readSeed(peer.port, seed)
    if (!paper) throw new Error(`no paper ${seed} in the catalogue`)
    const found = paper.related.map(({ paper }) => keysOf(paper))
    const own = graded(found, judged)
    measured.push({ half, ...own })
    for (const [at, other] of others.entries())
      measured.push({ half: `${half}, judge ${at + 2}`, ...graded(found, other) })
    const marks = own.grades.map((grade) => grade ?? '?').join(' ')
    console.log(`${marks}  ${paper.title}`)
    if (options.misses) for (const one of paper.related) console.log(lineOf(one))
  }
  for (const half of new Set(measured.map((one) => one.half)))
    printPrecision(
      half,
      measured.filter((one) => one.half === half),
    )
}

/** The grades of the papers found, and how many of the first could be right by all that were judged. */
function graded(found, judged) {
  const grades = found.map((keys) => keys.map((key) => judged[key]).find((one) => one != null))
  const known = Object.values(judged).filter((grade) => grade === 1).length
  return { grades, most: Math.min(known, DEPTH) }
}

/** A paper by its identifier, or by title if it has none. */
async function readSeed(port, seed) {
  const isTitle = seed.startsWith('title:')
  const text = seed.replace(/^\w+:/, '')
  if (!isTitle) return (await ask(port, BY_REF, { text })).paper
  const { search } = await ask(port, BY_TITLE, { text: text.replaceAll('-', ' ') })
  return search.nodes.find((paper) => keysOf(paper).includes(seed))
}

function printPrecision(half, seeds) {
  const full = seeds.filter(({ most }) => most === DEPTH)
  const most = seeds.reduce((sum, one) => sum + one.most, 0) / (DEPTH * seeds.length)
  const unjudged = seeds.flatMap(({ grades }) => grades).filter((grade) => grade == null).length
  console.log(
    `\n${half}: P@5 ${precision(seeds)} of ${seeds.length} seeds, at most ${most.toFixed(3)}; ` +
      `${precision(full)} of the ${full.length} with five to be found; ${unjudged} unjudged`,
  )
}

const precision = (seeds) =>
  (
    seeds.flatMap(({ grades }) => grades).filter((grade) => grade === 1).length /
    (DEPTH * seeds.length)
  ).toFixed(3)

function lineOf({ paper, reasons }) {
  const why = reasons.slice(0, 4).map(({ kind, detail }) => `${kind} ${detail ?? ''}`)
  return `    ${keyOf(keysOf(paper))}\t${paper.title}\t${why.join(', ')}`
}
