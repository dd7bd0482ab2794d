import { request } from 'node:http'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { type RunningServer, startServer } from '../../src/server/http.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

let t: TestDatabase
let server: RunningServer
let fastCount = 0

beforeAll(async () => {
  t = await createTestDatabase()
  server = await startServer({
    db: t.db,
    config: { ...loadConfig({}), port: 0, requestTimeoutMs: 1000 },
    log: createLog('silent'),
    onFastPath: () => fastCount++,
  })
})
afterAll(async () => {
  await server.stop()
  await t.close()
})

const MUTATION = 'mutation { saveQuery(input: { name: "posted" }) { id name } }'
const savedRows = async () => (await t.db.query(sql`select from saved_queries`)).length

async function send(init: RequestInit, path = '/graphql') {
  const response = await fetch(`${server.url}${path}`, init)
  return { status: response.status, headers: response.headers, body: await response.text() }
}

const post = (type: string, body = JSON.stringify({ query: MUTATION })) =>
  send({ method: 'POST', headers: { 'content-type': type }, body })

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  '',
])(
  'a page of another site cannot post it as %j, which browsers send without a preflight',
  async (type) => {
    const { status } = await post(type)
    expect(status).toBe(415)
    expect(await savedRows()).toBe(0)
  },
)

test('it cannot be sent by GET', async () => {
  const { status, headers, body } = await send({}, `/graphql?query=${encodeURIComponent(MUTATION)}`)
  expect([status, headers.get('allow')]).toEqual([405, 'POST'])
  expect(body).toContain('send this by POST')
  expect(await savedRows()).toBe(0)
})

test('a dry run of its cost writes nothing', async () => {
  const body = JSON.stringify({ query: MUTATION, extensions: { cost: 'dryRun' } })
  const answer = JSON.parse((await post('application/json', body)).body)
  expect(answer.data).toBeNull()
  expect(answer.extensions.cost.requested).toBeGreaterThan(0)
  expect(await savedRows()).toBe(0)
})

test('one that is too expensive writes nothing', async () => {
  const many = Array.from(
    { length: 60 },
    (_, i) => `m${i}: saveQuery(input: { name: "${i}" }) { id }`,
  )
  const { status, body } = await post(
    'application/json',
    JSON.stringify({ query: `mutation { ${many.join(' ')} }` }),
  )
  expect([status, JSON.parse(body).errors[0].extensions.code]).toEqual([400, 'QUERY_TOO_COMPLEX'])
  expect(await savedRows()).toBe(0)
})

test('repeated ones never take the fast path', async () => {
  const answers = []
  for (let time = 0; time < 4; time++) answers.push((await post('application/json')).body)
  expect(new Set(answers).size).toBe(1)
  expect(JSON.parse(answers[0] ?? '').data.saveQuery.name).toBe('posted')
  expect(fastCount).toBe(0)
  expect(await savedRows()).toBe(1)
})

/** Locks the table so that a write to it waits. */
async function withTableHeld(work: () => Promise<void>): Promise<void> {
  await t.db.transaction(async (tx) => {
    await tx.query(sql`lock table saved_queries in share row exclusive mode`)
    await work()
  })
}

const waiting = async () => {
  const rows = await t.db.query(
    sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows.length
}

test('one that exceeds its deadline, or whose client disconnects, leaves nothing', async () => {
  await withTableHeld(async () => {
    const late = post(
      'application/json',
      JSON.stringify({ query: MUTATION.replace('posted', 'late') }),
    )
    const gone = request(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    }).on('error', () => {})
    gone.end(JSON.stringify({ query: MUTATION.replace('posted', 'gone') }))
    await expect.poll(waiting).toBe(2)
    gone.destroy()
    const { status, headers, body } = await late
    expect([status, headers.get('retry-after')]).toEqual([503, '5'])
    expect(JSON.parse(body).errors[0].extensions.code).toBe('UNAVAILABLE')
    await expect.poll(waiting).toBe(0)
  })
  expect(await savedRows()).toBe(1)
})
