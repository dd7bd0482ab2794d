import type { Database } from '../../db/client.ts'
import { alias, sql } from '../../db/sql.ts'
import { authorships } from '../../db/tables/authors.ts'
import { paperIdentifiers, paperRedirects, papers } from '../../db/tables/papers.ts'
import { paperRepositories, repositories } from '../../db/tables/repositories.ts'
import { paperTopics, topics } from '../../db/tables/topics.ts'
import type { Precision } from '../../html/dates.ts'
import { printedRepository } from '../entity/repository.ts'

const p = alias(papers, 'p')
const a = alias(authorships, 'a')
const i = alias(paperIdentifiers, 'i')
const t = alias(topics, 't')
const pt = alias(paperTopics, 'pt')
const r = alias(repositories, 'r')
const pr = alias(paperRepositories, 'pr')
const d = alias(paperRedirects, 'd')

/** A paper as shown in a mail. */
export interface DigestPaper {
  id: number
  title: string
  /** As far as `ABSTRACT_CHARACTERS`; null without one. */
  abstract: string | null
  publishedOn: string | null
  /** The precision of `publishedOn`. */
  publishedPrecision: Precision
  isRetracted: boolean
  /** The first `MOST_AUTHORS` of `authorCount`. */
  authors: string[]
  authorCount: number
  /** Whether the byline has authors beyond those. */
  hasMoreAuthors: boolean
  identifiers: { scheme: string; value: string }[]
  topics: { slug: string; name: string }[]
  /** With most stars first. */
  repositories: { url: string; name: string; stars: number | null; isOfficial: boolean }[]
}

/** Mails show the beginning of an abstract: enough for a line after the last that fits. */
const ABSTRACT_CHARACTERS = 1000
const MOST_AUTHORS = 6
const MOST_TOPICS = 4
const MOST_REPOSITORIES = 2

/** Papers by current or former ids: one statement. Deleted papers are missing. */
export async function digestPapersByIds(
  db: Pick<Database, 'query'>,
  ids: readonly number[],
): Promise<Map<number, DigestPaper>> {
  const rows = await db.query<DigestPaper & { wanted: string }>(sql`
    select w.id as wanted, ${p.id}::int8 as id, ${p.title}, left(${p.abstract}, ${ABSTRACT_CHARACTERS}) as abstract,
      ${p.publishedOn}::text as "publishedOn", upper(${p.publishedPrecision}::text) as "publishedPrecision", ${p.isRetracted} as "isRetracted", ${p.authorCount} as "authorCount", ${p.hasMoreAuthors} as "hasMoreAuthors",
      array(select ${a.name} from ${a} where ${a.paperId} = ${p.id} order by ${a.position} limit ${MOST_AUTHORS}) as authors,
      coalesce((select json_agg(json_build_object('scheme', upper(${i.scheme}::text), 'value', ${i.value})
        order by ${i.scheme}, ${i.value}) from ${i} where ${i.paperId} = ${p.id}), '[]') as identifiers,
      coalesce((select json_agg(x) from (
        select ${t.slug}, ${t.name} from ${pt} join ${t} on ${t.id} = ${pt.topicId}
        where ${pt.paperId} = ${p.id} order by ${pt.score} desc nulls last, ${t.paperCount} desc, ${t.slug}
        limit ${MOST_TOPICS}) x), '[]') as topics,
      coalesce((select json_agg(x) from (
        select ${r.url}, ${printedRepository(r.url)} as name, ${r.stars}, ${pr.isOfficial} as "isOfficial"
        from ${pr} join ${r} on ${r.id} = ${pr.repositoryId}
        where ${pr.paperId} = ${p.id} and not ${r.isGone} order by ${pr.isOfficial} desc, ${r.stars} desc nulls last, ${r.id}
        limit ${MOST_REPOSITORIES}) x), '[]') as repositories
    from unnest(${ids}::bigint[]) as w(id)
    left join ${d} on ${d.id} = w.id
    join ${p} on ${p.id} = coalesce(${d.paperId}, w.id)`)
  return new Map(
    rows.map(({ wanted, ...paper }) => [Number(wanted), { ...paper, id: Number(paper.id) }]),
  )
}
