import type { Database } from '../../db/client.ts'
import { alias, empty, type Sql, sql } from '../../db/sql.ts'
import { authors, authorships } from '../../db/tables/authors.ts'
import { citations } from '../../db/tables/citations.ts'
import { papers as papersTable, venues } from '../../db/tables/papers.ts'
import { paperRepositories, repositories } from '../../db/tables/repositories.ts'
import { paperTopics, topics } from '../../db/tables/topics.ts'
import { and, countRows } from '../../sql/list.ts'
import type { CountedPapers } from '../papers/facets.ts'
import type { YearCount } from './year-count.ts'

const fAuthorships = alias(authorships, 'f')
const fPaperTopics = alias(paperTopics, 'f')
const fPaperRepositories = alias(paperRepositories, 'f')
const p = alias(papersTable, 'p')

/** Entities that papers share with other papers. */
export type Shared = 'authors' | 'topics' | 'venues' | 'repositories'

interface Definition {
  /** The key of the entity, on the papers `p` with `join` as `f`. */
  key: Sql
  join?: Sql
  /** The count for the whole catalogue, without entities that have no papers. */
  whole: Sql
}

const SHARED: Record<Shared, Definition> = {
  authors: {
    key: sql`${fAuthorships.authorId}`,
    join: sql` join ${fAuthorships} on ${fAuthorships.paperId} = ${p.id}`,
    whole: sql`${authors}`,
  },
  topics: {
    key: sql`${fPaperTopics.topicId}`,
    join: sql` join ${fPaperTopics} on ${fPaperTopics.paperId} = ${p.id}`,
    whole: sql`${topics}`,
  },
  venues: { key: sql`${p.venueId}`, whole: sql`${venues}` },
  repositories: {
    key: sql`${fPaperRepositories.repositoryId}`,
    join: sql` join ${fPaperRepositories} on ${fPaperRepositories.paperId} = ${p.id}`,
    whole: sql`${repositories}`,
  },
}

/** Counts the papers with a linked repository: one statement. */
export function countWithRepository(db: Database, papers: CountedPapers): Promise<number> {
  const conditions = [...papers.conditions, sql`${p.repositoryCount} > 0`]
  return countRows(db, { ...papers, conditions })
}

/** Counts the distinct authors, topics, venues or repositories of the papers: one statement. */
export function countShared(db: Database, papers: CountedPapers, shared: Shared): Promise<number> {
  const { key, join = empty, whole } = SHARED[shared]
  if (papers.isWhole)
    return countOf(db, papers, sql`select count(*) as count from ${whole} where paper_count > 0`)
  return countOf(
    db,
    papers,
    sql`select count(*) as count from (select distinct ${key} as key from ${papers.from}${join}
      where ${and(papers.conditions)}) x where x.key is not null`,
  )
}

/** Counts citations of the papers by papers of the catalogue: one statement. */
export function countCitations(db: Database, papers: CountedPapers): Promise<number> {
  const f = alias(citations, 'f')
  if (papers.isWhole) return countOf(db, papers, sql`select count(*) as count from ${citations}`)
  return countOf(
    db,
    papers,
    sql`select count(*) as count from ${papers.from} join ${f} on ${f.citedId} = ${p.id}
      where ${and(papers.conditions)}`,
  )
}

async function countOf(
  db: Database,
  { isSelective }: CountedPapers,
  statement: Sql,
): Promise<number> {
  const [row] = await db.query<{ count: number }>(statement, { isSelective })
  return row?.count ?? 0
}

/** Counts of the papers by year of publication, the earliest first, without undated ones: one statement. */
export function yearCounts(db: Database, papers: CountedPapers): Promise<YearCount[]> {
  const { from, conditions, isSelective } = papers
  return db.query<YearCount>(
    sql`select date_part('year', ${p.publishedSort})::int as year, count(*) as count from ${from}
      where ${and([sql`${p.publishedSort} > '-infinity'::date`, ...conditions])} group by 1 order by 1`,
    { isSelective },
  )
}
