import type { PaperRecord } from '../domain/record/paper-record.ts'
import type { ProfileRecord } from '../domain/record/profile-record.ts'
import type { RepositoryStars } from '../domain/repositories/facts.ts'
import type { CitationEdge } from '../domain/write/relations/edges.ts'
import { withOwnKey } from './fields/library-key.ts'
import { guardEdge, guardRecord } from './guard.ts'
import { guardProfile } from './guard-profile.ts'
import {
  type Addition,
  type EdgeReading,
  type Outcome,
  REPAIRS,
  type Refusal,
  type Unread,
} from './input/outcome.ts'

/** An entry as it is added to a batch, in reading order. */
export type Entry = { position: number } & (
  | {
      record: PaperRecord
      repairs: string[]
      /** Hash of the entry and the code, by which an unchanged entry is skipped; null if it has repairs to report. */
      entryHash: string | null
      fetchedAt: string | null
      stars: RepositoryStars[]
      /** Records of other papers that the entry contains. */
      also: PaperRecord[]
      /** Citations of the paper by others, as the entry lists them. */
      citedBy: CitationEdge[]
    }
  | { profile: ProfileRecord; repairs: string[]; fetchedAt: string | null }
  | EdgeReading
  | { addition: Addition }
  | { reject: Refusal }
)

/** An entry that is parsed only when needed. */
export interface UnreadEntry {
  position: number
  hash: string
  /** Size in bytes. */
  size: number
  read(): Entry
}

/** Turns an adapter's outcome into an entry, checked by the guard. */
export function entryOf(found: Outcome | Unread): Entry | UnreadEntry {
  if (!('read' in found)) return guarded(found, null)
  const { position, hash, size } = found
  return { position, hash, size, read: () => guarded(found.read(), hash) }
}

function guarded(outcome: Outcome, hash: string | null): Entry {
  const { position } = outcome
  if ('record' in outcome) {
    const found = guardRecord(withOwnKey(outcome.record))
    if ('reason' in found) return { position, reject: found }
    const reason = [REPAIRS.hole, REPAIRS.foreign].find((one) => outcome.repairs?.includes(one))
    if (reason !== undefined) return { position, reject: { key: found.record.key, reason } }
    const repairs = [...(outcome.repairs ?? []), ...found.repairs]
    const { fetchedAt = null, stars = [] } = outcome
    const also = (outcome.also ?? []).flatMap(added)
    const entryHash = repairs.length > 0 ? null : hash
    const citedBy = (outcome.citedBy ?? []).map(guardEdge)
    return { position, record: found.record, repairs, entryHash, fetchedAt, stars, also, citedBy }
  }
  if ('edge' in outcome) return { ...outcome, edge: guardEdge(outcome.edge) }
  if (!('profile' in outcome)) return outcome
  const found = guardProfile(outcome.profile)
  if ('reason' in found) return { position, reject: found }
  const repairs = [...(outcome.repairs ?? []), ...found.repairs]
  return { position, ...found, repairs, fetchedAt: outcome.fetchedAt ?? null }
}

/** Checks a record of another paper. An unusable one is dropped without a report, since reports are about the entry's own record. */
function added(record: PaperRecord): PaperRecord[] {
  const found = guardRecord(record)
  return 'reason' in found ? [] : [found.record]
}
