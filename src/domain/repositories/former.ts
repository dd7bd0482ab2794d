import { getTableColumns } from 'drizzle-orm'
import { alias, columns, overwrites, raw, type Sql, sql } from '../../db/sql.ts'
import { formerIds } from '../../db/tables/former.ts'
import {
  repositories,
  repositoryNames,
  repositoryRedirects,
  repositoryStars,
} from '../../db/tables/repositories.ts'
import type { Transaction } from '../../db/transaction.ts'

const KIND = 'repositories'

const f = alias(formerIds, 'f')
const t = alias(repositories, 't')
const n = alias(repositoryNames, 'n')
const d = alias(repositoryRedirects, 'd')
const s = alias(repositoryStars, 's')

/** The columns to store; the others are generated. */
const KEPT = Object.entries(getTableColumns(repositories)).flatMap(([key, { generated }]) =>
  generated ? [] : (key as keyof typeof repositories.$inferSelect),
)

/**
 * Deletes repositories (rows of the alias `t` that meet a condition), and stores their ids and facts under all their names, in case they come
 * back.
 */
export async function dropRepositories(tx: Transaction, condition: Sql): Promise<void> {
  await tx.query(sql`
    with gone as (
      delete from ${t} where ${condition} returning ${t.id}, ${columns(t, 'host', 'owner', 'name')}, to_jsonb(t) as kept
    ), named as (
      select g.id, g.host || '/' || g.owner || '/' || g.name as key, true as is_own from gone g
      union all
      select g.id, ${n.host} || '/' || ${n.owner} || '/' || ${n.name}, false from gone g join ${n} on ${n.repositoryId} = g.id
    )
    insert into ${formerIds} (${columns(formerIds, 'kind', 'key', 'id', 'kept')})
    select distinct on (a.key) ${KIND}::text, a.key, a.id, g.kept || jsonb_build_object(
      'names', (select jsonb_agg(to_jsonb(n)) from ${n} where ${n.repositoryId} = g.id),
      'redirects', (select jsonb_agg(${d.id}) from ${d} where ${d.repositoryId} = g.id),
      'history', (select jsonb_agg(to_jsonb(s)) from ${s} where ${s.repositoryId} = g.id))
    from named a join gone g on g.id = a.id order by a.key, a.is_own desc, a.id
    on conflict (${columns(formerIds, 'kind', 'key')}) do update set ${overwrites(formerIds, 'id', 'kept')}`)
}

/**
 * Restores deleted repositories with these names, given as `host/owner/name`. If another repository has the name now, the ids redirect to it.
 */
export async function reviveRepositories(tx: Transaction, keys: readonly string[]): Promise<void> {
  const found = await tx.query<{ id: number; kept: object }>(sql`
    with found as (select distinct ${f.id} from ${f} where ${f.kind} = ${KIND}::text and ${f.key} = any(${keys}::text[]))
    delete from ${f} using found where ${f.kind} = ${KIND}::text and ${f.id} = found.id returning ${f.id}, ${f.kept}`)
  const rows = [...new Map(found.map(({ id, kept }) => [id, kept])).values()]
  if (rows.length === 0) return
  const kept = sql`jsonb_array_elements(${JSON.stringify(rows)}::text::jsonb) as k(k)`
  const own = sql`${kept} cross join lateral jsonb_populate_record(null::${raw(KIND)}, k) o`
  await tx.query(sql`
    insert into ${repositories} (${columns(repositories, ...KEPT)}) overriding system value
    select ${columns(alias(repositories, 'o'), ...KEPT)} from ${own} on conflict do nothing`)
  // The row with the name now.
  const now = sql`${own} join ${t} on ${t.host} = o.host and ${t.owner} = o.owner and ${t.name} = o.name`
  await tx.query(sql`
    insert into ${repositoryNames} (${columns(repositoryNames, 'host', 'owner', 'name', 'repositoryId')})
    select x.host, x.owner, x.name, ${t.id}
    from ${now} cross join jsonb_to_recordset(nullif(k->'names', 'null')) as x(host text, owner text, name text)
    on conflict do nothing`)
  await tx.query(sql`
    insert into ${repositoryRedirects} (${columns(repositoryRedirects, 'id', 'repositoryId')})
    select x.id::bigint, ${t.id} from ${now} cross join jsonb_array_elements_text(nullif(k->'redirects', 'null')) as x(id)
    union all
    select o.id, ${t.id} from ${now} where ${t.id} <> o.id
    on conflict do nothing`)
  await tx.query(sql`
    insert into ${repositoryStars} (${columns(repositoryStars, 'repositoryId', 'observedOn', 'stars', 'source')})
    select ${t.id}, x.observed_on, x.stars, x.source
    from ${now} cross join jsonb_to_recordset(nullif(k->'history', 'null')) as x(observed_on date, stars int, source text)
    on conflict do nothing`)
}
