import { alias, columns, overwrites, recordset, sql } from '../../db/sql.ts'
import { sourceRecords, waitingIdentifiers } from '../../db/tables/sources.ts'
import { upvoteReadings } from '../../db/tables/votes.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { PaperRecord } from '../record/paper-record.ts'
import type { RecordKey } from './match/candidates.ts'
import type { Incoming } from './match/entries.ts'
import type { Cluster, Matched } from './match/outcome.ts'

const excluded = alias(sourceRecords, 'excluded')

/** The match hash of a record without a usable title. */
const NO_TITLE = '0'

/** Writes incoming records with their papers, and stored records that changed their paper or now wait for one. */
export async function keepRecords(tx: Transaction, matched: Matched): Promise<void> {
  const { clusters, waiting, arrived } = matched
  await upsertRecords(tx, [
    ...clusters.flatMap((cluster) =>
      cluster.incoming.map((given) => placeOf(cluster, given, given.record)),
    ),
    ...waiting.incoming.map((given) => ({ given, paperId: null, mintedId: null })),
  ])
  await moveRecords(tx, [
    ...clusters.flatMap((cluster) => cluster.moved.map((key) => placeOf(cluster, key, key))),
    ...waiting.kept.map((given) => ({ given, paperId: null, mintedId: null })),
  ])
  if (arrived.length > 0) await forgetWaiting(tx, arrived)
  const left = [...waiting.incoming.map(({ record }) => record), ...waiting.kept]
  if (left.length > 0) await noteWaiting(tx, left)
}

/** Deletes records; their papers have to be written afterwards. */
export async function deleteRecords(tx: Transaction, removed: RecordKey[]): Promise<void> {
  const t = alias(sourceRecords, 't')
  await tx.query(sql`
    delete from ${t} using ${keyRows(removed)} where ${t.source} = r.source and ${t.key} = r.key`)
}

interface Place<T> {
  given: T
  paperId: number | null
  /** The paper id assigned for the record; null if none is. */
  mintedId: number | null
}

function placeOf<T>({ paperId, origin }: Cluster, given: T, { source, key }: RecordKey): Place<T> {
  const isOrigin = origin?.source === source && origin.key === key
  return { given, paperId, mintedId: isOrigin ? paperId : null }
}

const RECORD_KEYS = [
  'source',
  'key',
  'paperId',
  'mintedId',
  'contentHash',
  'matchHash',
  'bylineHash',
  'initialsHash',
  'entryHash',
  'licence',
  'listedOn',
  'record',
] as const

async function upsertRecords(tx: Transaction, places: Place<Incoming>[]): Promise<void> {
  const t = alias(sourceRecords, 't')
  const r = alias(sourceRecords, 'r')
  if (places.length === 0) return
  await noteUpvotes(tx, places)
  const rows = places.map(({ paperId, mintedId, given: { record, hash, hashes, entryHash } }) => ({
    source: record.source,
    key: record.key,
    paperId,
    mintedId,
    contentHash: hash,
    matchHash: hashes.title ?? NO_TITLE,
    bylineHash: hashes.byline,
    initialsHash: hashes.initials,
    entryHash,
    licence: record.licence,
    listedOn: record.listing?.on ?? null,
    record,
  }))
  await tx.query(sql`
    insert into ${sourceRecords} as t
      (${columns(sourceRecords, ...RECORD_KEYS)})
    select ${columns(r, ...RECORD_KEYS)} from ${recordset(sourceRecords, 'r', RECORD_KEYS, rows)}
    on conflict (${sourceRecords.source}, ${sourceRecords.key}) do update set ${overwrites(sourceRecords, 'paperId')},
      ${sourceRecords.mintedId} = coalesce(${excluded.mintedId}, ${t.mintedId}), ${overwrites(sourceRecords, 'contentHash', 'matchHash', 'bylineHash', 'initialsHash', 'entryHash', 'licence', 'listedOn', 'record')},
      ${sourceRecords.previousHash} = case when ${t.contentHash} = ${excluded.contentHash} then ${t.previousHash} else ${t.contentHash} end,
      ${sourceRecords.fetchedAt} = now()`)
}

/** Stores the upvotes that sources state, by day, because the next reading replaces the record. */
async function noteUpvotes(tx: Transaction, places: Place<Incoming>[]): Promise<void> {
  const rows = places.flatMap(({ given: { record } }) =>
    record.upvoteCount == null
      ? []
      : { source: record.source, key: record.key, upvotes: record.upvoteCount },
  )
  if (rows.length === 0) return
  await tx.query(sql`
    insert into ${upvoteReadings} (${columns(upvoteReadings, 'source', 'key', 'readOn', 'upvotes')})
    select r.source, r.key, (now() at time zone 'UTC')::date, r.upvotes
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(source text, key text, upvotes int)
    on conflict (${columns(upvoteReadings, 'source', 'key', 'readOn')}) do update set ${overwrites(upvoteReadings, 'upvotes')}`)
}

async function moveRecords(tx: Transaction, moves: Place<RecordKey>[]): Promise<void> {
  const t = alias(sourceRecords, 't')
  if (moves.length === 0) return
  const rows = moves.map(({ paperId, mintedId, given: { source, key } }) => {
    return { source, key, paper_id: paperId, minted_id: mintedId }
  })
  await tx.query(sql`
    update ${t} set ${sourceRecords.paperId} = r.paper_id, ${sourceRecords.mintedId} = coalesce(r.minted_id, ${t.mintedId})
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as r(source text, key text, paper_id bigint, minted_id bigint)
    where ${t.source} = r.source and ${t.key} = r.key`)
}

async function forgetWaiting(tx: Transaction, records: RecordKey[]): Promise<void> {
  const t = alias(waitingIdentifiers, 't')
  await tx.query(sql`
    delete from ${t} using ${keyRows(records)} where ${t.source} = r.source and ${t.key} = r.key`)
}

async function noteWaiting(tx: Transaction, records: PaperRecord[]): Promise<void> {
  const rows = records.flatMap(({ source, key, identifiers }) =>
    identifiers.map(({ scheme, value }) => ({ source, key, scheme, value })),
  )
  await tx.query(sql`
    insert into ${waitingIdentifiers} (${columns(waitingIdentifiers, 'scheme', 'value', 'source', 'key')})
    select r.scheme::identifier_scheme, r.value, r.source, r.key
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as r(scheme text, value text, source text, key text)
    on conflict do nothing`)
}

function keyRows(keys: RecordKey[]) {
  const rows = keys.map(({ source, key }) => ({ source, key }))
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(source text, key text)`
}
