import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { type ServeProcess, startServe } from '../helpers/serve.ts'
import { atLeast } from '../helpers/thorough.ts'

/** Number of timeouts, and of complete answers, until which answers are watched. */
const LEAST_TIMEOUTS = Number(process.env.LEAST_TIMEOUTS ?? atLeast(6, 30))
const LEAST_RIGHT = 10 * LEAST_TIMEOUTS
/** Maximum time, because other work on the machine may make one of them rare. */
const LONGEST_MS = 30_000
const HEAVY_CLIENTS = 6
const LIGHT_CLIENTS = 4

/** Large results, so that a timeout comes in the middle of them. */
const HEAVY = [
  '{ papers(first: 100) { nodes { title abstract authorships(first: 10) { nodes { name } } } } }',
  'query ($all: Boolean = true) { papers(first: 100) { nodes { title abstract @include(if: $all) } } }',
]

let t: TestDatabase
let served: ServeProcess | undefined

beforeAll(async () => {
  t = await createTestDatabase({ sample: 'sample' })
})
afterAll(async () => {
  await served?.stop()
  await t.close()
})

interface Body {
  data?: unknown
  errors?: { extensions: { code: string } }[]
}

async function ask(query: string): Promise<{ body: Body; ms: number }> {
  const startedAt = performance.now()
  const response = await fetch(`${served?.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const body = (await response.json()) as Body
  return { body, ms: performance.now() - startedAt }
}

const start = async (env: Record<string, string>) => {
  await served?.stop()
  served = await startServe({ DATABASE_URL: t.url, LOG_LEVEL: 'silent', ...env })
}

/** Queries for existing papers, each with its answer while no statement is cut short. */
async function learnLight(): Promise<Map<string, unknown>> {
  const { body } = await ask('{ papers(first: 20) { nodes { id } } }')
  const { nodes } = (body.data as { papers: { nodes: { id: string }[] } }).papers
  const queries = [
    '{ stats { paperCount authorCount } }',
    '{ topics(first: 5) { totalCount nodes { name paperCount } } }',
    ...nodes.flatMap(({ id }) => [
      `{ paper(ref: "${id}") { title authorships(first: 3) { totalCount nodes { name } } } }`,
      `{ paper(ref: "${id}") { title @skip(if: false) venue { name paperCount } } }`,
    ]),
  ]
  const expected = new Map<string, unknown>()
  for (const query of queries) {
    const { body } = await ask(query)
    expect(body.errors).toBeUndefined()
    expected.set(query, body.data)
  }
  return expected
}

/** Duration of the heavy queries when nothing else runs: the minimum of several runs. */
async function timeHeavy(): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 8; i++) for (const query of HEAVY) times.push((await ask(query)).ms)
  return Math.min(...times)
}

test('no answer is wrong while statements are cancelled by their timeout', async () => {
  await start({})
  const expected = [...(await learnLight())]
  const heavyMs = await timeHeavy()
  // So that on any machine some exceed it and some do not.
  const timeoutMs = Math.max(1, Math.round(heavyMs * 0.6))
  await start({ STATEMENT_TIMEOUT_MS: String(timeoutMs), DATABASE_POOL_SIZE: '3' })

  const wrong: unknown[] = []
  const seen = { timeouts: 0, right: 0 }
  const until = performance.now() + LONGEST_MS
  const isWatching = () =>
    performance.now() < until && (seen.timeouts < LEAST_TIMEOUTS || seen.right < LEAST_RIGHT)
  const check = (query: string, data: unknown, body: Body) => {
    if (body.errors) {
      seen.timeouts++
      if (body.errors.some(({ extensions }) => extensions.code !== 'UNAVAILABLE'))
        wrong.push({ query, body })
    } else if (data !== undefined && !isDeepStrictEqual(body.data, data))
      wrong.push({ query, body })
    else seen.right++
  }
  const heavy = async (place: number) => {
    for (let i = place; isWatching(); i++) {
      const query = HEAVY[i % HEAVY.length] ?? ''
      check(query, undefined, (await ask(query)).body)
    }
  }
  const light = async (place: number) => {
    for (let i = place; isWatching(); i++) {
      const [query = '', data] = expected[i % expected.length] ?? []
      check(query, data, (await ask(query)).body)
    }
  }
  await Promise.all([
    ...Array.from({ length: HEAVY_CLIENTS }, (_, i) => heavy(i)),
    ...Array.from({ length: LIGHT_CLIENTS }, (_, i) => light(i * 7)),
  ])
  expect(wrong).toEqual([])
  expect(seen.timeouts + seen.right).toBeGreaterThan(0)
})
