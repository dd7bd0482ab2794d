import sql from 'sql-template-tag'
import { LOCKS, takeLock } from '../../../db/locks/locks.ts'
import { transaction } from '../../../db/transaction.ts'

/** Papers counted in one transaction: each is written to all indexes of its table, while other writers wait. */
const BATCH_SIZE = 1000

/**
 * Counts again how often papers are cited, of those where it may have changed. Not done as citations come in, as a
 * paper that is cited by many would be written again for each. A paper is written only where what is shown changes: its
 * citation count is the larger of what the sources count and of the papers here that cite it.
 */
export async function refreshCitationCounts(url: string): Promise<void> {
  for (let counted = BATCH_SIZE; counted === BATCH_SIZE; ) counted = await refreshSome(url)
}

function refreshSome(url: string): Promise<number> {
  return transaction(url, async (tx) => {
    await takeLock(tx, LOCKS.write)
    const [row] = await tx.query<{ count: number }>(sql`
      with noted as (
        delete from citation_recounts where paper_id in (
          select paper_id from citation_recounts order by paper_id limit ${BATCH_SIZE}::int)
        returning paper_id
      ), counted as (
        select p.id, (select count(*) from citations c where c.cited_id = p.id)::int as count
        from noted join papers p on p.id = noted.paper_id
      ), kept as (
        insert into citation_counts (paper_id, count, counted_at) select id, count, now() from counted
        on conflict (paper_id) do update set count = excluded.count, counted_at = excluded.counted_at
      ), written as (
        update papers p set linked_citation_count = n.count from counted n
        where p.id = n.id and p.citation_count <> greatest(p.stated_citation_count, n.count)
      )
      select count(*)::int as count from noted`)
    return row?.count ?? 0
  })
}
