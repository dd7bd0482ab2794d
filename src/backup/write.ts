import { once } from 'node:events'
import { createWriteStream, rmSync } from 'node:fs'
import { access, constants, link, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { closeConnection, openConnection } from '../db/connection.ts'
import {
  checkSchema,
  type FoundSchema,
  findSchema,
  knownMigrations,
  tablesAfter,
} from '../db/schema/version.ts'
import { AppError, badInput } from '../errors.ts'
import { fileFault, orFileFault } from '../file-fault.ts'
import { readVersion } from '../version.ts'
import {
  type BackupEnd,
  type BackupTable,
  createByteCounter,
  createTally,
  MAGIC,
  type Manifest,
  ROWS_END,
} from './container.ts'

export interface BackupOptions {
  /** URL of the Postgres database to read. */
  url: string
  /** Target file; `-` is standard output. */
  path: string
  /** Whether an existing file is replaced. */
  isForced: boolean
  /** Called at intervals; the total number of rows is an estimate. */
  onProgress?: (table: string, rows: number, total: number) => void
  onNotice?: (message: string) => void
}

export interface BackupReport {
  /** Path of the file; null for standard output. */
  file: string | null
  tables: number
  rows: number
  bytes: number
  seconds: number
}

const STDOUT = '-'

/** Throws an `AppError` if a backup cannot be written to the path, as far as this can be checked beforehand. */
export async function checkBackupPath(path: string, isForced: boolean): Promise<void> {
  if (path === STDOUT) {
    if (!process.stdout.isTTY) return
    throw badInput(
      'A backup cannot be written to a terminal; redirect standard output to a file or pipe.',
    )
  }
  const found = await stat(path).catch(() => null)
  if (found && !found.isFile()) throw badInput(`${path} is not a file; expected a name for one.`)
  if (found && !isForced) throw occupied(path)
  await access(dirname(resolve(path)), constants.W_OK).catch(orFileFault(path, 'written'))
}

/** Writes a consistent snapshot of the database while others read and write. The file is written atomically. */
export async function writeBackup(options: BackupOptions): Promise<BackupReport> {
  const startedAt = performance.now()
  await checkBackupPath(options.path, options.isForced)
  const client = await openConnection(options.url, { applicationName: 'paperql backup' })
  try {
    const manifest = await openSnapshot(client, options.onNotice)
    const content = new Content(client, manifest, options.onProgress)
    const bytes = await save(content.chunks(), options)
    const seconds = (performance.now() - startedAt) / 1000
    const file = options.path === STDOUT ? null : options.path
    return { file, tables: manifest.tables.length, rows: content.rows, bytes, seconds }
  } finally {
    await closeConnection(client)
  }
}

/** Starts a transaction with a stable view of rows and tables. */
async function openSnapshot(
  client: pg.Client,
  onNotice: (message: string) => void = () => {},
): Promise<Manifest> {
  await client.query(WITHOUT_LIMITS)
  for (;;) {
    const before = await find(client)
    const tables = backedUp(before)
    await client.query('begin isolation level repeatable read read only')
    const names = tables.map((name) => `public.${pg.escapeIdentifier(name)}`)
    await client.query(`lock table ${names.join(', ')} in access share mode`)
    // The snapshot of the transaction is taken by this query, after the locks, so tables cannot change any more.
    const found = await find(client)
    if (schemaOf(found) === schemaOf(before)) {
      const others = found.tables.filter((name) => !tables.includes(name))
      if (others.length > 0)
        onNotice(`Tables of other programs are left out: ${others.join(', ')}.`)
      return describe(client, found, tables)
    }
    await client.query('rollback')
  }
}

const schemaOf = ({ applied, tables }: FoundSchema) => JSON.stringify([applied, tables])
const find = (client: pg.Client) => findSchema(async (text) => (await client.query(text)).rows)

/** Lifts limits on long transactions for the session. Not every version of PostgreSQL has each setting. */
export const WITHOUT_LIMITS = `select set_config(name, '0', false) from pg_settings where name in
  ('statement_timeout', 'lock_timeout', 'transaction_timeout', 'idle_in_transaction_session_timeout')`

/** Tables of paperql in the database. Throws if there are none. */
function backedUp(found: FoundSchema): string[] {
  const lacking = checkSchema(found, readVersion())
  const count = knownMigrations().length - lacking.migrations.length
  if (count === 0) throw new AppError('CONFLICT', 'The database is empty: nothing to back up.')
  return tablesAfter(count).sort()
}

async function describe(
  client: pg.Client,
  found: FoundSchema,
  tables: string[],
): Promise<Manifest> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relname = any($1)
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     group by c.oid, c.relname order by c.relname collate "C"`,
    [tables],
  )
  const settings = await client.query(
    `select current_setting('server_version') as version, now()::text as now,
       set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true),
       set_config('intervalstyle', 'postgres', true)`,
  )
  const applied = new Set(found.applied.map(({ createdAt }) => createdAt))
  return {
    paperql: readVersion(),
    postgres: String(settings.rows[0]?.version),
    createdAt: new Date().toISOString(),
    migrations: knownMigrations().filter(({ createdAt }) => applied.has(createdAt)),
    tables: rows,
  }
}

/** Yields the contents of the container. */
class Content {
  rows = 0
  readonly #client: pg.Client
  readonly #manifest: Manifest
  readonly #onProgress: BackupOptions['onProgress']

  constructor(client: pg.Client, manifest: Manifest, onProgress: BackupOptions['onProgress']) {
    this.#client = client
    this.#manifest = manifest
    this.#onProgress = onProgress
  }

  async *chunks(): AsyncGenerator<Buffer> {
    const total = await this.#estimate()
    yield Buffer.from(`${MAGIC}\n`)
    yield line(this.#manifest)
    for (const table of this.#manifest.tables) {
      const tally = createTally()
      for await (const chunk of this.#copy(table)) {
        tally.add(chunk)
        yield chunk
        this.#onProgress?.(table.name, this.rows, total)
      }
      const end = tally.end(table.name)
      this.rows += end.rows
      yield ROWS_END
      yield line(end)
    }
    yield line(await this.#readEnd())
  }

  #copy({ name, columns }: BackupTable): AsyncIterable<Buffer> {
    const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ')
    const text = `copy public.${pg.escapeIdentifier(name)} (${list}) to stdout`
    return this.#client.query(copyTo(text)) as AsyncIterable<Buffer>
  }

  async #estimate(): Promise<number> {
    const { rows } = await this.#client.query(
      `select coalesce(sum(greatest(reltuples, 0)), 0)::bigint as total from pg_class
       where relnamespace = 'public'::regnamespace and relname = any($1)`,
      [this.#manifest.tables.map(({ name }) => name)],
    )
    return Number(rows[0]?.total)
  }

  /** Reads sequences last: they are not transactional, and must not be behind any written row. */
  async #readEnd(): Promise<BackupEnd> {
    const { rows } = await this.#client.query<{ name: string; value: number | null }>(
      `select sequencename::text as name, last_value as value from pg_sequences
       where schemaname = 'public' order by 1`,
    )
    const sequences = Object.fromEntries(rows.map(({ name, value }) => [name, value]))
    return { end: true, rows: this.rows, sequences }
  }
}

const line = (value: object) => Buffer.from(`${JSON.stringify(value)}\n`)

/** Level that compresses nearly as well as the default in a third of the time. */
const GZIP_LEVEL = 4

/** System calls that write a file. */
const OF_FILES = /^(?:open|write|writev|close|fsync|link|rename|unlink)$/

async function save(
  chunks: AsyncGenerator<Buffer>,
  { path, isForced }: BackupOptions,
): Promise<number> {
  const counter = createByteCounter()
  const through = [
    Readable.from(chunks),
    createGzip({ level: GZIP_LEVEL }),
    counter.stream,
  ] as const
  if (path === STDOUT) {
    await pipeline(...through, process.stdout, { end: false })
    return counter.bytes()
  }
  const place = `${path}.${process.pid}.part`
  const remove = () => rmSync(place, { force: true })
  // The file is also removed when a signal ends the process.
  process.once('exit', remove)
  try {
    const file = createWriteStream(place, { flags: 'wx' })
    await once(file, 'open')
    await pipeline(...through, file)
    await publish(place, path, isForced)
    return counter.bytes()
  } catch (cause) {
    const { syscall = '' } = cause as NodeJS.ErrnoException
    // Errors of the database do not concern the file.
    throw OF_FILES.test(syscall) ? fileFault(path, 'written', cause) : cause
  } finally {
    remove()
    process.off('exit', remove)
  }
}

/** Renames the finished file, durably even after a power cut. */
async function publish(place: string, path: string, isForced: boolean): Promise<void> {
  await sync(place)
  if (isForced) await rename(place, path)
  else
    await link(place, path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') throw occupied(path)
      // Not every file system supports hard links.
      if (await stat(path).catch(() => null)) throw occupied(path)
      await rename(place, path)
    })
  await rm(place, { force: true })
  await sync(dirname(resolve(path))).catch(() => {})
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

const occupied = (path: string) =>
  badInput(`${path} already exists; choose another name, or replace it with --force.`)
