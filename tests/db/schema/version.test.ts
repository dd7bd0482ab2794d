import sql, { raw } from 'sql-template-tag'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { migrate } from '../../../src/db/schema/migrate.ts'
import { knownMigrations, tablesAfter } from '../../../src/db/schema/version.ts'
import { runCli, runProcess } from '../../helpers/cli.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'

/** A server runs in a separate process. */
const runOne: typeof runCli = (command, options) =>
  (command[0] === 'serve' ? runProcess : runCli)(command, options)

const known = knownMigrations()
const newest = known.at(-1)?.name ?? ''

let t: TestDatabase
afterEach(() => t.close())

const run = (text: string) => t.db.query(sql`${raw(text)}`)
const addMigration = (createdAt: number, hash = 'f'.repeat(64)) =>
  t.db.query(
    sql`insert into drizzle.__drizzle_migrations (hash, created_at) values (${hash}, ${createdAt})`,
  )

test('the list of tables matches a migrated database', async () => {
  t = await createTestDatabase()
  const rows = await t.db.query<{ name: string }>(
    sql`select tablename as name from pg_tables where schemaname = 'public'`,
  )
  expect(tablesAfter(known.length).sort()).toEqual(rows.map(({ name }) => name).sort())
})

describe('a migrated database', () => {
  beforeEach(async () => {
    t = await createTestDatabase()
  })

  test('with a newer migration is refused by each command, which names both versions', async () => {
    await addMigration(Date.parse('2031-05-06'))
    const message = new RegExp(
      `^error: The database has a newer schema: ${known.length + 1} migrations, the newest being of 2031-05-06, 1 of them ` +
        `unknown; paperql \\d+\\.\\d+\\.\\d+ knows ${known.length} migrations, the newest being ${newest} of `,
    )
    const file = new URL('../../fixtures/import', import.meta.url).pathname
    const commands = [
      ['serve'],
      ['migrate'],
      ['export', 'jsonl'],
      ['import', 'auto', `${file}/csl.json`],
    ]
    const env = { DATABASE_URL: t.url, PORT: '0' }
    const results = await Promise.all(commands.map((command) => runOne(command, { env })))
    for (const { code, stderr, stdout } of results) {
      expect(stderr).toMatch(message)
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    }
  })

  test('of a version before the first release is refused by each command, with the way to migrate', async () => {
    await run('delete from drizzle.__drizzle_migrations')
    await addMigration(Date.parse('2026-01-02'))
    // Just before the first migration of this version.
    await addMigration((known[0]?.createdAt ?? 0) - 1)
    const commands = [
      ['serve'],
      ['migrate'],
      ['export', 'jsonl'],
      ['imports'],
      ['decisions'],
      ['backup', '/tmp/paperql-never.backup'],
      ['import', 'auto', new URL('../../fixtures/import/csl.json', import.meta.url).pathname],
    ]
    const env = { DATABASE_URL: t.url, PORT: '0' }
    const results = await Promise.all(commands.map((command) => runOne(command, { env })))
    for (const { code, stderr, stdout } of results) {
      expect(stderr).toMatch(
        /^error: The database was made by a version before the first release, with 2 migrations up to \d{4}-\d\d-\d\d, .*"paperql export jsonl -o catalogue\.jsonl\.gz" with the version that made it.*"paperql import paperql catalogue\.jsonl\.gz"/m,
      )
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    }
  })

  test('with a different text of a known migration is refused, with its name', async () => {
    await run(`update drizzle.__drizzle_migrations set hash = 'abcdef0123' where id = 1`)
    await expect(migrate(t.url)).rejects.toThrow(
      `its migration ${known[0]?.name} (hash abcdef01) differs`,
    )
  })

  test('without one of its tables is refused, with the name of the table', async () => {
    await run('drop table sync_states')
    await expect(migrate(t.url)).rejects.toThrow('it lacks the table sync_states')
  })

  test('without its list of migrations is refused', async () => {
    await run('drop schema drizzle cascade')
    await expect(migrate(t.url)).rejects.toThrow(/incomplete paperql database: .*no list of migrat/)
  })

  test('that is read-only is read, but not written', async () => {
    const name = new URL(t.url).pathname.slice(1)
    await run(`alter database ${name} set default_transaction_read_only = on`)
    const env = { DATABASE_URL: t.url, PORT: '0' }
    const serve = await runProcess(['serve'], { env })
    expect(serve.stderr).toMatch(/^error: The database is read-only: default_transaction_read_only/)
    expect(serve.code).toBe(1)
    expect(await runCli(['export', 'jsonl'], { env })).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('PAPERQL_MIGRATE=false', () => {
  const env = () => ({ DATABASE_URL: t.url, PAPERQL_MIGRATE: 'false', PORT: '0' })

  test('refuses an empty database and an older schema until "paperql migrate" has run', async () => {
    t = await createTestDatabase({ template: false })
    const empty = await runProcess(['serve'], { env: env() })
    expect(empty.stderr).toMatch(
      /^error: The database is empty, and PAPERQL_MIGRATE is false\. Run/,
    )
    expect(await runCli(['migrate'], { env: env() })).toMatchObject({ code: 0 })
    await run(`update drizzle.paperql_functions set hash = 'older'`)
    const older = await runCli(['imports'], { env: env() })
    expect(older.stderr).toMatch(
      /lacks this version of the SQL function files .*, which paperql .* needs, and PAPERQL_MIGRATE is false\. Make a backup, then/,
    )
    expect(older.code).toBe(1)
  })
})

describe('a database that does not belong to paperql', () => {
  beforeEach(async () => {
    t = await createTestDatabase({ template: false })
  })

  test('with tables of another program is refused and left unchanged', async () => {
    await run('create table papers (id int)')
    await run('create table posts (id int)')
    await expect(migrate(t.url)).rejects.toThrow(
      "The database is not paperql's: it has the tables papers, posts of another program.",
    )
    expect(await run(`select from pg_namespace where nspname = 'drizzle'`)).toEqual([])
  })

  test('of another program that uses drizzle is refused', async () => {
    await run('create schema drizzle')
    await run(
      'create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
    )
    await addMigration(1_700_000_000_000)
    await run('create table users (id int)')
    await expect(migrate(t.url)).rejects.toThrow(/not paperql's: it has the table users of another/)
  })

  test('with only extensions and an empty list of migrations is accepted', async () => {
    await run('create extension if not exists hstore').catch(() => {})
    await run('create schema drizzle')
    await run(
      'create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
    )
    await migrate(t.url)
    expect(await run('select * from papers')).toEqual([])
  })
})
