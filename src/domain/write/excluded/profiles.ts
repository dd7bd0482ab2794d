import {
  alias,
  columns,
  overwrites,
  raw,
  recordset,
  type Sql,
  type Stored,
  sql,
} from '../../../db/sql.ts'
import { hiddenProfileRecords } from '../../../db/tables/excluded.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { isAmong } from '../../record/merge/licence.ts'
import type { ProfileRecord } from '../../record/profile-record.ts'
import { recordHash } from '../match/entries.ts'
import { readExcluded } from './records.ts'

const t = alias(hiddenProfileRecords, 't')
const newHiddenProfileRecords = alias(hiddenProfileRecords, 'excluded')

/** Tables of records about people, topics and institutions. */
const PROFILE_TABLES = {
  author: 'author_records',
  topic: 'topic_records',
  institution: 'institution_records',
} as const
export type ProfileType = keyof typeof PROFILE_TABLES

/** Incoming profiles, separated by excluded licences; see `SetAside`. */
interface ProfilesSetAside {
  shown: readonly ProfileRecord[]
  removed: ProfileRecord[]
  hidden: number
  unchanged: number
}

/** Like `setAside`, for people, topics and institutions. Visible records under an excluded licence are moved out of their table. */
export async function setProfilesAside(
  tx: Transaction,
  records: readonly ProfileRecord[],
): Promise<ProfilesSetAside> {
  const excluded = await readExcluded(tx)
  if (excluded.length === 0) return { shown: records, removed: [], hidden: 0, unchanged: 0 }
  const isHidden = ({ licence }: ProfileRecord) => isAmong(licence, excluded)
  const [shown, hidden] = [records.filter((r) => !isHidden(r)), records.filter(isHidden)]
  await tx.query(sql`
    delete from ${t} using ${rowsOf(shown)}
    where ${t.type} = r.type and ${t.source} = r.source and ${t.key} = r.key`)
  const rows = hidden.map((record) => ({ ...record, content_hash: recordHash(record), record }))
  const kept = await tx.query(sql`
    insert into ${hiddenProfileRecords} as t (${columns(hiddenProfileRecords, 'type', 'source', 'key', 'contentHash', 'licence', 'record')})
    select type, source, key, content_hash, licence, record
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as r(type text, source text, key text, content_hash text, licence text, record jsonb)
    on conflict (${columns(hiddenProfileRecords, 'type', 'source', 'key')}) do update set ${overwrites(hiddenProfileRecords, 'contentHash', 'licence', 'record')}, ${hiddenProfileRecords.fetchedAt} = now()
    where ${t.contentHash} <> ${newHiddenProfileRecords.contentHash}
    returning ${hiddenProfileRecords.key}`)
  const removed: ProfileRecord[] = []
  for (const [type, table] of Object.entries(PROFILE_TABLES)) {
    const gone = await tx.query<{ record: ProfileRecord }>(sql`
      delete from ${raw(table)} t using ${rowsOf(hidden)}
      where r.type = ${type} and t.source = r.source and t.key = r.key returning t.record`)
    removed.push(...gone.map(({ record }) => record))
  }
  return { shown, removed, hidden: kept.length, unchanged: hidden.length - kept.length }
}

function rowsOf(records: readonly ProfileRecord[]): Sql {
  return recordset(hiddenProfileRecords, 'r', ['type', 'source', 'key'], records)
}

/** Hides some records of a table that meet a condition, and returns them. */
export async function hideProfiles(
  tx: Transaction,
  type: ProfileType,
  condition: Sql,
  limit: number,
): Promise<ProfileRecord[]> {
  const table = raw(PROFILE_TABLES[type])
  const rows = await tx.query<{ record: ProfileRecord }>(sql`
    with gone as (
      delete from ${table} t
      using (select source, key from ${table} where ${condition} limit ${limit}::int) r
      where t.source = r.source and t.key = r.key
      returning t.source, t.key, t.content_hash, t.licence, t.fetched_at, t.record
    )
    insert into ${hiddenProfileRecords} (${columns(hiddenProfileRecords, 'type', 'source', 'key', 'contentHash', 'licence', 'fetchedAt', 'record')})
    select ${type}::text, source, key, content_hash, licence, fetched_at, record from gone
    on conflict (${columns(hiddenProfileRecords, 'type', 'source', 'key')}) do update set ${overwrites(hiddenProfileRecords, 'contentHash', 'licence', 'fetchedAt', 'record')}
    returning ${hiddenProfileRecords.record}`)
  return rows.map(({ record }) => record)
}

/** A hidden record of a person, topic or institution, with the columns that a newly read record lacks. */
export type HiddenProfile = Stored<
  typeof hiddenProfileRecords,
  'source' | 'key' | 'content_hash' | 'fetched_at'
> & {
  record: ProfileRecord
}

/** Deletes some hidden records that meet a condition, and returns them for the caller to write back. */
export function takeHiddenProfiles(
  tx: Transaction,
  type: ProfileType,
  condition: Sql,
  limit: number,
): Promise<HiddenProfile[]> {
  return tx.query<HiddenProfile>(sql`
    delete from ${t}
    using (select ${hiddenProfileRecords.source}, ${hiddenProfileRecords.key} from ${hiddenProfileRecords}
      where ${hiddenProfileRecords.type} = ${type} and ${condition} limit ${limit}::int) r
    where ${t.type} = ${type} and ${t.source} = r.source and ${t.key} = r.key
    returning ${columns(t, 'source', 'key', 'record', 'contentHash', 'fetchedAt')}`)
}

/** Restores times and hashes of records that are back in their table. */
export async function dateProfiles(
  tx: Transaction,
  type: ProfileType,
  back: readonly HiddenProfile[],
): Promise<void> {
  const rows = back.map(({ record: _, ...row }) => row)
  await tx.query(sql`
    update ${raw(PROFILE_TABLES[type])} t set content_hash = r.content_hash, fetched_at = r.fetched_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as r(source text, key text, content_hash text, fetched_at timestamptz)
    where t.source = r.source and t.key = r.key`)
}
