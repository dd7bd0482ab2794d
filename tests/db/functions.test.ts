import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import sql, { raw } from 'sql-template-tag'
import { afterEach, expect, test } from 'vitest'
import { FUNCTIONS_VERSION, functionFiles } from '../../src/db/functions/index.ts'
import { CITATION_POINTS, FRESHNESS_POINTS } from '../../src/db/ranking.ts'
import { migrate } from '../../src/db/schema/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

const FOLDER = fileURLToPath(new URL('../../src/db/functions', import.meta.url))

let t: TestDatabase
afterEach(() => t?.close())

const run = <Row extends object>(text: string) => t.db.query<Row>(sql`${raw(text)}`)

/** Functions, views and triggers of the database, except those of extensions and constraints. */
const madeNames = async () => {
  const rows = await run<{ name: string }>(`
    select proname::text as name from pg_proc p where pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = p.oid and deptype = 'e')
    union all select viewname from pg_views where schemaname = 'public'
    union all select tgname from pg_trigger where not tgisinternal`)
  return rows.map(({ name }) => name).sort()
}

const definition = async (name: string) => {
  const [row] = await run<{ text: string }>(
    `select prosrc as text from pg_proc where proname = '${name}'`,
  )
  return row?.text ?? ''
}

test('each function, view and trigger has its source file, and each file is applied', async () => {
  t = await createTestDatabase()
  const files = functionFiles()
  expect(await madeNames()).toEqual(files.flatMap(({ makes }) => makes).sort())
  const rows = await run<{ name: string; hash: string; version: number }>(
    'select name, hash, version from drizzle.paperql_functions order by name',
  )
  const expected = files.map(({ name, hash }) => ({ name, hash, version: FUNCTIONS_VERSION }))
  expect(rows).toEqual(expected.sort((a, b) => (a.name < b.name ? -1 : 1)))
  // `index` lists the files, and `word-keys` has what several share.
  const inFolder = readdirSync(FOLDER)
    .filter((file) => /\.(ts|sql)$/.test(file))
    .map((file) => file.replace(/\.\w+$/, ''))
    .filter((name) => name !== 'index' && name !== 'word-keys')
  expect(inFolder.sort()).toEqual(files.map(({ name }) => name).sort())
  const guide = readFileSync(`${FOLDER}/README.md`, 'utf8')
  expect(inFolder.filter((name) => !new RegExp(`\`${name}\\.(?:ts|sql)\``).test(guide))).toEqual([])
})

test('a changed function is replaced, and results in rows are recomputed', async () => {
  t = await createTestDatabase()
  await run(
    `insert into papers (title, title_key, kind) values ('Deep parsing', 'deep parsing', 'preprint')`,
  )
  // The state of an older version: another text, under another hash.
  await run(`create or replace function search_clean(given text) returns text language sql immutable strict parallel safe
    as $$ select 'older' $$`)
  await run('update papers set title = title')
  await run(
    `update drizzle.paperql_functions set hash = 'older', version = ${FUNCTIONS_VERSION - 1} where name = 'search-text'`,
  )
  const found = () =>
    run(`select 1 as hit from papers where search @@ to_tsquery('paperql', 'parsing')`)
  expect(await found()).toEqual([])
  await migrate(t.url)
  expect(await found()).toEqual([{ hit: 1 }])
})

/** An index and the file that holds it. */
interface Indexed {
  name: string
  file: string
}

test('each index that calls a changed function is rebuilt', async () => {
  t = await createTestDatabase()
  const calling = await run<Indexed>(`
    select indexrelid::regclass::text as name, pg_relation_filenode(indexrelid) as file from pg_index
    where pg_get_indexdef(indexrelid) ~ 'keys?_vector\\(' order by 1`)
  expect(calling.length).toBeGreaterThan(8)
  await run(
    `update drizzle.paperql_functions set hash = 'older', version = ${FUNCTIONS_VERSION - 1} where name = 'key-words'`,
  )
  await migrate(t.url)
  const after = await run<Indexed>(`
    select indexrelid::regclass::text as name, pg_relation_filenode(indexrelid) as file from pg_index order by 1`)
  const fileOf = new Map(after.map(({ name, file }) => [name, file]))
  expect(calling.filter(({ name, file }) => fileOf.get(name) === file)).toEqual([])
})

test('after an upgrade, words of a new kind of name are known, also to spelling correction', async () => {
  t = await createTestDatabase()
  await run('drop trigger institutions_words on institutions')
  await run(`insert into institutions (entity, slug, name, name_key, name_keys, acronyms, short_keys)
    values ('name:q', 'q', 'Quillmont', 'quillmont', '{quillmont university}', '{QLMU}', '{qlmu}')`)
  await run(
    `update drizzle.paperql_functions set hash = 'older', version = ${FUNCTIONS_VERSION - 1} where name = 'words'`,
  )
  const words = () => run('select word from words order by word')
  expect(await words()).toEqual([])
  await migrate(t.url)
  expect(await words()).toEqual(['qlmu', 'quillmont', 'university'].map((word) => ({ word })))
})

test('three servers that start at once apply changes once', async () => {
  t = await createTestDatabase()
  await run(
    `create or replace function topics_within(slugs text[]) returns bigint[] language sql stable as $$ select null::bigint[] $$`,
  )
  await run(`update drizzle.paperql_functions set hash = 'older', applied_at = 'epoch'`)
  await Promise.all([1, 2, 3].map(() => migrate(t.url)))
  expect(await definition('topics_within')).toContain('parent_id')
  const rows = await run<{ at: string }>(
    'select distinct applied_at as at from drizzle.paperql_functions',
  )
  // One time for the functions that tables need, and one for the others.
  expect(rows).toHaveLength(2)
})

test('a missing function is created again', async () => {
  t = await createTestDatabase()
  await run('drop function topics_within(text[])')
  await migrate(t.url)
  expect(await definition('topics_within')).toContain('parent_id')
})

test('functions of a newer server stay when an older server starts on the same database', async () => {
  t = await createTestDatabase()
  await run(
    `create or replace function topics_within(slugs text[]) returns bigint[] language sql stable as $$ select '{7}'::bigint[] $$`,
  )
  await run(
    `update drizzle.paperql_functions set hash = 'newer', version = ${FUNCTIONS_VERSION + 1} where name = 'topics-within'`,
  )
  await migrate(t.url, { lacking: 'refuse' })
  expect(await run(`select topics_within('{}') as ids`)).toEqual([{ ids: [7] }])
})

test('a database with other functions is refused if nothing may be changed', async () => {
  t = await createTestDatabase()
  await run(`update drizzle.paperql_functions set hash = 'older' where name = 'topics-within'`)
  await expect(migrate(t.url, { lacking: 'refuse' })).rejects.toThrow(
    /lacks this version of the SQL function file topics-within, .*PAPERQL_MIGRATE is false.*paperql migrate$/,
  )
  await migrate(t.url, { lacking: 'accept' })
})

test('the points of citations and age are equal in SQL and in the descriptions of the score', async () => {
  t = await createTestDatabase()
  const [row] = await run<{ citations: number; freshness: number }>(
    `select search_citation_score(9) as citations, search_freshness_score('2000-01-01') as freshness`,
  )
  expect(row?.citations).toBeCloseTo(CITATION_POINTS * Math.log(10), 5)
  expect(row?.freshness).toBeCloseTo(FRESHNESS_POINTS * 10, 3)
  const schema = readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8')
  expect(schema).toContain(`${CITATION_POINTS} × ln(1 + citations)`)
  expect(schema).toContain(`${FRESHNESS_POINTS} `)
})
