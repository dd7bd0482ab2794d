import type { Database } from '../../db/client.ts'
import { alias, empty, type Sql, sql } from '../../db/sql.ts'
import { authors, authorships } from '../../db/tables/authors.ts'
import { papers } from '../../db/tables/papers.ts'
import { paperRepositories, repositories } from '../../db/tables/repositories.ts'
import { paperTopics, topics } from '../../db/tables/topics.ts'
import { type KeysetOrder, keysetLimit } from '../../sql/keyset.ts'
import { readTopLists } from '../../sql/list.ts'
import { type Entity, type JsonList, namedColumns, type Selection } from '../../sql/selection.ts'
import { type Author, authorEntity } from '../entity/author.ts'
import { type Repository, repositoryEntity } from '../entity/repository.ts'
import { type Topic, topicEntity } from '../entity/topic.ts'
import { type LinkedParent, linksOfNewest } from '../papers/link.ts'

const p = alias(papers, 'p')
const xPaperRepositories = alias(paperRepositories, 'x')
const xAuthorships = alias(authorships, 'x')
const xPaperTopics = alias(paperTopics, 'x')
const u = alias(authors, 'u')
const t = alias(topics, 't')
const s = alias(repositories, 's')
const r = alias(repositories, 'r')

/** An entity among those with the most papers of a parent; its id is unique among them. */
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
  /** The entities of its kind linked to the paper `w`, with a number that breaks ties, larger first. */
  linked: Sql
  /** The table of the entities, joined with `n`. */
  table: Sql
  entity: Entity
}

/** Citations are looked up only for the leading entities: reading them with all papers takes twice as long. */
const NUMBERS = {
  ...namedColumns('n', 'paperCount'),
  citationCount: sql`(select sum(${p.citationCount}) from ${p} where ${p.id} = any(n.papers))`,
}
const leaderEntity = (relation: string, entity: Entity): Entity => ({
  id: sql`n.id`,
  columns: NUMBERS,
  relations: { [relation]: { kind: 'joined', entity } },
})

const LEADERS = {
  author: {
    linked: sql`select ${xAuthorships.authorId} as id, 0 as tie from ${xAuthorships} where ${xAuthorships.paperId} = w.paper_id`,
    table: sql`${u} on ${u.id} = n.id`,
    entity: leaderEntity('author', authorEntity),
  },
  topic: {
    linked: sql`select ${xPaperTopics.topicId} as id, 0 as tie from ${xPaperTopics} where ${xPaperTopics.paperId} = w.paper_id`,
    table: sql`${t} on ${t.id} = n.id`,
    entity: leaderEntity('topic', topicEntity),
  },
  repository: {
    linked: sql`select ${xPaperRepositories.repositoryId} as id, ${s.starsSort} as tie from ${xPaperRepositories}
      join ${s} on ${s.id} = ${xPaperRepositories.repositoryId} where ${xPaperRepositories.paperId} = w.paper_id`,
    table: sql`${r} on ${r.id} = n.id`,
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
 * The authors, topics or repositories with the most of each parent's newest papers, without the parent itself. One statement for all parents.
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
