import { sql } from '../sql.ts'
import type { Transaction } from '../transaction.ts'

/** Numbers of the advisory locks by which processes agree. Kept together, as two that are equal are one lock. */
export const LOCKS = {
  /** Held while migrations run. */
  migration: 7_072_001,
  /** Shared by every process that uses the embedded server. */
  presence: 7_072_002,
  /** Held by the one `serve` of an embedded server. */
  serve: 7_072_003,
  /** Held by a transaction that writes records to the catalogue. */
  write: 7_072_004,
  /** Held by a transaction that writes to the log of changes, from the first of them until it is committed. */
  changes: 7_072_008,
  /** Held by a transaction that counts the words of the catalogue. */
  searchWords: 7_072_005,
  /** With the number of an import beside it, held by the process that runs that. */
  import: 7_072_006,
  /** Held by a transaction that begins an import. */
  importBegin: 7_072_007,
  /** Held, with a number of the source, while a source is followed. */
  sync: 7_072_010,
  /** Shared by the servers that answer from a catalogue; held alone by one that changes what may be shown. */
  licences: 7_072_020,
  /** Held by a transaction that updates the scores of trending. */
  trending: 7_072_021,
  /** Held, with a number of the job, while a job of the schedule runs. */
  job: 7_072_030,
} as const

/** Waits for a lock, which the transaction then holds until it is over. */
export async function takeLock(
  tx: Transaction,
  lock: (typeof LOCKS)[keyof typeof LOCKS],
): Promise<void> {
  await tx.query(sql`select pg_advisory_xact_lock(${lock}::bigint)`)
}
