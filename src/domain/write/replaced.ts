import { partition } from 'es-toolkit'
import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { alias, columns, overwrites, raw, recordset, type Sql, sql } from '../../db/sql.ts'
import { heldReadings, importJobs, replacedReadings } from '../../db/tables/imports.ts'
import type { Transaction } from '../../db/transaction.ts'
import type { PaperRecord } from '../record/paper-record.ts'
import type { ProfileRecord } from '../record/profile-record.ts'
import { type RecordKey, recordKey } from './match/candidates.ts'
import { recordHash } from './match/entries.ts'

/*
 * If several entries of one import describe one record differently, the last one wins. Written in turn, they would change the record, and
 * everything derived from it, each time that the import is repeated. So a reading that was replaced before is held back. It is deleted if the
 * import reads another state of the record, and otherwise written at the end of the import, for example because the file changed.
 * Holding readings back does not change the result, only when it is reached.
 */

type ReadingType = 'paper' | ProfileRecord['type']

/** A record that an import has read. */
export interface Reading {
  record: PaperRecord | ProfileRecord
  /** Hash of its content. */
  hash: string
}

const h = alias(heldReadings, 'h')
const j = alias(importJobs, 'j')
const x = alias(replacedReadings, 'x')

const KEYS = ['type', 'source', 'key'] as const

/**
 * Holds back, until the end of the import, readings of one type that an earlier import replaced, and returns the others to be written now. No
 * two readings may share a key.
 */
export async function holdReplaced<T extends Reading>(
  tx: Transaction,
  jobId: number,
  readings: readonly T[],
): Promise<T[]> {
  const [first] = readings
  if (!first) return []
  // Two writers that note the same rows would deadlock.
  await takeLock(tx, LOCKS.write)
  const found = await noteKnown(tx, jobId, readings, true)
  const keys = new Set(found.map(recordKey))
  const [held, rest] = partition(readings, ({ record }) => keys.has(recordKey(record)))
  await keep(tx, jobId, held)
  await dropHeld(
    tx,
    jobId,
    typeOf(first),
    rest.map(({ record }) => record),
  )
  return rest
}

/** Notes the readings of the same import that these replace, and returns the keys of those to hold back. */
function noteKnown(
  tx: Transaction,
  jobId: number,
  readings: readonly Reading[],
  mayHold: boolean,
): Promise<RecordKey[]> {
  const [first] = readings
  if (!first) return Promise.resolve([])
  const rows = readings.map(({ record: { source, key }, hash }) => ({ source, key, hash }))
  return tx.query<RecordKey>(sql`
    with known as materialized (
      select r.source, r.key, t.content_hash, t.previous_hash, t.fetched_at >= ${j.startedAt} as is_own,
        ${mayHold} and (r.hash is not distinct from t.previous_hash
          or exists (select from ${x} where ${x.contentHash} = r.hash)) as is_held, r.hash
      from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(source text, key text, hash text)
      join (${stored(typeOf(first))}) t on t.source = r.source and t.key = r.key and t.content_hash <> r.hash
      join ${j} on ${j.id} = ${jobId}::bigint
    ), noted as (
      insert into ${replacedReadings} (${columns(replacedReadings, 'contentHash')})
      select distinct v from known, unnest(case when is_held then array[hash] when is_own then array[content_hash, previous_hash] end) v
      where v is not null
      on conflict do nothing
    )
    select source, key from known where is_held`)
}

const typeOf = ({ record }: Reading): ReadingType => ('type' in record ? record.type : 'paper')

/** The states of all stored records of a type, visible or hidden. */
const stored = (type: ReadingType): Sql =>
  type === 'paper'
    ? sql`select source, key, content_hash, previous_hash, fetched_at from source_records
        union all select source, key, content_hash, null, fetched_at from hidden_records`
    : sql`select source, key, content_hash, previous_hash, fetched_at from ${raw(`${type}_records`)}
        union all select source, key, content_hash, null, fetched_at from hidden_profile_records where type = ${type}`

async function keep(tx: Transaction, jobId: number, held: readonly Reading[]): Promise<void> {
  if (held.length === 0) return
  const rows = held.map((reading) => {
    const { source, key } = reading.record
    return { jobId, type: typeOf(reading), source, key, record: JSON.stringify(reading.record) }
  })
  const all = ['jobId', ...KEYS, 'record'] as const
  await tx.query(sql`
    insert into ${heldReadings} (${columns(heldReadings, ...all)})
    select ${columns(alias(heldReadings, 'r'), ...all)} from ${recordset(heldReadings, 'r', all, rows)}
    on conflict (${columns(heldReadings, 'jobId', ...KEYS)}) do update set ${overwrites(heldReadings, 'record')}`)
}

/** Deletes held readings of these records, because a later state was read. */
export async function dropHeld(
  tx: Transaction,
  jobId: number,
  type: ReadingType,
  keys: readonly RecordKey[],
): Promise<void> {
  if (keys.length === 0) return
  const rows = keys.map(({ source, key }) => ({ type, source, key }))
  const r = alias(heldReadings, 'r')
  await tx.query(sql`
    delete from ${h} using ${recordset(heldReadings, 'r', KEYS, rows)}
    where ${h.jobId} = ${jobId}::bigint and ${h.type} = ${r.type} and ${h.source} = ${r.source} and ${h.key} = ${r.key}`)
}

/** Removes and returns held readings of one type, up to `most`, to be written now; empty when none are left. */
export async function takeHeld(tx: Transaction, jobId: number, most: number): Promise<Reading[]> {
  const rows = await tx.query<{ record: string }>(sql`
    delete from ${h} where (${columns(h, 'jobId', ...KEYS)}) in (
      select ${columns(heldReadings, 'jobId', ...KEYS)} from ${heldReadings} where ${heldReadings.jobId} = ${jobId}::bigint
        and ${heldReadings.type} = (select min(${heldReadings.type}) from ${heldReadings} where ${heldReadings.jobId} = ${jobId}::bigint)
      limit ${most})
    returning ${h.record}`)
  const readings = rows.map(({ record: text }) => {
    const record = JSON.parse(text)
    return { record, hash: recordHash(record) }
  })
  await noteKnown(tx, jobId, readings, false)
  return readings
}

/** Notes the hashes of readings that were replaced before they were written. */
export async function noteReplaced(tx: Transaction, hashes: readonly string[]): Promise<void> {
  if (hashes.length === 0) return
  await takeLock(tx, LOCKS.write)
  await tx.query(sql`
    insert into ${replacedReadings} (${columns(replacedReadings, 'contentHash')})
    select distinct v from unnest(${hashes}::text[]) v on conflict do nothing`)
}
