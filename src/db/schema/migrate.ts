import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator'
import type pg from 'pg'
import { AppError } from '../../errors.ts'
import { readVersion } from '../../version.ts'
import { closeConnection, openConnection } from '../connection.ts'
import { LOCKS } from '../locks/locks.ts'
import {
  checkSchema,
  checkWritable,
  findSchema,
  lackingMessage,
  MIGRATIONS_FOLDER,
  type Migration,
  statementsOf,
} from './version.ts'

export interface MigrateOptions {
  /** What to do with migrations that the database lacks. Default apply. */
  lacking?: 'apply' | 'refuse' | 'accept'
  /** Whether the database has to take writes. Default true. */
  writes?: boolean
}

/**
 * Brings the database at `url` to the newest migration, or throws an `AppError` that says why paperql cannot use it: its schema
 * is newer, it is another program's, incomplete or read-only. Safe when several processes start at once: the migrator itself is
 * not, so they take turns on an advisory lock of the one connection used.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<void> {
  const { lacking: policy = 'apply', writes = true } = options
  const client = await openConnection(url)
  try {
    await client.query('select pg_advisory_lock($1::bigint)', [LOCKS.migration])
    const found = await findSchema(async (text) => (await client.query(text)).rows)
    const lacking = checkSchema(found, readVersion())
    const isApplying = lacking.length > 0 && policy === 'apply'
    if (lacking.length > 0 && policy === 'refuse')
      throw new AppError(
        'CONFLICT',
        lackingMessage(lacking, readVersion(), 'PAPERQL_MIGRATE is false'),
      )
    if (isApplying && found.readOnly !== null)
      throw new AppError('CONFLICT', lackingMessage(lacking, readVersion(), 'it is read-only'))
    if (writes) checkWritable(found)
    if (isApplying) await applyMigrations(drizzle(client), { migrationsFolder: MIGRATIONS_FOLDER })
  } finally {
    await closeConnection(client)
  }
}

/** Runs migrations one after the other, as drizzle's migrator would, in the transaction that `client` is in. */
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
