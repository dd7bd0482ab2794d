import {
  alias,
  assigns,
  columns,
  overwrites,
  recordset,
  type Stored,
  sql,
} from '../../../db/sql.ts'
import { paperRedirects } from '../../../db/tables/papers.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteEvents, noteFields } from '../../changes/note.ts'
import type { Cluster } from '../match/outcome.ts'

const t = alias(paperRedirects, 't')
/** The new redirect. */
const r = alias(paperRedirects, 'r')
/** The stored redirect. */
const o = alias(paperRedirects, 'o')

/**
 * Updates redirects after merges and splits: redirects to a merged paper lead to its successor, and ids that were assigned for records follow
 * these. No statement if no paper was merged or split.
 */
export async function redirectPapers(tx: Transaction, clusters: Cluster[]): Promise<void> {
  const merged = clusters.flatMap(({ paperId, losers }) =>
    losers.map(({ id, cause, value }) => ({ id, paperId, cause, causeValue: value })),
  )
  const followed = clusters.flatMap((cluster) =>
    cluster.followed.map((id) => ({ id, paperId: cluster.paperId })),
  )
  // Ids that belong to a paper again must not redirect.
  const own = clusters.flatMap(({ isNew, paperId, moved, losers }) =>
    isNew && moved.length + losers.length > 0 ? paperId : [],
  )
  if (merged.length + followed.length + own.length === 0) return
  await writeMerged(tx, merged)
  const turned = await turn(tx, followed)
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

interface Redirect {
  id: number
  paperId: number
}

/** Redirects the id of a merged paper, and all ids that redirected to it, to its successor. */
async function writeMerged(
  tx: Transaction,
  merged: (Redirect & Pick<Cluster['losers'][number], 'cause'> & { causeValue: string | null })[],
): Promise<void> {
  await tx.query(sql`
    update ${t} set ${assigns(paperRedirects, r, 'paperId')}
    from ${recordset(paperRedirects, 'r', ['id', 'paperId'], merged)} where ${t.paperId} = ${r.id}`)
  await tx.query(sql`
    insert into ${paperRedirects} (${columns(paperRedirects, 'id', 'paperId', 'mergedAt', 'cause', 'causeValue')})
    select ${r.id}, ${r.paperId}, now(), ${r.cause}, ${r.causeValue}
    from ${recordset(paperRedirects, 'r', ['id', 'paperId', 'cause', 'causeValue'], merged)}
    on conflict (${paperRedirects.id}) do update set ${overwrites(paperRedirects, 'paperId')}`)
}

/** An id with its former and its new target. */
interface Turned {
  id: number
  before: number
  now: number
}

const turn = (tx: Transaction, followed: Redirect[]) =>
  tx.query<Turned>(sql`
    update ${t} set ${assigns(paperRedirects, r, 'paperId')}
    from ${recordset(paperRedirects, 'r', ['id', 'paperId'], followed)} join ${o} on ${o.id} = ${r.id}
    where ${t.id} = ${r.id} and ${t.paperId} <> ${r.paperId}
    returning ${t.id}, ${o.paperId} as before, ${t.paperId} as now`)

/** Logs ids of merged papers whose target changed: a second merge, with another result. */
function noteTurned(tx: Transaction, turned: Turned[]): void {
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
