import { readFileSync } from 'node:fs'
import postgres from 'postgres'
import { startPeer } from './processes.mjs'
import { openCatalogue, readPapers } from './search-catalogue.mjs'
import { DEPTH, openEngines } from './search-engines.mjs'
import { poolFor } from './search-pool.mjs'
import { openServer } from './server.mjs'

/** Sends the judged queries to all engines over the same papers, and prints the quality of their results. */
export async function measureQuality(options, started) {
  const all = readLines(options.fresh ? './search-fresh.jsonl' : './search-judged.jsonl')
  const url = await openCatalogue(await openServer(started), options.data, options.keep)
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  started.push({ stop: () => sql.end() })
  const peer = await startPeer('paperql', url)
  started.push(peer)
  const papers = await readPapers(sql)
  const engines = await openEngines(sql, papers, peer.port)
  if (options.pool) return poolFor(options.pool, engines, papers)
  const known = new Set(papers.flatMap(({ keys }) => keys))
  const isKnown = (keys) => keys.split('|').some((key) => known.has(key))
  const judged = all.filter(({ relevant }) => Object.keys(relevant).every(isKnown))
  console.log(`${papers.length} papers, ${judged.length} of ${all.length} queries\n`)
  const answers = []
  for (const [engine, ask] of Object.entries(engines))
    for (const one of judged) {
      const scores = scoresOf(await ask(one.query), one.relevant)
      answers.push({ engine, ...one, ...scores })
      if (options.misses && engine === 'paperql' && scores.ndcg < 1)
        console.log(`${scores.ndcg.toFixed(2)} ${one.kind}, ${one.half}: ${one.query}`)
    }
  if (!options.fresh) printHalves(answers.filter(({ engine }) => engine === 'paperql'))
  printEngines(answers)
}

/** Judgements, one JSON object on each line. */
export function readLines(file) {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8')
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
}

/**
 * `found` has the keys of the papers found, in order. Grade 2 is the requested paper, grade 1 a related one. Keys joined by `|` belong to
 * one paper that is in the catalogue twice, and count once.
 */
function scoresOf(found, relevant) {
  const byKey = new Map(
    Object.entries(relevant).flatMap(([keys, grade]) =>
      keys.split('|').map((key) => [key, { keys, grade }]),
    ),
  )
  const seen = new Set()
  const grades = found.map((keys) => {
    const paper = keys.map((key) => byKey.get(key)).find((one) => one && !seen.has(one.keys))
    if (paper) seen.add(paper.keys)
    return paper?.grade ?? 0
  })
  const gain = (grade, place) => (2 ** grade - 1) / Math.log2(place + 2)
  const wanted = Object.values(relevant).sort((a, b) => b - a)
  const first = grades.findIndex((grade) => grade > 0)
  return {
    ndcg: sum(grades.map(gain)) / sum(wanted.slice(0, DEPTH).map(gain)),
    recall: grades.filter((grade) => grade > 0).length / Math.min(DEPTH, wanted.length),
    mrr: first < 0 ? 0 : 1 / (first + 1),
  }
}

const sum = (values) => values.reduce((total, one) => total + one, 0)
const meanOf = (answers, metric) =>
  (sum(answers.map((one) => one[metric])) / answers.length).toFixed(3)

/** Groups of answers with names: all, and each kind. */
function groupsOf(answers) {
  const kinds = [...new Set(answers.map(({ kind }) => kind))]
  return [
    ['all', answers],
    ...kinds.map((kind) => [kind, answers.filter((one) => one.kind === kind)]),
  ]
}

function printHalves(answers) {
  console.log('| paperql, nDCG@10 | queries | all | tuning half | held-out half |')
  console.log('| --- | ---: | ---: | ---: | ---: |')
  for (const [name, some] of groupsOf(answers)) {
    const halves = ['tuning', 'held-out'].map((half) => some.filter((one) => one.half === half))
    const means = [some, ...halves].map((part) => meanOf(part, 'ndcg'))
    console.log(`| ${name} | ${some.length} | ${means.join(' | ')} |`)
  }
}

function printEngines(answers) {
  console.log(
    '\n| queries | engine | nDCG@10 | recall@10 | MRR |\n| --- | --- | ---: | ---: | ---: |',
  )
  for (const [name, some] of groupsOf(answers))
    for (const engine of new Set(answers.map((one) => one.engine))) {
      const own = some.filter((one) => one.engine === engine)
      const means = ['ndcg', 'recall', 'mrr'].map((metric) => meanOf(own, metric))
      console.log(`| ${name} (${own.length}) | ${engine} | ${means.join(' | ')} |`)
    }
}
