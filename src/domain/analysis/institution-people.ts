import type { Database } from '../../db/client.ts'
import { alias, pick, raw, type Sql, sql } from '../../db/sql.ts'
import { institutions, paperInstitutions } from '../../db/tables/institutions.ts'
import { authors, authorships } from '../../db/tables/papers.ts'
import type { KeysetOrder, Page, PageRows } from '../../sql/keyset.ts'
import { readJsonLists } from '../../sql/list.ts'
import { type Entity, type JsonList, namedColumns, type Selection } from '../../sql/selection.ts'
import { type Author, authorEntity } from '../entity/author.ts'
import { type Institution, institutionEntity } from '../institutions/institution.ts'
import { MOST_PAPERS } from '../papers/link.ts'

const u = alias(authors, 'u')
const s = alias(authorships, 's')
const i = alias(institutions, 'i')
const pi = alias(paperInstitutions, 'pi')

interface Counted {
  id: number
  paperCount: number
  firstYear: number | null
  lastYear: number | null
  nameKey: string
}

/** An author who worked at an institution. */
export interface InstitutionAuthor extends Counted {
  author: Author
}

/** An institution at which an author worked. */
export interface AuthorInstitution extends Counted {
  institution: Institution
}

/** Whose list it is. */
export type PeopleOf = 'institution' | 'author'

const NUMBERS = namedColumns('n', 'paperCount', 'firstYear', 'lastYear')
const LISTS: Record<PeopleOf, { entity: Entity; joined: Sql; nameKey: Sql }> = {
  institution: {
    entity: {
      id: sql`n.id`,
      columns: { ...NUMBERS, ...pick(u, 'nameKey') },
      relations: { author: { kind: 'joined', entity: authorEntity } },
    },
    joined: sql`${u} on ${u.id} = n.id`,
    nameKey: sql`${u.nameKey}`,
  },
  author: {
    entity: {
      id: sql`n.id`,
      columns: { ...NUMBERS, ...pick(i, 'nameKey') },
      relations: { institution: { kind: 'joined', entity: institutionEntity } },
    },
    joined: sql`${i} on ${i.id} = n.id`,
    nameKey: sql`${i.nameKey}`,
  },
}

/** Most papers first, then by name. */
export function peopleOrder(of: PeopleOf): KeysetOrder<Counted> {
  return {
    name: `${of}-people`,
    direction: 'asc',
    keys: [
      { column: sql`-n.paper_count`, type: 'bigint' },
      { column: LISTS[of].nameKey, type: 'text' },
      { column: sql`n.id`, type: 'bigint' },
    ],
    valuesOf: ({ paperCount, nameKey, id }) => [-paperCount, nameKey, id],
  }
}

/** The same page of the authors of each institution, or of the institutions of each author: one statement for all. */
export function peopleByParents<Row extends Counted>(
  db: Database,
  of: PeopleOf,
  selection: Selection,
  page: Page,
  parentIds: readonly number[],
): Promise<Map<number, PageRows<Row>>> {
  return readJsonLists<Row>(db, (parentId) => peopleList(of, parentId), selection, page, parentIds)
}

function peopleList(of: PeopleOf, parentId: Sql): JsonList {
  const { entity, joined } = LISTS[of]
  const year = (day: Sql) => sql`date_part('year', ${day})::int`
  const day = sql`nullif(x.published_sort, '-infinity'::date)`
  return {
    entity,
    from: sql`(select x.id, count(*) as paper_count,
        ${year(sql`min(${day})`)} as first_year, ${year(sql`max(${day})`)} as last_year
        from ${placesOf(of, parentId)} group by 1) n join ${joined}`,
    condition: sql`true`,
    order: peopleOrder(of),
  }
}

/** How many authors each institution has, or the other way round: one statement for all. */
export async function countPeopleByParents(
  db: Database,
  of: PeopleOf,
  parentIds: readonly number[],
): Promise<Map<number, number>> {
  const rows = await db.query<{ id: number; count: number }>(
    sql`select parent.id, (select count(distinct x.id) from ${placesOf(of, sql`parent.id`)}) as count
      from unnest(${parentIds}::bigint[]) as parent(id)`,
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** Places in bylines with an institution, on the newest papers of the parent, as `x`: of each the id at the other end. */
function placesOf(of: PeopleOf, parentId: Sql): Sql {
  const most = raw(String(MOST_PAPERS))
  return of === 'institution'
    ? sql`(select ${s.authorId} as id, w.published_sort from (
          select ${pi.paperId}, ${pi.positions}, ${pi.publishedSort} from ${pi} where ${pi.institutionId} = ${parentId}
          order by ${pi.publishedSort} desc, ${pi.paperId} desc limit ${most}) w
        join ${s} on ${s.paperId} = w.paper_id and ${s.position} = any(w.positions)) x`
    : sql`(select ${pi.institutionId} as id, w.published_sort from (
          select ${s.paperId}, ${s.position}, ${s.publishedSort} from ${s} where ${s.authorId} = ${parentId}
          order by ${s.publishedSort} desc, ${s.paperId} desc limit ${most}) w
        join ${pi} on ${pi.paperId} = w.paper_id and w.position = any(${pi.positions})) x`
}
