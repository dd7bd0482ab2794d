import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import sql from 'sql-template-tag'
import { afterEach, expect, test } from 'vitest'
import { migrate } from '../../../src/db/schema/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { programPath, tracked } from '../../helpers/processes.ts'

const FOLDER = fileURLToPath(new URL('../../../migrations', import.meta.url))

let database: TestDatabase
afterEach(() => database.close())

async function appliedCount(): Promise<number> {
  const [row] = await database.db.query<{ count: number }>(
    sql`select count(*)::int as count from drizzle.__drizzle_migrations`,
  )
  return row?.count ?? 0
}

async function migrationCount(): Promise<number> {
  return (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).length
}

/** Migrates in a separate process; returns its exit code and error message. */
async function migrateElsewhere(url: string): Promise<string> {
  const program = `
    const { migrate } = await import(${JSON.stringify(programPath('migrate'))})
    await migrate(${JSON.stringify(url)})`
  const child = tracked(spawn(process.execPath, ['--input-type=module', '-e', program]))
  let complaints = ''
  child.stderr.on('data', (chunk) => {
    complaints += chunk
  })
  const [code] = await once(child, 'close')
  return `${code} ${complaints}`.trim()
}

test('a fresh database gets every migration, and a second run changes nothing', async () => {
  database = await createTestDatabase({ template: false })
  await migrate(database.url)
  expect(await appliedCount()).toBe(await migrationCount())
  await database.db.query(sql`insert into venues (slug, name, name_key, kind)
    values ('acl', 'ACL', 'acl', 'conference')`)
  await migrate(database.url)
  expect(await appliedCount()).toBe(await migrationCount())
  expect(await database.db.query(sql`select slug from venues`)).toEqual([{ slug: 'acl' }])
})

test('three processes that start at once migrate one after the other', async () => {
  database = await createTestDatabase({ template: false })
  const { url } = database
  const results = await Promise.all([1, 2, 3].map(() => migrateElsewhere(url)))
  expect(results).toEqual(['0', '0', '0'])
  expect(await appliedCount()).toBe(await migrationCount())
})

test('rare words are counted as such: papers.search keeps more statistics than other columns', async () => {
  database = await createTestDatabase()
  const [row] = await database.db.query<{ target: number }>(
    sql`select attstattarget as target from pg_attribute where attrelid = 'papers'::regclass and attname = 'search'`,
  )
  expect(row?.target).toBe(1000)
})
