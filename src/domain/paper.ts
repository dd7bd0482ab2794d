import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../db/client.ts'
import type { DatePrecision, IdentifierScheme, PaperKind } from '../db/vocabulary.ts'
import { type Authorship, authorshipList } from './authorship.ts'
import { parseGlobalId } from './global-id.ts'
import { parseRef } from './identifier.ts'
import { identifierRelation } from './identifier-list.ts'
import { type ListRow, readByIdsAlsoMerged, readOne } from './list.ts'
import { type PaperRepository, paperRepositoryList, type RepositoryLink } from './repository.ts'
import { columns, type Entity, type Selection } from './selection.ts'
import { type PaperTopic, paperTopicList } from './topic.ts'
import { type Venue, venueEntity } from './venue.ts'

/** A paper, with the columns and the small relations that were selected. */
export interface Paper extends ListRow {
  title: string
  abstract: string | null
  kind: PaperKind
  publishedOn: string | null
  publishedPrecision: DatePrecision | null
  eventYear: number | null
  language: string | null
  licence: string | null
  isRetracted: boolean
  landingUrl: string | null
  pdfUrl: string | null
  authorCount: number
  citationCount: number
  repositoryCount: number
  starCount: number
  createdAt: string
  updatedAt: string
  venue?: Venue | null
  identifiers?: PaperIdentifierRow[]
  /** Read ahead by one, to tell whether there are more. */
  authorships?: Authorship[]
  topics?: PaperTopic[]
  repositories?: PaperRepository[]
  /** Of a paper that was reached through a repository. */
  link?: RepositoryLink
}

export interface PaperIdentifierRow {
  scheme: IdentifierScheme
  value: string
}

const PAPER_ID = sql`p.id`

export const paperEntity: Entity = {
  id: PAPER_ID,
  columns: columns(
    'p',
    'title',
    'abstract',
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
    'citationCount',
    'repositoryCount',
    'starCount',
    'createdAt',
    'updatedAt',
  ),
  relations: {
    venue: {
      kind: 'one',
      entity: venueEntity,
      from: sql`venues v`,
      condition: sql`v.id = p.venue_id`,
    },
    identifiers: identifierRelation('paper_identifiers', 'paper_id', 'p'),
    authorships: { kind: 'list', list: (selection) => authorshipList(PAPER_ID, selection) },
    topics: { kind: 'list', list: () => paperTopicList(PAPER_ID) },
    repositories: { kind: 'list', list: () => paperRepositoryList(PAPER_ID) },
  },
}

/** How many topics each paper has, in one statement. */
export async function topicCountsByPapers(
  db: Database,
  paperIds: readonly number[],
): Promise<Map<number, number>> {
  const rows = await db.query<{ id: number; count: number }>(
    sql`select parent.id, (select count(*) from paper_topics pt where pt.paper_id = parent.id) as count
      from unnest(${paperIds}::bigint[]) as parent(id)`,
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** Papers by id, also by ids that were merged away. Ids without a paper are missing. */
export function papersByIds(
  db: Database,
  selection: Selection,
  ids: readonly number[],
): Promise<Map<number, Paper>> {
  const redirects = sql`paper_redirects d join papers p on p.id = d.paper_id`
  return readByIdsAlsoMerged(db, paperEntity, sql`papers p`, redirects, selection, ids)
}

/**
 * The paper a reference leads to: a global id or an identifier in any spelling `parseRef` reads; null when there is
 * none. BAD_USER_INPUT when it is no reference at all.
 */
export async function findPaper(
  db: Database,
  ref: string,
  selection: Selection,
): Promise<Paper | null> {
  const id = parseGlobalId('Paper', ref)
  if (id !== null) return (await papersByIds(db, selection, [id])).get(id) ?? null
  const condition = sql`p.id = ${idByIdentifiers(ref)}`
  return readOne(db, paperEntity, sql`papers p`, selection, condition)
}

/** The likeliest meaning that is in the catalogue wins. */
function idByIdentifiers(ref: string): Sql {
  const candidates = parseRef(ref)
  const schemes = candidates.map(({ scheme }) => scheme)
  const values = candidates.map(({ value }) => value)
  return sql`(select i.paper_id
    from unnest(${schemes}::identifier_scheme[], ${values}::text[]) with ordinality as c(scheme, value, place)
    join paper_identifiers i on i.scheme = c.scheme and i.value = c.value order by c.place limit 1)`
}
