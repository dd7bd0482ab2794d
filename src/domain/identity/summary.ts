import type { Database } from '../../db/client.ts'
import { alias, raw, sql } from '../../db/sql.ts'
import { authorships, paperTopics, topics } from '../../db/tables/papers.ts'

/** What tells an author from others of the same name. */
export interface AuthorSummary {
  affiliation: string | null
  firstYear: number | null
  lastYear: number | null
  topics: string[]
  coAuthors: string[]
}

export const NO_SUMMARY: AuthorSummary = {
  affiliation: null,
  firstYear: null,
  lastYear: null,
  topics: [],
  coAuthors: [],
}

/** Newest papers of an author that are read, the names of each, and how many topics and co-authors are shown. */
export const SUMMARY_LIMITS = { papers: 30, names: 30, shown: 3 }

const l = alias(authorships, 'l')
const o = alias(authorships, 'o')
const pt = alias(paperTopics, 'pt')
const t = alias(topics, 't')
const MOST = {
  papers: raw(String(SUMMARY_LIMITS.papers)),
  names: raw(String(SUMMARY_LIMITS.names)),
  shown: raw(String(SUMMARY_LIMITS.shown)),
}

/** The summary of each author who has papers: one statement for all. */
export async function summariesByAuthors(
  db: Database,
  authorIds: readonly number[],
): Promise<Map<number, AuthorSummary>> {
  const rows = await db.query<AuthorSummary & { id: number }>(sql`
    select parent.id, s.affiliation, y."firstYear", y."lastYear", s.topics, s."coAuthors"
    from unnest(${[...authorIds]}::bigint[]) as parent(id)
    cross join lateral (
      select date_part('year', min(${l.publishedSort}))::int as "firstYear", date_part('year', max(${l.publishedSort}))::int as "lastYear"
      from ${l} where ${l.authorId} = parent.id and ${l.publishedSort} > '-infinity') y
    cross join lateral (
      with newest as materialized (
        select ${l.paperId}, ${l.affiliation}, row_number() over (order by ${l.publishedSort} desc, ${l.paperId} desc) as place
        from ${l} where ${l.authorId} = parent.id order by ${l.publishedSort} desc, ${l.paperId} desc limit ${MOST.papers})
      select (select n.affiliation from newest n where n.affiliation is not null order by n.place limit 1) as affiliation,
        array(select ${t.name} from newest n join ${pt} on ${pt.paperId} = n.paper_id join ${t} on ${t.id} = ${pt.topicId}
          group by ${t.id} order by count(*) desc, ${t.paperCount}, ${t.id} limit ${MOST.shown}) as topics,
        array(select min(${o.name}) from newest n join ${o} on ${o.paperId} = n.paper_id
          where ${o.authorId} <> parent.id and ${o.position} <= ${MOST.names}
          group by ${o.authorId} order by count(*) desc, ${o.authorId} limit ${MOST.shown}) as "coAuthors") s`)
  return new Map(rows.map(({ id, ...summary }) => [id, summary]))
}

/** Longest affiliation that is shown beside a name: some are postal addresses. */
const LONGEST_AFFILIATION = 60

/** The summary in one line, such as `University of Toronto · 2006–2021 · Neural Networks`; null when nothing is known. */
export function summaryText(summary: AuthorSummary): string | null {
  const { affiliation, firstYear, lastYear, topics, coAuthors } = summary
  const years = firstYear === lastYear ? firstYear : `${firstYear}–${lastYear}`
  const [subject = coAuthors[0] && `with ${coAuthors[0]}`] = topics
  const parts = [affiliation && shortened(affiliation), years, subject].filter((part) => part)
  return parts.length > 0 ? parts.join(' · ') : null
}

function shortened(affiliation: string): string {
  const characters = [...affiliation]
  if (characters.length <= LONGEST_AFFILIATION) return affiliation
  return `${characters
    .slice(0, LONGEST_AFFILIATION - 1)
    .join('')
    .trimEnd()}…`
}
