import type { ProfileRecord } from '../domain/record/profile-record.ts'
import type { RepositoryStars } from '../domain/repositories/facts.ts'
import type { RecordKey } from '../domain/write/match/candidates.ts'
import { type Incoming, incomingOf } from '../domain/write/match/entries.ts'
import type { CitationEdge } from '../domain/write/relations/edges.ts'
import type { Fetched } from '../domain/write/restore.ts'
import type { Entry, UnreadEntry } from './entry.ts'
import type { Addition } from './input/outcome.ts'

/** Weight at which a batch ends before it is full, in characters (an author counts as several), since a few records may be large. */
const BATCH_WEIGHT = 4_000_000
const AUTHOR_WEIGHT = 100

/** Limit of all entries in a batch, in multiples of its records: citations are short, and rejects do not touch the catalogue. */
const ENTRIES_PER_RECORD = 8

/** A report about an entry that was rejected or repaired, or about a file that could not be read. */
export type Remark = { place: number; position: number; key: string | null } & (
  | { reason: string }
  | { repaired: string }
  | { fault: string }
)

/** The part of a file that a batch holds. */
export interface FilePart {
  /** Index of the file among those imported. */
  place: number
  readCount: number
  /** Position of the file's last entry in the batch; null without entries. */
  lastPosition: number | null
  /** Whether the file ends with this batch. */
  isEnd: boolean
  /** Bytes of the file read when the batch was closed. */
  bytesRead: number
}

/** An entry and the index of its file. */
export interface Placed<Found = Entry | UnreadEntry> {
  place: number
  entry: Found
}

/** Entries that are written in one transaction, as they are collected. */
export interface Batch {
  /** Entries to look up, and to parse if they are new. Includes every entry after the first of these, to keep the order. */
  unread: Placed[]
  records: Map<string, Incoming>
  also: Map<string, Incoming>
  profiles: Map<string, ProfileRecord>
  /** Citations listed in entries of papers, by source. */
  citedBy: Map<string, CitationEdge[]>
  edges: CitationEdge[]
  edgeSource: string | null
  fetched: Fetched[]
  additions: Addition[]
  stars: RepositoryStars[]
  remarks: Remark[]
  /** Number of entries whose record a later entry of the batch replaced before it was written. */
  replaced: number
  /** Content hashes of the replaced records that differ from their replacement. */
  replacedHashes: string[]
  read: number
  repaired: number
  weight: number
  files: Map<number, FilePart>
}

export function newBatch(): Batch {
  return {
    unread: [],
    records: new Map(),
    also: new Map(),
    profiles: new Map(),
    citedBy: new Map(),
    edges: [],
    edgeSource: null,
    fetched: [],
    additions: [],
    stars: [],
    remarks: [],
    replaced: 0,
    replacedHashes: [],
    read: 0,
    repaired: 0,
    weight: 0,
    files: new Map(),
  }
}

export function partOf({ files }: Batch, place: number): FilePart {
  const none = { place, readCount: 0, lastPosition: null, isEnd: false, bytesRead: 0 }
  const part = files.get(place) ?? none
  files.set(place, part)
  return part
}

export const keyOf = ({ source, key }: RecordKey) => `${source}\n${key}`
export const profileKeyOf = ({ type, ...of }: RecordKey & { type: string }) =>
  `${type}\n${keyOf(of)}`

export function isFullFor(batch: Batch, entry: Entry | UnreadEntry, batchSize: number): boolean {
  if (batch.read >= batchSize * ENTRIES_PER_RECORD) return true
  if ('read' in entry || batch.unread.length > 0)
    return batch.unread.length >= batchSize || batch.weight > BATCH_WEIGHT
  if ('edge' in entry) return batch.edgeSource !== null && batch.edgeSource !== entry.source
  if (batch.records.size >= batchSize || batch.weight > BATCH_WEIGHT) return true
  if ('record' in entry) return batch.records.has(keyOf(entry.record)) && saysMore(entry)
  return 'profile' in entry && isFullForProfile(batch, entry.profile, batchSize)
}

type RecordEntry = Extract<Entry, { record: unknown }>

/**
 * Whether an entry has more than its record. If a record occurs twice in a batch, the later entry replaces the earlier one: written
 * one after the other, both would change the record at each import of the file. Only entries with more than a record are written
 * one after the other.
 */
const saysMore = ({ also, citedBy, stars, fetchedAt }: RecordEntry) =>
  also.length + citedBy.length + stars.length > 0 || fetchedAt !== null

function isFullForProfile(batch: Batch, profile: ProfileRecord, batchSize: number): boolean {
  return batch.profiles.size >= batchSize || batch.profiles.has(profileKeyOf(profile))
}

export function gather(batch: Batch, placed: Placed): void {
  const { place, entry } = placed
  const { position } = entry
  batch.read++
  if ('read' in entry || batch.unread.length > 0) {
    batch.unread.push(placed)
    if ('read' in entry) batch.weight += entry.size
  } else if ('reject' in entry) {
    batch.remarks.push({ place, position, ...entry.reject })
  } else if ('edge' in entry) {
    batch.edges.push(entry.edge)
    batch.edgeSource = entry.source
  } else if ('addition' in entry) {
    batch.additions.push(entry.addition)
  } else if ('profile' in entry) {
    noteFetched(batch, `${entry.profile.type}_records`, entry.profile, entry.fetchedAt)
    batch.profiles.set(profileKeyOf(entry.profile), entry.profile)
    noteRepairs(batch, { place, position, key: entry.profile.key }, entry.repairs)
  } else {
    const { record, repairs, entryHash } = entry
    noteFetched(batch, 'source_records', record, entry.fetchedAt)
    if (batch.records.has(keyOf(record))) batch.replaced++
    gatherRecord(batch, batch.records, incomingOf(record, entryHash))
    batch.stars.push(...entry.stars)
    for (const added of entry.also) gatherRecord(batch, batch.also, incomingOf(added))
    if (entry.citedBy.length > 0)
      batch.citedBy.set(record.source, [
        ...(batch.citedBy.get(record.source) ?? []),
        ...entry.citedBy,
      ])
    batch.weight += weightOf(entry)
    noteRepairs(batch, { place, position, key: record.key }, repairs)
  }
}

function gatherRecord(
  { replacedHashes }: Batch,
  records: Batch['records'],
  incoming: Incoming,
): void {
  const key = keyOf(incoming.record)
  const replaced = records.get(key)
  if (replaced && replaced.hash !== incoming.hash) replacedHashes.push(replaced.hash)
  records.set(key, incoming)
}

const weightOf = ({ record, citedBy }: RecordEntry) =>
  (record.abstract?.length ?? 0) +
  record.authors.length * AUTHOR_WEIGHT +
  citedBy.length * AUTHOR_WEIGHT

function noteFetched(
  batch: Batch,
  table: Fetched['table'],
  { source, key }: RecordKey,
  fetchedAt: string | null,
): void {
  if (fetchedAt) batch.fetched.push({ table, source, key, fetchedAt })
}

function noteRepairs(
  batch: Batch,
  at: { place: number; position: number; key: string },
  repairs: string[],
): void {
  if (repairs.length === 0) return
  batch.repaired++
  batch.remarks.push({ ...at, repaired: repairs.join('; ') })
}
