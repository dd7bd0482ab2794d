import type { Database } from '../../db/client.ts'
import { alias, empty, raw, type Sql, sql } from '../../db/sql.ts'
import { citations } from '../../db/tables/citations.ts'
import { authors, authorships, papers, paperTopics, topics } from '../../db/tables/papers.ts'
import { searchLexemes, searchStatistics } from '../../db/tables/search.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import { and, readTopLists } from '../../sql/list.ts'
import { type Entity, namedColumns, type Selection } from '../../sql/selection.ts'
import { type Paper, paperEntity } from '../entity/paper.ts'

const t = alias(topics, 't')
const u = alias(authors, 'u')
const q = alias(papers, 'q')
const k = alias(searchLexemes, 'k')

const p = alias(papers, 'p')
const lPaperTopics = alias(paperTopics, 'l')
const lAuthorships = alias(authorships, 'l')
const h = alias(papers, 'h')

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

/** Why a paper is taken to be related to another. */
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

/** Limits of what is read for one paper, independent of the size of the catalogue. */
export const RELATED_LIMITS = {
  /** Its rarest topics, and the newest papers of each. */
  topics: 5,
  topicPapers: 60,
  /** Its first authors, and the newest papers of each. */
  authors: 12,
  authorPapers: 20,
  /** The rarest words of its title, of those that so few titles have. */
  words: 8,
  wordPapers: 300,
  /** The words that its abstract repeats and its title lacks, likewise. */
  told: 8,
  /** Pairs of neighbours among them, and most titles that may have a pair. */
  pairs: 4,
  pairTitles: 1_500,
  /** The newest that cite it, its least cited references, and what those lead to. */
  citations: 30,
  /** Candidates that are compared in full. */
  compared: 100,
} as const

/** How much reasons of a kind may add together. A topic is shared by many, words and citations are not. */
const WEIGHTS = { topic: 0.8, author: 0.4, text: 2, common: 1, cites: 0.4 } as const

const LIMIT = Object.fromEntries(
  Object.entries(RELATED_LIMITS).map(([name, limit]) => [name, raw(String(limit))]),
) as Record<keyof typeof RELATED_LIMITS, Sql>
const WEIGHT = Object.fromEntries(
  Object.entries(WEIGHTS).map(([name, weight]) => [name, raw(`${weight}::float8`)]),
) as Record<keyof typeof WEIGHTS, Sql>

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

/** The papers most like each paper, with the reasons: one statement for all, of bounded work for each. */
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

/**
 * Candidates come from indexes: of topics, authors, words and citations, each a bounded number. Those that come out best
 * are compared in full, as a topic's newest papers are not all of its papers; the `offset` keeps the planner from reading
 * those instead.
 */
export function scored(paperId: Sql, conditions: readonly Sql[] = []): Sql {
  const met =
    conditions.length === 0
      ? empty
      : sql` and exists (select from ${p} where ${p.id} = x.id and ${and(conditions)})`
  return sql`
    with ${ownTopics(paperId)}, ${ownAuthors(paperId)}, ${ownWords(paperId)}, ${ownCitations(paperId)},
    found as materialized (
      select id, kind, null::text as detail, count, weight from common
    ), candidate as materialized (
      select x.id from (
        select id, weight from found
        union all select id, weight from hit
        union all select x.id, t.weight from own_topic t cross join lateral (
          select ${lPaperTopics.paperId} as id from ${lPaperTopics} where ${lPaperTopics.topicId} = t.id
          order by ${lPaperTopics.publishedSort} desc, ${lPaperTopics.paperId} desc limit ${LIMIT.topicPapers}) x
        union all select x.id, a.weight from own_author a cross join lateral (
          select ${lAuthorships.paperId} as id from ${lAuthorships} where ${lAuthorships.authorId} = a.id
          order by ${lAuthorships.publishedSort} desc, ${lAuthorships.paperId} desc limit ${LIMIT.authorPapers}) x
      ) x where x.id <> ${paperId}${met} group by x.id
      order by sum(x.weight) desc, x.id desc limit ${LIMIT.compared}
    ), reason as (
      select f.* from found f join candidate c on c.id = f.id
      union all select c.id, 'topic', t.detail, null, t.weight
        from candidate c cross join lateral (
          select ${lPaperTopics.topicId} as id from ${lPaperTopics} where ${lPaperTopics.paperId} = c.id offset 0) x
        join own_topic t on t.id = x.id
      union all select c.id, 'author', a.detail, null, a.weight
        from candidate c cross join lateral (
          select ${lAuthorships.authorId} as id from ${lAuthorships} where ${lAuthorships.paperId} = c.id offset 0) x
        join own_author a on a.id = x.id
      union all select c.id, 'text', w.word, null,
          ${WEIGHT.text} * w.rarity * case when c.title_search @@ w.query then 1 else 0.6 end / (1 + (select sum(rarity) from own_text))
        from (select c.id, ${h.search}, ${h.titleSearch} from candidate c join ${h} on ${h.id} = c.id offset 0) c
        join own_text w on c.search @@ w.query
    )
    select id, sum(weight)::real as score, json_agg(json_build_object('kind', kind, 'detail', detail,
        'count', count, 'weight', weight::real) order by weight desc, kind, detail) as reasons
    from reason group by id`
}

/** Of things that a paper has, each weighs by its rarity; a paper with a single one has less to be like another. */
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

/**
 * The words of the title, and neighbours among them, by how much they say; and papers that have the rarest of them: in title or
 * abstract where so few have them, else in the title. The sort key is an expression, because for a supposedly common word the planner
 * would walk the index of a column.
 */
function ownWords(paperId: Sql): Sql {
  const first = sql`order by ${h.citationCount} + 0 desc, ${h.id} desc limit ${LIMIT.wordPapers}`
  return sql`size as materialized (
    select greatest(max(paper_count), 100)::float8 as papers from ${searchStatistics}
  ), printed as materialized (
    select w.word, s.place, (tsvector_to_array(to_tsvector('paperql', w.word)))[1] as lexeme
    from ${q} cross join string_to_table(search_text(left(${q.title}, 2000)), ' ') with ordinality as s(printed, place)
    cross join lateral (select btrim(s.printed, ${PUNCTUATION}) as word) w
    where ${q.id} = ${paperId} and length(w.word) > 1 and w.word !~ '^[0-9]+$'
  ), told as materialized (
    select y.lexeme, cardinality(y.positions) as times from ${q} cross join unnest(ts_filter(${q.search}, '{b}')) y
    where ${q.id} = ${paperId}
  ), title_word as materialized (
    select distinct on (x.lexeme) x.lexeme, x.word, x.place, ${TELLING} as telling
    from printed x left join told on told.lexeme = x.lexeme
    where x.lexeme is not null order by x.lexeme, x.word
  ), told_word as materialized (
    select distinct on (x.lexeme) x.lexeme, x.word, null::bigint as place, ${REPEATED} as telling
    from (select s.word, (tsvector_to_array(to_tsvector('paperql', s.word)))[1] as lexeme
      from (select distinct btrim(s.printed, ${PUNCTUATION}) as word from ${q}
        cross join string_to_table(search_text(left(${q.abstract}, 5000)), ' ') as s(printed) where ${q.id} = ${paperId}) s
      where length(s.word) > 2 and s.word !~ '^[0-9]+$') x
    join told on told.lexeme = x.lexeme and told.times > 1
    where not exists (select from title_word t where t.lexeme = x.lexeme) order by x.lexeme, x.word
  ), own_word as materialized (
    ${weighed('title_word', LIMIT.words)} union all ${weighed('told_word', LIMIT.told)}
  ), own_pair as materialized (
    select a.word || ' ' || b.word as word, a.query <-> b.query as query, least(a.title_count, b.title_count) as title_count,
      (a.rarity + b.rarity) / 2 as rarity
    from own_word a join own_word b on b.place = a.place + 1 order by 4 desc, 1 limit ${LIMIT.pairs}
  ), own_text as materialized (
    select word, query, rarity from own_word union all select word, query, rarity from own_pair
  ), hit as materialized (
    select x.id, w.rarity * x.part * ${WEIGHT.text} / (1 + (select sum(rarity) from own_text)) as weight
    from (select word, query, paper_count, title_count, rarity from own_word where title_count <= ${LIMIT.wordPapers}
      union all select word, query, null, title_count, rarity * 2 from own_pair where title_count <= ${LIMIT.pairTitles}) w
    cross join lateral (
      (select ${h.id}, case when ${h.titleSearch} @@ w.query then 1 else 0.6 end as part from ${h}
        where w.paper_count <= ${LIMIT.wordPapers} and ${h.search} @@ w.query ${first})
      union all
      (select ${h.id}, 1 from ${h}
        where coalesce(w.paper_count > ${LIMIT.wordPapers}, true) and ${h.titleSearch} @@ w.query ${first})) x
    where x.id <> ${paperId}
  )`
}

/** Words with their weight, those that say most. */
const weighed = (words: string, most: Sql) => sql`(
    select * from (select w.word, w.place, (${QUOTED_LEXEME})::tsquery as query, coalesce(${k.paperCount}, 1) as paper_count,
      coalesce(${k.titleCount}, 0) as title_count,
      w.telling * greatest(ln(size.papers / greatest(${k.paperCount}, 1)) / ln(size.papers), 0) as rarity
    from ${raw(words)} w cross join size left join ${k} on ${k.lexeme} = w.lexeme
    where coalesce(${k.paperCount}, 2) > 1) w
    where rarity >= ${LEAST_RARITY}::float8 order by rarity desc, word limit ${most})`

/** How much a word says that the abstract has several times. */
const REPEATED = raw('0.2 + 0.4 * ln(told.times)')

/** Words that say less are of half the catalogue. */
const LEAST_RARITY = raw('0.12')

/**
 * How much a word of a title says of what the paper is about: little where its own abstract does not have it, as in `Going Deeper`,
 * or where it is one of those that titles are made of.
 */
const TELLING = raw(
  `case when x.lexeme = any('{${[
    'beyond,better,bridg,case,deeper,dive,empir,enough,faster,get,go,good,guid,help,hard,import,improv,introduc,investig,journey',
    'lesson,level,look,make,matter,need,net,new,novel,one,perspect,quest,read,real,realli,reconsid,rethink,revisit,right,role',
    'said,simpl,stronger,studi,tale,thing,toward,understand,use,view,way,without,worth,wrong',
  ].join(
    ',',
  )}}'::text[]) then 0.2 when not exists (select from told) then 1 else 0.35 + coalesce(0.45 + 0.3 * ln(told.times), 0) end`,
)

/** What may stand around a word of a title. */
const PUNCTUATION = raw(`'.,:;!?"''()[]{}“”‘’…'`)

const QUOTED_LEXEME = sql`'''' || replace(replace(w.lexeme, '\\', '\\\\'), '''', '''''') || ''''`

/** What has citations in common with it. That two are cited together says less of those that are cited everywhere. */
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
