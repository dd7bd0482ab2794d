import postgres from 'postgres'
import { requestOf } from './clients.mjs'
import { prepare } from './generate.mjs'
import { load, startPeer } from './processes.mjs'
import { seeded } from './random.mjs'
import { post } from './requests.mjs'
import { openServer } from './server.mjs'

const SEED = 1
const CONNECTIONS = 8
const QUERIES = 64

const HITS = 'edges { score node { title year } }'
const SEARCH = `query($query: String!) { search(query: $query, first: 20) { ${HITS} } }`
const MARKED = `query($query: String!) { search(query: $query, first: 20) { edges { score highlights { title abstract } node { title year } } } }`
const FILTERED = `query($query: String!) { search(query: $query, first: 20, filter: { hasRepository: true, year: [2019, 2020] }) { ${HITS} } }`

/** Sends searches of several kinds to a generated catalogue, and prints their duration. */
export async function measureSpeed({ papers, seconds }, started) {
  const server = await openServer(started)
  const url = await prepare(server, Number(papers), SEED, console.error)
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  started.push({ stop: () => sql.end() })
  const kinds = await drawQueries(sql)
  const peer = await startPeer('paperql', url)
  started.push(peer)
  console.log(`${papers} papers, ${CONNECTIONS} connections, ${seconds} s each\n`)
  console.log(
    '| queries | searches/s | p50 ms | p99 ms | failed |\n| --- | ---: | ---: | ---: | ---: |',
  )
  const address = `http://127.0.0.1:${peer.port}/graphql`
  for (const { name, query = SEARCH, texts } of kinds) {
    const requests = texts.map((text, i) => requestOf(i, query, { query: text }))
    // The first read may come from disk, which is not measured.
    for (const { body } of requests) await post(address, body)
    const figures = await load({
      url: address,
      requests,
      connections: CONNECTIONS,
      seconds: Number(seconds),
      warmupSeconds: 3,
    })
    const { perSecond, p50, p99, failures } = figures
    console.log(`| ${name} | ${perSecond.toFixed(0)} | ${p50} | ${p99} | ${failures} |`)
  }
}

/** Words by the share of papers that have them, according to the catalogue, and texts from its papers. */
async function drawQueries(sql) {
  const random = seeded(SEED)
  const words = await sql`
    select distinct on (l.lexeme) w.word, l.paper_count::float8 / s.paper_count as share
    from search_words w join search_lexemes l using (lexeme), search_statistics s
    where w.word ~ '^[a-z]{4,}$' order by l.lexeme, length(w.word)`
  const between = (from, to) =>
    words.filter(({ share }) => share >= from && share < to).map(({ word }) => word)
  const draw = (list) => list[Math.floor(random() * list.length)]
  const many = (make) => Array.from({ length: QUERIES }, make)
  const [rare, medium, common] = [between(0, 0.005), between(0.01, 0.05), between(0.25, 1)]
  const [tenth] = [between(0.06, 0.2)]
  const names = await sql`select name from authors order by paper_count desc, id limit ${QUERIES}`
  const rows =
    await sql`select title, abstract from papers tablesample system (1) repeatable (1) limit ${QUERIES}`
  const run = (text, from, length) =>
    text
      .split(/\s+/)
      .slice(from, from + length)
      .join(' ')
  return [
    {
      name: 'a rare word (< 0.5% of the papers)',
      texts: many(() => draw(rare.length ? rare : medium)),
    },
    { name: 'a medium word (1–5%)', texts: many(() => draw(medium)) },
    { name: 'a word of a tenth', texts: many(() => draw(tenth)) },
    { name: 'a common word (> 25%)', texts: many(() => draw(common)) },
    { name: 'two common words', texts: many(() => `${draw(common)} ${draw(common)}`) },
    {
      name: 'three common words',
      texts: many(() => `${draw(common)} ${draw(common)} ${draw(common)}`),
    },
    { name: 'a common and a medium word', texts: many(() => `${draw(common)} ${draw(medium)}`) },
    { name: 'a phrase of a title', texts: rows.map(({ title }) => `"${run(title, 1, 3)}"`) },
    { name: 'a phrase of common words', texts: many(() => `"${draw(common)} ${draw(common)}"`) },
    { name: 'a prefix', texts: many(() => `${draw(medium).slice(0, 4)}*`) },
    { name: 'a title with a typo', texts: rows.map(({ title }) => typo(run(title, 0, 6), random)) },
    { name: 'a sentence of an abstract', texts: rows.map(({ abstract }) => run(abstract, 0, 14)) },
    { name: 'an author', texts: names.map(({ name }) => `author:"${name}"`) },
    {
      name: 'an author and a word',
      texts: names.map(({ name }) => `author:"${name}" ${draw(medium)}`),
    },
    { name: 'an author who is not there', texts: many(() => `author:"${draw(rare)} nobody"`) },
    { name: 'a common word, filtered', query: FILTERED, texts: many(() => draw(common)) },
    { name: 'a common word, with highlights', query: MARKED, texts: many(() => draw(common)) },
  ]
}

/** Removes a letter of the longest word. */
function typo(text, random) {
  const longest = text.split(' ').reduce((a, b) => (b.length > a.length ? b : a))
  const at = 2 + Math.floor(random() * (longest.length - 3))
  return text.replace(longest, longest.slice(0, at) + longest.slice(at + 1))
}
