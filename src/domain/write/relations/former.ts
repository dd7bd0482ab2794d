import { alias, columns, overwrites, raw, type Sql, sql } from '../../../db/sql.ts'
import { formerIds } from '../../../db/tables/former.ts'
import type { Transaction } from '../../../db/transaction.ts'

const f = alias(formerIds, 'f')

/** What is dropped with its last paper, and what makes one the same when it comes back. */
const KEYS = { venues: 'slug', topics: 'slug', institutions: 'entity' } as const
type Kind = keyof typeof KEYS

/** Drops rows of the alias `t` that meet a condition, and keeps their ids. Returns the values of a column of these. */
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

/** The id for a row that is inserted under a key: that which it had before, or else a new one. */
export const idFor = (kind: Kind, key: Sql): Sql => sql`coalesce(
  (select ${f.id} from ${f} where ${f.kind} = ${kind}::text and ${f.key} = ${key} and not exists (select from ${raw(kind)} x where x.id = ${f.id})),
  nextval((select pg_get_serial_sequence(${kind}::text, 'id'))::regclass))`

/** Which of these keys have an id that came back. */
export async function formerKeys(
  tx: Transaction,
  kind: Kind,
  keys: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.query<{ key: string }>(sql`
    select ${f.key} from ${f} where ${f.kind} = ${kind}::text and ${f.key} = any(${keys}::text[])`)
  return new Set(rows.map(({ key }) => key))
}
