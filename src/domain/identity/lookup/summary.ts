import { groupBy } from 'es-toolkit'
import type { Database } from '../../../db/client.ts'
import { alias, raw, sql } from '../../../db/sql.ts'
import { authors, authorships } from '../../../db/tables/authors.ts'
import { papers } from '../../../db/tables/papers.ts'
import { paperTopics, topics } from '../../../db/tables/topics.ts'
import { nameKey } from '../../record/title-key.ts'

/** Details that distinguish an author from others of the same name. */
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

/** A summary with further details, for authors whose summaries are equal. */
export interface KnownAuthor {
  name: string
  summary: AuthorSummary
  /** The names of the most frequent co-authors. */
  coAuthors: string[]
  /** The titles of the newest papers. */
  titles: string[]
}

/**
 * Limits for each author: newest papers read and names read in each; topics and co-authors shown; and co-authors and titles read to distinguish
 * authors whose summaries are equal.
 */
export const SUMMARY_LIMITS = { papers: 30, names: 30, shown: 3, coAuthors: 30, titles: 5 }

const a = alias(authors, 'a')
const p = alias(papers, 'p')
const l = alias(authorships, 'l')
const o = alias(authorships, 'o')
const pt = alias(paperTopics, 'pt')
const t = alias(topics, 't')
const MOST = {
  papers: raw(String(SUMMARY_LIMITS.papers)),
  names: raw(String(SUMMARY_LIMITS.names)),
  shown: raw(String(SUMMARY_LIMITS.shown)),
  coAuthors: raw(String(SUMMARY_LIMITS.coAuthors)),
  titles: raw(String(SUMMARY_LIMITS.titles)),
}

type SummaryRow = AuthorSummary & { id: number; name: string; titles: string[] }

/** The summaries of authors. One statement for all. */
export async function summariesByAuthors(
  db: Database,
  authorIds: readonly number[],
): Promise<Map<number, KnownAuthor>> {
  const rows = await db.query<SummaryRow>(sql`
    select parent.id, ${a.name}, s.affiliation, y."firstYear", y."lastYear", s.topics, s."coAuthors", s.titles
    from unnest(${[...authorIds]}::bigint[]) as parent(id)
    join ${a} on ${a.id} = parent.id
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
          group by ${o.authorId} order by count(*) desc, ${o.authorId} limit ${MOST.coAuthors}) as "coAuthors",
        array(select ${p.title} from newest n join ${p} on ${p.id} = n.paper_id order by n.place limit ${MOST.titles}) as titles) s`)
  return new Map(
    rows.map(({ id, name, titles, coAuthors, ...rest }) => {
      const summary = { ...rest, coAuthors: coAuthors.slice(0, SUMMARY_LIMITS.shown) }
      return [id, { name, summary, coAuthors, titles }]
    }),
  )
}

/** Limit of characters of an affiliation or title in a line: some affiliations are postal addresses. */
const LONGEST_TEXT = 60

/** The parts of the line for an author. */
interface Line {
  affiliation: string | null
  years: string | null
  topics: string[]
  coAuthors: string[]
  titles: string[]
}

/**
 * The summaries of authors in one line each, such as `University of Toronto · 2006–2021 · Neural Networks`; null if nothing is known. Equal lines
 * of authors with one name get a co-author of one of them only, else the title of a paper, else all known details.
 */
export function summaryLines(known: ReadonlyMap<number, KnownAuthor>): Map<number, string | null> {
  const lines = new Map([...known].map(([id, author]) => [id, lineOf(author)]))
  for (const tell of TELLING)
    for (const ids of alike(known, lines)) {
      const group = ids.flatMap((id) => known.get(id) ?? [])
      for (const id of ids) {
        const [line, own] = [lines.get(id), known.get(id)]
        if (line && own) lines.set(id, { ...line, ...tell(own, group) })
      }
    }
  return new Map([...lines].map(([id, line]) => [id, textOf(line)]))
}

/** Details to add to equal lines, tried in this order until the lines differ. */
const TELLING: ((own: KnownAuthor, alike: KnownAuthor[]) => Partial<Line>)[] = [
  (own, alike) => onlyOf(own, alike, 'coAuthors'),
  (own, alike) => onlyOf(own, alike, 'titles'),
  ({ coAuthors }) => ({ coAuthors }),
  ({ titles }) => ({ titles }),
  ({ summary: { topics, affiliation } }) => ({ topics, affiliation }),
]

/** The first co-author or title of an author that none of the authors with an equal line has. */
function onlyOf(own: KnownAuthor, alike: KnownAuthor[], of: 'coAuthors' | 'titles'): Partial<Line> {
  const others = alike.filter((one) => one !== own).flatMap((one) => one[of].map(nameKey))
  const only = own[of].find((text) => !others.includes(nameKey(text)))
  return only === undefined ? {} : { [of]: [shortened(only)] }
}

/** Groups of authors with the same name and equal lines. */
function alike(
  known: ReadonlyMap<number, KnownAuthor>,
  lines: ReadonlyMap<number, Line>,
): number[][] {
  const printed = (id: number) =>
    JSON.stringify([nameKey(known.get(id)?.name ?? ''), lines.get(id)])
  return Object.values(groupBy([...lines.keys()], printed)).filter((ids) => ids.length > 1)
}

function lineOf({ summary, coAuthors }: KnownAuthor): Line {
  const { affiliation, firstYear, lastYear, topics } = summary
  const years = firstYear === lastYear ? firstYear : `${firstYear}–${lastYear}`
  return {
    affiliation: affiliation && shortened(affiliation),
    years: years === null ? null : String(years),
    topics: topics.slice(0, 1),
    coAuthors: topics.length > 0 ? [] : coAuthors.slice(0, 1),
    titles: [],
  }
}

function textOf({ affiliation, years, topics, coAuthors, titles }: Line): string | null {
  const company = coAuthors.length > 0 && `with ${coAuthors.join(', ')}`
  const parts = [affiliation, years, ...topics, company, ...titles].filter((part) => part)
  return parts.length > 0 ? parts.join(' · ') : null
}

function shortened(text: string): string {
  const characters = [...text]
  if (characters.length <= LONGEST_TEXT) return text
  return `${characters
    .slice(0, LONGEST_TEXT - 1)
    .join('')
    .trimEnd()}…`
}
