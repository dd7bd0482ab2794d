import type { Database } from '../../db/client.ts'
import { alias, pick, type Sql, sql } from '../../db/sql.ts'
import { authors, authorships } from '../../db/tables/papers.ts'
import type { KeysetOrder, Page, PageRows } from '../../sql/keyset.ts'
import { readJsonLists } from '../../sql/list.ts'
import { type Entity, type JsonList, namedColumns, type Selection } from '../../sql/selection.ts'
import { type Author, authorEntity } from '../entity/author.ts'
import { linksOfNewest } from '../papers/link.ts'

const u = alias(authors, 'u')
const s = alias(authorships, 's')

/** A co-author of an author. */
export interface CoAuthor {
  id: number
  paperCount: number
  firstYear: number | null
  lastYear: number | null
  nameKey: string
  author: Author
}

const entity: Entity = {
  id: sql`n.id`,
  columns: {
    ...namedColumns('n', 'paperCount', 'firstYear', 'lastYear'),
    ...pick(u, 'nameKey'),
  },
  relations: { author: { kind: 'joined', entity: authorEntity } },
}

/** Most shared papers first, then by name. */
export const CO_AUTHOR_ORDER: KeysetOrder<CoAuthor> = {
  name: 'co-authors',
  direction: 'asc',
  keys: [
    { column: sql`-n.paper_count`, type: 'bigint' },
    { column: sql`${u.nameKey}`, type: 'text' },
    { column: sql`n.id`, type: 'bigint' },
  ],
  valuesOf: ({ paperCount, nameKey, id }) => [-paperCount, nameKey, id],
}

/** The same page of the co-authors of each author: one statement for all. */
export function coAuthorsByAuthors(
  db: Database,
  selection: Selection,
  page: Page,
  authorIds: readonly number[],
): Promise<Map<number, PageRows<CoAuthor>>> {
  return readJsonLists<CoAuthor>(db, coAuthorList, selection, page, authorIds)
}

function coAuthorList(authorId: Sql): JsonList {
  const year = (day: Sql) => sql`date_part('year', ${day})::int`
  const day = sql`nullif(x.published_sort, '-infinity'::date)`
  return {
    entity,
    from: sql`(select x.author_id as id, count(*) as paper_count,
        ${year(sql`min(${day})`)} as first_year, ${year(sql`max(${day})`)} as last_year
        from ${sharedBylines(authorId)} group by 1) n join ${u} on ${u.id} = n.id`,
    condition: sql`true`,
    order: CO_AUTHOR_ORDER,
  }
}

/** How many co-authors each author has: one statement for all. */
export async function countCoAuthorsByAuthors(
  db: Database,
  authorIds: readonly number[],
): Promise<Map<number, number>> {
  const rows = await db.query<{ id: number; count: number }>(
    sql`select parent.id, (select count(*) from (select distinct x.author_id
        from ${sharedBylines(sql`parent.id`)}) n) as count
      from unnest(${authorIds}::bigint[]) as parent(id)`,
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** The other names in the bylines of an author's newest papers, as `x`. */
function sharedBylines(authorId: Sql): Sql {
  const others = sql`select ${s.authorId}, ${s.publishedSort} from ${s}
    where ${s.paperId} = w.paper_id and ${s.authorId} <> ${authorId}`
  return linksOfNewest('author', authorId, others)
}
