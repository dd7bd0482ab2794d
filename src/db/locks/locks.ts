import { sql } from '../sql.ts'
import type { Transaction } from '../transaction.ts'

/** Numbers of the advisory locks that coordinate processes. Kept in one place, because two equal numbers are one lock. */
export const LOCKS = {
  /** Held while migrations run. */
  migration: 7_072_001,
  /** Shared by every process that uses the embedded server. */
  presence: 7_072_002,
  /** Held by the one `serve` of an embedded server. */
  serve: 7_072_003,
  /** Held by a transaction that writes records to the catalogue. */
  write: 7_072_004,
  /** Held by a transaction that writes to the log of changes, from its first change until the commit. */
  changes: 7_072_008,
  /** Held by a transaction that counts the words of the catalogue. */
  searchWords: 7_072_005,
  /** With the number of an import, held by the process that runs it. */
  import: 7_072_006,
  /** Held by a transaction that begins an import. */
  importBegin: 7_072_007,
  /** With a number for the source, held while the source is synced. */
  sync: 7_072_010,
  /** Shared by the servers of a catalogue; held exclusively by a server that changes what may be shown. */
  licences: 7_072_020,
  /** Held by a transaction that updates trending scores. */
  trending: 7_072_021,
  /** With a number for the job, held while a scheduled job runs. */
  job: 7_072_030,
} as const

/** Waits for a lock and holds it until the end of the transaction. */
export async function takeLock(
  tx: Transaction,
  lock: (typeof LOCKS)[keyof typeof LOCKS],
): Promise<void> {
  await tx.query(sql`select pg_advisory_xact_lock(${lock}::bigint)`)
}
