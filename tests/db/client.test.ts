import { once } from 'node:events'
import { type AddressInfo, connect as connectSocket, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { connect, type Database, type DatabaseOptions } from '../../src/db/client.ts'
import { closeConnection, openConnection } from '../../src/db/connection.ts'
import { createTestDatabase, endConnections, type TestDatabase } from '../helpers/database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

/** A separate pool for one test. */
function open(options: DatabaseOptions = {}, url = t.url): Database {
  const db = connect(url, options)
  onTestFinished(() => db.close())
  return db
}

function requestOf(db: Database, deadlineMs = 600_000) {
  const controller = new AbortController()
  const deadlineAt = performance.now() + deadlineMs
  return { controller, db: db.within({ signal: controller.signal, deadlineAt }) }
}

/** For a statement on a busy machine. */
const PATIENCE_MS = 60_000

/** Statements that wait for `letGo`, however slow the machine is. */
async function gate() {
  const holder = await openConnection(t.url)
  await holder.query('select pg_advisory_lock(17)')
  return {
    wait: (db: Database, options = {}) =>
      db.query(sql`select pg_advisory_xact_lock_shared(17)::text`, options),
    letGo: () => closeConnection(holder),
  }
}

/** Other statements that run in this database. */
async function runningStatements(): Promise<string[]> {
  const rows = await t.db.query<{ query: string }>(sql`
    select query from pg_stat_activity
    where datname = current_database() and state = 'active' and pid <> pg_backend_pid()`)
  return rows.map(({ query }) => query)
}

test('values keep their types', async () => {
  const [row] =
    await open().query(sql`select 9007199254740991::bigint as big, array[1::bigint, 2] as bigs,
    '2024-02-29'::date as day, array['2024-02-29'::date] as days, '2024-02-29 12:00:00.123456+02'::timestamptz as instant,
    1e-7::real as real, 0.1::float8 as double, 1.50::numeric as numeric, true as truth, '{"a": [1]}'::jsonb as json,
    array['a,b', null, '"'] as texts, ${['x', 'y{}']}::text[] as given, ${[true, false]}::boolean[] as truths`)
  expect(row).toEqual({
    big: 9007199254740991,
    bigs: [1, 2],
    day: '2024-02-29',
    days: ['2024-02-29'],
    instant: '2024-02-29 10:00:00.123456+00',
    real: 1e-7,
    double: 0.1,
    numeric: '1.50',
    truth: true,
    json: { a: [1] },
    texts: ['a,b', null, '"'],
    given: ['x', 'y{}'],
    truths: [true, false],
  })
})

const TIMEOUT = 'the statement timeout'

/** Ways in which a statement ends in the middle of its result, after some rows were sent. */
const CUT_SHORT: Record<string, (db: Database) => Promise<unknown>> = {
  'an error': (db) =>
    db.query(sql`select repeat('x', 4000), 1 / (500 - i) from generate_series(1, 1000) i`),
  [TIMEOUT]: (db) =>
    db.query(sql`select repeat('x', 4000), pg_sleep(0.002)::text from generate_series(1, 10000) i`),
  'its request going away': (db) => {
    const { controller, db: own } = requestOf(db)
    setTimeout(() => controller.abort(new Error('gone')), 100)
    return own.query(
      sql`select repeat('x', 4000), pg_sleep(0.002)::text from generate_series(1, 10000) i`,
    )
  },
  'its connection being lost': (db) => {
    const lost = db.query(sql`
      select repeat('x', 4000), pg_sleep(0.002)::text as "cut short" from generate_series(1, 10000) i`)
    const cut = async () => {
      await delay(100)
      const ended = await endConnections(t.db, sql`query like '%"cut short"%' and state = 'active'`)
      if (ended === 0) await cut()
    }
    void cut()
    return lost
  },
}

test.each(Object.entries(CUT_SHORT))(
  'results after a statement cut short by %s are complete',
  async (way, cutShort) => {
    const statementTimeoutMs = way === TIMEOUT ? 500 : PATIENCE_MS
    const db = open({ poolSize: 1, longStatements: 1, statementTimeoutMs })
    for (let round = 0; round < 3; round++) {
      await expect(cutShort(db)).rejects.toThrow()
      for (let i = 0; i < 5; i++) {
        expect(await db.query(sql`select ${i}::int as a`)).toEqual([{ a: i }])
        expect(await db.queryText(sql`select ${`text ${i}`}::text`)).toBe(`text ${i}`)
        expect(await db.query(sql`select i from generate_series(1, 3) i`)).toEqual([
          { i: 1 },
          { i: 2 },
          { i: 3 },
        ])
      }
    }
  },
)

test('short statements do not wait behind long ones, and few long ones run at a time', async () => {
  const db = open({ poolSize: 2, longStatements: 1, statementTimeoutMs: PATIENCE_MS })
  const { wait, letGo } = await gate()
  const finished: string[] = []
  const long = ['long 1', 'long 2', 'long 3'].map(async (name) => {
    await wait(db, { expectedMs: 100 })
    finished.push(name)
  })
  const short = Array.from({ length: 20 }, () => db.query(sql`select 1`))
  await Promise.all(short)
  expect(finished).toEqual([])
  await expect.poll(runningStatements).toHaveLength(1)
  await letGo()
  await Promise.all(long)
  expect(finished).toEqual(['long 1', 'long 2', 'long 3'])
})

test('a statement that turns out to be long makes room for short ones', async () => {
  const db = open({ poolSize: 2, longStatements: 1, statementTimeoutMs: PATIENCE_MS })
  const { wait, letGo } = await gate()
  const long = [wait(db), wait(db)]
  await Promise.all([db.query(sql`select 1`), db.query(sql`select 2`)])
  await letGo()
  await Promise.all(long)
})

test('a new request does not wait behind the many statements of another', async () => {
  const db = open({ poolSize: 2, longStatements: 1 })
  const finished: string[] = []
  const wide = requestOf(db)
  const many = Array.from({ length: 40 }, async (_, i) => {
    await wide.db.query(sql`select pg_sleep(0.01)::text`)
    finished.push(`wide ${i}`)
  })
  await delay(20)
  await requestOf(db).db.query(sql`select 1`)
  expect(finished.length).toBeLessThan(20)
  await Promise.all(many)
})

test('among long statements, the earliest deadline runs first', async () => {
  const db = open({ poolSize: 1, longStatements: 1 })
  const finished: number[] = []
  const due = [50_000, 30_000, 10_000, 40_000, 20_000]
  await Promise.all(
    due.map(async (deadlineMs) => {
      const { db: own } = requestOf(db, deadlineMs)
      await own.query(sql`select pg_sleep(0.05)::text`, { expectedMs: 100 })
      finished.push(deadlineMs)
    }),
  )
  // Nothing waited when the first one started.
  expect(finished).toEqual([50_000, 10_000, 20_000, 30_000, 40_000])
})

test('an ended request cancels its statements, both running and waiting', async () => {
  const db = open({ poolSize: 2, longStatements: 1 })
  const { controller, db: own } = requestOf(db)
  const reason = new Error('the client has gone')
  const all = Array.from({ length: 6 }, () =>
    own.query(sql`select pg_sleep(30)::text as "taken along"`),
  )
  const outcomes = Promise.allSettled(all)
  await expect.poll(async () => (await runningStatements()).length).toBeGreaterThan(0)
  controller.abort(reason)
  for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason })
  await expect(own.query(sql`select 1`)).rejects.toBe(reason)
  await expect.poll(runningStatements).toEqual([])
  expect(await db.query(sql`select 1 as one`)).toEqual([{ one: 1 }])
})

test('a cancellation hits only its own statement', async () => {
  const db = open({ poolSize: 2, longStatements: 1 })
  let isOver = false
  const neighbours = (async () => {
    for (let i = 0; !isOver; i++)
      expect(await db.query(sql`select ${i}::int as i`)).toEqual([{ i }])
  })()
  for (let i = 0; i < 150; i++) {
    const { controller, db: own } = requestOf(db)
    const running = own.query(sql`select pg_sleep(0.003)::text`)
    await delay(i % 6)
    controller.abort(new Error('gone'))
    await running.catch((error) => expect(error.message).toBe('gone'))
  }
  isOver = true
  await neighbours
})

test('if too many statements wait, a new one is refused at once, and so is one whose turn would come too late', async () => {
  const db = open({ poolSize: 1, longStatements: 1 })
  const waiting = Array.from({ length: 101 }, () => requestOf(db)).map(
    ({ controller, db: own }) => ({
      controller,
      outcome: own
        .query(sql`select pg_sleep(10)::text`, { expectedMs: 1000 })
        .catch((error) => error),
    }),
  )
  const late = requestOf(db, 5_000).db.query(sql`select 2`, { expectedMs: 1000 })
  await expect(late).rejects.toMatchObject({ code: 'UNAVAILABLE', message: /busy/ })
  const next = requestOf(db).db.query(sql`select 3`, { expectedMs: 1000 })
  await expect(next).rejects.toMatchObject({ code: 'UNAVAILABLE', message: /busy/ })
  expect(await db.query(sql`select 4 as four`)).toEqual([{ four: 4 }])
  for (const { controller } of waiting) controller.abort(new Error('over'))
  for (const { outcome } of waiting) expect(await outcome).toMatchObject({ message: 'over' })
})

/** A proxy before PostgreSQL; after `silence` it passes nothing on, but connections stay open. */
async function startProxy() {
  const target = new URL(t.url)
  const sockets = new Set<Socket>()
  let isSilent = false
  const server = createServer((client) => {
    const upstream = connectSocket(Number(target.port), target.hostname)
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from)
      from.on('error', () => {}).on('close', () => to.destroy())
      from.on('data', (bytes) => {
        if (!isSilent) to.write(bytes)
      })
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  return {
    url: Object.assign(new URL(target), { host: `127.0.0.1:${port}` }).href,
    silence(value: boolean) {
      isSilent = value
    },
  }
}

test('a silent database is noticed, and used again once it answers', async () => {
  const proxy = await startProxy()
  const db = open({ poolSize: 2, statementTimeoutMs: 500 }, proxy.url)
  const ask = () => db.query(sql`select 1 as one`).catch(() => 'none')
  await expect.poll(ask).toEqual([{ one: 1 }])
  proxy.silence(true)
  await expect(db.query(sql`select 1`)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await expect(db.ping()).rejects.toThrow()
  const { controller, db: own } = requestOf(db)
  setTimeout(() => controller.abort(new Error('deadline')), 100)
  await expect(own.query(sql`select 1`)).rejects.toThrow('deadline')
  proxy.silence(false)
  await expect.poll(ask).toEqual([{ one: 1 }])
  const isThere = () =>
    db.ping().then(
      () => true,
      () => false,
    )
  await expect.poll(isThere).toBe(true)
})

test('a database that refuses connections fails at once', async () => {
  const db = open({}, 'postgres://postgres@127.0.0.1:1/none')
  const startedAt = Date.now()
  for (let i = 0; i < 50; i++)
    await expect(db.query(sql`select 1`)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await expect(db.ping()).rejects.toThrow()
  // Not a measurement: a driver that waits between attempts would take minutes for as many.
  expect(Date.now() - startedAt).toBeLessThan(20_000)
})

test('any number of different statements can run, and repeated ones are prepared', async () => {
  const db = open({ poolSize: 1, longStatements: 1 })
  const ask = async (n: number) => {
    const text = `select ${n} as n`
    expect(await db.query({ text, values: [] } as never)).toEqual([{ n }])
  }
  const prepared = async () => {
    const [row] = await db.query<{ n: number }>(
      sql`select count(*)::int as n from pg_prepared_statements`,
    )
    return row?.n ?? 0
  }
  for (let n = 0; n < 1200; n++) await ask(n)
  expect(await prepared()).toBeLessThan(5)
  for (let n = 600; n < 1200; n++) await ask(n)
  for (let i = 0; i < 3; i++) await ask(1199)
  const count = await prepared()
  expect(count).toBeGreaterThan(50)
  expect(count).toBeLessThanOrEqual(501)
})

test('a statement with one text returns it, null for no text, or the error; its connection stays usable', async () => {
  const db = open({ poolSize: 1, longStatements: 1 })
  const ask = (value: unknown) => db.queryText({ text: 'select $1::text', values: [value] })
  for (let use = 0; use < 3; use++) {
    expect(await ask(`é ' " \\ ${use}`)).toBe(`é ' " \\ ${use}`)
    expect(await ask(null)).toBeNull()
    expect(await db.queryText(sql`select 'x' where false`)).toBeNull()
    expect(await db.queryText(sql`select array_to_string(${['a', 'b,"']}::text[], '|')`)).toBe(
      'a|b,"',
    )
    await expect(db.queryText(sql`select (1 / ${0}::int)::text`)).rejects.toMatchObject({
      code: '22012',
    })
    await expect(db.queryText(sql`select nothing`)).rejects.toMatchObject({ code: '42703' })
  }
})
