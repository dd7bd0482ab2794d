/** Types search texts into `suggest`, letter by letter, and prints the duration of the answers. */
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { requestOf } from './clients.mjs'
import { prepare } from './generate.mjs'
import { load, startPeer } from './processes.mjs'
import { seeded } from './random.mjs'
import { openServer } from './server.mjs'

const SEED = 1
const TARGETS = 400
/** One of this number of targets is typed with two letters swapped. */
const MISTYPED = 10

const QUERY =
  'query Suggest($prefix: String!) { suggest(prefix: $prefix) { kind label value matches { start end } node { id } } }'

const { values } = parseArgs({
  options: {
    papers: { type: 'string', default: '300000' },
    seconds: { type: 'string', default: '10' },
  },
})
const started = []
try {
  const server = await openServer(started)
  const url = await prepare(server, Number(values.papers), SEED, console.error)
  const groups = await readPrefixes(url)
  const peer = await startPeer('paperql', url)
  started.push(peer)
  const address = `http://127.0.0.1:${peer.port}/graphql`
  console.log('| typed | clients | requests/s | p50 ms | p99 ms |\n|---|--:|--:|--:|--:|')
  for (const [name, prefixes] of Object.entries(groups)) {
    const requests = prefixes.map((prefix, i) => requestOf(i, QUERY, { prefix }))
    for (const connections of [1, 8]) {
      const seconds = Number(values.seconds)
      const figures = await load({ url: address, requests, connections, seconds, warmupSeconds: 3 })
      if (figures.failures > 0) throw new Error(`${figures.failures} requests failed`)
      const { perSecond, p50, p99 } = figures
      console.log(`| ${name} | ${connections} | ${perSecond.toFixed(0)} | ${p50} | ${p99} |`)
    }
  }
} finally {
  for (const one of started.reverse()) await one.stop()
}

/** Names and titles, drawn by use, each in all stages of typing. */
async function readPrefixes(url) {
  const sql = postgres(url, { max: 1 })
  const random = seeded(SEED)
  const rows = await sql`
    (select title as name, citation_count as use from papers where id % 97 = 0 order by use desc limit 1000)
    union all (select name, paper_count from authors order by paper_count desc limit 1000)
    union all (select name, paper_count from topics order by paper_count desc limit 300)
    union all (select owner || '/' || name, stars from repositories order by stars_sort desc limit 500)
    order by name`
  await sql.end()
  const groups = { 'as it is': [], mistyped: [] }
  for (let i = 0; i < TARGETS; i++) {
    const { name } = rows[Math.floor(random() * rows.length)]
    const typed = name
      .split(' ')
      .slice(0, 1 + Math.floor(random() * 3))
      .join(' ')
    if (i % MISTYPED === 0) groups.mistyped.push(mistype(typed, random))
    else
      for (let length = 1; length <= typed.length; length++)
        groups['as it is'].push(typed.slice(0, length))
  }
  return groups
}

function mistype(text, random) {
  const at = 1 + Math.floor(random() * Math.max(1, text.length - 2))
  return text.slice(0, at) + (text[at + 1] ?? '') + text[at] + text.slice(at + 2)
}
