import sql from 'sql-template-tag'
import type { Transaction } from '../../../db/transaction.ts'
import type { Cluster } from '../match/match.ts'

/**
 * Keeps links to papers that were merged away: those that led to one lead to what it became, and those that were given
 * for records follow these. No statement where no paper was merged and none fell apart.
 */
export async function redirectPapers(tx: Transaction, clusters: Cluster[]): Promise<void> {
  const merged = clusters.flatMap(({ paperId, losers }) =>
    losers.map((loser) => ({
      id: loser.id,
      paper_id: paperId,
      cause: loser.cause,
      value: loser.value,
    })),
  )
  const followed = clusters.flatMap((cluster) =>
    cluster.followed.map((id) => ({ id, paper_id: cluster.paperId })),
  )
  // An id that was given back is a paper's own again.
  const own = clusters.flatMap(({ isNew, paperId, moved, losers }) =>
    isNew && moved.length + losers.length > 0 ? paperId : [],
  )
  if (merged.length + followed.length + own.length === 0) return
  await tx.query(sql`
    update paper_redirects t set paper_id = r.paper_id
    from jsonb_to_recordset(${JSON.stringify(merged)}::text::jsonb) as r(id bigint, paper_id bigint)
    where t.paper_id = r.id`)
  await tx.query(sql`
    insert into paper_redirects (id, paper_id, merged_at, cause, cause_value)
    select id, paper_id, now(), cause, value
    from jsonb_to_recordset(${JSON.stringify(merged)}::text::jsonb)
      as r(id bigint, paper_id bigint, cause text, value text)
    on conflict (id) do update set paper_id = excluded.paper_id`)
  await tx.query(sql`
    update paper_redirects t set paper_id = r.paper_id
    from jsonb_to_recordset(${JSON.stringify(followed)}::text::jsonb) as r(id bigint, paper_id bigint)
    where t.id = r.id`)
  await tx.query(sql`delete from paper_redirects where id = any(${own}::bigint[])`)
}
