import type { Database } from '../../db/client.ts'
import { alias, raw, type Sql, sql } from '../../db/sql.ts'
import { paperInstitutions } from '../../db/tables/institutions.ts'
import { paperTopics, topics } from '../../db/tables/topics.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import { readTopLists } from '../../sql/list.ts'
import { type Entity, type JsonList, namedColumns, type Selection } from '../../sql/selection.ts'
import { type Topic, topicEntity } from '../entity/topic.ts'

const pi = alias(paperInstitutions, 'pi')
const x = alias(paperTopics, 'x')
const t = alias(topics, 't')

/** The number of papers of a year with a topic. */
export interface TopicYear {
  id: string
  year: number
  paperCount: number
  topic: Topic
}

const entity: Entity = {
  id: sql`n.year || ':' || n.topic_id`,
  columns: namedColumns('n', 'year', 'paperCount'),
  relations: { topic: { kind: 'joined', entity: topicEntity } },
}

const ORDER: KeysetOrder = {
  name: 'topic-years',
  direction: 'asc',
  keys: [
    { column: sql`n.year`, type: 'integer' },
    { column: sql`-n.paper_count`, type: 'bigint' },
    { column: sql`n.topic_id`, type: 'bigint' },
  ],
  valuesOf: () => [],
}

/** The commonest topics of each year of an institution's papers, the earliest year first: one statement for all institutions. */
export function topicYearsByInstitutions(
  db: Database,
  selection: Selection,
  { first, from, to }: { first: number; from: number; to: number },
  institutionIds: readonly number[],
): Promise<Map<number, TopicYear[]>> {
  const write = (id: Sql): JsonList => ({
    entity,
    from: sql`(select c.*, row_number() over (partition by c.year order by c.paper_count desc, c.topic_id) as rank from (
        select date_part('year', ${pi.publishedSort})::int as year, ${x.topicId}, count(*) as paper_count
        from ${pi} join ${x} on ${x.paperId} = ${pi.paperId}
        where ${pi.institutionId} = ${id} and ${pi.publishedSort} between make_date(${from}, 1, 1) and make_date(${to}, 12, 31)
        group by 1, 2) c) n join ${t} on ${t.id} = n.topic_id`,
    condition: sql`n.rank <= ${raw(String(first))}`,
    order: ORDER,
    head: () => sql`true`,
  })
  return readTopLists<TopicYear>(db, write, selection, first * (to - from + 1), institutionIds)
}
