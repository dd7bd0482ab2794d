import type { Database } from '../../db/client.ts'
import { alias, type Sql, sql } from '../../db/sql.ts'
import { paperRedirects, papers } from '../../db/tables/papers.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import { paperUpvotes, upvoteReadings } from '../../db/tables/votes.ts'
import type { Transaction } from '../../db/transaction.ts'
import { AppError, quote } from '../../errors.ts'
import { NOTHING } from '../../sql/selection.ts'
import { noteFields } from '../changes/note.ts'
import { findPaper } from '../papers/resolution.ts'

const v = alias(paperUpvotes, 'v')
const d = alias(paperRedirects, 'd')
const p = alias(papers, 'p')
const s = alias(sourceRecords, 's')
const h = alias(upvoteReadings, 'h')

/** Ids under which votes for the paper `id` may be stored: its own, and those of papers merged into it. */
const idsOf = (id: Sql) =>
  sql`(select ${id} union all select ${d.id} from ${d} where ${d.paperId} = ${id})`

/** How many people voted for the paper `id`. Somebody who voted for two papers that were merged counts once. */
const countOf = (id: Sql) =>
  sql`(select count(distinct ${v.voter})::int from ${v} where ${v.paperId} in ${idsOf(id)})`

/**
 * Votes for a paper, or takes the vote back. Idempotent. Throws NOT_FOUND for a paper that is not in the catalogue. Returns
 * the id of the paper.
 */
export async function setUpvote(
  db: Database,
  voter: string,
  ref: string,
  isWanted: boolean,
): Promise<number> {
  for (let run = 1; run <= MOST_RUNS; run++) {
    const paper = await findPaper(db, ref, NOTHING)
    if (!paper) break
    const isDone = await db.transaction((tx) => write(tx, voter, paper.id, isWanted))
    if (isDone) return paper.id
    // The paper was merged meanwhile: the reference now resolves to another id.
  }
  throw new AppError('NOT_FOUND', `ref: there is no paper ${quote(ref)} in the catalogue.`)
}

const MOST_RUNS = 3

async function write(
  tx: Transaction,
  voter: string,
  id: number,
  isWanted: boolean,
): Promise<boolean> {
  // Votes for one paper are serialised: a count that begins before another vote is committed would miss it.
  const [row] = await tx.query(
    sql`select from ${papers} where ${papers.id} = ${id}::bigint for no key update`,
  )
  if (!row) return false
  const paperId = sql`${id}::bigint`
  const changed = isWanted
    ? await tx.query(sql`insert into ${paperUpvotes} (${paperUpvotes.voter}, ${paperUpvotes.paperId})
        select ${voter}::text, ${paperId}
        where not exists (select from ${v} where ${v.voter} = ${voter}::text and ${v.paperId} in ${idsOf(paperId)})
        on conflict do nothing returning ${paperUpvotes.paperId}`)
    : await tx.query(sql`delete from ${paperUpvotes} where ${paperUpvotes.voter} = ${voter}::text
        and ${paperUpvotes.paperId} in ${idsOf(paperId)} returning ${paperUpvotes.paperId}`)
  if (changed.length > 0) await recountUpvotes(tx, [id])
  return true
}

/** Recounts the votes of papers, after votes, merges and splits. One statement for all. */
export async function recountUpvotes(tx: Transaction, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const rows = await tx.query<{ id: number }>(sql`
    update ${p} set ${papers.ownUpvoteCount} = n.count
    from (select i.id, ${countOf(sql`i.id`)} as count from unnest(${ids}::bigint[]) as i(id)) n
    where ${p.id} = n.id and ${p.ownUpvoteCount} <> n.count returning ${p.id}`)
  noteFields(
    tx,
    rows.map(({ id }) => id),
    'upvoteCount',
  )
}

/** Whether a voter voted for each of these papers. One statement for all. */
export async function upvotedByVoter(
  db: Database,
  voter: string,
  ids: readonly number[],
): Promise<Map<number, boolean>> {
  const rows = await db.query<{ id: number; isUpvoted: boolean }>(sql`
    select i.id, exists (select from ${v} where ${v.voter} = ${voter}::text and ${v.paperId} in ${idsOf(sql`i.id`)}) as "isUpvoted"
    from unnest(${ids}::bigint[]) as i(id)`)
  return new Map(rows.map(({ id, isUpvoted }) => [id, isUpvoted]))
}

/** The upvotes of a paper in one source on one day, or in this catalogue. */
export interface UpvoteCount {
  source: string
  count: number
  /** The day on which the source was read, in UTC; null for this catalogue. */
  readOn: string | null
}

/** Limit of days shown in a history: a year and a month. */
export const MOST_READINGS = 400

/** Source name of this catalogue's own votes. */
const OWN = 'paperql'

/** The counts of each paper: those of sources by day, the latest first, then this catalogue's own. One statement for all. */
export async function upvoteCountsByPapers(
  db: Database,
  ids: readonly number[],
): Promise<Map<number, UpvoteCount[]>> {
  const rows = await db.query<UpvoteCount & { id: number }>(sql`
    select * from (
      select wanted.id, h.* from unnest(${ids}::bigint[]) as wanted(id), lateral (
        select ${h.source} as source, max(${h.upvotes}) as count, ${h.readOn} as "readOn"
        from ${s} join ${h} on ${h.source} = ${s.source} and ${h.key} = ${s.key}
        where ${s.paperId} = wanted.id and ${s.record} ? 'upvoteCount' group by 1, 3
        order by 3 desc, 1 limit ${MOST_READINGS}) h
      union all
      select ${p.id}, ${OWN}::text, ${p.ownUpvoteCount}, null from ${p} where ${p.id} = any(${ids}::bigint[])) n
    order by "readOn" desc nulls last, source`)
  const counts = new Map<number, UpvoteCount[]>()
  for (const { id, ...count } of rows) counts.set(id, [...(counts.get(id) ?? []), count])
  return counts
}
