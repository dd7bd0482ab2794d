import { orm } from '../../../db/orm.ts'
import { alias, columns, fields, overwrites, recordset, sql } from '../../../db/sql.ts'
import { catalogueRules, hiddenRecords } from '../../../db/tables/excluded.ts'
import { paperRedirects, papers } from '../../../db/tables/papers.ts'
import { sourceRecords } from '../../../db/tables/sources.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { isAmong } from '../../record/merge/licence.ts'
import type { PaperRecord } from '../../record/paper-record.ts'
import type { RecordKey } from '../match/candidates.ts'
import type { Incoming } from '../match/entries.ts'

const t = alias(hiddenRecords, 't')
const s = alias(sourceRecords, 's')
const p = alias(papers, 'p')
const h = alias(hiddenRecords, 'h')
const d = alias(paperRedirects, 'd')

/** Licences whose records are excluded, in lower case. Unchanged while the reader holds the writers' lock. */
export async function readExcluded(tx: Transaction): Promise<string[]> {
  const [row] = await orm(tx)
    .select({ licences: catalogueRules.excludedLicences })
    .from(catalogueRules)
  return row?.licences ?? []
}

/** Incoming records, separated by excluded licences. */
export interface SetAside {
  shown: Incoming[]
  /** Records visible until now, in their stored form, to be removed from their papers. */
  removed: PaperRecord[]
  /** How many records under excluded licences are new or changed. */
  hidden: number
  unchanged: number
}

/** Hides the records under excluded licences and returns the others. */
export async function setAside(tx: Transaction, incoming: Incoming[]): Promise<SetAside> {
  const excluded = await readExcluded(tx)
  if (excluded.length === 0) return { shown: incoming, removed: [], hidden: 0, unchanged: 0 }
  const isHidden = ({ record }: Incoming) => isAmong(record.licence, excluded)
  const shown = incoming.filter((given) => !isHidden(given))
  const hidden = incoming.filter(isHidden)
  await forgetHidden(
    tx,
    shown.map(({ record }) => record),
  )
  const { changed, removed } = await keepHidden(tx, hidden)
  return { shown, removed, hidden: changed, unchanged: hidden.length - changed }
}

async function keepHidden(tx: Transaction, hidden: Incoming[]) {
  const excluded = alias(sourceRecords, 'excluded')
  if (hidden.length === 0) return { changed: 0, removed: [] }
  const rows = hidden.map(({ record, hash }) => ({
    ...{ source: record.source, key: record.key, licence: record.licence, contentHash: hash },
    record: record as object,
  }))
  const [kept] = await tx.query<{ changed: number; removed: PaperRecord[] | null }>(sql`
    with r as materialized (
      select r.*, ${s.paperId}, ${s.mintedId}, ${p.createdAt}, ${s.record} as shown
      from ${recordset(hiddenRecords, 'r', ['source', 'key', 'contentHash', 'licence', 'record'], rows)}
      left join ${s} on ${s.source} = r.source and ${s.key} = r.key
      left join ${p} on ${p.id} = ${s.paperId}
    ), kept as (
      insert into ${hiddenRecords} as t
        (${columns(hiddenRecords, 'source', 'key', 'paperId', 'mintedId', 'paperCreatedAt', 'contentHash', 'licence', 'record')})
      select source, key, paper_id, minted_id, created_at, content_hash, licence, record from r
      on conflict (${hiddenRecords.source}, ${hiddenRecords.key}) do update set ${overwrites(hiddenRecords, 'contentHash', 'licence', 'record')}, ${hiddenRecords.fetchedAt} = now()
      where ${t.contentHash} <> ${excluded.contentHash}
      returning 1
    )
    select (select count(*) from kept)::int as changed,
      (select json_agg(r.shown) from r where r.shown is not null) as removed`)
  return { changed: kept?.changed ?? 0, removed: kept?.removed ?? [] }
}

/** Deletes hidden records, for example those read again under another licence. */
export async function forgetHidden(tx: Transaction, keys: RecordKey[]): Promise<void> {
  await tx.query(sql`
    delete from ${t} using ${keyRows(keys)} where ${t.source} = r.source and ${t.key} = r.key`)
}

/** Copies visible records to the hidden ones, and returns them in their stored form. */
export async function hideRecords(tx: Transaction, keys: RecordKey[]): Promise<PaperRecord[]> {
  const rows = await tx.query<{ record: PaperRecord }>(sql`
    insert into ${hiddenRecords}
      (${columns(hiddenRecords, 'source', 'key', 'paperId', 'mintedId', 'paperCreatedAt', 'contentHash', 'licence', 'fetchedAt', 'record')})
    select ${columns(s, 'source', 'key', 'paperId', 'mintedId')}, ${p.createdAt}, ${columns(s, 'contentHash', 'licence', 'fetchedAt', 'record')}
    from ${keyRows(keys)} join ${s} on ${s.source} = r.source and ${s.key} = r.key
    left join ${p} on ${p.id} = ${s.paperId}
    on conflict (${hiddenRecords.source}, ${hiddenRecords.key}) do update set ${overwrites(sourceRecords, 'paperId', 'mintedId')},
      ${overwrites(hiddenRecords, 'paperCreatedAt')}, ${overwrites(sourceRecords, 'contentHash')},
      ${overwrites(papers, 'licence')}, ${overwrites(sourceRecords, 'fetchedAt', 'record')}
    returning ${sourceRecords.record}`)
  return rows.map(({ record }) => record)
}

/** A hidden record, the paper that it returns to, and the id first assigned for it; null for none. */
export interface Hidden {
  record: PaperRecord
  paperId: number | null
  mintedId: number | null
}

/** The hidden records with these keys. A paper that was merged into another meanwhile is replaced by that one. */
export async function readHidden(tx: Transaction, keys: RecordKey[]): Promise<Hidden[]> {
  return tx.query<Hidden>(sql`
    select ${h.record}, coalesce(${d.paperId}, ${h.paperId}) as "paperId", ${fields(h, 'mintedId')}
    from ${keyRows(keys)} join ${h} on ${h.source} = r.source and ${h.key} = r.key
    left join ${d} on ${d.id} = ${h.paperId}`)
}

/** Restores times and hashes of records that are visible again, and of their papers. */
export async function dropHidden(tx: Transaction, keys: RecordKey[]): Promise<void> {
  await tx.query(sql`
    with back as (
      delete from ${t} using ${keyRows(keys)} where ${t.source} = r.source and ${t.key} = r.key
      returning t.*
    ), dated as (
      update ${p} set ${papers.createdAt} = b.paper_created_at
      from (select distinct paper_id, paper_created_at from back) b
      where ${p.id} = b.paper_id and ${p.createdAt} = now()
    )
    update ${s} set ${sourceRecords.contentHash} = b.content_hash, ${sourceRecords.fetchedAt} = b.fetched_at,
      ${sourceRecords.mintedId} = coalesce(${s.mintedId}, b.minted_id)
    from back b where ${s.source} = b.source and ${s.key} = b.key`)
}

const keyRows = (keys: RecordKey[]) => recordset(hiddenRecords, 'r', ['source', 'key'], keys)
