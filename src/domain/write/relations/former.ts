import { alias, columns, overwrites, raw, recordset, type Sql, sql } from '../../../db/sql.ts'
import { hiddenRecords } from '../../../db/tables/excluded.ts'
import { formerIds } from '../../../db/tables/former.ts'
import { paperRedirects, papers } from '../../../db/tables/papers.ts'
import { sourceRecords } from '../../../db/tables/sources.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { type RecordKey, recordKey } from '../match/candidates.ts'

const f = alias(formerIds, 'f')

/** Tables whose rows are deleted with their last paper, and the column that identifies a row when it comes back. */
const KEYS = { venues: 'slug', topics: 'slug', institutions: 'entity' } as const
type Kind = keyof typeof KEYS

/** Deletes rows of the alias `t` that meet a condition, and stores their ids. Returns the values of one of their columns. */
export async function dropFormer<T>(
  tx: Transaction,
  kind: Kind,
  condition: Sql,
  returned: 'id' | 'parent_id' = 'id',
): Promise<T[]> {
  const rows = await tx.query<{ value: T }>(sql`
    with gone as (
      delete from ${raw(kind)} t where ${condition} returning t.id, t.${raw(KEYS[kind])} as key, t.${raw(returned)} as value
    ), kept as (
      insert into ${formerIds} (${columns(formerIds, 'kind', 'key', 'id')}) select ${kind}::text, key, id from gone
      on conflict (${columns(formerIds, 'kind', 'key')}) do update set ${overwrites(formerIds, 'id')}
    )
    select value from gone`)
  return rows.map(({ value }) => value)
}

/** The id for a row inserted under a key: its former id, or else a new one. */
export const idFor = (kind: Kind, key: Sql): Sql => sql`coalesce(
  (select ${f.id} from ${f} where ${f.kind} = ${kind}::text and ${f.key} = ${key} and not exists (select from ${raw(kind)} x where x.id = ${f.id})),
  nextval((select pg_get_serial_sequence(${kind}::text, 'id'))::regclass))`

/** The keys for which a former id is stored. */
export async function formerKeys(
  tx: Transaction,
  kind: Kind,
  keys: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.query<{ key: string }>(sql`
    select ${f.key} from ${f} where ${f.kind} = ${kind}::text and ${f.key} = any(${keys}::text[])`)
  return new Set(rows.map(({ key }) => key))
}

const s = alias(sourceRecords, 's')
const h = alias(hiddenRecords, 'h')
const p = alias(papers, 'p')
const d = alias(paperRedirects, 'd')

const PAPERS = 'papers'
const given = (keys: readonly RecordKey[]) => recordset(sourceRecords, 'r', ['source', 'key'], keys)
const keyOfRecord = sql`r.source || E'\\n' || r.key`

/** Stores, for records about to be removed, the ids of their papers. */
export async function keepFormerPapers(tx: Transaction, keys: readonly RecordKey[]): Promise<void> {
  await tx.query(sql`
    insert into ${formerIds} (${columns(formerIds, 'kind', 'key', 'id')})
    select ${PAPERS}, ${keyOfRecord}, coalesce(${s.paperId}, ${h.paperId}) from ${given(keys)}
    left join ${s} on ${s.source} = r.source and ${s.key} = r.key
    left join ${h} on ${h.source} = r.source and ${h.key} = r.key
    where coalesce(${s.paperId}, ${h.paperId}) is not null
    on conflict (${columns(formerIds, 'kind', 'key')}) do update set ${overwrites(formerIds, 'id')}`)
}

/** The former paper ids of records that come back, if these are free now; each for one record. */
export async function formerPapers(
  tx: Transaction,
  keys: readonly RecordKey[],
): Promise<Map<string, number>> {
  const rows = await tx.query<RecordKey & { id: number }>(sql`
    select distinct on (${f.id}) r.source, r.key, ${f.id} from ${given(keys)}
    join ${f} on ${f.kind} = ${PAPERS} and ${f.key} = ${keyOfRecord}
    where (select exists (select from ${f} where ${f.kind} = ${PAPERS}))
      and not exists (select from ${s} where ${s.source} = r.source and ${s.key} = r.key)
      and not exists (select from ${p} where ${p.id} = ${f.id})
      and not exists (select from ${d} where ${d.id} = ${f.id})
    order by ${f.id}, r.source, r.key`)
  return new Map(rows.map((row) => [recordKey(row), row.id]))
}
