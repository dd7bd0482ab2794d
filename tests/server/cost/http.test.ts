import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createLog } from '../../../src/log.ts'
import { type RunningServer, startServer } from '../../../src/server/http.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { patientConfig } from '../../helpers/patient-config.ts'

let t: TestDatabase
let server: RunningServer
let small: RunningServer
let fastCount = 0

const start = (env: Record<string, string>) =>
  startServer({
    db: t.db,
    config: patientConfig(env),
    log: createLog('silent'),
    onFastPath: () => fastCount++,
  })

beforeAll(async () => {
  t = await createTestDatabase()
  server = await start({})
  small = await start({ QUERY_COST_LIMIT: '10', ANSWER_SIZE_LIMIT_BYTES: '1000' })
})
afterAll(async () => {
  await server.stop()
  await small.stop()
  await t.close()
})
beforeEach(() => {
  fastCount = 0
  t.statements.length = 0
})

interface Sent {
  query: string
  variables?: unknown
  extensions?: unknown
}

async function post(sent: Sent, accept = 'application/json', url = server.url) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify(sent),
  })
  return { status: response.status, body: await response.json() }
}

async function get({ query, variables = {}, extensions = {} }: Sent) {
  const search = new URLSearchParams({
    query,
    variables: JSON.stringify(variables),
    extensions: JSON.stringify(extensions),
  })
  const response = await fetch(`${server.url}/graphql?${search}`)
  return { status: response.status, body: await response.json() }
}

const NESTED =
  'query ($n: Int = 100) { papers(first: $n) { nodes { venue { papers(first: $n) { nodes { abstract } } } } } }'

test.each([
  'application/json',
  'application/graphql-response+json',
  'application/graphql-response+json, application/json;q=0.9',
])('an expensive query is refused by every way of answering, for %s', async (accept) => {
  const query = `${NESTED} # ${accept}`
  for (let use = 0; use < 4; use++) {
    const { status, body } = await post({ query }, accept)
    expect(status).toBe(400)
    expect(body).not.toHaveProperty('data')
    expect(body.errors[0].extensions.code).toBe('QUERY_TOO_COMPLEX')
    expect((await get({ query })).status).toBe(400)
  }
  expect(t.statements).toEqual([])
})

test('the same query is answered or refused by its variables, warm too', async () => {
  for (const n of [100, 1, 100, 1, 1, 100]) {
    const { status, body } = await post({ query: NESTED, variables: { n } })
    expect([status, body.errors?.[0]?.extensions.code]).toEqual(
      n === 1 ? [200, undefined] : [400, 'QUERY_TOO_COMPLEX'],
    )
  }
  expect(fastCount).toBeGreaterThan(0)
})

const PAGE = 'query ($n: Int) { papers(first: $n) { nodes { title abstract } } }'

test('returns the cost if the request asks for it, also for warm queries', async () => {
  for (let use = 0; use < 4; use++) {
    const plain = await post({ query: PAGE, variables: { n: 10 } })
    expect(plain.body).toEqual({ data: { papers: { nodes: [] } } })
    const sent = { query: PAGE, variables: { n: 10 }, extensions: { cost: true } }
    for (const { status, body } of [await post(sent), await get(sent)]) {
      expect(status).toBe(200)
      expect(body.data).toEqual({ papers: { nodes: [] } })
      expect(body.extensions.cost).toEqual({
        requested: expect.any(Number),
        limit: 1000,
        requestedBytes: expect.any(Number),
        limitBytes: 1_000_000,
      })
      expect(body.extensions.cost.requestedBytes).toBeGreaterThan(10_000)
    }
  }
})

test('a dry run returns the cost and executes nothing', async () => {
  for (let use = 0; use < 4; use++) {
    const { status, body } = await post({ query: NESTED, extensions: { cost: 'dryRun' } })
    expect(status).toBe(200)
    expect(body.data).toBeNull()
    expect(body.extensions.cost.requestedBytes).toBeGreaterThan(body.extensions.cost.limitBytes)
  }
  expect(t.statements).toEqual([])
})

test('a refusal returns the cost too', async () => {
  const { status, body } = await post({ query: NESTED, extensions: { cost: true } })
  expect(status).toBe(400)
  expect(body.errors[0].extensions.code).toBe('QUERY_TOO_COMPLEX')
  expect(body.extensions.cost.limit).toBe(1000)
})

test('other values are refused, other extensions are ignored', async () => {
  const { status, body } = await post({ query: PAGE, extensions: { cost: 'much' } })
  expect(status).toBe(400)
  expect(body.errors[0]).toMatchObject({
    message: 'extensions.cost: "much" is not known; expected true or "dryRun".',
    extensions: { code: 'BAD_USER_INPUT' },
  })
  for (const extensions of [{}, { other: { cost: true } }, { cost: false }, { cost: null }])
    expect((await post({ query: PAGE, extensions })).body).toEqual({
      data: { papers: { nodes: [] } },
    })
})

test('operators set the limits', async () => {
  const { body } = await post({ query: PAGE, variables: { n: 10 } }, undefined, small.url)
  expect(body.errors[0].message).toMatch(
    /^The answer would have about [\d,]+ bytes; at most 1,000 are allowed\./,
  )
  const counted = await post({ query: '{ papers { totalCount } }' }, undefined, small.url)
  expect(counted.body.errors[0].message).toMatch(/^The operation costs about 52 points; at most 10/)
})
