import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import MiniSearch from 'minisearch'
import postgres from 'postgres'
import { tsImport } from 'tsx/esm/api'
import { startPeer } from './processes.mjs'
import { openServer } from './server.mjs'

const NAME = 'paperql_bench_search'
const DEPTH = 10
const ON_SAMPLE = new Set(['topic', 'paraphrase'])

/** Asks the judged queries of three engines over the same papers and prints how good their answers are. */
export async function measureQuality({ paperlists, misses }, started) {
  const all = JSON.parse(readFileSync(new URL('./search-judged.json', import.meta.url), 'utf8'))
  const url = await fill(await openServer(started), paperlists)
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  started.push({ stop: () => sql.end() })
  const peer = await startPeer('paperql', url)
  started.push(peer)
  const papers = await readPapers(sql)
  // Queries about papers of the lists need these; those about subjects were judged on the sample, where no paper is unjudged.
  const known = new Set(papers.flatMap(({ keys }) => keys))
  const isKnown = ({ relevant }) => Object.keys(relevant).every((key) => known.has(key))
  const judged = all.filter((one) => isKnown(one) && !(paperlists && ON_SAMPLE.has(one.kind)))
  console.log(`${papers.length} papers, ${judged.length} of ${all.length} queries\n`)
  const engines = {
    paperql: askPaperql(peer.port),
    websearch_to_tsquery: await openWebsearch(sql),
    MiniSearch: openMiniSearch(papers, {}),
    'MiniSearch, fuzzy': openMiniSearch(papers, { fuzzy: 0.2 }),
  }
  const answers = []
  for (const [engine, ask] of Object.entries(engines))
    for (const one of judged) {
      const found = await ask(one.query)
      const scores = scoresOf(found, one.relevant)
      answers.push({ engine, ...one, ...scores })
      if (misses && engine === 'paperql' && scores.mrr < 1)
        console.log(`${scores.mrr.toFixed(2)} ${one.kind}: ${one.query}`)
    }
  print(answers)
}

/** A database with the built-in sample, and with the lists of a folder besides where one is given. */
async function fill(server, paperlists) {
  const admin = postgres(server, { max: 1, onnotice: () => {} })
  const target = new URL(server)
  target.pathname = `/${NAME}`
  try {
    await admin.unsafe(`drop database if exists ${NAME} with (force)`)
    await admin.unsafe(`create database ${NAME}`)
  } finally {
    await admin.end()
  }
  const { migrate } = await tsImport('../../src/db/schema/migrate.ts', import.meta.url)
  const { loadSampleIfEmpty } = await tsImport('../../src/sample/index.ts', import.meta.url)
  await migrate(target.href)
  await loadSampleIfEmpty({ url: target.href })
  if (paperlists) {
    const { runImport } = await tsImport('../../src/import/run.ts', import.meta.url)
    const files = readdirSync(paperlists).filter((file) => file.endsWith('.json.gz'))
    await runImport({
      url: target.href,
      format: 'paperlists',
      files: files.map((file) => join(paperlists, file)),
      rejectsPath: '/dev/null',
    })
  }
  return target.href
}

/** All that the baselines know of a paper: what paperql searches, names of authors included. */
function readPapers(sql) {
  return sql`
    select p.id, p.title, coalesce(p.abstract, '') as abstract,
      (select string_agg(a.name, ' ' order by a.position) from authorships a where a.paper_id = p.id) as authors,
      array(select scheme || ':' || value from paper_identifiers i where i.paper_id = p.id) as keys
    from papers p order by p.id`
}

function askPaperql(port) {
  const query = `query($query: String!) { search(query: $query, first: ${DEPTH}) { nodes { identifiers { scheme value } } } }`
  return async (text) => {
    const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { query: text } }),
    })
    const { data, errors } = await answer.json()
    if (errors) throw new Error(`${text}: ${errors[0].message}`)
    return data.search.nodes.map(({ identifiers }) =>
      identifiers.map(({ scheme, value }) => `${scheme.toLowerCase()}:${value}`),
    )
  }
}

async function openWebsearch(sql) {
  await sql`create table baseline as
    select p.id, setweight(to_tsvector('english', p.title), 'A') || setweight(to_tsvector('english', coalesce(p.abstract, '')), 'B')
      || setweight(to_tsvector('simple', (select string_agg(a.name, ' ' order by a.position) from authorships a where a.paper_id = p.id)), 'C') as words,
      array(select scheme || ':' || value from paper_identifiers i where i.paper_id = p.id) as keys
    from papers p`
  return async (text) => {
    const rows = await sql`
      select b.keys from baseline b, websearch_to_tsquery('english', ${text}) as q
      where b.words @@ q order by ts_rank_cd(b.words, q) desc, b.id limit ${DEPTH}`
    return rows.map(({ keys }) => keys)
  }
}

function openMiniSearch(papers, searchOptions) {
  const index = new MiniSearch({
    fields: ['title', 'abstract', 'authors'],
    storeFields: ['keys'],
    searchOptions: { boost: { title: 2 }, ...searchOptions },
  })
  index.addAll(papers)
  return (text) =>
    index
      .search(text)
      .slice(0, DEPTH)
      .map(({ keys }) => keys)
}

/** `found` are the keys of the papers found, in order. Grade 2 is what was asked for, 1 has to do with it. */
function scoresOf(found, relevant) {
  const grades = found.map((keys) => Math.max(0, ...keys.map((key) => relevant[key] ?? 0)))
  const gain = (grade, place) => (2 ** grade - 1) / Math.log2(place + 2)
  const sum = (values) => values.reduce((total, one) => total + one, 0)
  const wanted = Object.values(relevant).sort((a, b) => b - a)
  const first = grades.findIndex((grade) => grade > 0)
  return {
    ndcg: sum(grades.map(gain)) / sum(wanted.slice(0, DEPTH).map(gain)),
    recall: grades.filter((grade) => grade > 0).length / Math.min(DEPTH, wanted.length),
    mrr: first < 0 ? 0 : 1 / (first + 1),
  }
}

function print(answers) {
  const kinds = [...new Set(answers.map(({ kind }) => kind))]
  const groups = [
    ['all', () => true],
    ['tuning half', ({ half }) => half === 'tuning'],
    ['held-out half', ({ half }) => half === 'held-out'],
    ...kinds.map((kind) => [kind, (one) => one.kind === kind]),
  ]
  console.log(
    '| queries | engine | nDCG@10 | recall@10 | MRR |\n| --- | --- | ---: | ---: | ---: |',
  )
  for (const [name, belongs] of groups)
    for (const engine of new Set(answers.map((one) => one.engine))) {
      const some = answers.filter((one) => one.engine === engine && belongs(one))
      const mean = (metric) =>
        (some.reduce((sum, one) => sum + one[metric], 0) / some.length).toFixed(3)
      console.log(
        `| ${name} (${some.length}) | ${engine} | ${mean('ndcg')} | ${mean('recall')} | ${mean('mrr')} |`,
      )
    }
}
