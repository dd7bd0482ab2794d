import { LOCKS, takeLock } from '../../../db/locks/locks.ts'
import { alias, columns, overwrites, sql } from '../../../db/sql.ts'
import { citationCounts, citationRecounts, citations } from '../../../db/tables/citations.ts'
import { papers } from '../../../db/tables/papers.ts'
import { type Transaction, transaction } from '../../../db/transaction.ts'
import { beginStep, type OnStep } from '../../../sql/progress.ts'
import { milestoneBetween } from '../../changes/milestone.ts'
import { noteEvents, noteFields } from '../../changes/note.ts'

const p = alias(papers, 'p')
const k = alias(citationCounts, 'k')
const c = alias(citations, 'c')

/** Papers counted in one transaction: each is written to all indexes of its table, while other writers wait. */
const BATCH_SIZE = 1000

/**
 * Counts again how often papers are cited, of those where it may have changed. Not done as citations come in, as a
 * paper that is cited by many would be written again for each. A paper is written only where what is shown changes: its
 * citation count is the larger of what the sources count and of the papers here that cite it.
 */
export async function refreshCitationCounts(url: string, onStep?: OnStep): Promise<void> {
  beginStep(onStep, 'Counting citations')
  await refreshAll(url, { isBack: false })
}

/** The same after citations came back that were left out: no paper reaches a milestone by these. */
export const recountCitations = (url: string): Promise<void> => refreshAll(url, { isBack: true })

async function refreshAll(url: string, given: { isBack: boolean }): Promise<void> {
  for (let counted = BATCH_SIZE; counted === BATCH_SIZE; ) counted = await refreshSome(url, given)
}

function refreshSome(url: string, { isBack }: { isBack: boolean }): Promise<number> {
  return transaction(url, async (tx) => {
    await takeLock(tx, LOCKS.write)
    const rows = await tx.query<CountedRow>(sql`
      with noted as (
        delete from ${citationRecounts} where ${citationRecounts.paperId} in (
          select ${citationRecounts.paperId} from ${citationRecounts} order by ${citationRecounts.paperId} limit ${BATCH_SIZE}::int)
        returning ${citationRecounts.paperId}
      ), counted as (
        select ${p.id}, (select count(*) from ${c} where ${c.citedId} = ${p.id})::int as count,
          coalesce((select ${k.count} from ${k} where ${k.paperId} = ${p.id}), 0) as count_before,
          ${p.statedCitationCount} as stated, ${p.citationCount} as shown_before
        from noted join ${p} on ${p.id} = noted.paper_id
      ), kept as (
        insert into ${citationCounts} (${columns(citationCounts, 'paperId', 'count', 'countedAt')}) select id, count, now() from counted
        on conflict (${citationCounts.paperId}) do update set ${overwrites(citationCounts, 'count', 'countedAt')}
      ), written as (
        update ${p} set ${papers.linkedCitationCount} = n.count from counted n
        where ${p.id} = n.id and n.shown_before <> greatest(n.stated, n.count)
      )
      select n.noted, c.id, c.count <> c.count_before as has_other_count, c.shown_before, greatest(c.stated, c.count) as shown_now
      from (select count(*)::int as noted from noted) n left join counted c on true`)
    noteCounts(tx, rows, isBack)
    return rows[0]?.noted ?? 0
  })
}

interface CountedRow {
  /** How many papers were noted, those that are not there any more too. */
  noted: number
  /** One that was counted; null where none was. */
  id: number | null
  has_other_count: boolean
  shown_before: number
  shown_now: number
}

function noteCounts(tx: Transaction, rows: CountedRow[], isBack: boolean): void {
  for (const { id: paperId, has_other_count, shown_before, shown_now } of rows) {
    if (paperId === null) continue
    if (has_other_count) noteFields(tx, [paperId], 'citationCounts')
    if (shown_before !== shown_now) noteFields(tx, [paperId], 'citationCount')
    const citationCount = isBack ? null : milestoneBetween(shown_before, shown_now)
    if (citationCount !== null)
      noteEvents(tx, [{ kind: 'citation_milestone', paperId, citationCount }])
  }
}
