import type { Database } from '../../db/client.ts'
import { alias, pick, type Sql, sql } from '../../db/sql.ts'
import { paperUpdates } from '../../db/tables/changes.ts'
import { paperKeywords } from '../../db/tables/keywords.ts'
import { paperRedirects, papers, venues } from '../../db/tables/papers.ts'
import { paperTopics } from '../../db/tables/topics.ts'
import type {
  CitationIntent,
  DatePrecision,
  IdentifierScheme,
  PaperKind,
} from '../../db/tables/vocabulary.ts'
import { type ListRow, readByIdsAlsoMerged } from '../../sql/list.ts'
import type { Entity, JsonList, Selection } from '../../sql/selection.ts'
import { type PaperInstitution, paperInstitutionList } from '../institutions/institution.ts'
import { type Authorship, authorshipList } from './authorship.ts'
import { identifierRelation } from './identifier-list.ts'
import { type Listing, listingList } from './listing.ts'
import { type Publication, publicationRelation } from './publication.ts'
import { type PaperRepository, paperRepositoryList, type RepositoryLink } from './repository.ts'
import { type PaperTopic, paperTopicList } from './topic.ts'
import { type Venue, venueEntity } from './venue.ts'

const p = alias(papers, 'p')
const v = alias(venues, 'v')
const pt = alias(paperTopics, 'pt')
const d = alias(paperRedirects, 'd')
const g = alias(paperUpdates, 'g')
const k = alias(paperKeywords, 'k')

/** The time of the newest change of the paper `p`. */
export const UPDATED_AT = sql`(select ${g.updatedAt} from ${g} where ${g.paperId} = ${p.id})`

/** Whether the paper `p` was updated at `since` or later and, if given, before `until`; both are instants. */
export const updatedSince = (since: Sql, until?: Sql) =>
  sql`${p.id} in (select ${g.paperId} from ${g} where ${g.updatedAt} >= ${since}${until ? sql` and ${g.updatedAt} < ${until}` : sql``})`

/** A paper, with the selected columns and small relations. */
export interface Paper extends ListRow {
  title: string
  abstract: string | null
  tldr: string | null
  authorSummary: string | null
  kind: PaperKind
  publishedOn: string | null
  publishedPrecision: DatePrecision | null
  year: number | null
  eventYear: number | null
  language: string | null
  licence: string | null
  isRetracted: boolean
  landingUrl: string | null
  pdfUrl: string | null
  authorCount: number
  hasMoreAuthors: boolean
  citationCount: number
  upvoteCount: number | null
  ownUpvoteCount: number
  repositoryCount: number
  starCount: number
  createdAt: string
  updatedAt: string
  keywords: string[]
  venue?: Venue | null
  publication?: Publication | null
  identifiers?: PaperIdentifierRow[]
  listings?: Listing[]
  /** One more than requested is read, to know whether there are more. */
  authorships?: Authorship[]
  topics?: PaperTopic[]
  institutions?: PaperInstitution[]
  repositories?: PaperRepository[]
  /** Present for a paper reached through a repository. */
  link?: RepositoryLink
  /** Present for a paper reached through one that it cites, or that cites it. */
  citation?: CitationLink
}

/** A citation of one work by another. */
export interface CitationLink {
  sources: string[]
  isInfluential: boolean | null
  intents: CitationIntent[]
  /** The ids of both papers; absent if only one is in the catalogue. */
  citing?: number
  cited?: number
}

export interface PaperIdentifierRow {
  /** Scheme and value, separated by a colon. */
  id: string
  scheme: IdentifierScheme
  value: string
}

const PAPER_ID = sql`${p.id}`

/** The repositories of a paper. Most papers have none, which the count in their row shows faster than the index of links. */
function countedRepositories(): JsonList {
  const list = paperRepositoryList(PAPER_ID)
  return { ...list, condition: sql`${list.condition} and ${p.repositoryCount} > 0` }
}

export const paperEntity: Entity = {
  id: PAPER_ID,
  columns: {
    ...pick(
      p,
      'title',
      'abstract',
      'tldr',
      'authorSummary',
      'kind',
      'publishedOn',
      'publishedPrecision',
      'eventYear',
      'language',
      'licence',
      'isRetracted',
      'landingUrl',
      'pdfUrl',
      'authorCount',
      'hasMoreAuthors',
      'citationCount',
      'upvoteCount',
      'ownUpvoteCount',
      'repositoryCount',
      'starCount',
      'createdAt',
    ),
    updatedAt: UPDATED_AT,
    year: sql`date_part('year', ${p.publishedOn})::int`,
    keywords: sql`array(select ${k.name} from ${k} where ${k.paperId} = ${p.id} order by ${k.position})`,
  },
  relations: {
    venue: {
      kind: 'one',
      entity: venueEntity,
      from: sql`${v}`,
      condition: sql`${v.id} = ${p.venueId}`,
    },
    publication: publicationRelation,
    identifiers: identifierRelation('paper_identifiers', 'paper_id', 'p'),
    listings: { kind: 'list', list: () => listingList(PAPER_ID) },
    authorships: { kind: 'list', list: () => authorshipList(PAPER_ID) },
    topics: { kind: 'list', list: () => paperTopicList(PAPER_ID) },
    institutions: { kind: 'list', list: () => paperInstitutionList(PAPER_ID) },
    repositories: { kind: 'list', list: countedRepositories },
  },
}

/** The number of topics of each paper. One statement for all. */
export async function topicCountsByPapers(
  db: Database,
  paperIds: readonly number[],
): Promise<Map<number, number>> {
  const rows = await db.query<{ id: number; count: number }>(
    sql`select parent.id, (select count(*) from ${pt} where ${pt.paperId} = parent.id) as count
      from unnest(${paperIds}::bigint[]) as parent(id)`,
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** Papers by id, including ids of merged papers. Ids without a paper are missing. */
export function papersByIds(
  db: Database,
  selection: Selection,
  ids: readonly number[],
): Promise<Map<number, Paper>> {
  const redirects = sql`${d} join ${p} on ${p.id} = ${d.paperId}`
  return readByIdsAlsoMerged(db, paperEntity, sql`${p}`, redirects, selection, ids)
}
