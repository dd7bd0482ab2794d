import type { Database } from '../../db/client.ts'
import { alias, raw, sql } from '../../db/sql.ts'
import { topics } from '../../db/tables/topics.ts'
import { decodeItems, itemOf, type Selection } from '../../sql/selection.ts'
import { type Topic, topicEntity } from '../entity/topic.ts'

const s = alias(topics, 's')
const t = alias(topics, 't')

/** Maximum number of levels above a topic; no real tree is as deep. */
const MOST_LEVELS = raw('20')

/** The ancestors of each topic, the widest first: one statement for all. A cycle ends the path. */
export async function ancestorsByTopics(
  db: Database,
  selection: Selection,
  topicIds: readonly number[],
): Promise<Map<number, Topic[]>> {
  const rows = await db.query<{ id: number; items: unknown }>(sql`
    with recursive way(start, id, level, path) as (
      select ${s.id}, ${s.parentId}, 1, array[${s.id}] from ${s} where ${s.id} = any(${topicIds}::bigint[])
      union all
      select w.start, ${s.parentId}, w.level + 1, w.path || ${s.id}
      from way w join ${s} on ${s.id} = w.id
      where w.level < ${MOST_LEVELS} and w.id <> all(w.path))
    select w.start as id, json_agg(${itemOf(topicEntity, selection)} order by w.level desc) as items
    from way w join ${t} on ${t.id} = w.id where w.id <> all(w.path) group by w.start`)
  return new Map(
    rows.map(({ id, items }) => [id, decodeItems<Topic>(topicEntity, selection, items)]),
  )
}
