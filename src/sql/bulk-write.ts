import { sql } from '../db/sql.ts'
import type { Transaction } from '../db/transaction.ts'

/** Settings of one of many transactions that each write many rows. `isLast` for the last one of the series. */
export async function prepareBulkWrite(tx: Transaction, isLast: boolean): Promise<void> {
  // A transaction that a power failure loses counts as not read yet. The last one waits for the disk, and with it all before it.
  if (!isLast) await tx.query(sql`set local synchronous_commit = off`)
  // The more words are sorted into an index at once, the fewer pages are written: a quarter less WAL.
  await tx.query(sql`set local gin_pending_list_limit = '16MB'`)
}
