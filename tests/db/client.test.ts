import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Database } from '../../src/db/client.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

let t: TestDatabase
let db: Database
beforeAll(async () => {
  t = await createTestDatabase()
  db = connect(t.url, { poolSize: 4 })
})
afterAll(async () => {
  await db.close()
  await t.close()
})

test.each([
  { kind: 'short', options: { lane: 'short' as const } },
  { kind: 'long', options: { lane: 'long' as const } },
  { kind: 'selective', options: { isSelective: true } },
])(
  '$kind statements wait for one of two connections, and not behind a slow one',
  async ({ options }) => {
    const finished: string[] = []
    const run = async (name: string, seconds: number) => {
      const [row] = await db.query<{ pid: number }>(
        sql`select pg_backend_pid() as pid, pg_sleep(${seconds}::float8)::text`,
        options,
      )
      finished.push(name)
      return row?.pid
    }
    // Once the connections are open.
    await Promise.all([run('first', 0.2), run('second', 0.2)])
    finished.length = 0
    const quick = Array.from({ length: 8 }, (_, i) => `quick ${i}`)
    const pids = await Promise.all([run('slow', 1.5), ...quick.map((name) => run(name, 0))])
    expect(new Set(pids).size).toBe(2)
    expect(finished).toEqual([...quick, 'slow'])
  },
)
