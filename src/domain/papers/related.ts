import type { Database } from '../../db/client.ts'
import { alias, empty, type Sql, sql } from '../../db/sql.ts'
import { authors, authorships } from '../../db/tables/authors.ts'
import { citations } from '../../db/tables/citations.ts'
import { papers } from '../../db/tables/papers.ts'
import { paperTopics, topics } from '../../db/tables/topics.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import { and, readTopLists } from '../../sql/list.ts'
import { type Entity, namedColumns, type Selection } from '../../sql/selection.ts'
import { type Paper, paperEntity } from '../entity/paper.ts'
import { LIMIT, WEIGHT } from './related/limits.ts'
import { ownWords, wordsInCommon, wordsOfTheBest } from './related/words.ts'

const t = alias(topics, 't')
const u = alias(authors, 'u')
const q = alias(papers, 'q')

const p = alias(papers, 'p')
const lPaperTopics = alias(paperTopics, 'l')
const lAuthorships = alias(authorships, 'l')

export const RELATION_KINDS = [
  'topic',
  'author',
  'text',
  'co_cited',
  'shared_references',
  'cites',
  'cited_by',
] as const
type RelationKind = (typeof RELATION_KINDS)[number]

/** A reason why a paper is related to another. */
export interface RelationReason {
  kind: RelationKind
  /** Name of the topic or author, or the word; null for citations. */
  detail: string | null
  /** Papers in common, for the kinds that count them; null for the others. */
  count: number | null
  /** Its part of the score. */
  weight: number
}

export interface RelatedPaper {
  id: number
  score: number
  reasons: RelationReason[]
  paper: Paper
}

export const relatedEntity: Entity = {
  id: sql`o.id`,
  columns: namedColumns('o', 'score', 'reasons'),
  relations: { paper: { kind: 'joined', entity: paperEntity } },
}

export const RELATED_ORDER: KeysetOrder<never> = {
  name: 'related',
  direction: 'desc',
  keys: [
    { column: sql`o.score`, type: 'real' },
    { column: sql`${p.citationCount}`, type: 'integer' },
    { column: sql`o.id`, type: 'bigint' },
  ],
  valuesOf: () => [],
}

/** The papers most similar to each paper, with the reasons: one statement for all, with bounded work for each. */
export function readRelated(
  db: Database,
  first: number,
  selection: Selection,
  paperIds: readonly number[],
): Promise<Map<number, RelatedPaper[]>> {
  return readTopLists<RelatedPaper>(
    db,
    (paperId) => ({
      entity: relatedEntity,
      from: sql`(${scored(paperId)}) o join ${p} on ${p.id} = o.id`,
      condition: sql`true`,
      order: RELATED_ORDER,
    }),
    selection,
    first,
    paperIds,
  )
}

/** The papers to compare with a paper. */
interface Compared {
  /** Conditions on candidates from indexes. */
  conditions?: readonly Sql[]
  /** A statement that selects the ids of the papers to compare, instead of candidates from indexes. */
  among?: Sql
}

/**
 * Candidates come from indexes of topics, authors, words and citations, a bounded number from each. The best are compared in full, because a
 * topic's newest papers are not all of its papers. The `offset` keeps the planner from reading all of these instead.
 */
export function scored(paperId: Sql, { conditions = [], among }: Compared = {}): Sql {
  return sql`
    with ${ownTopics(paperId)}, ${ownAuthors(paperId)}, ${ownWords(paperId)}, ${ownCitations(paperId)},
    found as materialized (
      select id, kind, null::text as detail, count, weight from common
    ), candidate as materialized (
      ${among ?? candidates(paperId, conditions)}
    ), ${wordsInCommon}, other as materialized (
      select f.* from found f join candidate c on c.id = f.id
      union all select c.id, 'topic', t.detail, null, t.weight
        from candidate c cross join lateral (
          select ${lPaperTopics.topicId} as id from ${lPaperTopics} where ${lPaperTopics.paperId} = c.id offset 0) x
        join own_topic t on t.id = x.id
      union all select c.id, 'author', a.detail, null, a.weight
        from candidate c cross join lateral (
          select ${lAuthorships.authorId} as id from ${lAuthorships} where ${lAuthorships.paperId} = c.id offset 0) x
        join own_author a on a.id = x.id
    ), ${wordsOfTheBest}, reason as (
      select * from other union all select id, 'text', detail, null, weight from telling_word
    )
    select id, sum(weight)::real as score, json_agg(json_build_object('kind', kind, 'detail', detail,
        'count', count, 'weight', weight::real) order by weight desc, kind, detail) as reasons
    from reason group by id`
}

function candidates(paperId: Sql, conditions: readonly Sql[]): Sql {
  const met =
    conditions.length === 0
      ? empty
      : sql` and exists (select from ${p} where ${p.id} = x.id and ${and(conditions)})`
  return sql`select x.id from (
        select id, weight from found
        union all select id, weight from hit
        union all select x.id, t.weight from own_topic t cross join lateral (
          select ${lPaperTopics.paperId} as id from ${lPaperTopics} where ${lPaperTopics.topicId} = t.id
          order by ${lPaperTopics.publishedSort} desc, ${lPaperTopics.paperId} desc limit ${LIMIT.topicPapers}) x
        union all select x.id, a.weight from own_author a cross join lateral (
          select ${lAuthorships.paperId} as id from ${lAuthorships} where ${lAuthorships.authorId} = a.id
          order by ${lAuthorships.publishedSort} desc, ${lAuthorships.paperId} desc limit ${LIMIT.authorPapers}) x
      ) x where x.id <> ${paperId}${met} group by x.id
      order by sum(x.weight) desc, x.id desc limit ${LIMIT.compared}`
}

/** Weights a paper's topics or authors by their rarity. A paper with only one gets less weight for it. */
const share = (most: Sql) => sql`${most} * rarity / (1 + sum(rarity) over ()) as weight`

function ownTopics(paperId: Sql): Sql {
  return sql`own_topic as materialized (
    select x.id, x.detail, ${share(WEIGHT.topic)} from (
      select ${t.id}, ${t.name} as detail,
        power(ln(1 + m.most / greatest(${t.paperCount}, 1)) / ln(1 + m.most), 2) as rarity
      from ${lPaperTopics} join ${t} on ${t.id} = ${lPaperTopics.topicId}
      cross join (select greatest(max(paper_count), 1)::float8 as most from ${topics}) m
      where ${lPaperTopics.paperId} = ${paperId} order by ${t.paperCount}, ${t.id} limit ${LIMIT.topics}) x)`
}

function ownAuthors(paperId: Sql): Sql {
  return sql`own_author as materialized (
    select x.id, x.detail, ${share(WEIGHT.author)} from (
      select ${u.id}, ${u.name} as detail, 1 / (1 + ln(greatest(${u.paperCount}, 1)::float8)) as rarity
      from ${lAuthorships} join ${u} on ${u.id} = ${lAuthorships.authorId}
      where ${lAuthorships.paperId} = ${paperId} order by ${lAuthorships.position} limit ${LIMIT.authors}) x)`
}

/** Papers with citations in common. Being cited together counts less for papers that are cited everywhere. */
function ownCitations(paperId: Sql): Sql {
  const l = alias(citations, 'l')
  return sql`reference as materialized (
    select ${l.citedId} as id, 1 / ln(exp(1) + ${q.citationCount}) as rarity
    from ${l} join ${q} on ${q.id} = ${l.citedId} where ${l.citingId} = ${paperId}
    order by ${q.citationCount}, ${q.id} limit ${LIMIT.citations}
  ), citing as materialized (
    select ${l.citingId} as id from ${l} where ${l.citedId} = ${paperId}
    order by ${l.publishedSort} desc, ${l.citingId} desc limit ${LIMIT.citations}
  ), common as materialized (
    select id, 'cites' as kind, null::int as count, ${WEIGHT.cites} as weight from reference
    union all select id, 'cited_by', null, ${WEIGHT.cites} from citing
    union all
    select x.id, 'co_cited', x.count,
      ${WEIGHT.common} * x.count / (x.count + 1) / ln(exp(1) + ${q.citationCount} / 10.0)
    from (select l.id, count(*)::int as count from citing s cross join lateral (
        select ${l.citedId} as id from ${l} where ${l.citingId} = s.id
        order by ${l.citedId} desc limit ${LIMIT.compared}) l
      where l.id <> ${paperId} group by l.id
      order by count(*) desc, l.id desc limit ${LIMIT.compared}) x
    join ${q} on ${q.id} = x.id
    union all
    select l.id, 'shared_references', count(*)::int,
      ${WEIGHT.common} * sum(s.rarity) / (1 + (select sum(rarity) from reference))
    from reference s cross join lateral (select ${l.citingId} as id from ${l} where ${l.citedId} = s.id
        order by ${l.publishedSort} desc, ${l.citingId} desc limit ${LIMIT.citations}) l
    where l.id <> ${paperId} group by l.id
  )`
}
