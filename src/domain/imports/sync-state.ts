import sql from 'sql-template-tag'
import type { Transaction } from '../../db/transaction.ts'

/** The day up to which all changes of a part of a source were read; null when it never was followed. */
export async function findSyncedUntil(
  tx: Transaction,
  source: string,
  scope: string,
): Promise<string | null> {
  const [row] = await tx.query<{ done_until: string }>(sql`
    select done_until from sync_states where source = ${source}::text and scope = ${scope}::text`)
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
    insert into sync_states as t (source, scope, done_until)
    values (${source}::text, ${scope}::text, ${until}::date)
    on conflict (source, scope) do update set done_until = excluded.done_until, updated_at = now()
    where t.done_until < excluded.done_until and t.done_until >= ${from}::date - 1`)
}
