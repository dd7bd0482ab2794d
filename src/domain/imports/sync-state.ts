import { alias, columns, overwrites, type Stored, sql } from '../../db/sql.ts'
import { syncStates } from '../../db/tables/sync.ts'
import type { Transaction } from '../../db/transaction.ts'

const excluded = alias(syncStates, 'excluded')
const t = alias(syncStates, 't')

/** The day up to which all changes of a part of a source were read; null when it never was followed. */
export async function findSyncedUntil(
  tx: Transaction,
  source: string,
  scope: string,
): Promise<string | null> {
  const [row] = await tx.query<Stored<typeof syncStates, 'done_until'>>(sql`
    select ${syncStates.doneUntil} from ${syncStates} where ${syncStates.source} = ${source}::text and ${syncStates.scope} = ${scope}::text`)
  return row?.done_until ?? null
}

/** Keeps that the changes from one day to another were read. A gap before them stays one to be read. */
export async function keepSynced(
  tx: Transaction,
  source: string,
  scope: string,
  { from, until }: { from: string; until: string },
): Promise<void> {
  await tx.query(sql`
    insert into ${syncStates} as t (${columns(syncStates, 'source', 'scope', 'doneUntil')})
    values (${source}::text, ${scope}::text, ${until}::date)
    on conflict (${syncStates.source}, ${syncStates.scope}) do update set ${overwrites(syncStates, 'doneUntil')}, ${syncStates.updatedAt} = now()
    where ${t.doneUntil} < ${excluded.doneUntil} and ${t.doneUntil} >= ${from}::date - 1`)
}
