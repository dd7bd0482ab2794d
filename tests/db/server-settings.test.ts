import pg from 'pg'
import { afterEach, describe, expect, test } from 'vitest'
import { openConnection } from '../../src/db/connection.ts'
import { migrate } from '../../src/db/schema/migrate.ts'
import { sql } from '../../src/db/sql.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

/** Settings of servers, databases and roles that differ from those that paperql needs. */
const ODD: Record<string, string> = {
  search_path: 'elsewhere',
  TimeZone: 'America/New_York',
  DateStyle: 'German, DMY',
  IntervalStyle: 'sql_standard',
  bytea_output: 'escape',
  extra_float_digits: '-15',
  standard_conforming_strings: 'off',
  array_nulls: 'off',
  default_transaction_isolation: 'serializable',
  lock_timeout: '1ms',
  idle_session_timeout: '500ms',
  statement_timeout: '1ms',
  default_text_search_config: 'pg_catalog.simple',
  xmloption: 'document',
  enable_seqscan: 'off',
  client_encoding: 'latin1',
  jit: 'on',
}

let t: TestDatabase
afterEach(() => t.close())

/** Runs statements as an operator would, with the driver's own settings. */
async function asOperator(...statements: string[]): Promise<void> {
  const client = new pg.Client(t.url)
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

const here = () => new URL(t.url).pathname.slice(1)
const setting = ([name, value]: [string, string]) =>
  `alter database ${here()} set ${name} = ${name === 'search_path' ? value : `'${value}'`}`

/** The schemas that contain objects of paperql, except that of its migrations. */
async function schemasInUse(): Promise<string[]> {
  const rows = await t.db.query<{ name: string }>(sql`
    select distinct x.space::regnamespace::text as name from (
      select relnamespace as space from pg_class union all select pronamespace from pg_proc
      union all select cfgnamespace from pg_ts_config union all select typnamespace from pg_type) x
    where x.space::regnamespace::text !~ '^(pg_.*|information_schema|drizzle)$' order by 1`)
  return rows.map(({ name }) => name)
}

test('a database with other settings is used with the settings that paperql needs', async () => {
  t = await createTestDatabase({ template: false })
  await asOperator('create schema elsewhere', ...Object.entries(ODD).map(setting))
  await migrate(t.url)
  await migrate(t.url)
  expect(await schemasInUse()).toEqual(['public'])
  const client = await openConnection(t.url)
  const { rows } = await client.query(
    `select '{a,NULL}'::text[] as list, 'a\\b' as text, '\\x01'::bytea::text as bytes, interval '1 day' as "interval",
      0.1::float8 + 0.2::float8 as number, timestamptz '2026-02-01 00:00:00Z' as at, date '2026-02-01' as day, 'ł' as letter,
      current_setting('transaction_isolation') as isolation`,
  )
  await client.end()
  expect(rows[0]).toEqual({
    list: ['a', null],
    text: 'a\\b',
    bytes: '\\x01',
    interval: { days: 1 },
    number: 0.30000000000000004,
    at: '2026-02-01 00:00:00+00',
    day: '2026-02-01',
    letter: 'ł',
    isolation: 'read committed',
  })
})

describe('tables are created in public and found there', () => {
  test.each(['"$user", public', 'elsewhere, public', 'elsewhere', 'elsewhere, pg_catalog', "''"])(
    'with search_path = %s',
    async (path) => {
      t = await createTestDatabase({ template: false })
      const { rows } = await t.db
        .query<{ user: string }>(sql`select current_user as user`)
        .then((found) => ({ rows: found }))
      await asOperator(
        `create schema "${rows[0]?.user}"`,
        'create schema elsewhere',
        setting(['search_path', path]),
      )
      await migrate(t.url)
      await migrate(t.url)
      expect(await schemasInUse()).toEqual(['public'])
      expect(await t.db.query(sql`select id from papers`)).toEqual([])
    },
  )

  test('with options in the URL, which are added to those of paperql', async () => {
    t = await createTestDatabase({ template: false })
    await asOperator('create schema elsewhere')
    const options = '-c search_path=elsewhere -c work_mem=3MB -c DateStyle=German'
    const url = `${t.url}${t.url.includes('?') ? '&' : '?'}options=${encodeURIComponent(options)}`
    await migrate(url)
    expect(await schemasInUse()).toEqual(['public'])
    const client = await openConnection(url)
    const shown = `select current_setting('work_mem') as memory, current_setting('DateStyle') as style`
    const { rows } = await client.query(shown)
    await client.end()
    expect(rows).toEqual([{ memory: '3MB', style: 'ISO, YMD' }])
  })
})

describe('existing extensions', () => {
  const EXTENSIONS = ['pg_trgm', 'unaccent', 'fuzzystrmatch']

  test.each(['extensions', 'heroku_ext', 'public'])('in the schema %s are used', async (schema) => {
    t = await createTestDatabase({ template: false })
    await asOperator(
      `create schema if not exists ${schema}`,
      ...EXTENSIONS.map((name) => `create extension ${name} schema ${schema}`),
    )
    await migrate(t.url)
    expect(await t.db.query(sql`select similarity('a', unaccent('á'))`)).toEqual([
      { similarity: 1 },
    ])
  })

  test.each(EXTENSIONS)('elsewhere are named, with advice: %s', async (name) => {
    t = await createTestDatabase({ template: false })
    await asOperator('create schema "My contrib"', `create extension ${name} schema "My contrib"`)
    const way = `ALTER EXTENSION ${name} SET SCHEMA public`
    await expect(migrate(t.url)).rejects.toThrow(
      `is in the schema "My contrib"; expected public. Move it: ${way}.`,
    )
    expect(await schemasInUse()).toEqual(['"My contrib"'])
    await asOperator(way)
    await migrate(t.url)
    expect(await t.db.query(sql`select id from papers`)).toEqual([])
  })
})
