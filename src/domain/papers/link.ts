import { alias, raw, type Sql, sql } from '../../db/sql.ts'
import { authorships } from '../../db/tables/authors.ts'
import { paperInstitutions } from '../../db/tables/institutions.ts'
import { papers } from '../../db/tables/papers.ts'
import { paperRepositories } from '../../db/tables/repositories.ts'
import { paperTopics } from '../../db/tables/topics.ts'

const lPapers = alias(papers, 'l')
const lAuthorships = alias(authorships, 'l')
const lPaperInstitutions = alias(paperInstitutions, 'l')
const lPaperTopics = alias(paperTopics, 'l')
const lPaperRepositories = alias(paperRepositories, 'l')

/** Entities linked with papers by a table with a copy of the publication day. */
export type DatedParent = 'author' | 'institution' | 'topic' | 'venue'
/** Entities linked with papers. */
export type LinkedParent = DatedParent | 'repository'

/** The link table of a parent, as `l`, with an index on the parent and the newest papers. */
export interface PaperLink {
  from: Sql
  parent: Sql
  paper: Sql
  newestFirst: Sql
}

export interface DatedLink extends PaperLink {
  /** Day of publication; `-infinity` if unknown. */
  publishedSort: Sql
}

const byDay = ({ publishedSort }: { publishedSort: Sql }, paper: Sql) => ({
  paper,
  publishedSort,
  newestFirst: sql`${publishedSort} desc, ${paper} desc`,
})

export const PAPER_LINKS: Record<DatedParent, DatedLink> & Record<'repository', PaperLink> = {
  author: {
    from: sql`${lAuthorships}`,
    parent: sql`${lAuthorships.authorId}`,
    ...byDay(lAuthorships, lAuthorships.paperId),
  },
  institution: {
    from: sql`${lPaperInstitutions}`,
    parent: sql`${lPaperInstitutions.institutionId}`,
    ...byDay(lPaperInstitutions, lPaperInstitutions.paperId),
  },
  topic: {
    from: sql`${lPaperTopics}`,
    parent: sql`${lPaperTopics.topicId}`,
    ...byDay(lPaperTopics, lPaperTopics.paperId),
  },
  venue: { from: sql`${lPapers}`, parent: sql`${lPapers.venueId}`, ...byDay(lPapers, lPapers.id) },
  repository: {
    from: sql`${lPaperRepositories}`,
    parent: sql`${lPaperRepositories.repositoryId}`,
    paper: sql`${lPaperRepositories.paperId}`,
    newestFirst: sql`${lPaperRepositories.paperId} desc`,
  },
}

/**
 * Maximum number of papers of one parent that are analysed: a topic may have a fifth of the catalogue, and its newest
 * papers are representative.
 */
export const MOST_PAPERS = 10_000

/** Maximum number of names, topics or repositories read on those papers: some papers have three thousand authors. */
const MOST_LINKS = 200_000

/**
 * The links of a parent's newest papers (at most `MOST_PAPERS`), as a table `x` with the columns of `linked`, which selects them for the paper
 * `w`, and `paper_id`. Beyond `MOST_LINKS`, only those of the newest papers are included.
 */
export function linksOfNewest(kind: LinkedParent, parentId: Sql, linked: Sql): Sql {
  const { from, parent, paper, newestFirst } = PAPER_LINKS[kind]
  const newest = sql`select ${paper} as paper_id from ${from} where ${parent} = ${parentId}
    order by ${newestFirst} limit ${raw(String(MOST_PAPERS))}`
  // `offset 0` keeps the planner from joining in another order than that of the papers.
  return sql`(select y.*, w.paper_id from (${newest}) w cross join lateral (${linked} offset 0) y
    limit ${raw(String(MOST_LINKS))}) x`
}
