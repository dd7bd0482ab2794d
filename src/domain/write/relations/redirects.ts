import { alias, columns, overwrites, type Stored, sql } from '../../../db/sql.ts'
import { paperRedirects } from '../../../db/tables/papers.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteEvents, noteFields } from '../../changes/note.ts'
import type { Cluster } from '../match/outcome.ts'

const t = alias(paperRedirects, 't')
/** The redirect as it was. */
const o = alias(paperRedirects, 'o')

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
    update ${t} set ${paperRedirects.paperId} = r.paper_id
    from jsonb_to_recordset(${JSON.stringify(merged)}::text::jsonb) as r(id bigint, paper_id bigint)
    where ${t.paperId} = r.id`)
  await tx.query(sql`
    insert into ${paperRedirects} (${columns(paperRedirects, 'id', 'paperId', 'mergedAt', 'cause', 'causeValue')})
    select id, paper_id, now(), cause, value
    from jsonb_to_recordset(${JSON.stringify(merged)}::text::jsonb)
      as r(id bigint, paper_id bigint, cause text, value text)
    on conflict (${paperRedirects.id}) do update set ${overwrites(paperRedirects, 'paperId')}`)
  const turned = await tx.query<{ id: number; before: number; now: number }>(sql`
    update ${t} set ${paperRedirects.paperId} = r.paper_id
    from jsonb_to_recordset(${JSON.stringify(followed)}::text::jsonb) as r(id bigint, paper_id bigint)
    join ${o} on ${o.id} = r.id
    where ${t.id} = r.id and ${t.paperId} <> r.paper_id
    returning ${t.id}, ${o.paperId} as before, ${t.paperId} as now`)
  noteTurned(
    tx,
    turned.filter(({ id }) => !own.includes(id)),
  )
  const dropped = await tx.query<Stored<typeof paperRedirects, 'paper_id'>>(sql`
    delete from ${paperRedirects} where ${paperRedirects.id} = any(${own}::bigint[]) returning ${paperRedirects.paperId}`)
  noteFields(
    tx,
    dropped.map((row) => row.paper_id),
    'mergedFrom',
  )
}

/** An id that was merged away leads to another paper now: the log shows a second merge, with another outcome. */
function noteTurned(tx: Transaction, turned: { id: number; before: number; now: number }[]): void {
  noteEvents(
    tx,
    turned.map(({ id, now }) => ({ kind: 'merged', paperId: id, otherPaperId: now })),
  )
  noteFields(
    tx,
    turned.flatMap(({ before, now }) => [before, now]),
    'mergedFrom',
  )
}
