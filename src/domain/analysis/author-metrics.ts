import type { Database } from '../../db/client.ts'
import { alias, sql } from '../../db/sql.ts'
import { authorships } from '../../db/tables/authors.ts'
import { papers } from '../../db/tables/papers.ts'

const l = alias(authorships, 'l')
const p = alias(papers, 'p')

/** Metrics of an author, from the papers in the catalogue. */
export interface AuthorMetrics {
  citationCount: number
  hIndex: number
  firstYear: number | null
  lastYear: number | null
}

export const NO_METRICS: AuthorMetrics = {
  citationCount: 0,
  hIndex: 0,
  firstYear: null,
  lastYear: null,
}

/** The metrics of each author with papers: one statement for all. */
export async function metricsByAuthors(
  db: Database,
  authorIds: readonly number[],
): Promise<Map<number, AuthorMetrics>> {
  // h is the number of papers, ranked by citations, that are cited at least as often as their rank.
  const rows = await db.query<AuthorMetrics & { id: number }>(sql`
    select c.author_id as id, sum(c.citation_count)::int8 as "citationCount",
      count(*) filter (where c.citation_count >= c.rank) as "hIndex",
      date_part('year', min(c.day))::int as "firstYear", date_part('year', max(c.day))::int as "lastYear"
    from (select ${l.authorId}, ${p.citationCount}, nullif(${l.publishedSort}, '-infinity'::date) as day,
        row_number() over (partition by ${l.authorId} order by ${p.citationCount} desc) as rank
      from unnest(${authorIds}::bigint[]) as parent(id)
      join ${l} on ${l.authorId} = parent.id
      join ${p} on ${p.id} = ${l.paperId}) c
    group by c.author_id`)
  return new Map(rows.map(({ id, ...metrics }) => [id, metrics]))
}

/** An affiliation printed beside an author's name. */
export interface Affiliation {
  name: string
  paperCount: number
  firstYear: number | null
  lastYear: number | null
}

/** Number of an author's newest papers used for affiliations. */
const PAPERS_READ = sql`100`

/** The affiliations on each author's newest papers, the latest first: one statement for all. */
export async function affiliationsByAuthors(
  db: Database,
  authorIds: readonly number[],
): Promise<Map<number, Affiliation[]>> {
  const rows = await db.query<{ id: number; affiliations: Affiliation[] | null }>(sql`
    select parent.id, (
      select json_agg(json_build_object('name', a.name, 'paperCount', a.paper_count,
          'firstYear', date_part('year', a.first_day)::int, 'lastYear', date_part('year', a.last_day)::int)
        order by a.last_day desc nulls last, a.paper_count desc, a.name collate "C")
      from (select w.affiliation as name, count(*) as paper_count,
          min(nullif(w.published_sort, '-infinity'::date)) as first_day,
          max(nullif(w.published_sort, '-infinity'::date)) as last_day
        from (select ${l.affiliation}, ${l.publishedSort} from ${l} where ${l.authorId} = parent.id
          order by ${l.publishedSort} desc, ${l.paperId} desc limit ${PAPERS_READ}) w
        where w.affiliation is not null group by 1) a) as affiliations
    from unnest(${authorIds}::bigint[]) as parent(id)`)
  return new Map(rows.map(({ id, affiliations }) => [id, affiliations ?? []]))
}
