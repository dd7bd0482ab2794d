import type { Database } from '../../db/client.ts'
import { alias, empty, raw, type Sql, sql } from '../../db/sql.ts'
import { papers } from '../../db/tables/papers.ts'
import { paperTopics, topics } from '../../db/tables/topics.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import { readTopLists } from '../../sql/list.ts'
import { type Entity, type JsonList, namedColumns, type Selection } from '../../sql/selection.ts'
import { type Topic, topicEntity } from '../entity/topic.ts'
import { linksOfNewest, MOST_PAPERS } from '../papers/link.ts'

const o = alias(topics, 'o')
const t = alias(topics, 't')
const s = alias(paperTopics, 's')

/** A topic that occurs on the same papers as another. */
export interface CoOccurringTopic {
  id: number
  paperCount: number
  /** Observed ÷ expected number of shared papers; 1 means independent. */
  lift: number
  topic: Topic
}

/** Orders of co-occurring topics. */
export const CO_OCCURRENCE_ORDERS = ['relevance', 'paper_count', 'lift'] as const
export type CoOccurrenceOrder = (typeof CO_OCCURRENCE_ORDERS)[number]

/**
 * Observed ÷ expected shared papers. Expected is the number of papers read, times the other topic's share of the catalogue.
 */
const LIFT = sql`(n.paper_count::float8 * c.papers
  / (least(${raw(String(MOST_PAPERS))}, greatest(1, ${o.paperCount})) * greatest(1, ${t.paperCount})::float8))`

/** Ranking expressions. `relevance` combines the number of shared papers with the lift, because the most frequent topics have only the former. */
const RANKS: Record<CoOccurrenceOrder, Sql> = {
  relevance: sql`n.paper_count * ln(${LIFT})`,
  paper_count: sql`n.paper_count`,
  lift: LIFT,
}

const entity: Entity = {
  id: sql`n.id`,
  columns: { ...namedColumns('n', 'paperCount'), lift: LIFT },
  relations: { topic: { kind: 'joined', entity: topicEntity } },
}

export interface CoOccurrenceRequest {
  order: CoOccurrenceOrder
  /** 0 to 100. */
  first: number
  selection: Selection
}

/** Topics that co-occur with each topic on its newest papers. One statement for all. */
export function coOccurringByTopics(
  db: Database,
  { order, first, selection }: CoOccurrenceRequest,
  topicIds: readonly number[],
): Promise<Map<number, CoOccurringTopic[]>> {
  const countsCatalogue = order !== 'paper_count' || selection.columns.has('lift')
  const write = (topicId: Sql) => coOccurringList(order, topicId, countsCatalogue)
  return readTopLists<CoOccurringTopic>(db, write, selection, first, topicIds)
}

function coOccurringList(
  order: CoOccurrenceOrder,
  topicId: Sql,
  countsCatalogue: boolean,
): JsonList {
  const others = sql`select ${s.topicId} from ${s}
    where ${s.paperId} = w.paper_id and ${s.topicId} <> ${topicId}`
  const keys: KeysetOrder['keys'] = [
    { column: sql`-${RANKS[order]}`, type: 'real' },
    { column: sql`-n.paper_count`, type: 'bigint' },
    { column: sql`n.id`, type: 'bigint' },
  ]
  // `offset 0` keeps it one count, however often it is referenced.
  const catalogue = sql`(select (select count(*) from ${papers}) as papers offset 0) c`
  return {
    entity,
    from: sql`(select x.topic_id as id, count(*) as paper_count
        from ${linksOfNewest('topic', topicId, others)} group by 1) n
      join ${t} on ${t.id} = n.id join ${o} on ${o.id} = ${topicId}
      ${countsCatalogue ? sql`cross join ${catalogue}` : empty}`,
    condition: sql`true`,
    order: { name: `co-occurring.${order}`, direction: 'asc', keys, valuesOf: () => [] },
  }
}
