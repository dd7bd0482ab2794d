import type { Database } from '../../db/client.ts'
import { alias, sql } from '../../db/sql.ts'
import { paperRedirects, papers } from '../../db/tables/papers.ts'
import { and } from '../../sql/list.ts'
import { paperConditions, resolveNames } from '../papers/filter.ts'
import { NEWEST } from '../papers/list.ts'
import { planSearch } from '../search/search.ts'
import type { SavedPapers } from './document.ts'

const p = alias(papers, 'p')
const d = alias(paperRedirects, 'd')

/** Which of these papers a saved query finds now. A paper that was merged is what it was merged into; one that is gone is not found. */
export async function papersThatMatch(
  db: Database,
  { query, filter }: SavedPapers,
  ids: readonly number[],
): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const named = await resolveNames(db, filter)
  const conditions = paperConditions(named)
  if (query !== null) {
    // In an order, a search has exactly the papers that meet the query, and no ranking.
    const { plan } = await planSearch(db, { query, mode: 'strict', filter: named, order: NEWEST })
    if (plan.text !== null) conditions.push(sql`${p.search} @@ ${plan.text}::tsquery`)
    conditions.push(...plan.conditions)
  }
  const rows = await db.query<{ id: number }>(
    sql`
      select o.id from unnest(${[...new Set(ids)]}::bigint[]) o(id)
        join ${p} on ${p.id} = coalesce((select ${d.paperId} from ${d} where ${d.id} = o.id), o.id)
      where ${and(conditions)}`,
    { isSelective: true },
  )
  return new Set(rows.map(({ id }) => id))
}
