import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import sql, { raw } from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openBackup, restoreBackup } from '../../src/backup/restore.ts'
import { writeBackup } from '../../src/backup/write.ts'
import { closeConnection, openConnection } from '../../src/db/connection.ts'
import { LOCKS } from '../../src/db/locks/locks.ts'
import { migrate } from '../../src/db/schema/migrate.ts'
import { knownMigrations, tablesAfter } from '../../src/db/schema/version.ts'
import { transaction } from '../../src/db/transaction.ts'
import { decideOnTopics } from '../../src/domain/curation/topics.ts'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { runImport } from '../../src/import/run.ts'
import { dumpCatalogue, paperRecord } from '../helpers/catalogue.ts'
import { BIN, runCli, runProcess, spawnCli } from '../helpers/cli.ts'
import { createTestDatabase, endConnections, type TestDatabase } from '../helpers/database.ts'
import { finish } from '../helpers/processes.ts'
import { atLeast } from '../helpers/thorough.ts'

const FIXTURES = new URL('../fixtures/import', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'paperql-backup-'))
const known = knownMigrations()
const tables = tablesAfter(known.length)

let source: TestDatabase
/** The backup of `source`. */
let file: string
let sourceDump: Record<string, unknown>
const opened: TestDatabase[] = []

const write = (url: string, records: PaperRecord[]) =>
  transaction(url, (tx) => writeRecords(tx, records))

async function newDatabase(options?: { template: boolean }): Promise<TestDatabase> {
  const database = await createTestDatabase(options)
  opened.push(database)
  return database
}

beforeAll(async () => {
  source = await createTestDatabase()
  const names = ['openalex.jsonl', 's2-papers.jsonl', 's2-citations.jsonl', 'crossref.json']
  const more = ['openalex-authors.jsonl', 'openalex-topics.jsonl', 'library.bib', 'pwc-papers.json']
  await runImport({
    ...{ url: source.url, format: 'auto' },
    files: [...names, ...more].map((name) => join(FIXTURES, name)),
    rejectsPath: join(folder, 'rejects.jsonl'),
  })
  // Text that COPY must escape: line ends, tabs, backslashes, its own end marker, and a null beside an empty text.
  await write(source.url, [
    paperRecord({
      key: 'odd',
      title: 'Odd \\. \\N \ttab',
      abstract: '\\.\nline\r\n\\.\n\\N 日本 🦆',
    }),
    paperRecord({ key: 'odd2', title: 'Odd, too', abstract: null }),
  ])
  await transaction(source.url, async (tx) => {
    const by = { by: 'ada', reason: null }
    await decideOnTopics(tx, { kind: 'hide-topic', slugs: ['machine-learning'] }, by)
  })
  // Deleted ids must not be given again.
  await source.db.query(
    sql`insert into venues (slug, name, name_key, kind) values ('gone', 'Gone', 'gone', 'other')`,
  )
  await source.db.query(sql`delete from venues where slug = 'gone'`)
  file = join(folder, 'source.backup')
  await writeBackup({ url: source.url, path: file, isForced: false })
  sourceDump = await dumpAll(source)
})

afterEach(async () => {
  for (const database of opened.splice(0)) await database.close()
})
afterAll(async () => {
  await source.close()
  rmSync(folder, { recursive: true, force: true })
})

async function restore(url: string, path: string, isReplacing = false) {
  return restoreBackup({ url, backup: await openBackup(path), isReplacing })
}

/** All rows of all tables, and the positions of sequences, except the epoch of changes, which a restore replaces. */
async function dumpAll({ db }: TestDatabase): Promise<Record<string, unknown>> {
  const dump: Record<string, unknown> = {}
  for (const table of tables.filter((name) => name !== 'change_log')) {
    const rows = await db.query<{ row: string }>(
      sql`select t::text as row from ${raw(table)} t order by t::text collate "C"`,
    )
    dump[table] = rows.map(({ row }) => row)
  }
  dump.sequences = await db.query(
    sql`select sequencename, last_value from pg_sequences where schemaname = 'public' order by 1`,
  )
  return dump
}

/** Indexes, constraints, triggers and functions. */
async function dumpSchema({ db }: TestDatabase): Promise<unknown[]> {
  return db.query(sql`
    select indexdef as text from pg_indexes where schemaname = 'public'
    union all select conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
      where connamespace = 'public'::regnamespace
    union all select tgname || ' ' || tgenabled::text from pg_trigger where not tgisinternal
    union all select oid::regprocedure::text from pg_proc where pronamespace = 'public'::regnamespace
    union all select hash from drizzle.__drizzle_migrations
    order by 1`)
}

describe('a restored backup', () => {
  test('gives an empty database all rows, ids, sequences and indexes', async () => {
    const target = await newDatabase({ template: false })
    const report = await restore(target.url, file)
    expect(report.rows).toBeGreaterThan(100)
    expect(await dumpAll(target)).toEqual(sourceDump)
    expect(await dumpCatalogue(target.db)).toEqual(await dumpCatalogue(source.db))
    expect(await dumpSchema(target)).toEqual(await dumpSchema(source))
    // The restored database is an ordinary one.
    await migrate(target.url)
    const text = 'select count(*)::int as count from papers where search @@ search_query($$odd$$)'
    expect(await target.db.query(sql`${raw(text)}`)).toEqual(
      await source.db.query(sql`${raw(text)}`),
    )
  })

  test('lets a migrated, empty database continue with new ids', async () => {
    const target = await newDatabase()
    await restore(target.url, file)
    const options = { format: 'auto', files: [join(FIXTURES, 'crossref.json')] }
    const again = await runImport({ url: target.url, ...options })
    expect(again).toMatchObject({ created: 0, updated: 0 })
    const added = {
      ...{ format: 'auto', files: [join(FIXTURES, 'library.ris')] },
      rejectsPath: join(folder, 'ris.jsonl'),
    }
    const [onSource, onTarget] = [source, target].map(async ({ url }) =>
      runImport({ url, ...added }),
    )
    expect((await onTarget)?.created).toBe((await onSource)?.created)
    expect(await dumpCatalogue(target.db)).toEqual(await dumpCatalogue(source.db))
    const [row] = await target.db.query<{ id: number }>(
      sql`insert into venues (slug, name, name_key, kind) values ('new', 'New', 'new', 'other') returning id`,
    )
    const [gone] = await source.db.query<{ last: number }>(
      sql`select last_value as last from venues_id_seq`,
    )
    expect(row?.id).toBeGreaterThan(0)
    expect(row?.id).toBe((gone?.last ?? 0) + 1)
  })

  test('of a database with older functions has the functions of this version', async () => {
    const old = await newDatabase()
    await old.db.query(sql`insert into venues (slug, name, name_key, kind)
      values ('acl', 'ACL', 'acl', 'conference')`)
    await old.db.query(sql`create or replace function topics_within(slugs text[]) returns bigint[]
      language sql stable as 'select null::bigint[]'`)
    await old.db.query(sql`update drizzle.paperql_functions set hash = 'older', version = 0`)
    const path = join(folder, 'old.backup')
    const { code } = await runCli(['backup', path], { env: { DATABASE_URL: old.url } })
    expect(code).toBe(0)
    const target = await newDatabase({ template: false })
    await restore(target.url, path)
    expect(await target.db.query(sql`select id, slug from venues`)).toEqual([
      { id: 1, slug: 'acl' },
    ])
    expect(await dumpSchema(target)).toEqual(await dumpSchema(source))
  })

  test('is a snapshot of the database while an import writes', async () => {
    const busy = await newDatabase()
    const input = join(folder, 'busy.jsonl')
    const entries = Array.from({ length: atLeast(300, 600) }, (_, i) => ({
      ...{
        id: `2101.${String(i).padStart(5, '0')}`,
        title: `A study of the ${i}th sort of parsing`,
      },
      ...{ authors: `Ada Lovelace ${i % 7}`, categories: 'cs.CL', abstract: `We study ${i}.` },
      versions: [{ created: 'Fri, 1 Jan 2021 00:00:00 GMT' }],
      authors_parsed: [['Lovelace', `Ada ${i % 7}`, '']],
    }))
    writeFileSync(input, entries.map((entry) => JSON.stringify(entry)).join('\n'))
    const options = { format: 'arxiv', files: [input], batchSize: 50 }
    const importing = runImport({ url: busy.url, ...options })
    await delay(300)
    const path = join(folder, 'busy.backup')
    await writeBackup({ url: busy.url, path, isForced: false })
    await importing
    const target = await newDatabase({ template: false })
    await restore(target.url, path)
    const [held] = await target.db.query<{ papers: number; records: number }>(
      sql`select (select count(*)::int from papers) as papers, (select count(*)::int from source_records) as records`,
    )
    expect(held?.papers).toBe(held?.records)
    expect((held?.papers ?? 1) % 50).toBe(0)
    await runImport({ url: target.url, ...options })
    expect(await dumpCatalogue(target.db)).toEqual(await dumpCatalogue(busy.db))
  })
})

describe('restore refuses the following, and leaves the database unchanged:', () => {
  const bytes = () => readFileSync(file)
  const put = (name: string, content: Buffer | string) => {
    const path = join(folder, name)
    writeFileSync(path, content)
    return path
  }
  /** The lines of the backup, after an edit. */
  const edited = (edit: (text: string) => string) =>
    put('edited.backup', gzipSync(edit(gunzipSync(bytes()).toString())))

  test.each([
    ['an empty file', () => ''],
    ['a text', () => 'To be, or not to be'],
    ['compressed JSON lines', () => gzipSync('{"format":"paperql"}\n{}\n')],
    ['the dump of another program', () => 'PGDMP\u0001\u000e\u0000'],
  ])('%s', async (_, content) => {
    await expect(openBackup(put('other', content()))).rejects.toThrow(/is not a backup; expected/)
  })

  test('a missing file, and a folder', async () => {
    await expect(openBackup(join(folder, 'gone'))).rejects.toThrow(/There is no file/)
    await expect(openBackup(folder)).rejects.toThrow(/is not a file/)
  })

  test('a file truncated anywhere, even just before its end', async () => {
    const target = await newDatabase()
    await write(target.url, [paperRecord()])
    const before = await dumpAll(target)
    const whole = bytes()
    for (const share of [0.3, 0.95]) {
      const path = put('cut.backup', whole.subarray(0, whole.length * share))
      await expect(restore(target.url, path, true), String(share)).rejects.toThrow(/is truncated/)
    }
    const endless = edited((text) => text.slice(0, text.lastIndexOf('{"end"')))
    await expect(restore(target.url, endless, true)).rejects.toThrow(/is truncated/)
    expect(await dumpAll(target)).toEqual(before)
  })

  test('a file changed anywhere', async () => {
    const target = await newDatabase()
    const flipped = Buffer.from(bytes())
    const at = Math.floor(flipped.length / 2)
    flipped[at] = (flipped[at] ?? 0) ^ 0x10
    await expect(restore(target.url, put('flipped.backup', flipped))).rejects.toThrow(
      /is (damaged|truncated)/,
    )
    const edits: ((text: string) => string)[] = [
      (text) => text.replace('Odd, too', 'Odd, two'),
      (text) => text.replace(/"rows":(\d)/, '"rows":9$1'),
      (text) => `${text}one more\n`,
      (text) => text.replace('"name":"papers"', '"name":"pg_authid"'),
    ]
    for (const edit of edits)
      await expect(restore(target.url, edited(edit)), String(edit)).rejects.toThrow(/is damaged/)
    expect(await target.db.query(sql`select from papers`)).toEqual([])
  })

  test('a newer schema or format, naming both versions', async () => {
    const newer = edited((text) =>
      text
        .replace('"tables":', '"tables":')
        .replace(
          '],"tables"',
          ',{"name":"0099_later","createdAt":99999999999999,"hash":"x"}],"tables"',
        ),
    )
    await expect(openBackup(newer)).rejects.toThrow(
      new RegExp(`up to 0099_later; paperql .* up to ${known.at(-1)?.name}`),
    )
    const before = edited((text) => text.replace(/"createdAt":\d+/, '"createdAt":1'))
    await expect(openBackup(before)).rejects.toThrow(
      /written by a version before the first release.*export jsonl.*import paperql/,
    )
    const format = edited((text) => text.replace('backup 1', 'backup 2'))
    await expect(openBackup(format)).rejects.toThrow(
      /in the format "2"; this paperql reads format 1/,
    )
  })

  test('a database that holds papers, unless --replace', async () => {
    const target = await newDatabase()
    await write(target.url, [paperRecord()])
    const env = { DATABASE_URL: target.url }
    const refused = await runCli(['restore', file], { env })
    expect(refused.stderr).toMatch(/^error: The database holds 1 papers and 1 records\./)
    expect(refused.code).toBe(1)
    expect(await runProcess(['restore', file, '--replace'], { env })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Restored [\d,]+ rows of \d+ tables in .* by paperql /),
    })
    expect(await dumpAll(target)).toEqual(sourceDump)
  })

  test("the database of another program, or one with tables of another program beside paperql's", async () => {
    const other = await newDatabase({ template: false })
    await other.db.query(sql`create table posts (id int)`)
    await expect(restore(other.url, file, true)).rejects.toThrow(/not paperql's/)
    const shared = await newDatabase()
    await shared.db.query(sql`create table posts (id int)`)
    await expect(restore(shared.url, file, true)).rejects.toThrow(/another program \(posts\)/)
  })

  test('a database that a server uses', async () => {
    const target = await newDatabase()
    const server = await openConnection(target.url)
    await server.query('select pg_advisory_lock_shared($1::bigint)', [LOCKS.licences])
    await expect(restore(target.url, file)).rejects.toThrow(/in use by a paperql server/)
    await closeConnection(server)
    await restore(target.url, file)
  })

  test('and rolls back when it is killed half-way', async () => {
    const target = await newDatabase()
    await write(target.url, [paperRecord()])
    const before = await dumpAll(target)
    const locked = await openConnection(target.url)
    // The lock stops it at the rows of a table that it has dropped.
    await locked.query('begin')
    await locked.query('lock table papers in access share mode')
    const child = spawnCli(['restore', file, '--replace'], { env: { DATABASE_URL: target.url } })
    const isWaiting = async () => {
      const rows = await target.db.query(
        sql`select from pg_stat_activity where application_name = 'paperql restore' and wait_event_type = 'Lock'
          and datname = current_database()`,
      )
      return rows.length
    }
    await expect.poll(isWaiting).toBe(1)
    await finish(child, 'SIGKILL')
    await closeConnection(locked)
    expect(await dumpAll(target)).toEqual(before)
  })
})

describe('backup', () => {
  test('does not replace a file without --force, and leaves no temporary files', async () => {
    const path = join(folder, 'kept.backup')
    writeFileSync(path, 'precious')
    const env = { DATABASE_URL: source.url }
    const refused = await runCli(['backup', path], { env: { PAPERQL_DATA_DIR: '/proc/none' } })
    expect(refused.stderr).toMatch(/kept\.backup already exists; .* --force/)
    expect(refused.code).toBe(2)
    expect(readFileSync(path, 'utf8')).toBe('precious')
    expect(await runProcess(['backup', path, '--force', '--json'], { env })).toMatchObject({
      code: 0,
    })
    expect(statSync(path).size).toBeGreaterThan(1000)
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
    await expect(
      writeBackup({ url: source.url, path: '/nope/x.backup', isForced: false }),
    ).rejects.toThrow('/nope/x.backup cannot be written: there is no such folder (ENOENT)')
  })

  test('writes to standard output what restore reads from standard input', async () => {
    const target = await newDatabase({ template: false })
    const { execFileSync } = await import('node:child_process')
    execFileSync('sh', [
      '-c',
      `DATABASE_URL="$1" "$3" "$4" backup - | DATABASE_URL="$2" "$3" "$4" restore -`,
      ...['sh', source.url, target.url, process.execPath, BIN],
    ])
    expect(await dumpAll(target)).toEqual(await dumpAll(source))
  })

  test('refuses an empty database, and leaves no file after a lost connection', async () => {
    const empty = await newDatabase({ template: false })
    const path = join(folder, 'none.backup')
    await expect(writeBackup({ url: empty.url, path, isForced: false })).rejects.toThrow(
      /The database is empty/,
    )
    let isLost = false
    const onProgress = () => {
      if (isLost) return
      isLost = true
      void endConnections(source.db, sql`application_name = 'paperql backup'`)
    }
    const lost = writeBackup({ url: source.url, path, isForced: false, onProgress })
    const outcome = await lost.then(
      () => 'written',
      () => 'lost',
    )
    expect(isLost).toBe(true)
    expect(existsSync(path)).toBe(outcome === 'written')
  })
})
