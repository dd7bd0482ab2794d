import { and, eq, sql } from 'drizzle-orm'
import { now } from '../../db/expressions.ts'
import { orm } from '../../db/orm.ts'
import { syncStates } from '../../db/tables/sync.ts'
import type { Transaction } from '../../db/transaction.ts'

/** The day up to which all changes of a part of a source were read; null when it never was followed. */
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

/** Keeps that the changes from one day to another were read. A gap before them stays one to be read. */
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
