import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import { openClient } from './client.ts'
import { LOCKS } from './locks.ts'

const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url))

/**
 * Brings the database at `url` to the newest migration. Safe when several processes start at once: the
 * migrator itself is not, so they take turns on an advisory lock of the one connection used.
 */
export async function migrate(url: string): Promise<void> {
  const client = openClient(url, { poolSize: 1, statementTimeoutMs: 0 })
  try {
    await client`select pg_advisory_lock(${LOCKS.migration})`
    await applyMigrations(drizzle(client), { migrationsFolder: FOLDER })
  } finally {
    await client.end({ timeout: 5 })
  }
}
