import {
  ABSTRACT,
  ABSTRACT_OF_SENTENCE,
  COMPLETE,
  FOCUS,
  FULL_QUALITY_TERMS,
  KEYWORD,
  LENGTH_OF_SENTENCE,
  MOST_OF_TERM,
  PAIR,
  SENTENCE_TERMS,
  TEXT,
} from '../../db/ranking.ts'
import { alias, empty, join, type Sql, sql } from '../../db/sql.ts'
import { authorships } from '../../db/tables/authors.ts'
import { papers } from '../../db/tables/papers.ts'
import type { SearchPlan } from './compile.ts'
import type { TermGroup } from './terms/groups.ts'

const p = alias(papers, 'p')
const x = alias(authorships, 'x')

/**
 * The score of a paper is the sum of three parts, in points:
 *
 *   text       TEXT × (weight of the query's terms that it has, each as `ts_rank` counts it) ÷ (weight of all)
 *              + the weight of those that are names of its authors, or the year in which it came out
 *              + COMPLETE, if some are names, for a paper that has all, as words or as names
 *              + PAIR for terms that are adjacent in both query and paper + FOCUS for a title about nothing else
 *   citations  CITATION_POINTS × ln(1 + citations): large enough to order papers of the same words, too small to lift one
 *              that lacks a word.
 *   freshness  FRESHNESS_POINTS × years since 1990, at most 60: a paper ten years older needs four times the citations.
 *
 * In longer queries, in which a word counts less, citations and freshness count proportionally less. They are SQL functions
 * (db/functions/search-score.ts), because generated columns use them. All constants are in db/ranking.ts.
 */

/** The divisor of `ts_rank`: the limit of its sum over occurrences, 1/n². */
const RANK_OF_ONE = 1.64493406685

/** The parts of a score as SQL expressions. */
export interface ScoreParts {
  text: Sql
  citations: Sql
  freshness: Sql
}

/** The joins that scores need, to papers under the alias `p`, and the parts of the scores. */
export function scoring(plan: SearchPlan): { join: Sql; parts: ScoreParts } {
  const { groups, pairs } = plan
  const light = groups.length > FULL_QUALITY_TERMS ? FULL_QUALITY_TERMS / groups.length : 1
  const inPart = (score: Sql) => (light === 1 ? score : sql`(${score} * ${light}::float8)::real`)
  const citations = inPart(sql`search_citation_score(${p.citationCount})`)
  const freshness = inPart(sql`search_freshness_score(${p.publishedOn})`)
  if (groups.length === 0)
    return { join: sql``, parts: { text: sql`0::real`, citations, freshness } }
  const total = weightOf(groups)
  const neighbours = pairs.map(([a, b]) => {
    const [one, other] = [groups[a], groups[b]]
    return {
      query: `(${one?.adjacent ?? one?.match}) <-> (${other?.adjacent ?? other?.match})`,
      weight: (PAIR * Math.min(one?.weight ?? 0, other?.weight ?? 0)) / total,
    }
  })
  const join = sql`
    cross join lateral (select ${p.search} || ''::tsvector as search offset 0) v
    cross join lateral (${countedTerms(groups, total)}) w
    cross join lateral (
      select coalesce(sum(case when ${p.titleSearch} @@ n.query then n.weight else n.weight / 2 end), 0) as pairs
      from unnest(${neighbours.map(({ query }) => query)}::tsquery[], ${neighbours.map(({ weight }) => weight)}::float8[])
        as n(query, weight) where v.search @@ n.query) n`
  const named = groups.filter(({ authors }) => authors.length > 0)
  const text = sql`(${TEXT}::float8 * (coalesce(w.terms, 0)${perLength(groups)} + n.pairs${authorPoints(named, groups, total)}${yearPoints(groups, total)})
    ${focusPoints(groups)})::real`
  return withCoined(plan, join, text, { citations, freshness })
}

/** Points of a title about nothing else; none for a query that is a sentence. */
function focusPoints(groups: readonly TermGroup[]): Sql {
  if (isSentence(groups)) return empty
  return sql` + ${FOCUS}::float8 * coalesce(w.titled, 0) ^ 2 / (${askedWords(groups)} * greatest(length(${p.titleSearch}), w.titled, 1))`
}

const isSentence = (groups: readonly TermGroup[]) => groups.length >= SENTENCE_TERMS

/** The weight of the terms that a paper has, and how many are in its title. */
function countedTerms(groups: readonly TermGroup[], total: number): Sql {
  const counted = groups.flatMap((group, place) => {
    const { rank, isGated, own, match, weight, scale, alternatives } = group
    const itself = { rank, gate: isGated ? (own ?? match) : null, scale, factor: 1, size: 1 }
    return [itself, ...alternatives].map((one) => ({ ...one, place, weight: weight / total }))
  })
  const terms = sql`unnest(${counted.map(({ rank }) => rank)}::tsquery[], ${counted.map(({ gate }) => gate)}::tsquery[],
    ${counted.map(({ weight, factor }) => weight * factor)}::float8[],
    ${counted.map(({ scale }) => scale * RANK_OF_ONE)}::float8[]`
  const points = sql`t.weight * least(${MOST_OF_TERM}::float8, t.scale * ts_rank(${weightsFor(groups.length)}::real[], v.search, t.rank))`
  if (counted.length === groups.length)
    return sql`select sum(${points}) as terms, count(*) filter (where ${p.titleSearch} @@ t.rank) as titled
      from ${terms}) as t(rank, gate, weight, scale) where t.gate is null or v.search @@ t.gate`
  // The highest of a term and its alternatives counts.
  return sql`select sum(b.best) as terms, sum(b.titled) as titled, sum(greatest(b.titled, 1)) - count(*) as more from (
      select max(${points}) as best,
        coalesce(max(t.size) filter (where ${p.titleSearch} @@ coalesce(t.gate, t.rank)), 0) as titled
      from ${terms}, ${counted.map(({ place }) => place)}::int[], ${counted.map(({ size }) => size)}::int[])
        as t(rank, gate, weight, scale, place, size)
      where t.gate is null or v.search @@ t.gate group by t.place) b`
}

/** The number of words of a title with all terms and nothing else; more if it has a long form of a term. */
function askedWords(groups: readonly TermGroup[]): Sql {
  const asked = sql`${groups.length}::float8`
  return groups.some(({ alternatives }) => alternatives.length > 0)
    ? sql`(${asked} + coalesce(w.more, 0))`
    : asked
}

/** For queries that are sentences, weights words by the length of the text: a long text has some words of any query. */
function perLength(groups: readonly TermGroup[]): Sql {
  if (!isSentence(groups)) return empty
  const { least, mean, part } = LENGTH_OF_SENTENCE
  return sql` / sqrt(${1 - part}::float8 + ${part / mean}::float8 * greatest(length(v.search), ${least}::int))`
}

/** Raises the scores of papers that coined a name in the query. */
function withCoined(
  { coined }: SearchPlan,
  join: Sql,
  text: Sql,
  others: Omit<ScoreParts, 'text'>,
): { join: Sql; parts: ScoreParts } {
  if (coined.length === 0) return { join, parts: { text, ...others } }
  const joined = sql`${join} left join unnest(${coined.map(({ paperId }) => paperId)}::bigint[],
    ${coined.map(({ least }) => least)}::real[], ${coined.map(({ points }) => points)}::real[]) as o(id, least, points) on o.id = ${p.id}`
  return {
    join: joined,
    parts: { text: sql`(greatest(${text}, o.least) + coalesce(o.points, 0))`, ...others },
  }
}

/** The total weight of the terms, without those that no paper is known to have, which would reduce the share of the others. */
function weightOf(groups: readonly TermGroup[]): number {
  const known = groups.filter(({ share, year }) => share > 0 || year !== undefined)
  return (known.length > 0 ? known : groups).reduce((sum, { weight }) => sum + weight, 0)
}

/**
 * Points for each term that is the name of an author: as many as for a term in the title. Papers that have all terms, as words or as names,
 * come before those that lack some, however often these have the others.
 */
function authorPoints(
  named: readonly TermGroup[],
  groups: readonly TermGroup[],
  total: number,
): Sql {
  if (named.length === 0) return empty
  const isBy = ({ authors }: TermGroup) =>
    sql`coalesce(bool_or(${x.authorId} = any(${authors.map(([id]) => id)}::bigint[])), false)`
  const points = named.map(
    (group) => sql`case when ${isBy(group)} then ${group.weight / total}::float8 else 0 end`,
  )
  const inText = ({ match, year }: TermGroup) =>
    year === undefined
      ? sql`v.search @@ ${match}::tsquery`
      : sql`(v.search @@ ${match}::tsquery or extract(year from ${p.publishedOn}) = ${year}::int)`
  const has = groups.map((group) =>
    group.authors.length > 0 ? sql`(${inText(group)} or ${isBy(group)})` : inText(group),
  )
  const complete = sql`case when not (${join(has, ' and ')}) then 0
    when ${join(named.map(isBy), ' or ')} then ${COMPLETE.byAuthors}::float8 else ${COMPLETE.inText}::float8 end`
  return sql` + (select ${join(points, ' + ')} + ${complete} from ${x} where ${x.paperId} = ${p.id})`
}

/** The same points for a year in the query that is the paper's year. */
function yearPoints(groups: readonly TermGroup[], total: number): Sql {
  const dated = groups.flatMap(({ year, weight }) => (year === undefined ? [] : { year, weight }))
  const points = dated.map(
    ({ year, weight }) =>
      sql` + case extract(year from ${p.publishedOn}) when ${year}::int then ${weight / total}::float8 else 0 end`,
  )
  return points.length === 0 ? empty : join(points, '')
}

/** The weights of the labels D, C (keywords), B (abstract) and A (title). */
const weightsFor = (terms: number) =>
  `{0,${KEYWORD},${terms < SENTENCE_TERMS ? ABSTRACT : ABSTRACT_OF_SENTENCE},1}`
