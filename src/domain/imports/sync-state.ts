import { and, eq, sql } from 'drizzle-orm'
import { now } from '../../db/expressions.ts'
import { orm } from '../../db/orm.ts'
import { syncStates } from '../../db/tables/sync.ts'
import type { Transaction } from '../../db/transaction.ts'

/** The day up to which all changes in a part of a source were read; null if it was never synced. */
export async function findSyncedUntil(
  tx: Transaction,
  source: string,
  scope: string,
): Promise<string | null> {
  const [row] = await orm(tx)
    .select({ doneUntil: syncStates.doneUntil })
    .from(syncStates)
    .where(and(eq(syncStates.source, source), eq(syncStates.scope, scope)))
  return row?.doneUntil ?? null
}

/** Stores that the changes from one day to another were read. If there is a gap before them, nothing is stored, so that it is read later. */
export async function keepSynced(
  tx: Transaction,
  source: string,
  scope: string,
  { from, until }: { from: string; until: string },
): Promise<void> {
  await orm(tx)
    .insert(syncStates)
    .values({ source, scope, doneUntil: until })
    .onConflictDoUpdate({
      target: [syncStates.source, syncStates.scope],
      set: { doneUntil: until, updatedAt: now },
      setWhere: sql`${syncStates.doneUntil} < ${until}::date and ${syncStates.doneUntil} >= ${from}::date - 1`,
    })
}
