import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { buildSchema, type GraphQLSchema } from 'graphql'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { connect, type Database } from '../../src/db/client.ts'
import type { Context } from '../../src/graphql/context.ts'
import { createLog } from '../../src/log.ts'
import { type RunningServer, startServer } from '../../src/server/http.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

/** Fields that take the requested time: in the database, outside it, or in steps of both. */
function createSlowSchema(): GraphQLSchema {
  const schema = buildSchema(`type Query {
    one: Int
    sleep(seconds: Float!): String
    steps(count: Int!): Int
    wait(ms: Int!): String
  }`)
  const fields = schema.getQueryType()?.getFields()
  const resolvers: Record<string, (args: Record<string, number>, context: Context) => unknown> = {
    one: async (_, { db }) => (await db.query<{ one: number }>(sql`select 1 as one`))[0]?.one,
    sleep: ({ seconds }, { db }) =>
      db.queryText(sql`select pg_sleep(${seconds}::float8)::text as "slow field"`),
    steps: async ({ count = 0 }, { db }) => {
      for (let i = 0; i < count; i++) await db.query(sql`select pg_sleep(0.05) as "slow field"`)
      return count
    },
    wait: ({ ms }) => new Promise((resolve) => setTimeout(resolve, ms, 'done')),
  }
  for (const [name, resolve] of Object.entries(resolvers)) {
    const field = fields?.[name]
    if (field) field.resolve = (_, args, context) => resolve(args, context)
  }
  return schema
}

let t: TestDatabase
/** Observes the statements of the servers, without waiting behind them. */
let observer: Database
let server: RunningServer
/** Its deadline outlasts a busy machine. */
let patient: RunningServer
/** With a deadline between theirs. */
let slower: RunningServer

beforeAll(async () => {
  t = await createTestDatabase({ template: false })
  observer = connect(t.url)
  const start = (timeoutMs: number) =>
    startServer({
      db: t.db,
      config: loadConfig({ PORT: '0', REQUEST_TIMEOUT_MS: String(timeoutMs) }),
      log: createLog('silent'),
      schema: createSlowSchema(),
    })
  server = await start(700)
  patient = await start(60_000)
  slower = await start(5000)
})
afterAll(async () => {
  await server.stop()
  await patient.stop()
  await slower.stop()
  await observer.close()
  await t.close()
})

async function ask(query: string, { url } = server) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

async function slowStatements(): Promise<number> {
  const [row] = await observer.query<{ n: number }>(sql`
    select count(*)::int as n from pg_stat_activity where datname = current_database()
      and state = 'active' and query like '%"slow field"%' and pid <> pg_backend_pid()`)
  return row?.n ?? 0
}

// Each is sent three times, because later requests for a query take another path.
test.each([
  ['a statement', '{ sleep(seconds: 20) }'],
  ['many statements one after the other', '{ steps(count: 400) }'],
  [
    'many statements at once',
    `{ ${Array.from({ length: 30 }, (_, i) => `f${i}: sleep(seconds: 9)`).join(' ')} }`,
  ],
  ['a resolver without statements', '{ wait(ms: 5000) }'],
])(
  'a request that takes too long by %s gets a 503, and leaves nothing running',
  async (_, query) => {
    for (let i = 0; i < 3; i++) {
      const { status, headers, body } = await ask(query)
      expect(status).toBe(503)
      expect(headers.get('retry-after')).toBe('5')
      expect(body).toEqual({
        errors: [
          {
            message: expect.stringContaining('longer than the limit of 0.7 s'),
            extensions: { code: 'UNAVAILABLE' },
          },
        ],
      })
      await expect.poll(slowStatements).toBe(0)
    }
    // On a busy machine, this sometimes takes too long.
    await expect.poll(async () => (await ask('{ one }')).body).toEqual({ data: { one: 1 } })
  },
)

test("a disconnect cancels the client's statements", async () => {
  const { port } = new URL(patient.url)
  const body = JSON.stringify({ query: '{ a: sleep(seconds: 20) b: sleep(seconds: 20) }' })
  const sockets = Array.from({ length: 5 }, () => connectSocket(Number(port), '127.0.0.1'))
  for (const socket of sockets) {
    await once(socket, 'connect')
    socket.write(
      `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    )
  }
  await expect.poll(slowStatements).toBeGreaterThan(0)
  for (const socket of sockets) socket.destroy()
  await expect.poll(slowStatements).toBe(0)
  expect((await ask('{ one }', patient)).body).toEqual({ data: { one: 1 } })
})

test("an immediate disconnect cancels the client's statements, whenever it is noticed", async () => {
  const { port } = new URL(patient.url)
  for (let i = 0; i < 20; i++) {
    // A new query takes the slow path, on which the connection can close before anybody watches it.
    const body = JSON.stringify({ query: `{ f${i}: sleep(seconds: 20) }` })
    const socket = connectSocket(Number(port), '127.0.0.1')
    await once(socket, 'connect')
    const request = `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
    socket.write(request, () => (i % 2 === 0 ? socket.resetAndDestroy() : socket.destroy()))
    await once(socket, 'close')
  }
  expect((await ask('{ one }', patient)).body).toEqual({ data: { one: 1 } })
  await expect.poll(slowStatements).toBe(0)
})

test('a busy server is alive and ready, and answers short requests', async () => {
  const slow = Array.from({ length: 40 }, () => ask('{ sleep(seconds: 20) }', slower))
  // On a busy machine it may refuse at first.
  await expect.poll(async () => (await ask('{ one }', slower)).body).toEqual({ data: { one: 1 } })
  for (const path of ['/health', '/readyz']) {
    const statusOf = async () => (await fetch(`${slower.url}${path}`)).json()
    await expect.poll(statusOf).toEqual({ status: 'ok' })
  }
  for (const { status } of await Promise.all(slow)) expect(status).toBe(503)
})
