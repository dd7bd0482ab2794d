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

/** Papers counted in one transaction, while other writers wait; each update writes to all indexes of the table. */
const BATCH_SIZE = 1000

/**
 * Recomputes the citation counts of papers for which they may have changed. Not done as citations arrive, because an often cited paper would
 * be rewritten for each. A paper is written only if its shown count changes: the larger of the sources' count and of the number of citing
 * papers in the catalogue.
 */
export async function refreshCitationCounts(url: string, onStep?: OnStep): Promise<void> {
  beginStep(onStep, 'Counting citations')
  await refreshAll(url, { isBack: false })
}

/** Recomputes all counts after hidden citations were restored, which do not count as milestones. */
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
  /** How many papers were noted, including deleted ones. */
  noted: number
  /** A counted paper; null if none was. */
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
