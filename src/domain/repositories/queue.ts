import sql from 'sql-template-tag'
import type { Transaction } from '../../db/transaction.ts'

/** A repository whose host is to be asked for it. */
export interface QueuedRepository {
  id: number
  owner: string
  name: string
  hostId: number | null
  etag: string | null
}

/**
 * Ids of the host's repositories that were not checked in the last `olderThanMs`: first those that never were, the
 * ones of most papers and of the most cited first, then those whose check is longest ago.
 */
export async function listDueRepositories(
  tx: Transaction,
  host: string,
  olderThanMs: number,
): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(sql`
    select r.id from repositories r
    left join lateral (select max(p.citation_count) as citations
      from paper_repositories l join papers p on p.id = l.paper_id
      where l.repository_id = r.id and r.checked_at is null) c on true
    where r.host = ${host}::text
      and (r.checked_at is null or r.checked_at <= now() - ${olderThanMs}::float8 * interval '1 millisecond')
    order by r.checked_at nulls first, r.paper_count desc, c.citations desc nulls last, r.id`)
  return rows.map(({ id }) => id)
}

/** What the host is asked for the repositories with these ids, in their order; ids without one are missing. */
export async function queuedRepositories(
  tx: Transaction,
  ids: readonly number[],
): Promise<QueuedRepository[]> {
  return tx.query<QueuedRepository>(sql`
    select r.id, r.owner, r.name, r.host_id as "hostId", r.etag
    from unnest(${ids}::bigint[]) with ordinality as q(id, place) join repositories r on r.id = q.id
    order by q.place`)
}
