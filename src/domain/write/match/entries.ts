import { hash as digest } from 'node:crypto'
import { LOCKS, takeLock } from '../../../db/locks/locks.ts'
import { alias, sql } from '../../../db/sql.ts'
import { sourceRecords } from '../../../db/tables/sources.ts'
import type { Transaction } from '../../../db/transaction.ts'
import type { PaperRecord } from '../../record/paper-record.ts'
import { type Comparable, comparable } from '../../record/same/comparable.ts'
import { type MatchHashes, matchHashes } from '../../record/same/match-hashes.ts'
import { type OwnRow, type RecordKey, recordKey } from './candidates.ts'

const s = alias(sourceRecords, 's')
const t = alias(sourceRecords, 't')

/** An incoming record with the hash that shows whether it changed. */
export interface Incoming {
  record: PaperRecord
  hash: string
  compared: Comparable
  hashes: MatchHashes
  /** Hash of the entry it was read from, to skip it unread next time (see `findEntries`): 32 hexadecimal digits, or null. */
  entryHash: string | null
  /** For a record that comes back after it was removed: its former paper and the id first assigned for it. */
  paperId?: number | null
  mintedId?: number | null
}

/** Hash of a record's content. It depends on the order of the fields. */
export function recordHash(record: object): string {
  return digest('sha256', JSON.stringify(record))
}

/** Prepares a record for writing, as far as possible without the writers' lock. */
export function incomingOf(record: PaperRecord, entryHash: string | null = null): Incoming {
  const hash = recordHash(record)
  const compared = comparable(record)
  return { record, hash, compared, hashes: matchHashes(compared), entryHash }
}

/** Unchanged records that were made from entries with these hashes, by hash. */
export async function findEntries(
  tx: Transaction,
  hashes: string[],
): Promise<Map<string, RecordKey>> {
  // Waits for changes of other writers.
  await takeLock(tx, LOCKS.write)
  const rows = await tx.query<RecordKey & { hash: string }>(sql`
    select ${s.source}, ${s.key}, ${s.entryHash} as hash
    from unnest(${hashes}::text[]) as r(hash) join ${s} on ${s.entryHash} = r.hash::uuid`)
  return new Map(rows.map(({ hash, source, key }) => [hash.replaceAll('-', ''), { source, key }]))
}

/** Stores the new entry hashes of unchanged records, which come from another entry, or from the same one read by other code. */
export async function noteEntries(
  tx: Transaction,
  incoming: Incoming[],
  own: Map<string, OwnRow>,
): Promise<void> {
  const rows = incoming.flatMap(({ record, hash, entryHash }) => {
    const kept = own.get(recordKey(record))
    const isOther = kept?.content_hash === hash && kept.entry_hash !== entryHash
    return isOther && entryHash !== null
      ? [{ source: record.source, key: record.key, hash: entryHash }]
      : []
  })
  if (rows.length === 0) return
  await tx.query(sql`
    update ${t} set ${sourceRecords.entryHash} = r.hash
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(source text, key text, hash uuid)
    where ${t.source} = r.source and ${t.key} = r.key`)
}
