import { createHash } from 'node:crypto'
import sql from 'sql-template-tag'
import { LOCKS } from '../db/locks.ts'
import type { Transaction } from '../db/transaction.ts'
import { type Group, groupRecords, type Placed } from './catalogue-group.ts'
import type { PaperRecord } from './paper-record.ts'
import { type Comparable, comparable, matchHash } from './same-paper.ts'

/** A record on its way in, with the hash that tells whether it was read before. */
export interface Incoming {
  record: PaperRecord
  hash: string
  compared: Comparable
  /** Of its title and authors: records that may be the same by these have the same. */
  matchHash: string
  /** Of what it was made of, by which it is found unread (see `findEntries`): 32 hexadecimal digits, or null. */
  entryHash: string | null
}

/** Makes a record ready to be written, as far as that can be done before its turn has come. */
export function incomingOf(record: PaperRecord, entryHash: string | null = null): Incoming {
  const hash = createHash('sha256').update(JSON.stringify(record)).digest('hex')
  const compared = comparable(record)
  return { record, hash, compared, matchHash: matchHash(compared), entryHash }
}

/** The records that were made of entries with these hashes, and are as they were made; by their hashes. */
export async function findEntries(
  tx: Transaction,
  hashes: string[],
): Promise<Map<string, RecordKey>> {
  // What another writer is about to change is known once it has.
  await tx.query(sql`select pg_advisory_xact_lock(${LOCKS.write}::bigint)`)
  const rows = await tx.query<RecordKey & { hash: string }>(sql`
    select s.source, s.key, s.entry_hash as hash
    from unnest(${hashes}::text[]) as r(hash) join source_records s on s.entry_hash = r.hash::uuid`)
  return new Map(rows.map(({ hash, source, key }) => [hash.replaceAll('-', ''), { source, key }]))
}

/** Names one record of the catalogue. */
export type RecordKey = Pick<PaperRecord, 'source' | 'key'>

/** What is to be done to the catalogue: each part may be empty. */
export interface Change {
  incoming: Incoming[]
  /** Records to take out. */
  removed: RecordKey[]
  /** Papers whose records are to be grouped anew, though none of them changed. */
  paperIds: number[]
}

/** Records that describe one paper: those that came in, and all that the catalogue holds of it. */
export interface Cluster {
  paperId: number
  isNew: boolean
  /** Papers that turned out to be the same; they go. */
  losers: number[]
  incoming: Incoming[]
  /** Records that the catalogue held of another paper. */
  moved: RecordKey[]
  records: PaperRecord[]
}

export interface Matched {
  clusters: Cluster[]
  /** Papers of which no record is left. */
  vanished: number[]
  created: number
  updated: number
  merged: number
  unchanged: number
  /** Records without a title that share no identifier with any paper: they have nothing to add to. */
  unplaced: PaperRecord[]
}

const FILLED_AT_ONCE = 1000

/** Gives records of older versions their match hash, without which they are not found by their titles. */
export async function fillMatchHashes(tx: Transaction): Promise<void> {
  for (;;) {
    const rows = await tx.query<{ source: string; key: string; record: PaperRecord }>(sql`
      select source, key, record from source_records where match_hash is null limit ${FILLED_AT_ONCE}`)
    if (rows.length === 0) return
    const hashes = rows.map(({ source, key, record }) => {
      return { source, key, hash: matchHash(comparable(record)) }
    })
    await tx.query(sql`
      update source_records t set match_hash = r.hash
      from jsonb_to_recordset(${JSON.stringify(hashes)}::text::jsonb) as r(source text, key text, hash bigint)
      where t.source = r.source and t.key = r.key`)
  }
}

/** A record that may be of a paper that is made anew; with what came in, if it did. */
interface Candidate extends Placed {
  incoming: Incoming | null
}

/**
 * Groups records that came in with one another and with the catalogue's, and regroups the papers that a change of
 * their records may tear apart. Papers are groups of records, not of papers: so they depend on no order of arrival.
 */
export async function matchRecords(tx: Transaction, change: Change): Promise<Matched> {
  const { incoming, removed } = change
  const keys = [...incoming.map(({ record }) => record), ...removed]
  const own = await findOwnPapers(tx, keys)
  const changed = incoming.filter(
    ({ record, hash }) => own.get(recordKey(record))?.content_hash !== hash,
  )
  const counts = { created: 0, updated: 0, merged: 0, unchanged: incoming.length - changed.length }
  await noteEntries(tx, incoming, own)
  const leaving = [...changed.map(({ record }) => record), ...removed]
  const ownIds = leaving.flatMap((key) => own.get(recordKey(key))?.paper_id ?? [])
  const touched = new Set([...ownIds, ...change.paperIds])
  if (changed.length + touched.size === 0)
    return { clusters: [], vanished: [], unplaced: [], ...counts }
  const known = await loadCandidates(tx, changed, [...touched])
  const gone = new Set(leaving.map(recordKey))
  const staying = known.filter(({ record }) => !gone.has(recordKey(record)))
  const groups = groupRecords([
    ...staying.map(asStaying),
    ...changed.map((one) => asMoving(one, own)),
  ])
  const placed = groups.filter(hasTitle)
  const unplaced = groups.filter((group) => !hasTitle(group))
  const clusters = await asClusters(tx, changedGroups(placed, touched))
  const kept = new Set(placed.flatMap(({ ids }) => ids))
  const vanished = [...touched].filter((id) => !kept.has(id))
  for (const cluster of clusters) {
    for (const [index, { record }] of cluster.incoming.entries()) {
      if (own.has(recordKey(record))) counts.updated++
      else if (cluster.isNew && index === 0) counts.created++
      else counts.merged++
    }
  }
  const left = unplaced.flatMap(({ members }) => members.map(({ record }) => record))
  return { clusters, vanished, unplaced: left, ...counts }
}

interface Known {
  paper_id: number
  record: PaperRecord
}

const asStaying = ({ paper_id: paperId, record }: Known): Candidate => {
  return { record, paperId, isMoving: false, incoming: null }
}

function asMoving(incoming: Incoming, own: Map<string, OwnRow>): Candidate {
  const { record, compared } = incoming
  const paperId = own.get(recordKey(record))?.paper_id ?? null
  return { record, compared, paperId, isMoving: true, incoming }
}

const hasTitle = ({ members }: Group<Candidate>) => members.some((m) => m.record.title !== '')

/** Those that differ from what the catalogue holds, as far as can be told without comparing. */
function changedGroups(groups: Group<Candidate>[], touched: Set<number>): Group<Candidate>[] {
  return groups.filter(
    ({ members, ids }) =>
      ids.length !== 1 ||
      members.some((m) => m.incoming || m.paperId !== ids[0] || touched.has(m.paperId)),
  )
}

const keyOf = ({ source, key }: RecordKey): RecordKey => ({ source, key })
const recordKey = (record: { source: string; key: string }) => `${record.source}\n${record.key}`

interface OwnRow {
  source: string
  key: string
  paper_id: number
  content_hash: string
  /** As `Incoming` has it. */
  entry_hash: string | null
}

async function findOwnPapers(tx: Transaction, named: RecordKey[]): Promise<Map<string, OwnRow>> {
  const keys = named.map(keyOf)
  const rows = await tx.query<OwnRow>(sql`
    select s.source, s.key, s.paper_id, s.content_hash, replace(s.entry_hash::text, '-', '') as entry_hash
    from jsonb_to_recordset(${JSON.stringify(keys)}::text::jsonb) as r(source text, key text)
    join source_records s on s.source = r.source and s.key = r.key`)
  return new Map(rows.map((row) => [recordKey(row), row]))
}

/** Of records that are as they were, keeps what they were made of now: other entries, or the same read by other code. */
async function noteEntries(
  tx: Transaction,
  incoming: Incoming[],
  own: Map<string, OwnRow>,
): Promise<void> {
  const rows = incoming.flatMap(({ record, hash, entryHash }) => {
    const kept = own.get(recordKey(record))
    const isOther = kept?.content_hash === hash && kept.entry_hash !== entryHash
    return isOther && entryHash !== null ? [{ ...keyOf(record), hash: entryHash }] : []
  })
  if (rows.length === 0) return
  await tx.query(sql`
    update source_records t set entry_hash = r.hash
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(source text, key text, hash uuid)
    where t.source = r.source and t.key = r.key`)
}

async function loadCandidates(
  tx: Transaction,
  changed: Incoming[],
  ownIds: number[],
): Promise<Known[]> {
  const identifiers = changed.flatMap(({ record }) => record.identifiers)
  const hashes = changed.map(({ matchHash: hash }) => hash).filter((hash) => hash !== '0')
  return tx.query<Known>(sql`
    with candidate as (
      select i.paper_id as id
      from jsonb_to_recordset(${JSON.stringify(identifiers)}::text::jsonb) as r(scheme text, value text)
      join paper_identifiers i on i.scheme = r.scheme::identifier_scheme and i.value = r.value
      union
      select m.paper_id from jsonb_array_elements_text(${JSON.stringify(hashes)}::text::jsonb) h
      join source_records m on m.match_hash = h::bigint
      union
      select v::bigint from jsonb_array_elements_text(${JSON.stringify(ownIds)}::text::jsonb) v
    )
    select s.paper_id, s.record from source_records s join candidate c on c.id = s.paper_id`)
}

async function asClusters(tx: Transaction, groups: Group<Candidate>[]): Promise<Cluster[]> {
  const fresh = groups.filter(({ ids }) => ids.length === 0)
  const drawn = await newIds(tx, 'papers', fresh.length)
  return groups.map(({ members, ids: [winner, ...losers] }) => {
    const paperId = winner ?? takeId(drawn)
    return {
      paperId,
      isNew: winner === undefined,
      losers,
      incoming: members.flatMap(({ incoming }) => incoming ?? []),
      moved: members.flatMap((m) => (m.incoming || m.paperId === paperId ? [] : m.record)),
      records: members.map(({ record }) => record),
    }
  })
}

/** Draws `count` ids from the table's sequence, so that rows of several tables can be written set by set. */
export async function newIds(
  tx: Transaction,
  table: 'papers' | 'authors',
  count: number,
): Promise<number[]> {
  if (count === 0) return []
  // As a subquery the sequence is looked up once, not for each row.
  const rows = await tx.query<{ id: number }>(sql`
    select nextval((select pg_get_serial_sequence(${table}::text, 'id'))::regclass) as id
    from generate_series(1, ${count}::int)`)
  return rows.map(({ id }) => id)
}

/** The next of the ids drawn. */
export function takeId(ids: number[]): number {
  const id = ids.shift()
  if (id === undefined) throw new Error('fewer ids were drawn than are needed')
  return id
}
