import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import type pg from 'pg'
import { AppError } from '../../errors.ts'
import { readVersion } from '../../version.ts'
import { closeConnection, openConnection } from '../connection.ts'
import { FUNCTIONS_VERSION, type FunctionFile } from '../functions/index.ts'
import { LOCKS } from '../locks/locks.ts'
import { noCatalogue } from './no-catalogue.ts'
import {
  checkSchema,
  checkWritable,
  findSchema,
  isEmpty,
  isLacking,
  lackingMessage,
  MIGRATIONS_FOLDER,
  type Migration,
  statementsOf,
} from './version.ts'

export interface MigrateOptions {
  /** What to do if the database lacks migrations or functions. Default apply. */
  lacking?: 'apply' | 'refuse' | 'accept'
  /** Whether the database must accept writes. Default true. */
  writes?: boolean
  /** The name of the database for the NOT_FOUND error that refuses an empty one. Default: an empty database gets its tables. */
  held?: string | undefined
}

/**
 * Brings the database at `url` to the newest migration and functions. Throws an `AppError` if paperql cannot use it: its schema is newer or
 * incomplete, it is read-only, or it belongs to another program. Several processes may start at once: the migrator itself does not allow
 * that, so they take turns with an advisory lock on the one connection used.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<void> {
  const { lacking: policy = 'apply', writes = true, held } = options
  const client = await openConnection(url)
  try {
    await client.query('select pg_advisory_lock($1::bigint)', [LOCKS.migration])
    const found = await findSchema(async (text) => (await client.query(text)).rows)
    const lacking = checkSchema(found, readVersion())
    if (held !== undefined && isEmpty(lacking)) throw noCatalogue(held)
    const isApplying = isLacking(lacking) && policy === 'apply'
    if (isLacking(lacking) && policy === 'refuse')
      throw new AppError(
        'CONFLICT',
        lackingMessage(lacking, readVersion(), 'PAPERQL_MIGRATE is false'),
      )
    if (isApplying && found.readOnly !== null)
      throw new AppError('CONFLICT', lackingMessage(lacking, readVersion(), 'it is read-only'))
    if (writes) checkWritable(found)
    if (!isApplying) return
    const { functions } = lacking
    await applyFunctions(
      client,
      functions.filter(({ isForTables }) => isForTables),
    )
    await applyMigrations(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER })
    await applyFunctions(
      client,
      functions.filter(({ isForTables }) => !isForTables),
    )
  } finally {
    await closeConnection(client)
  }
}

/** Runs migrations in order in the transaction of `client`, as drizzle's migrator would. */
export async function applyIn(client: pg.ClientBase, migrations: Migration[]): Promise<void> {
  await client.query('create schema if not exists drizzle')
  await client.query(`create table if not exists drizzle.__drizzle_migrations
    (id serial primary key, hash text not null, created_at bigint)`)
  for (const migration of migrations) {
    for (const statement of statementsOf(migration)) await client.query(statement)
    await client.query(
      'insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)',
      [migration.hash, migration.createdAt],
    )
  }
}

const FUNCTIONS_TABLE = `create table if not exists drizzle.paperql_functions
  (name text primary key, hash text not null, version integer not null, applied_at timestamptz not null default now())`

const KEEP_FUNCTIONS = `insert into drizzle.paperql_functions (name, hash, version) values ($1, $2, $3)
  on conflict (name) do update set hash = excluded.hash, version = excluded.version, applied_at = now()`

/** Replaces the functions of these files in one transaction, and updates the data that depend on changed ones. */
async function applyFunctions(client: pg.ClientBase, files: FunctionFile[]): Promise<void> {
  if (files.length === 0) return
  await client.query('begin')
  await client.query('select pg_advisory_xact_lock($1::bigint)', [LOCKS.write])
  await applyFunctionsIn(client, files)
  await client.query('commit')
}

/** The same, in the transaction of `client`. */
export async function applyFunctionsIn(
  client: pg.ClientBase,
  files: FunctionFile[],
): Promise<void> {
  await client.query('create schema if not exists drizzle')
  await client.query(FUNCTIONS_TABLE)
  const { rows } = await client.query<{ name: string; hash: string }>(
    'select name, hash from drizzle.paperql_functions',
  )
  const had = new Map(rows.map(({ name, hash }) => [name, hash]))
  for (const { text } of files) await client.query(text)
  const changed = files.filter(({ name, hash }) => had.has(name) && had.get(name) !== hash)
  for (const rebuild of new Set(changed.map(({ rebuild }) => rebuild)))
    if (rebuild !== '') await client.query(rebuild)
  for (const { name, hash } of files)
    await client.query(KEEP_FUNCTIONS, [name, hash, FUNCTIONS_VERSION])
}
