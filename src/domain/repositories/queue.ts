import { alias, fields, type Stored, sql } from '../../db/sql.ts'
import { papers } from '../../db/tables/papers.ts'
import { paperRepositories, repositories } from '../../db/tables/repositories.ts'
import type { Transaction } from '../../db/transaction.ts'

const r = alias(repositories, 'r')
const p = alias(papers, 'p')
const l = alias(paperRepositories, 'l')
const q = alias(papers, 'q')

/** A repository to ask its host about. */
export type QueuedRepository = Stored<typeof repositories, 'id'> & {
  owner: string
  name: string
  hostId: number | null
  etag: string | null
}

/**
 * Ids of the host's repositories that were not checked in the last `olderThanMs`: first unchecked ones, by number of papers and their citations,
 * then those checked longest ago.
 */
export async function listDueRepositories(
  tx: Transaction,
  host: string,
  olderThanMs: number,
): Promise<number[]> {
  const rows = await tx.query<Stored<typeof repositories, 'id'>>(sql`
    select ${r.id} from ${r}
    left join lateral (select max(${p.citationCount}) as citations
      from ${l} join ${p} on ${p.id} = ${l.paperId}
      where ${l.repositoryId} = ${r.id} and ${r.checkedAt} is null) c on true
    where ${r.host} = ${host}::text
      and (${r.checkedAt} is null or ${r.checkedAt} <= now() - ${olderThanMs}::float8 * interval '1 millisecond')
    order by ${r.checkedAt} nulls first, ${r.paperCount} desc, c.citations desc nulls last, ${r.id}`)
  return rows.map(({ id }) => id)
}

/** The repositories with these ids, in their order, as needed to ask the host; unknown ids are missing. */
export async function queuedRepositories(
  tx: Transaction,
  ids: readonly number[],
): Promise<QueuedRepository[]> {
  return tx.query<QueuedRepository>(sql`
    select ${fields(r, 'id', 'owner', 'name', 'hostId', 'etag')}
    from unnest(${ids}::bigint[]) with ordinality as q(id, place) join ${r} on ${r.id} = ${q.id}
    order by q.place`)
}
