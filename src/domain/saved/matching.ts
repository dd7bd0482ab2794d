import type { Database } from '../../db/client.ts'
import { alias, sql } from '../../db/sql.ts'
import { paperRedirects, papers } from '../../db/tables/papers.ts'
import type { SavedDocument } from './document.ts'
import { isFoundBy } from './papers.ts'

const p = alias(papers, 'p')
const d = alias(paperRedirects, 'd')

/** Which of these papers a saved query finds now. A paper that was merged is what it was merged into; one that is gone is not found. */
export async function papersThatMatch(
  db: Database,
  document: SavedDocument,
  ids: readonly number[],
): Promise<Set<number>> {
  if (ids.length === 0) return new Set()
  const found = await isFoundBy(db, document)
  const rows = await db.query<{ id: number }>(
    sql`
      select o.id from unnest(${[...new Set(ids)]}::bigint[]) o(id)
        join ${p} on ${p.id} = coalesce((select ${d.paperId} from ${d} where ${d.id} = o.id), o.id)
      where ${found}`,
    { isSelective: true },
  )
  return new Set(rows.map(({ id }) => id))
}
