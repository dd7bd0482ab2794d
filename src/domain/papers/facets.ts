import { omit } from 'es-toolkit'
import type { Database } from '../../db/client.ts'
import { alias, empty, raw, type Sql, sql } from '../../db/sql.ts'
import { authors, authorships } from '../../db/tables/authors.ts'
import { paperKeywords } from '../../db/tables/keywords.ts'
import { papers as papersTable, venues } from '../../db/tables/papers.ts'
import { paperRepositories, repositories } from '../../db/tables/repositories.ts'
import { paperTopics, topics } from '../../db/tables/topics.ts'
import type { TopicKind } from '../../db/tables/vocabulary.ts'
import { rowsToRead } from '../../sql/keyset.ts'
import { and, type List } from '../../sql/list.ts'
import { decodeItems, type Entity, itemOf, type Selection } from '../../sql/selection.ts'
import { type Author, authorEntity } from '../entity/author.ts'
import { type Topic, topicEntity } from '../entity/topic.ts'
import { type Venue, venueEntity } from '../entity/venue.ts'
import { INSTITUTION_FACET } from '../institutions/filter.ts'
import type { Institution } from '../institutions/institution.ts'
import { DECISION_FACETS } from '../statements/decision-facets.ts'
import { type FacetDefinition, plainGroup } from '../statements/facet.ts'
import { LINK_FACETS } from '../statements/link-facets.ts'
import type { PaperFilter } from './filter.ts'
import { isAcronymOfKey } from './topic-filter.ts'

const p = alias(papersTable, 'p')
const fPaperTopics = alias(paperTopics, 'f')
const fPaperKeywords = alias(paperKeywords, 'f')
const fAuthorships = alias(authorships, 'f')
const fPaperRepositories = alias(paperRepositories, 'f')
const t = alias(topics, 't')
const v = alias(venues, 'v')
const u = alias(authors, 'u')
const r = alias(repositories, 'r')

/** The facets by which the papers of a list can be counted. */
export type Facet =
  | 'years'
  | 'topics'
  | 'keywords'
  | 'venues'
  | 'authors'
  | 'institutions'
  | 'hasRepository'
  | 'repositoryLanguages'
  | 'kinds'
  | keyof typeof DECISION_FACETS
  | keyof typeof LINK_FACETS

/** A facet value with its number of papers. */
export interface FacetValue {
  /** The value for the filter; the numeric id of an author. */
  value: string | number | boolean
  /** The name, for facets whose values have one. */
  label: string
  count: number
  topic?: Topic
  venue?: Venue
  author?: Author
  institution?: Institution
}

/** The papers to count, aliased as `p`: a list of papers without its order. */
export interface CountedPapers extends List {
  /** Whether these are all papers of the catalogue, for which some counts are stored. */
  isWhole?: boolean
}

export interface FacetRequest {
  facet: Facet
  /** Number of values, 0 to 100. */
  first: number
  /** The columns of values; the nodes that belong to them are relations. */
  selection: Selection
  /** Counts topics of these kinds only. */
  topicKinds?: readonly TopicKind[] | null | undefined
  /** The filter of the list. */
  filter?: PaperFilter
}

const COUNT = { count: sql`g.count` }
const COMMONEST = sql`count desc, key`

function named(name: string, entity: Entity, value: Sql, label: Sql): Entity {
  return {
    id: entity.id,
    columns: { ...COUNT, value, label },
    relations: { [name]: { kind: 'joined', entity } },
  }
}

const FACETS: Record<Facet, FacetDefinition> = {
  years: {
    own: ['year', 'published'],
    key: sql`date_part('year', ${p.publishedSort})::int`,
    condition: sql`${p.publishedSort} > '-infinity'::date`,
    order: sql`key desc`,
    entity: plainGroup(sql`g.key`),
  },
  topics: {
    own: ['topics', 'topicsAll', 'topicsNone', 'topicsWithin'],
    key: sql`${fPaperTopics.topicId}`,
    join: sql` join ${fPaperTopics} on ${fPaperTopics.paperId} = ${p.id}`,
    entity: named('topic', topicEntity, sql`${t.slug}`, sql`${t.name}`),
    named: sql` join ${t} on ${t.id} = g.key`,
    kept: { from: sql`${t}`, id: sql`${t.id}`, count: sql`${t.paperCount}` },
  },
  keywords: {
    own: ['keywords'],
    // Spellings of one keyword count together, as the filter finds them: an acronym alone also as its long form, which it does not name.
    // Read twice with a condition, not by a subquery beside each row: PostgreSQL 18 puts a cache there that each row overflows.
    key: sql`case when w.is_long then ${fPaperKeywords.acronym} else coalesce(${fPaperKeywords.key}, ${fPaperKeywords.slug}) end`,
    join: sql` join ${fPaperKeywords} on ${fPaperKeywords.paperId} = ${p.id} cross join (values (false), (true)) as w(is_long)`,
    condition: sql`(not w.is_long or ${isAcronymOfKey(fPaperKeywords)})`,
    count: sql`count(distinct ${p.id})`,
    name: sql`case when w.is_long or not ${isAcronymOfKey(fPaperKeywords)} then ${fPaperKeywords.name} end collate "C"`,
    isNamedOnly: true,
    entity: plainGroup(sql`g.name`),
  },
  venues: {
    own: ['venues'],
    key: sql`${p.venueId}`,
    condition: sql`${p.venueId} is not null`,
    entity: named('venue', venueEntity, sql`${v.slug}`, sql`${v.name}`),
    named: sql` join ${v} on ${v.id} = g.key`,
    kept: { from: sql`${v}`, id: sql`${v.id}`, count: sql`${v.paperCount}` },
  },
  authors: {
    own: ['authors'],
    key: sql`${fAuthorships.authorId}`,
    join: sql` join ${fAuthorships} on ${fAuthorships.paperId} = ${p.id}`,
    entity: named('author', authorEntity, sql`${u.id}`, sql`${u.name}`),
    named: sql` join ${u} on ${u.id} = g.key`,
    kept: { from: sql`${u}`, id: sql`${u.id}`, count: sql`${u.paperCount}` },
  },
  institutions: INSTITUTION_FACET,
  hasRepository: {
    own: ['hasRepository'],
    key: sql`${p.repositoryCount} > 0`,
    order: sql`key desc`,
    entity: plainGroup(sql`g.key`),
  },
  repositoryLanguages: {
    own: ['repositoryLanguage'],
    // Hosts and filters differ in the case of languages.
    key: sql`lower(${r.language}) collate "C"`,
    join: sql` join ${fPaperRepositories} on ${fPaperRepositories.paperId} = ${p.id} join ${r} on ${r.id} = ${fPaperRepositories.repositoryId}`,
    condition: sql`${r.language} is not null`,
    count: sql`count(distinct ${p.id})`,
    name: sql`${r.language}`,
    entity: plainGroup(sql`g.name`),
  },
  kinds: { own: ['kind'], key: sql`${p.kind}`, entity: plainGroup(sql`g.key`) },
  ...DECISION_FACETS,
  ...LINK_FACETS,
}

/** The filter without its conditions on the facet's own values. */
export function withoutOwn(filter: PaperFilter, facet: Facet): PaperFilter {
  const { own, ownOfDecisions } = FACETS[facet]
  const { decisions, ...others } = Object.fromEntries(
    Object.entries(filter).filter(([field]) => !own.includes(field)),
  ) as PaperFilter
  if (!decisions || own.includes('decisions')) return others
  return { ...others, decisions: ownOfDecisions ? omit(decisions, [ownOfDecisions]) : decisions }
}

/** Counts papers by the values of a facet: one statement. */
export async function readFacet(
  db: Database,
  papers: CountedPapers,
  request: FacetRequest,
): Promise<FacetValue[]> {
  const [row] = await db.query<{ items: unknown }>(
    sql`select ${valuesOf(papers, request)} as items`,
    {
      isSelective: papers.isSelective,
    },
  )
  return decode(request, row?.items)
}

/** Counts the papers of each parent by the values of a facet: one statement for all. */
export async function readFacetByParent(
  db: Database,
  papers: List & { parent: Sql },
  request: FacetRequest,
  parentIds: readonly number[],
): Promise<Map<number, FacetValue[]>> {
  const own = { ...papers, conditions: [sql`${papers.parent} = parent.id`, ...papers.conditions] }
  const rows = await db.query<{ id: number; items: unknown }>(
    sql`select parent.id, ${valuesOf(own, request)} as items
      from unnest(${parentIds}::bigint[]) as parent(id)`,
    { isSelective: papers.isSelective },
  )
  return new Map(rows.map(({ id, items }) => [id, decode(request, items)]))
}

function decode({ facet, first, selection }: FacetRequest, items: unknown): FacetValue[] {
  return decodeItems<FacetValue>(FACETS[facet].entity, selection, items).slice(0, first)
}

/** The values as one JSON value. Names are joined only to the few values that are wanted. */
function valuesOf(papers: CountedPapers, request: FacetRequest): Sql {
  const { entity, named = empty, order = COMMONEST } = FACETS[request.facet]
  const groups = keptGroups(papers, request) ?? countedGroups(papers, request)
  const limit = raw(String(rowsToRead(request.first, false)))
  return sql`(select json_agg(${itemOf(entity, request.selection)} order by ${order}) from (${groups}
    order by ${order} limit ${limit}) g${named})`
}

function countedGroups(
  { from, conditions }: List,
  { facet, topicKinds, filter = {} }: FacetRequest,
): Sql {
  const {
    key,
    join = empty,
    condition,
    matching,
    name,
    isNamedOnly,
    count = sql`count(*)`,
  }: FacetDefinition = FACETS[facet]
  const isOfKind = topicKinds
    ? sql`${fPaperTopics.topicId} in (select ${t.id} from ${t} where ${t.kind} = any(${topicKinds}::topic_kind[]))`
    : null
  const all = [
    ...conditions,
    ...(condition ? [condition] : []),
    ...(isOfKind ? [isOfKind] : []),
    ...(matching?.(filter) ?? []),
  ]
  const named = name ? sql`, min(${name}) as name` : empty
  return sql`select ${key} as key, ${count} as count${named} from ${from}${join}
    where ${and(all)} group by 1${isNamedOnly ? sql` having min(${name}) is not null` : empty}`
}

/** The groups of the whole catalogue, if their sizes are stored; else null. */
function keptGroups({ isWhole }: CountedPapers, { facet, topicKinds }: FacetRequest): Sql | null {
  const { kept } = FACETS[facet]
  if (!kept || !isWhole) return null
  const isOfKind = topicKinds ? sql` and ${t.kind} = any(${topicKinds}::topic_kind[])` : empty
  return sql`select ${kept.id} as key, ${kept.count} as count from ${kept.from}
    where ${kept.count} > 0${isOfKind}`
}
