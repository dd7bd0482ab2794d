import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { prepareRules } from '../../src/domain/write/precedence.ts'
import { paperRecord } from '../helpers/catalogue.ts'
import { runCli, runProcess } from '../helpers/cli.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { startServe } from '../helpers/serve.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  await transaction(t.url, async (tx) => {
    await prepareRules(tx)
    await writeRecords(tx, [paperRecord()])
  })
})
afterAll(() => t.close())

// The state of a catalogue of an older version.
beforeEach(() =>
  t.db.query(
    sql`update catalogue_rules set precedence_version = 1, clustering_version = 0, topics_version = 0`,
  ),
)

async function isOld(): Promise<boolean> {
  const rows = await t.db.query(sql`
    select from catalogue_rules where precedence_version = 1 or clustering_version = 0 or topics_version = 0 or exists (select from unsettled_names)`)
  return rows.length > 0
}

test('refresh updates a catalogue to the rules of this version, and can run again', async () => {
  for (const run of [runProcess, runCli]) {
    const { code, stdout, stderr } = await run(['refresh'], { env: { DATABASE_URL: t.url } })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(
      'All papers, topics, authors and names of methods follow the rules of this version.\n',
    )
    expect(await isOld()).toBe(false)
  }
})

test('a server does the same at its start', async () => {
  const served = await startServe({ DATABASE_URL: t.url })
  await expect.poll(isOld).toBe(false)
  expect(await served.stop()).toBe(0)
  expect(served.log()).not.toContain('newest rules')
})

test('a server that stops in the meantime interrupts it', async () => {
  const served = await startServe({ DATABASE_URL: t.url })
  expect(await served.stop()).toBe(0)
})
