import sql, { empty, type Sql } from 'sql-template-tag'
import type { Database } from '../../db/client.ts'
import { type KeysetOrder, keysetLimit } from '../../sql/keyset.ts'
import { readTopLists } from '../../sql/list.ts'
import { columns, type Entity, type JsonList, type Selection } from '../../sql/selection.ts'
import { type Author, authorEntity } from '../entity/author.ts'
import { type Repository, repositoryEntity } from '../entity/repository.ts'
import { type Topic, topicEntity } from '../entity/topic.ts'
import { type LinkedParent, linksOfNewest } from '../papers/link.ts'

/** What stands on the most papers of a parent; its id is its own among those. */
interface Leader {
  id: number
  paperCount: number
}
export interface LeadingAuthor extends Leader {
  citationCount: number
  author: Author
}
export interface LeadingTopic extends Leader {
  topic: Topic
}
export interface LeadingRepository extends Leader {
  repository: Repository
}

interface LeaderKind {
  /** What of its kind the paper `w` is linked with, with a number that tells apart, the larger first, what is level. */
  linked: Sql
  /** The table of what leads, joined with `n`. */
  table: Sql
  entity: Entity
}

/** Citations are looked up for what leads only: to read them with all papers takes twice as long. */
const NUMBERS = {
  ...columns('n', 'paperCount'),
  citationCount: sql`(select sum(p.citation_count) from papers p where p.id = any(n.papers))`,
}
const leaderEntity = (relation: string, entity: Entity): Entity => ({
  id: sql`n.id`,
  columns: NUMBERS,
  relations: { [relation]: { kind: 'joined', entity } },
})

const LEADERS = {
  author: {
    linked: sql`select x.author_id as id, 0 as tie from authorships x where x.paper_id = w.paper_id`,
    table: sql`authors u on u.id = n.id`,
    entity: leaderEntity('author', authorEntity),
  },
  topic: {
    linked: sql`select x.topic_id as id, 0 as tie from paper_topics x where x.paper_id = w.paper_id`,
    table: sql`topics t on t.id = n.id`,
    entity: leaderEntity('topic', topicEntity),
  },
  repository: {
    linked: sql`select x.repository_id as id, s.stars_sort as tie from paper_repositories x
      join repositories s on s.id = x.repository_id where x.paper_id = w.paper_id`,
    table: sql`repositories r on r.id = n.id`,
    entity: leaderEntity('repository', repositoryEntity),
  },
} satisfies Record<string, LeaderKind>
export type LeadingKind = keyof typeof LEADERS

const ORDER: KeysetOrder = {
  name: 'leading',
  direction: 'asc',
  keys: [
    { column: sql`-n.paper_count`, type: 'bigint' },
    { column: sql`-n.tie`, type: 'bigint' },
    { column: sql`n.id`, type: 'bigint' },
  ],
  valuesOf: () => [],
}

export interface LeadingRequest {
  parent: LinkedParent
  leading: LeadingKind
  /** 0 to 100. */
  first: number
  selection: Selection
}

/**
 * The authors, topics or repositories that stand on the most of each parent's newest papers, without the parent
 * itself. One statement for all parents.
 */
export function leadingByParents<Row extends Leader>(
  db: Database,
  request: LeadingRequest,
  parentIds: readonly number[],
): Promise<Map<number, Row[]>> {
  const write = (parentId: Sql) => leadingList(request, parentId)
  return readTopLists<Row>(db, write, request.selection, request.first, parentIds)
}

function leadingList(
  { parent, leading, first, selection }: LeadingRequest,
  parentId: Sql,
): JsonList {
  const { linked, table, entity } = LEADERS[leading]
  const others = parent === leading ? sql`where x.id <> ${parentId}` : empty
  const ranked = sql`(select x.id, count(*) as paper_count, max(x.tie) as tie
      ${selection.columns.has('citationCount') ? sql`, array_agg(x.paper_id) as papers` : empty}
    from ${linksOfNewest(parent, parentId, linked)} ${others}
    group by 1 order by 2 desc, 3 desc, 1 limit ${keysetLimit(first, false)}) n`
  return {
    entity,
    from: sql`${ranked} join ${table}`,
    condition: sql`true`,
    order: ORDER,
    head: () => sql`true`,
  }
}
