import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { badInput } from '../../src/errors.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  await t.db.query(sql`create table steps (trial int, step int, primary key (trial, step))`)
})
afterAll(() => t.close())

const stepsOf = async (trial: number) => {
  const rows = await t.db.query<{ step: number }>(
    sql`select step from steps where trial = ${trial}::int order by step`,
  )
  return rows.map(({ step }) => step)
}
const insert = (trial: number, step: number) =>
  sql`insert into steps values (${trial}::int, ${step}::int)`

/** Number of open or idle transactions in this database. */
const openTransactions = async () => {
  const [row] = await t.db.query<{ n: number }>(sql`select count(*)::int as n from pg_stat_activity
    where datname = current_database() and state like 'idle in transaction%'
      or query like 'select pg_sleep(3%' and state = 'active' and datname = current_database()`)
  return row?.n
}

function scope() {
  const controller = new AbortController()
  const db = t.db.within({
    signal: controller.signal,
    deadlineAt: performance.now() + 60_000,
  })
  return { db, abort: () => controller.abort(badInput('gone')) }
}

test('all statements are committed, and the result of the work is returned', async () => {
  const given = await t.db.transaction(async (tx) => {
    await tx.query(insert(1, 1))
    await tx.query(insert(1, 2))
    return 'done'
  })
  expect(given).toBe('done')
  expect(await stepsOf(1)).toEqual([1, 2])
})

test('a transaction is rolled back if its work or a statement fails', async () => {
  const thrown = t.db.transaction(async (tx) => {
    await tx.query(insert(2, 1))
    throw badInput('no')
  })
  await expect(thrown).rejects.toThrow('no')
  const failed = t.db.transaction(async (tx) => {
    await tx.query(insert(2, 1))
    await tx.query(insert(2, 1))
  })
  await expect(failed).rejects.toThrow(/duplicate key/)
  const swallowed = t.db.transaction(async (tx) => {
    await tx.query(insert(2, 1))
    await tx.query(insert(2, 1)).catch(() => {})
  })
  await expect(swallowed).rejects.toThrow(/duplicate key/)
  expect(await stepsOf(2)).toEqual([])
})

test.each(['during a statement', 'between two statements', 'before it began'])(
  'a request that ends %s rolls back, and leaves no transaction open',
  async (moment) => {
    const { db, abort } = scope()
    if (moment === 'before it began') abort()
    const ended = db.transaction(async (tx) => {
      await tx.query(insert(3, 1))
      if (moment === 'between two statements') abort()
      else setTimeout(abort, 20)
      await tx.query(sql`select pg_sleep(30)`)
    })
    await expect(ended).rejects.toThrow('gone')
    await expect.poll(openTransactions).toBe(0)
    expect(await stepsOf(3)).toEqual([])
  },
)

test('a request that ends while all connections write stops waiting', async () => {
  let finish = () => {}
  const wait = new Promise<void>((resolve) => {
    finish = resolve
  })
  const busy = Array.from({ length: 2 }, (_, i) =>
    t.db.transaction(async (tx) => {
      await tx.query(insert(4, i))
      await wait
    }),
  )
  const { db, abort } = scope()
  const waiting = db.transaction((tx) => tx.query(insert(4, 9)))
  setTimeout(abort, 20)
  await expect(waiting).rejects.toThrow('gone')
  finish()
  await Promise.all(busy)
  expect(await stepsOf(4)).toEqual([0, 1])
})

test('of transactions that block each other, one is run again', async () => {
  await t.db.query(insert(5, 1))
  await t.db.query(insert(5, 2))
  let runs = 0
  let firstIsThere = () => {}
  const bothThere = new Promise<void>((resolve) => {
    let there = 0
    firstIsThere = () => ++there === 2 && resolve()
  })
  const lock = (step: number) =>
    sql`select from steps where trial = 5 and step = ${step}::int for update`
  const crossing = (one: number, other: number) =>
    t.db.transaction(async (tx) => {
      runs++
      await tx.query(lock(one))
      firstIsThere()
      await bothThere
      await tx.query(lock(other))
      await tx.query(insert(5, one * 10))
    })
  await Promise.all([crossing(1, 2), crossing(2, 1)])
  // A repeated transaction may meet the other again.
  expect(runs).toBeGreaterThanOrEqual(3)
  expect(await stepsOf(5)).toEqual([1, 2, 10, 20])
})

test('losing a connection between two statements fails only the transaction', async () => {
  const lost = t.db.transaction(async (tx) => {
    await tx.query(insert(6, 1))
    const [row] = await tx.query<{ pid: number }>(sql`select pg_backend_pid() as pid`)
    await t.db.query(sql`select pg_terminate_backend(${row?.pid ?? 0}::int)`)
    await new Promise((resolve) => setTimeout(resolve, 50))
    await tx.query(insert(6, 2))
  })
  await expect(lost).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  expect(await stepsOf(6)).toEqual([])
})

test('no statement can follow the end of a transaction', async () => {
  const late = await t.db.transaction(async (tx) => () => tx.query(sql`select 1`))
  await expect(late()).rejects.toThrow('The transaction is over')
})

test('a request that ends during a rollback releases its connection once', async () => {
  const { db, abort } = scope()
  const failed = db
    .transaction(async (tx) => {
      await tx.query(insert(7, 1))
      throw badInput('no')
    })
    .finally(abort)
  await expect(failed).rejects.toThrow('no')
  await expect.poll(openTransactions).toBe(0)
  expect(await stepsOf(7)).toEqual([])
})
