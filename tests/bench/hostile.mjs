/**
 * Sends hostile requests to a server on a generated catalogue, and measures how expensive queries slow other clients. Exits with 1 if a
 * limit is exceeded.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { prepare } from './generate.mjs'
import { CANDIDATES, CORPUS } from './hostile-corpus.mjs'
import { sendRaw } from './hostile-request.mjs'
import { load, startPeer } from './processes.mjs'
import { openServer } from './server.mjs'

const SEED = 1
const JSON_BODY = { 'content-type': 'application/json' }

/** Limits for each hostile request, and for the server during the run. */
const MOST_MS = 1000
const MOST_BYTES = 1_000_000
const MOST_GROWTH_BYTES = 200 * 1024 * 1024

/** Maximum slowdown of the point query while the clients below run the most expensive query. */
const MOST_SLOWER = 3
const CLIENTS = 16
/** The same number as in the benchmark of the peers. */
const POINT_CONNECTIONS = 8

const POINT = 'query Point($ref: String!) { paper(ref: $ref) { id title abstract } }'

const { values } = parseArgs({
  options: {
    papers: { type: 'string', default: '300000' },
    seconds: { type: 'string', default: '10' },
    only: { type: 'string', default: '' },
    'skip-corpus': { type: 'boolean', default: false },
  },
})
const seconds = Number(values.seconds)
const started = []
try {
  const server = await openServer(started)
  const url = await prepare(server, Number(values.papers), SEED, console.error)
  const peer = await startPeer('paperql', url)
  started.push(peer)
  const address = `http://127.0.0.1:${peer.port}`
  const isAttacked = values['skip-corpus'] || (await attack(address, peer.pid))
  const isFair = values.only ? true : await measureOthers(address)
  process.exitCode = isAttacked && isFair ? 0 : 1
} finally {
  for (const one of started.reverse()) await one.stop()
}

/** Sends the corpus in order, each request twice, because the second use of a query takes another path. */
async function attack(address, pid) {
  const corpus = CORPUS.filter(({ name }) => name.includes(values.only))
  for (let i = 0; i < 200; i++) await askPoint(address, i)
  const before = memoryOf(pid)
  let most = before
  console.log('| request | status | ms | bytes | |\n| --- | ---: | ---: | ---: | --- |')
  let broken = 0
  for (const request of corpus) {
    const outcomes = [await sendRaw(address, request), await sendRaw(address, request)]
    most = Math.max(most, memoryOf(pid))
    const faults = [...new Set(outcomes.flatMap((one) => faultsOf(request, one)))]
    if (faults.length > 0) broken++
    const worst = outcomes.reduce((a, b) => (b.ms > a.ms ? b : a))
    const { status, ms, bytes } = worst
    console.log(
      `| ${request.name} | ${status} | ${ms.toFixed(0)} | ${bytes} | ${faults.join(', ') || 'ok'} |`,
    )
  }
  const isAlive = (await askPoint(address, 1)).status === 200
  const growth = most - before
  const isSmall = !(growth > MOST_GROWTH_BYTES)
  console.log(
    `\n${corpus.length} requests, ${broken} broke a bound; the server ${isAlive ? 'is alive' : 'is gone'}`,
  )
  console.log(
    `memory grew by ${(growth / 1024 / 1024).toFixed(0)} MB at most: ${isSmall ? 'ok' : 'too much'}`,
  )
  return broken === 0 && isAlive && isSmall
}

function faultsOf({ abortAfterMs }, { status, ms, bytes, text }) {
  if (abortAfterMs !== undefined) return []
  const faults = []
  if (ms > MOST_MS) faults.push(`over ${MOST_MS} ms`)
  if (bytes > MOST_BYTES) faults.push(`over ${MOST_BYTES} bytes`)
  if (status === 0) faults.push('no answer')
  if (status >= 500 && status !== 503) faults.push('a fault of the server')
  if (text.includes('INTERNAL_SERVER_ERROR')) faults.push('an unexpected error')
  return faults
}

function askPoint(address, i) {
  const ref = `arXiv:1000.${String((i % 1000) + 1).padStart(5, '0')}`
  return sendRaw(address, { body: JSON.stringify({ query: POINT, variables: { ref } }) })
}

/** The memory of a process, in bytes; NaN if /proc does not have it. */
function memoryOf(pid) {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) * 1024
  } catch {
    return Number.NaN
  }
}

/** The point query alone, and while the clients run the most expensive allowed query. */
async function measureOthers(address) {
  const dear = await dearest(address)
  const points = Array.from({ length: 1000 }, (_, i) => ({
    headers: JSON_BODY,
    body: JSON.stringify({
      query: POINT,
      variables: { ref: `arXiv:1000.${String(i + 1).padStart(5, '0')}` },
    }),
  }))
  const point = {
    url: `${address}/graphql`,
    requests: points,
    connections: POINT_CONNECTIONS,
    seconds,
    warmupSeconds: 2,
  }
  const quiet = await load(point)
  const requests = Array.from({ length: CLIENTS }, (_, i) => ({
    headers: JSON_BODY,
    body: JSON.stringify({ query: dear[i % dear.length] }),
  }))
  const busy = {
    url: `${address}/graphql`,
    requests,
    connections: CLIENTS,
    seconds: seconds + 4,
    warmupSeconds: 1,
  }
  const [dearFigures, loud] = await Promise.all([load(busy), load(point)])
  const ratio = loud.p99 / Math.max(1, quiet.p99)
  const isFair = ratio <= MOST_SLOWER && loud.failures === 0
  console.log(
    `\n| paper(ref) | requests/s | p50 ms | p99 ms | failed |\n| --- | ---: | ---: | ---: | ---: |`,
  )
  for (const [name, { perSecond, p50, p99, failures }] of [
    ['quiet', quiet],
    [`beside ${CLIENTS} clients`, loud],
  ])
    console.log(`| ${name} | ${perSecond.toFixed(0)} | ${p50} | ${p99} | ${failures} |`)
  console.log(
    `\np99 is ${ratio.toFixed(1)} times the quiet one, goal ≤ ${MOST_SLOWER}: ${isFair ? 'ok' : 'missed'}`,
  )
  console.log(
    `the clients got ${dearFigures.perSecond.toFixed(1)} answers/s, ${dearFigures.failures} of them refused or failed`,
  )
  return isFair
}

/** The three slowest candidates that are answered. */
async function dearest(address) {
  const times = []
  for (const query of CANDIDATES) {
    const request = { body: JSON.stringify({ query }) }
    await sendRaw(address, request)
    const { status, ms, text } = await sendRaw(address, request)
    const isAllowed = status === 200 && !text.includes('"errors"')
    if (isAllowed) times.push({ query, ms })
    console.error(`${isAllowed ? 'allowed' : 'refused'} ${ms.toFixed(0)} ms ${query}`)
  }
  if (times.length === 0) throw new Error('None of the dear queries is allowed; add others')
  return times
    .sort((a, b) => b.ms - a.ms)
    .slice(0, 3)
    .map(({ query }) => query)
}
