import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWriter, type Transaction, transaction } from '../../src/db/transaction.ts'
import { AppError } from '../../src/errors.ts'
import { createTestDatabase } from '../helpers/database.ts'
import { atLeast } from '../helpers/thorough.ts'

let t: Awaited<ReturnType<typeof createTestDatabase>>

beforeAll(async () => {
  t = await createTestDatabase()
  await t.db.query(sql`create table steps (trial int, step int, primary key (trial, step))`)
})
afterAll(() => t.close())

const STEPS = 4
const DELAYS = atLeast([0, 8], [0, 1, 5, 12, 20])
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function backendOf(tx: Transaction): Promise<number> {
  const [row] = await tx.query<{ pid: number }>(sql`select pg_backend_pid() as pid`)
  return row?.pid ?? 0
}

const kill = (pid: number) => t.db.query(sql`select pg_terminate_backend(${pid}::int)`)
const insert = (tx: Transaction, trial: number, step: number) =>
  tx.query(sql`insert into steps values (${trial}::int, ${step}::int)`)

/** Waits until a backend has ended and this process has noticed it on its connection. */
async function untilGone(pid: number): Promise<void> {
  const isThere = async () =>
    (await t.db.query(sql`select from pg_stat_activity where pid = ${pid}::int`)).length > 0
  await expect.poll(isThere).toBe(false)
  // It closes its connection a moment after it leaves that list; a remote server has no such process here.
  await expect.poll(() => runs(pid)).toBe(false)
  await wait(50)
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
}

async function stepsOf(trial: number): Promise<number> {
  const [row] = await t.db.query<{ n: number }>(
    sql`select count(*)::int as n from steps where trial = ${trial}::int`,
  )
  return row?.n ?? 0
}

/** Places where the backend is killed; each is tried after every step and with several delays. */
const BLOWS: Record<string, (tx: Transaction, pid: number, delay: number) => Promise<unknown>> = {
  'between two statements': (_tx, pid) => kill(pid),
  'between two statements, unawaited': async (_tx, pid) => void kill(pid),
  'during a statement': (tx, pid, delay) => {
    const sleeping = tx.query(sql`select pg_sleep(0.2)`).catch(() => {})
    return wait(delay)
      .then(() => kill(pid))
      .then(() => sleeping)
  },
  'while the callback awaits a timer': async (_tx, pid, delay) => {
    await kill(pid)
    await wait(delay * 3)
  },
  'just after the next statement was sent': async (tx, pid, delay) => {
    const next = tx.query(sql`select 1`).catch(() => {})
    if (delay > 4) await wait(1)
    await Promise.all([kill(pid), next])
  },
}

const lone = (work: (tx: Transaction) => Promise<void>) => transaction(t.url, work)
const sharing = () => openWriter(t.url).transaction<void>

test.each([
  ['of its own', () => lone, 0],
  ['that transactions share', sharing, 10_000],
])(
  'a backend killed at any point leaves all of a write or nothing, and never hangs, on a connection %s',
  async (_, open, first) => {
    const write = open()
    let trial = first
    const outcomes = { kept: 0, lost: 0 }
    for (const strike of Object.values(BLOWS)) {
      for (let after = 0; after <= STEPS; after++) {
        for (const delay of DELAYS) {
          const id = ++trial
          const result = await write(async (tx) => {
            const pid = await backendOf(tx)
            for (let step = 0; step < STEPS; step++) {
              if (step === after) await strike(tx, pid, delay)
              // A callback that swallows errors and continues is the hard case: nothing of it may be kept.
              await insert(tx, id, step).catch(() => {})
            }
            if (after === STEPS) await strike(tx, pid, delay)
          }).then(
            () => 'kept' as const,
            () => 'lost' as const,
          )
          outcomes[result]++
          const steps = await stepsOf(id)
          if (result === 'kept') expect(steps).toBe(STEPS)
          // A COMMIT whose answer was lost may have succeeded completely, or not at all.
          else expect([0, STEPS]).toContain(steps)
        }
      }
    }
    const trials = Object.keys(BLOWS).length * (STEPS + 1) * DELAYS.length
    expect(trial - first).toBe(trials)
    expect(outcomes.lost).toBeGreaterThanOrEqual(0.7 * trials)
  },
)

test('statements after the loss of the connection are refused, also late ones of the callback', async () => {
  let late: Promise<unknown> = Promise.resolve()
  const lost = transaction(t.url, async (tx) => {
    const backend = await backendOf(tx)
    // Called before the loss, which may end the transaction at once.
    late = kill(backend)
      .then(() => wait(50))
      .then(() => insert(tx, 9000, 0))
    await late.catch(() => {})
  })
  await expect(lost).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  await expect(late).rejects.toBeInstanceOf(Error)
  expect(await stepsOf(9000)).toBe(0)
})

test('a writer continues after a failed transaction, on a new connection and without its late statements', async () => {
  const writer = openWriter(t.url)
  const pids: number[] = []
  let first: Transaction | undefined
  let late: Promise<unknown> | undefined
  for (const trial of [9010, 9011, 9012]) {
    const written = writer.transaction(async (tx) => {
      pids.push(await backendOf(tx))
      await insert(tx, trial, 0)
      if (trial === 9011) throw new Error('changed my mind')
      first ??= tx
      // In the middle of another transaction on its connection.
      if (trial === 9012) late = insert(first, 9010, 1)
      await late?.catch(() => {})
    })
    if (trial === 9011) await expect(written).rejects.toThrow('changed my mind')
    else await written
  }
  await expect(late).rejects.toThrow('The transaction is over')
  expect(pids[0]).toBe(pids[1])
  expect(pids[2]).not.toBe(pids[1])
  await kill(pids[2] ?? 0)
  await untilGone(pids[2] ?? 0)
  await writer.transaction((tx) => insert(tx, 9013, 0))
  await writer.close()
  expect(await Promise.all([9010, 9011, 9012, 9013].map(stepsOf))).toEqual([1, 0, 1, 1])
})

test('an error of the callback is thrown, and the transaction is rolled back', async () => {
  const fault = new Error('changed my mind')
  const write = transaction(t.url, async (tx) => {
    await insert(tx, 9001, 0)
    throw fault
  })
  await expect(write).rejects.toBe(fault)
  expect(await stepsOf(9001)).toBe(0)
})

test('a failed statement fails the transaction even if its error is swallowed', async () => {
  const write = transaction(t.url, async (tx) => {
    await insert(tx, 9002, 0)
    await insert(tx, 9002, 0).catch(() => {})
    return 'fine'
  })
  await expect(write).rejects.toMatchObject({ code: '23505' })
  expect(await stepsOf(9002)).toBe(0)
})

test('statements sent at once run one after the other, and the result is returned', async () => {
  const result = await transaction(t.url, async (tx) => {
    await Promise.all([0, 1, 2].map((step) => insert(tx, 9003, step)))
    return 'done'
  })
  expect(result).toBe('done')
  expect(await stepsOf(9003)).toBe(3)
})

test('of two transactions in a deadlock, one is rolled back with the error and the other is committed', async () => {
  await t.db.query(sql`insert into steps values (9100, 0), (9101, 0)`)
  const update = (tx: Transaction, trial: number) =>
    tx.query(sql`update steps set step = step + 1 where trial = ${trial}::int`)
  const both = { ready: 0 }
  const meet = async () => {
    both.ready++
    while (both.ready < 2) await wait(5)
  }
  const cross = (first: number, second: number) =>
    transaction(t.url, async (tx) => {
      await update(tx, first)
      await meet()
      await update(tx, second)
    })
  const results = await Promise.allSettled([cross(9100, 9101), cross(9101, 9100)])
  const failed = results.filter((result) => result.status === 'rejected')
  expect(failed).toHaveLength(1)
  expect(failed[0]?.reason).toMatchObject({ code: '40P01' })
  const rows = await t.db.query<{ step: number }>(
    sql`select step from steps where trial in (9100, 9101)`,
  )
  expect(rows.map((row: { step: number }) => row.step)).toEqual([1, 1])
})

test('a serialization failure is reported and rolls back', async () => {
  await t.db.query(sql`insert into steps values (9200, 0)`)
  const write = transaction(t.url, async (tx) => {
    await tx.query(sql`set transaction isolation level serializable`)
    await tx.query(sql`select * from steps where trial = 9200`)
    await t.db.query(sql`update steps set step = 5 where trial = 9200`)
    await tx.query(sql`update steps set step = 7 where trial = 9200`)
  })
  await expect(write).rejects.toMatchObject({ code: '40001' })
})

test('an unreachable server is an UNAVAILABLE error', async () => {
  const write = transaction('postgres://postgres@127.0.0.1:1/none', async () => {})
  await expect(write).rejects.toBeInstanceOf(AppError)
  await expect(write).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})
