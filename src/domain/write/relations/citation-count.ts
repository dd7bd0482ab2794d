import { LOCKS, takeLock } from '../../../db/locks/locks.ts'
import { alias, columns, overwrites, sql } from '../../../db/sql.ts'
import { citationCounts, citationRecounts, citations } from '../../../db/tables/citations.ts'
import { papers } from '../../../db/tables/papers.ts'
import { type Transaction, transaction } from '../../../db/transaction.ts'
import { milestoneBetween } from '../../changes/milestone.ts'
import { noteEvents, noteFields } from '../../changes/note.ts'

const p = alias(papers, 'p')
/** The paper as it was. */
const o = alias(papers, 'o')
const c = alias(citations, 'c')

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
    const rows = await tx.query<CountedRow>(sql`
      with noted as (
        delete from ${citationRecounts} where ${citationRecounts.paperId} in (
          select ${citationRecounts.paperId} from ${citationRecounts} order by ${citationRecounts.paperId} limit ${BATCH_SIZE}::int)
        returning ${citationRecounts.paperId}
      ), counted as (
        select ${p.id}, (select count(*) from ${c} where ${c.citedId} = ${p.id})::int as count
        from noted join ${p} on ${p.id} = noted.paper_id
      ), kept as (
        insert into ${citationCounts} (${columns(citationCounts, 'paperId', 'count', 'countedAt')}) select id, count, now() from counted
        on conflict (${citationCounts.paperId}) do update set ${overwrites(citationCounts, 'count', 'countedAt')}
      ), written as (
        update ${p} set ${papers.linkedCitationCount} = n.count from counted n join ${o} on ${o.id} = n.id
        where ${p.id} = n.id and ${p.citationCount} <> greatest(${p.statedCitationCount}, n.count)
        returning ${p.id}, ${o.citationCount} as before, ${p.citationCount} as now
      )
      select n.count, w.* from (select count(*)::int as count from noted) n left join written w on true`)
    noteCounts(tx, rows)
    return rows[0]?.count ?? 0
  })
}

interface CountedRow {
  /** Papers that were counted. */
  count: number
  /** Of each whose count changed, or once null. */
  id: number | null
  before: number
  now: number
}

function noteCounts(tx: Transaction, rows: CountedRow[]): void {
  for (const { id: paperId, before, now } of rows) {
    if (paperId === null) continue
    noteFields(tx, [paperId], 'citationCount')
    const citationCount = milestoneBetween(before, now)
    if (citationCount !== null)
      noteEvents(tx, [{ kind: 'citation_milestone', paperId, citationCount }])
  }
}
