import type { Database } from '../../db/client.ts'
import { alias, type Sql, sql } from '../../db/sql.ts'
import { paperUpdates } from '../../db/tables/changes.ts'
import { citations } from '../../db/tables/citations.ts'
import { papers as papersTable } from '../../db/tables/papers.ts'
import { paperRepositories } from '../../db/tables/repositories.ts'
import { topics } from '../../db/tables/topics.ts'
import { paperTrends } from '../../db/tables/trending.ts'
import type { KeysetOrder, Page, PageRows } from '../../sql/keyset.ts'
import {
  countRows,
  countRowsByParent,
  type List,
  type ListRow,
  listOrder,
  readPage,
  readPagesByParent,
} from '../../sql/list.ts'
import type { Entity, Selection } from '../../sql/selection.ts'
import { authorEntity } from '../entity/author.ts'
import { type Paper, paperEntity, UPDATED_AT } from '../entity/paper.ts'
import { repositoryEntity } from '../entity/repository.ts'
import { topicEntity } from '../entity/topic.ts'
import { topicIdAt } from '../entity/topic-slug.ts'
import { venueEntity } from '../entity/venue.ts'
import { institutionEntity } from '../institutions/institution.ts'
import type { CountedPapers } from './facets.ts'
import { onlyTopic, type PaperFilter, paperConditions } from './filter.ts'
import { type DatedLink, PAPER_LINKS, type PaperLink } from './link.ts'
import { aboutAny } from './topic-filter.ts'

const p = alias(papersTable, 'p')
const l = alias(citations, 'l')
const lRepositories = alias(paperRepositories, 'l')
const t = alias(topics, 't')
const w = alias(paperTrends, 'w')
const u = alias(paperUpdates, 'u')

/** Parents of lists of papers. */
export type PaperParent =
  | 'author'
  | 'institution'
  | 'topic'
  | 'venue'
  | 'repository'
  | 'references'
  | 'citations'

const PAPER_ORDERS = {
  published: { column: sql`${p.publishedSort}`, type: 'date' },
  citations: { column: sql`${p.citationCount}`, type: 'integer' },
  stars: { column: sql`${p.starCount}`, type: 'integer' },
  upvotes: { column: sql`${p.upvotesSort}`, type: 'integer' },
  rating: { column: sql`${p.ratingSort}`, type: 'real' },
  created: { column: sql`${p.createdAt}`, type: 'timestamptz' },
  title: { column: sql`${p.titleKey}`, type: 'text' },
  // A list in one of these orders joins its table instead: see `ASIDE`.
  updated: { column: UPDATED_AT, type: 'timestamptz' },
  trending: {
    column: sql`(select ${w.week} from ${w} where ${w.paperId} = ${p.id})`,
    type: 'real',
  },
} as const

export interface PaperOrder {
  field: keyof typeof PAPER_ORDERS
  direction: 'asc' | 'desc'
}

/** How to find the papers of a parent. `l` is the alias of the link table. */
interface Reach {
  from: Sql
  parent: Sql
  /** Copies of the sort key and the id in the link table, if it has an index in the order of publication. */
  published?: { key: Sql; id: Sql }
  extra?: Readonly<Record<string, Sql>>
}

const CITATION = sql`json_build_object('sources', ${l.sources}, 'isInfluential', ${l.isInfluential},
  'intents', ${l.intents}, 'citing', ${l.citingId}, 'cited', ${l.citedId})`

const through = ({ from, parent, paper }: PaperLink): Reach => ({
  from: sql`${from} join ${p} on ${p.id} = ${paper}`,
  parent,
})
const along = (link: DatedLink): Reach => ({
  ...through(link),
  published: { key: link.publishedSort, id: link.paper },
})

const REACH: Record<PaperParent, Reach> = {
  author: along(PAPER_LINKS.author),
  institution: along(PAPER_LINKS.institution),
  topic: along(PAPER_LINKS.topic),
  venue: { from: sql`${p}`, parent: sql`${p.venueId}` },
  repository: {
    ...through(PAPER_LINKS.repository),
    extra: {
      link: sql`json_build_object('isOfficial', ${lRepositories.isOfficial}, 'evidence', ${lRepositories.evidence},
        'source', ${lRepositories.source}, 'framework', ${lRepositories.framework})`,
    },
  },
  references: {
    from: sql`${l} join ${p} on ${p.id} = ${l.citedId}`,
    parent: sql`${l.citingId}`,
    extra: { citation: CITATION },
  },
  citations: {
    from: sql`${l} join ${p} on ${p.id} = ${l.citingId}`,
    parent: sql`${l.citedId}`,
    published: { key: sql`${l.publishedSort}`, id: sql`${l.citingId}` },
    extra: { citation: CITATION },
  },
}

export const NEWEST: PaperOrder = { field: 'published', direction: 'desc' }

/** A filter on the links to a repository's papers; all links if absent. */
export interface LinkFilter {
  isOfficial?: boolean | null | undefined
}

export interface PaperListRequest {
  filter: PaperFilter
  links?: LinkFilter
  within?: Within
  order: PaperOrder
  page: Page
  selection: Selection
}

/** An additional condition on the id of a paper; undefined for none. */
export type Within = Sql | undefined

type LinkedPapers = Pick<PaperListRequest, 'filter' | 'links'>

/** The order of a list of papers. It has the same name, and so the same cursors, for every parent. */
export function paperOrder({ field, direction }: PaperOrder): KeysetOrder<ListRow> {
  return listOrder(`papers.${field}`, direction, PAPER_ORDERS[field], paperEntity.id)
}

const PARENTS = {
  author: authorEntity,
  institution: institutionEntity,
  topic: topicEntity,
  venue: venueEntity,
  repository: repositoryEntity,
} satisfies Partial<Record<PaperParent, Entity>>

/**
 * Lets a statement that reads a single parent also read its newest papers, as `newestPapers`. For many parents, a separate statement reads
 * each parent's papers only once.
 */
for (const kind of Object.keys(PARENTS) as (keyof typeof PARENTS)[]) {
  const { from, parent, extra } = REACH[kind]
  const order = orderAlong(NEWEST, REACH[kind])
  PARENTS[kind].relations.newestPapers = {
    kind: 'list',
    list: () => ({
      entity: paperEntity,
      from,
      condition: sql`${parent} = ${PARENTS[kind].id}`,
      order,
      more: { sortKey: order.keys[0]?.column ?? paperEntity.id, ...extra },
    }),
  }
}

function orderAlong({ field, direction }: PaperOrder, { published }: Reach): KeysetOrder<Paper> {
  if (field !== 'published' || !published) return paperOrder({ field, direction })
  return listOrder(
    'papers.published',
    direction,
    { column: published.key, type: 'date' },
    published.id,
  )
}

/** Orders by another table with a row for each paper and an index in this order. */
const ASIDE = {
  trending: { table: w, key: { column: w.week, type: 'real' }, paper: w.paperId },
  updated: { table: u, key: { column: u.updatedAt, type: 'timestamptz' }, paper: u.paperId },
} as const

/** All papers with the values of such an order; null for an order by a paper's own columns. */
function alongAside({ field, direction }: PaperOrder) {
  if (field !== 'trending' && field !== 'updated') return null
  const { table, key, paper } = ASIDE[field]
  return {
    from: sql`${table} join ${p} on ${p.id} = ${paper}`,
    order: listOrder(`papers.${field}`, direction, key, paper),
  }
}

/** A page of all papers that meet the filter: one statement. */
export function readPapers(db: Database, request: PaperListRequest): Promise<PageRows<Paper>> {
  return readPage<Paper>(db, { ...papersPage(request), selection: request.selection })
}

/** The source of the rows of a page of all papers that meet the filter. */
export function papersPage({ filter, within, order, page }: Omit<PaperListRequest, 'selection'>) {
  const aside = alongAside(order)
  if (aside) return { ...papersThat(filter, within), ...aside, entity: paperEntity, page }
  const topic = order.field === 'published' && !within ? onlyTopic(filter) : null
  if (topic === null)
    return { ...papersThat(filter, within), entity: paperEntity, order: paperOrder(order), page }
  // The topic's own index gives its newest papers directly, however rare or common it is.
  const { topics: _, ...others } = filter
  const { from, parent } = REACH.topic
  const { conditions, isSelective } = listOf(others)
  const isAbout = sql`${parent} = ${topicIdAt(topic)}`
  return {
    from,
    conditions: [isAbout, ...conditions],
    isSelective,
    entity: paperEntity,
    order: orderAlong(order, REACH.topic),
    page,
  }
}

/** The same page of the papers of each parent: one statement for all. */
export async function readPapersByParent(
  db: Database,
  parent: PaperParent,
  request: PaperListRequest,
  parentIds: readonly number[],
): Promise<Map<number, PageRows<Paper>>> {
  const reach = REACH[parent]
  const { order, page, selection } = request
  const [first, ...others] = parentIds
  if (parent === 'topic' && order.field !== 'published' && first && others.length === 0)
    return new Map([[first, await readPapersOfTopic(db, request, first)]])
  return readPagesByParent<Paper>(
    db,
    {
      ...papersOfParent(parent, request),
      entity: paperEntity,
      order: orderAlong(order, reach),
      page,
      selection,
      ...(reach.extra && { extra: reach.extra }),
    },
    parentIds,
  )
}

/** Reads a page of a topic, planned for its value: papers of a common topic are found along the order, those of a rare one are sorted. */
function readPapersOfTopic(
  db: Database,
  { filter, order, page, selection }: PaperListRequest,
  topicId: number,
): Promise<PageRows<Paper>> {
  const { from, conditions } = listOf(filter)
  return readPage<Paper>(db, {
    from,
    conditions: [aboutAny(sql`${[topicId]}::bigint[]`), ...conditions],
    isSelective: true,
    entity: paperEntity,
    order: paperOrder(order),
    ...alongAside(order),
    page,
    selection,
  })
}

/** Counts the papers that meet the filter: one statement. */
export async function countPapers(
  db: Database,
  filter: PaperFilter,
  within?: Within,
): Promise<number> {
  const topic = within ? null : onlyTopic(filter)
  const { topics: _, topicIds: __, ...others } = filter
  if (topic === null || Object.values(others).some((value) => value != null))
    return countRows(db, papersThat(filter, within))
  const [row] = await db.query<{ count: number }>(
    sql`select ${t.paperCount} as count from ${t} where ${t.id} = ${topicIdAt(topic)}`,
  )
  return row?.count ?? 0
}

/** Counts the papers of each parent that meet the filter: one statement for all. */
export function countPapersByParent(
  db: Database,
  parent: PaperParent,
  papers: LinkedPapers,
  parentIds: readonly number[],
): Promise<Map<number, number>> {
  return countRowsByParent(db, papersOfParent(parent, papers), parentIds)
}

/** All papers that meet the filter and the condition `within`. */
export function papersThat(filter: PaperFilter, within?: Within): CountedPapers {
  const { conditions, ...list } = listOf(filter)
  if (within) return { ...list, conditions: [within, ...conditions], isSelective: true }
  return { ...list, conditions, isWhole: conditions.length === 0 }
}

/** The papers of a parent that meet the filter and the link filter. */
export function papersOfParent(
  parent: PaperParent,
  { filter, links }: LinkedPapers,
): List & { parent: Sql } {
  return { ...listOf(filter, REACH[parent], links), parent: REACH[parent].parent }
}

function listOf(filter: PaperFilter, reach?: Reach, { isOfficial }: LinkFilter = {}): List {
  const conditions = paperConditions(filter)
  if (isOfficial != null)
    conditions.push(isOfficial ? lRepositories.isOfficial : sql`not ${lRepositories.isOfficial}`)
  return { from: reach?.from ?? sql`${p}`, conditions, isSelective: dependsOnValues(filter) }
}

/** Whether the best plan for a filter depends on its values. */
export function dependsOnValues({ hasRepository: _, ...others }: PaperFilter): boolean {
  return Object.values(others).some((value) => value != null)
}
