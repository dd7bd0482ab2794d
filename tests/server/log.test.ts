import { buildSchema } from 'graphql'
import { pino } from 'pino'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { connect, type Database } from '../../src/db/client.ts'
import type { Context } from '../../src/graphql/context.ts'
import { LOG_OPTIONS } from '../../src/log.ts'
import { slowQueryLog } from '../../src/serve/slow-query-log.ts'
import { type RunningServer, startServer } from '../../src/server/http.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { patientConfig } from '../helpers/patient-config.ts'

/** Part of every value from a client, and in no line of the log. */
const CANARY = 'canary-4711'

const schema = buildSchema(`type Query {
  cast(value: String): String, raise(value: String): String, slow(value: String): String, endless(value: String): String
  broken(value: String): String
}`)
const run =
  (write: (value: string) => ReturnType<typeof sql>) =>
  async ({ value }: { value: string }, { db }: Context) => {
    const rows = await db.query<{ value: string }>(write(value))
    return rows[0]?.value
  }
const RESOLVERS: Record<string, (args: never, context: Context) => unknown> = {
  cast: run((value) => sql`select ${value}::int as value`),
  raise: run((value) => sql`select raise_all(${value}::text) as value`),
  slow: run((value) => sql`select ${value}::text as value from pg_sleep(0.3)`),
  endless: run((value) => sql`select ${value}::text as value from pg_sleep(60)`),
  broken: () => {
    throw new TypeError('Cannot read this')
  },
}
for (const [name, field] of Object.entries(schema.getQueryType()?.getFields() ?? {}))
  field.resolve = (_, args, context) => RESOLVERS[name]?.(args as never, context)

let t: TestDatabase
let db: Database
let server: RunningServer
const lines: string[] = []
beforeAll(async () => {
  t = await createTestDatabase({ template: false })
  await t.db.query(sql`create function raise_all(value text) returns text language plpgsql as $$
    begin raise exception 'refused: "%"', value using detail = value, hint = value, errcode = '22000'; end $$`)
  const log = pino(LOG_OPTIONS('info'), { write: (line) => void lines.push(line) })
  db = connect(t.url, { statementTimeoutMs: 2_000, slow: slowQueryLog(log, 200) })
  const config = patientConfig()
  server = await startServer({ db, config, log, schema })
})
beforeEach(() => {
  lines.length = 0
})
afterAll(async () => {
  await server?.stop()
  await db?.close()
  await t?.close()
})

async function ask(field: string, times = 1): Promise<Record<string, unknown>[]> {
  const query = `query Named($v: String) { ${field}(value: $v) }`
  for (let i = 0; i < times; i++)
    await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': `${field}-${i}` },
      body: JSON.stringify({ query, variables: { v: CANARY } }),
    }).then((answer) => answer.text())
  expect(lines.join('')).not.toContain(CANARY)
  return lines.map((line) => JSON.parse(line))
}

/** Without slow statements, because any statement is sometimes slow on a busy machine. */
const faultsOf = (told: Record<string, unknown>[]) => told.filter(({ err }) => err !== undefined)

test('a value that PostgreSQL repeats in its message is not logged', async () => {
  const [line] = faultsOf(await ask('cast'))
  expect(line).toMatchObject({ requestId: 'cast-0', err: { code: '22P02' } })
  expect(line?.err).toMatchObject({ message: 'invalid input syntax for type integer: "…"' })
  expect(lines.join('')).not.toContain('node_modules')
})

test('nor are values in details, hints and contexts', async () => {
  const told = faultsOf(await ask('raise'))
  expect(told).toHaveLength(1)
  expect(told[0]?.err).toEqual({ type: 'error', code: '22000', message: 'refused: "…"' })
})

test('a slow statement is one line with its text, its duration, and the request', async () => {
  const told = await ask('slow')
  expect(told).toHaveLength(1)
  expect(told[0]).toMatchObject({
    msg: 'slow statement',
    requestId: 'slow-0',
    operationName: 'Named',
    statement: 'select $1::text as value from pg_sleep(0.3)',
  })
  expect(told[0]?.durationMs).toBeGreaterThanOrEqual(300)
})

test('so is a cancelled one, beside its fault', async () => {
  const told = await ask('endless')
  expect(told.filter(({ msg }) => msg === 'slow statement')).toHaveLength(1)
  const faults = faultsOf(told)
  expect(faults).toHaveLength(1)
  expect(faults[0]?.err).toMatchObject({ cause: { code: '57014' } })
  expect(JSON.stringify(faults)).not.toContain(' at ')
})

test('the same fault again is counted, not logged', async () => {
  const told = await ask('broken', 20)
  const faults = faultsOf(told)
  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatchObject({ requestId: 'broken-0', err: { message: 'Cannot read this' } })
  expect(JSON.stringify(faults[0])).toContain('log.test.ts')
})
