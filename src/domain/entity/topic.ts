import sql, { type Sql } from 'sql-template-tag'
import type { Database } from '../../db/client.ts'
import type { TopicKind } from '../../db/tables/vocabulary.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import {
  type List,
  type ListRow,
  listOrder,
  type RowSource,
  readByIds,
  readOne,
} from '../../sql/list.ts'
import { columns, type Entity, type JsonList, type Selection } from '../../sql/selection.ts'
import { titleKey } from '../record/title-key.ts'

/** A subject of papers. */
export interface Topic extends ListRow {
  slug: string
  name: string
  kind: TopicKind
  description: string | null
  parentId: number | null
  paperCount: number
  /** Its latest published papers, of a single one that was read with them. */
  newestPapers?: ListRow[]
}

/** That a paper is about a topic; the topic's id is its own within the paper. */
export interface PaperTopic {
  id: number
  score: number | null
  source: string
  topic: Topic
}

export const topicEntity: Entity = {
  id: sql`t.id`,
  columns: {
    ...columns('t', 'slug', 'name', 'kind', 'parentId', 'paperCount'),
    description: sql`(select r.record->>'description' from topic_records r
      where r.slug = t.slug order by r.source, r.key limit 1)`,
  },
  relations: {},
}

const paperTopicEntity: Entity = {
  id: sql`pt.topic_id`,
  columns: columns('pt', 'score', 'source'),
  relations: {
    topic: {
      kind: 'one',
      entity: topicEntity,
      from: sql`topics t`,
      condition: sql`t.id = pt.topic_id`,
    },
  },
}

/** The surest first, then those that came into the catalogue first. */
export const PAPER_TOPIC_ORDER: KeysetOrder<PaperTopic> = {
  name: 'paper-topics',
  direction: 'asc',
  keys: [
    { column: sql`-coalesce(pt.score, 0)`, type: 'real' },
    { column: sql`pt.topic_id`, type: 'bigint' },
  ],
  valuesOf: ({ score, id }) => [-(score ?? 0), id],
}

/** The topics of the paper whose id stands in `paperId`. */
export function paperTopicList(paperId: Sql): JsonList {
  return {
    entity: paperTopicEntity,
    from: sql`paper_topics pt`,
    condition: sql`pt.paper_id = ${paperId}`,
    order: PAPER_TOPIC_ORDER,
    head: () => sql`true`,
  }
}

const TOPIC_ORDERS = {
  paper_count: { column: sql`t.paper_count`, type: 'integer' },
  name: { column: sql`t.name_key`, type: 'text' },
} as const
export type TopicOrder = keyof typeof TOPIC_ORDERS

export function topicOrder(field: TopicOrder, direction: 'asc' | 'desc'): KeysetOrder<ListRow> {
  return listOrder(`topics.${field}`, direction, TOPIC_ORDERS[field], topicEntity.id)
}

export interface TopicFilter {
  /** Words that the name begins with or holds. */
  name?: string | null | undefined
  kinds?: readonly TopicKind[] | null | undefined
}

/** Topics, of all parents or by parent. */
export function topicList({ name, kinds }: TopicFilter): List & { parent: Sql } {
  const key = name ? titleKey(name) : ''
  return {
    from: sql`topics t`,
    parent: sql`t.parent_id`,
    conditions: [
      ...(kinds ? [sql`t.kind = any(${kinds}::topic_kind[])`] : []),
      ...(key ? [sql`t.name_key like ${`%${key}%`}`] : []),
    ],
  }
}

export function topicsByIds(
  db: Database,
  selection: Selection,
  ids: readonly number[],
): Promise<Map<number, Topic>> {
  return readByIds(db, topicEntity, sql`topics t`, selection, ids)
}

/** The topic with this slug. */
export function topicAt(slug: string): RowSource {
  return { entity: topicEntity, from: sql`topics t`, condition: sql`t.slug = ${slug}::text` }
}

/** The same, read; null when there is none. */
export function findTopic(db: Database, slug: string, selection: Selection): Promise<Topic | null> {
  return readOne(db, topicAt(slug), selection)
}
