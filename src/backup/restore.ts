import { createReadStream } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { closeConnection, openConnection } from '../db/connection.ts'
import { functionFiles } from '../db/functions/index.ts'
import { LOCKS } from '../db/locks/locks.ts'
import { applyFunctionsIn, applyIn } from '../db/schema/migrate.ts'
import {
  checkSchema,
  checkWritable,
  findSchema,
  isBeforeRelease,
  knownMigrations,
  type Migration,
  tablesAfter,
  WAY_TO_THIS_VERSION,
} from '../db/schema/version.ts'
import { sql } from '../db/sql.ts'
import { changeLog } from '../db/tables/changes.ts'
import { papers } from '../db/tables/papers.ts'
import { sourceRecords } from '../db/tables/sources.ts'
import { AppError, badInput, codeOf } from '../errors.ts'
import { orFileFault } from '../file-fault.ts'
import { readVersion } from '../version.ts'
import {
  BackupReader,
  type BackupTable,
  createByteCounter,
  createTally,
  type Manifest,
} from './container.ts'
import { withBareTables } from './restore-tables.ts'
import { wipe } from './wipe.ts'
import { WITHOUT_LIMITS } from './write.ts'

/** A backup with its header parsed. */
export interface OpenBackup {
  manifest: Manifest
  /** Migrations of the database that was backed up, oldest first. */
  migrations: Migration[]
  reader: BackupReader
  bytesRead: () => number
  /** Size of the file in bytes; null for standard input. */
  bytesTotal: number | null
  close(): void
}

const STDIN = '-'

/** Opens a backup. Throws BAD_USER_INPUT if the file is not a backup, or has a schema that this paperql does not know. */
export async function openBackup(path: string): Promise<OpenBackup> {
  const name = path === STDIN ? 'Standard input' : path
  const bytesTotal = path === STDIN ? null : await sizeOf(path)
  const counter = createByteCounter()
  const file: Readable = path === STDIN ? process.stdin : createReadStream(path)
  const plain = createGunzip()
  // Errors of the pipeline also reach the reader, which reports them.
  pipeline(file, counter.stream, plain).catch(() => {})
  const reader = new BackupReader(plain, name)
  const manifest = await reader.readManifest()
  const close = () => {
    plain.destroy()
    file.destroy()
  }
  try {
    const migrations = migrationsOf(manifest, name)
    const tables = tablesAfter(migrations.length)
    if (manifest.tables.some((table) => !tables.includes(table.name))) throw reader.damaged()
    return { manifest, migrations, reader, bytesRead: counter.bytes, bytesTotal, close }
  } catch (error) {
    close()
    throw error
  }
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(orFileFault(path, 'read'))
  if (!found.isFile()) throw badInput(`${path} is not a file; expected a backup.`)
  await access(path, constants.R_OK).catch(orFileFault(path, 'read'))
  return found.size
}

function migrationsOf(manifest: Manifest, name: string): Migration[] {
  const known = knownMigrations()
  const level = known.slice(0, manifest.migrations.length)
  const isKnown = manifest.migrations.every(
    (one, i) => one.createdAt === known[i]?.createdAt && one.name === known[i]?.name,
  )
  if (isKnown) return level
  if (manifest.migrations.some(isBeforeRelease))
    throw badInput(
      `${name} was written by a version before the first release, whose schema this version does not know. Restore it with the version that wrote it. ${WAY_TO_THIS_VERSION}`,
    )
  const [theirs, ours] = [manifest.migrations.at(-1)?.name, known.at(-1)?.name]
  throw badInput(
    `${name} has a schema that this version does not know: paperql ${manifest.paperql} wrote it, with ${manifest.migrations.length} migrations up to ${theirs}; paperql ${readVersion()} knows ${known.length}, up to ${ours}. Restore it with that version or a newer one.`,
  )
}

export interface RestoreOptions {
  url: string
  backup: OpenBackup
  /** Whether the contents of the database are deleted first. */
  isReplacing: boolean
  onProgress?: (table: string, bytesRead: number, bytesTotal: number | null) => void
}

export interface RestoreReport {
  tables: number
  rows: number
  seconds: number
}

/**
 * Restores a backup in one transaction: if it is killed half-way or the backup is damaged, the database stays unchanged. Throws CONFLICT
 * when the database is in use, or has papers that are not to be replaced.
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreReport> {
  const startedAt = performance.now()
  const client = await openConnection(options.url, { applicationName: 'paperql restore' })
  try {
    await refuseUse(client)
    await client.query(WITHOUT_LIMITS)
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1::bigint)', [LOCKS.migration])
    await client.query('select pg_advisory_xact_lock($1::bigint)', [LOCKS.write])
    await clear(client, options.isReplacing)
    const rows = await fill(client, options)
    await client.query('commit')
    await client.query('analyze')
    const seconds = (performance.now() - startedAt) / 1000
    return { tables: options.backup.manifest.tables.length, rows, seconds }
  } finally {
    options.backup.close()
    // Rolls back an uncommitted transaction.
    await closeConnection(client)
  }
}

/** Time in which a server, import or restore that was just stopped may release its locks. */
const PATIENCE_MS = 3_000

/** Throws CONFLICT while servers or imports are running, since their rows would be replaced. */
async function refuseUse(client: pg.Client): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const { rows } = await client.query<{ is_free: boolean; is_importing: boolean }>(
      `select pg_try_advisory_lock($1::bigint) as is_free, exists (
         select from pg_locks where locktype = 'advisory' and classid in ($2, $3)
           and database = (select oid from pg_database where datname = current_database())
       ) as is_importing`,
      [LOCKS.licences, LOCKS.import, LOCKS.sync],
    )
    const { is_free: isFree, is_importing: isImporting } = rows[0] ?? {}
    if (isFree && !isImporting) return
    if (Date.now() > deadline) {
      const user = isFree ? 'an import' : 'a paperql server'
      throw new AppError('CONFLICT', `This database is in use by ${user}. Stop it, then restore.`)
    }
    await delay(100)
  }
}

async function clear(client: pg.Client, isReplacing: boolean): Promise<void> {
  const found = await findSchema(async (text) => (await client.query(text)).rows)
  checkWritable(found)
  const lacking = checkSchema(found, readVersion())
  const tables = tablesAfter(knownMigrations().length - lacking.migrations.length)
  if (tables.length > 0 && !isReplacing) {
    const { rows } = await client.query(
      sql`select (select count(*) from ${papers})::int as papers, (select count(*) from ${sourceRecords})::int as records`
        .text,
    )
    const held = rows[0] as { papers: number; records: number }
    if (held.papers + held.records > 0)
      throw new AppError(
        'CONFLICT',
        `The database holds ${held.papers} papers and ${held.records} records. Restore into an empty database, or delete them with --replace.`,
      )
  }
  await wipe(client, found.tables, tables)
}

async function fill(client: pg.Client, options: RestoreOptions): Promise<number> {
  const { backup } = options
  const { manifest, migrations, reader } = backup
  const functions = functionFiles()
  await applyFunctionsIn(
    client,
    functions.filter(({ isForTables }) => isForTables),
  )
  await applyIn(client, migrations)
  let rows = 0
  await withBareTables(client, tablesAfter(migrations.length), async () => {
    for (const table of manifest.tables) rows += await fillTable(client, table, options)
  })
  const end = await reader.readEnd()
  if (end.rows !== rows) throw reader.damaged()
  for (const [sequence, value] of Object.entries(end.sequences))
    if (value !== null)
      await client.query('select setval($1::regclass, $2::bigint)', [
        `public.${pg.escapeIdentifier(sequence)}`,
        value,
      ])
  await applyIn(client, knownMigrations().slice(migrations.length))
  await applyFunctionsIn(
    client,
    functions.filter(({ isForTables }) => !isForTables),
  )
  // From here the log of changes differs from that of the original catalogue, so its cursors are refused.
  await client.query(
    sql`update ${changeLog} set ${changeLog.epoch} = replace(gen_random_uuid()::text, '-', '')`
      .text,
  )
  return rows
}

async function fillTable(
  client: pg.Client,
  { name, columns }: BackupTable,
  { backup, onProgress }: RestoreOptions,
): Promise<number> {
  const { reader } = backup
  const tally = createTally()
  async function* rows() {
    for await (const chunk of reader.rows()) {
      tally.add(chunk)
      yield chunk
      onProgress?.(name, backup.bytesRead(), backup.bytesTotal)
    }
  }
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ')
  const into = client.query(
    copyFrom(`copy public.${pg.escapeIdentifier(name)} (${list}) from stdin`),
  )
  try {
    await pipeline(Readable.from(rows(), { objectMode: true }), into)
  } catch (error) {
    // A row does not fit the format or the constraints of the table.
    const isMalformed = /^(?:22|23|42703)/.test(codeOf(error))
    throw isMalformed ? reader.damaged(error) : error
  }
  const [found, stated] = [tally.end(name), await reader.readTableEnd()]
  if (JSON.stringify(found) !== JSON.stringify(stated)) throw reader.damaged()
  return found.rows
}
