import type { Database } from '../../db/client.ts'
import { alias, pick, raw, type Sql, sql } from '../../db/sql.ts'
import { paperKeywords, topicKeys } from '../../db/tables/keywords.ts'
import { topicRecords } from '../../db/tables/profiles.ts'
import { paperTopics, topics } from '../../db/tables/topics.ts'
import type { TopicKind, TopicReason } from '../../db/tables/vocabulary.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import {
  fitOrder,
  fitsOf,
  type List,
  type ListInOrder,
  type ListRow,
  listOrder,
  type RowSource,
  readByIds,
  readOne,
  whereNamed,
  withFit,
} from '../../sql/list.ts'
import type { Entity, JsonList, Selection } from '../../sql/selection.ts'
import { titleKey } from '../record/title-key.ts'
import { topicIdAt } from './topic-slug.ts'

const t = alias(topics, 't')
const r = alias(topicRecords, 'r')
const pt = alias(paperTopics, 'pt')
const l = alias(topicKeys, 'l')
const w = alias(paperKeywords, 'w')

/** A subject of papers. */
export interface Topic extends ListRow {
  slug: string
  name: string
  kind: TopicKind
  description: string | null
  parentId: number | null
  paperCount: number
  variants?: TopicVariant[]
  /** Its latest published papers; present only for a single topic read with them. */
  newestPapers?: ListRow[]
}

/** The link between a paper and a topic. Its id within the paper is that of the topic. */
export interface PaperTopic {
  id: number
  score: number | null
  source: string
  topic: Topic
}

/** A keyword that resolves to the topic. */
export interface TopicVariant {
  slug: string
  name: string
  reason: TopicReason
  paperCount: number
}

const variantEntity: Entity = {
  id: sql`w.slug`,
  columns: {
    slug: sql`w.slug`,
    name: sql`w.name`,
    reason: sql`w.reason`,
    paperCount: sql`w.papers`,
  },
  relations: {},
}

/** Limit of spellings shown for a topic, those that most papers print first. */
const MOST_VARIANTS = 50

/** The other spellings of the topic `t` in papers. Spellings with the same slug count as one, under the name that most papers print. */
const variantList = (): JsonList => ({
  entity: variantEntity,
  from: sql`(
    select ${w.slug}, mode() within group (order by ${w.name} collate "C") as name, min(${l.reason}) as reason, count(*)::int as papers
    from ${l} join ${w} on ${w.key} = ${l.key} where ${l.topicId} = ${t.id} and ${w.slug} <> ${t.slug}
    group by ${w.slug} order by count(*) desc, ${w.slug} limit ${raw(String(MOST_VARIANTS))}) w`,
  condition: sql`true`,
  order: {
    name: 'topic-variants',
    direction: 'asc',
    keys: [
      { column: sql`-w.papers`, type: 'integer' },
      { column: sql`w.slug`, type: 'text' },
    ],
    valuesOf: () => [],
  },
  head: () => sql`true`,
})

export const topicEntity: Entity = {
  id: sql`${t.id}`,
  columns: {
    ...pick(t, 'slug', 'name', 'kind', 'parentId', 'paperCount'),
    description: sql`(select ${r.record}->>'description' from ${r}
      where ${r.slug} = ${t.slug} order by ${r.source}, ${r.key} limit 1)`,
  },
  relations: { variants: { kind: 'list', list: variantList } },
}

const paperTopicEntity: Entity = {
  id: sql`${pt.topicId}`,
  columns: pick(pt, 'score', 'source'),
  relations: {
    topic: {
      kind: 'one',
      entity: topicEntity,
      from: sql`${t}`,
      condition: sql`${t.id} = ${pt.topicId}`,
    },
  },
}

/** The highest score first, then the topics added to the catalogue first. */
export const PAPER_TOPIC_ORDER: KeysetOrder<PaperTopic> = {
  name: 'paper-topics',
  direction: 'asc',
  keys: [
    { column: sql`-coalesce(${pt.score}, 0)`, type: 'real' },
    { column: sql`${pt.topicId}`, type: 'bigint' },
  ],
  valuesOf: ({ score, id }) => [-(score ?? 0), id],
}

/** The topics of the paper `paperId`. */
export function paperTopicList(paperId: Sql): JsonList {
  return {
    entity: paperTopicEntity,
    from: sql`${pt}`,
    condition: sql`${pt.paperId} = ${paperId}`,
    order: PAPER_TOPIC_ORDER,
    head: () => sql`true`,
  }
}

const TOPIC_ORDERS = {
  paper_count: { column: sql`${t.paperCount}`, type: 'integer' },
  name: { column: sql`${t.nameKey}`, type: 'text' },
} as const
export type TopicOrder = keyof typeof TOPIC_ORDERS

export function topicOrder(field: TopicOrder, direction: 'asc' | 'desc'): KeysetOrder<ListRow> {
  return listOrder(`topics.${field}`, direction, TOPIC_ORDERS[field], topicEntity.id)
}

export interface TopicFilter {
  /** Part of the name, or another spelling of the topic, such as an acronym. */
  name?: string | null | undefined
  kinds?: readonly TopicKind[] | null | undefined
}

/** All topics, or the topics by parent. */
export function topicList({ name, kinds }: TopicFilter): List & { parent: Sql } {
  return {
    from: sql`${t}`,
    parent: sql`${t.parentId}`,
    conditions: [
      ...(kinds ? [sql`${t.kind} = any(${kinds}::topic_kind[])`] : []),
      ...whereNamed(name, titleKey, (key) => [
        sql`(${t.nameKey} like ${`%${key}%`} or ${t.id} = ${topicIdAt(name ?? '')})`,
      ]),
    ],
  }
}

/** Topics with the name: those whose whole name or spelling it is first, then whole words before parts of words. */
export function topicsNamed(filter: TopicFilter & { name: string }): ListInOrder {
  const [whole, ...parts] = fitsOf([sql`${t.nameKey}`], titleKey(filter.name))
  const fits = [sql`(${whole} or ${t.id} = ${topicIdAt(filter.name)})`, ...parts]
  return {
    list: withFit(topicList(filter), fits, sql`${t.paperCount}`),
    order: fitOrder('topics', topicEntity.id),
  }
}

export function topicsByIds(
  db: Database,
  selection: Selection,
  ids: readonly number[],
): Promise<Map<number, Topic>> {
  return readByIds(db, topicEntity, sql`${t}`, selection, ids)
}

/** The row source for the topic with this slug, or to which a keyword with this slug resolves. */
export function topicAt(slug: string): RowSource {
  return { entity: topicEntity, from: sql`${t}`, condition: sql`${t.id} = ${topicIdAt(slug)}` }
}

/** The topic with this slug or spelling; null if there is none. */
export function findTopic(db: Database, slug: string, selection: Selection): Promise<Topic | null> {
  return readOne(db, topicAt(slug), selection)
}
