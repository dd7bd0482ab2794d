import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { sql } from '../../src/db/sql.ts'
import { createLog } from '../../src/log.ts'
import { type Job, type Schedule, startSchedule } from '../../src/serve/schedule.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database?.close())

const schedules: Schedule[] = []
afterEach(async () => {
  for (const schedule of schedules.splice(0)) await schedule.stop()
  await database.db.query(sql`delete from scheduled_jobs`)
})

const log = createLog('silent')
function server(...jobs: Job[]): Schedule {
  const schedule = startSchedule({ url: database.url, jobs, log })
  schedules.push(schedule)
  return schedule
}

const YEARLY = '0 0 1 1 *'
const EACH_SECOND = '* * * * * *'

interface Run {
  due_at: string
  ended_at: string | null
  failure: string | null
}
async function runOf(name: string): Promise<Run | undefined> {
  const [run] = await database.db.query<Run>(
    sql`select due_at, ended_at, failure from scheduled_jobs where name = ${name}`,
  )
  return run
}
/** For a busy machine. */
const PATIENCE = { timeout: 120_000 }
const ended = (name: string) =>
  vi.waitFor(
    async () => expect((await runOf(name))?.ended_at).toEqual(expect.any(String)),
    PATIENCE,
  )

test('of several servers, one makes up for a missed run, and none runs it again', async () => {
  let count = 0
  const run = async () => {
    count += 1
    await delay(50)
  }
  const job: Job = { name: 'once', number: 101, cron: YEARLY, run }
  for (let i = 0; i < 4; i += 1) server(job)
  await ended('once')
  for (const schedule of schedules.splice(0)) await schedule.stop()
  const again = server(job)
  await delay(200)
  await again.stop()
  expect(count).toBe(1)
})

test('a failed job is recorded, and runs again at its next time', async () => {
  let count = 0
  const run = async () => {
    count += 1
    if (count <= 2) throw new Error('no luck')
  }
  const jobAt = (cron: string): Job => ({ name: 'fails', number: 102, cron, run })
  const first = server(jobAt(YEARLY))
  await vi.waitFor(async () => expect((await runOf('fails'))?.failure).toBe('no luck'), PATIENCE)
  await first.stop()
  server(jobAt(EACH_SECOND))
  await vi.waitFor(() => expect(count).toBeGreaterThan(2), PATIENCE)
  await vi.waitFor(async () => expect((await runOf('fails'))?.failure).toBeNull(), PATIENCE)
})

test('a job that takes longer than the time between two runs is not started twice', async () => {
  let atOnce = 0
  let most = 0
  const run = async () => {
    atOnce += 1
    most = Math.max(most, atOnce)
    await delay(1_500)
    atOnce -= 1
  }
  const job: Job = { name: 'long', number: 103, cron: EACH_SECOND, run }
  server(job)
  server(job)
  await vi.waitFor(() => expect(most).toBe(1), PATIENCE)
  await delay(1_600)
  expect(most).toBe(1)
})

test('stop asks a running job to end and waits for it', async () => {
  let isOver = false
  const schedule = server({
    name: 'patient',
    number: 104,
    cron: YEARLY,
    async run(signal) {
      // It may be stopped between the record of its start and this line.
      if (!signal.aborted) await once(signal, 'abort')
      await delay(50)
      isOver = true
    },
  })
  await vi.waitFor(async () => expect(await runOf('patient')).toBeDefined(), PATIENCE)
  await schedule.stop()
  expect(isOver).toBe(true)
})

test('a run recorded with a time far ahead, by a wrong clock, stops no other', async () => {
  await database.db.query(
    sql`insert into scheduled_jobs (name, due_at, started_at) values ('ahead', now() + interval '1 day', now())`,
  )
  let count = 0
  const run = async () => {
    count += 1
  }
  server({ name: 'ahead', number: 105, cron: YEARLY, run })
  await vi.waitFor(() => expect(count).toBe(1), PATIENCE)
})
