import type { Database } from '../../db/client.ts'
import { alias, join, type Sql, sql } from '../../db/sql.ts'
import { authorships, authors as authorsTable } from '../../db/tables/authors.ts'
import { papers, venues as venuesTable } from '../../db/tables/papers.ts'
import {
  paperRepositories,
  repositories as repositoriesTable,
} from '../../db/tables/repositories.ts'
import type { PaperKind } from '../../db/tables/vocabulary.ts'
import { badInput, quote } from '../../errors.ts'
import { and } from '../../sql/list.ts'
import { updatedSince } from '../entity/paper.ts'
import { topicIdBy, topicNameRows } from '../entity/topic-slug.ts'
import { atInstitution } from '../institutions/filter.ts'
import { getInstitutions } from '../institutions/reference.ts'
import { type StatementFilter, statementConditions } from '../statements/conditions.ts'
import { checkDecisions, type DecisionFilter, hasDecision } from '../statements/decision-filter.ts'
import { unknownLanguage, writtenIn } from '../statements/language.ts'
import {
  printedKey,
  printedNamesOf,
  type UnknownKey,
  unknownKeys,
  unknownPrinted,
} from '../statements/printed-names.ts'
import { isVenueOf, venueNameRows } from '../venues/slugs.ts'
import { authorIdsOf, namesAuthors, withAuthorIds } from './author-filter.ts'
import { topicConditions } from './topic-filter.ts'
import { isNamed, type NamedRow, unknownNames } from './unknown-names.ts'

const p = alias(papers, 'p')
const v = alias(venuesTable, 'v')
const r = alias(repositoriesTable, 'r')
const u = alias(authorsTable, 'u')

/** The filter of a list: papers must meet all given conditions. Null means absent. */
export interface PaperFilter extends StatementFilter {
  published?: Maybe<{ from?: Maybe<string>; to?: Maybe<string> }>
  year?: Maybe<readonly number[]>
  topics?: Names
  topicsAll?: Names
  topicsNone?: Names
  topicsWithin?: Names
  keywords?: Names
  authors?: Names
  institutions?: Names
  venues?: Names
  hasRepository?: Maybe<boolean>
  repositoryLanguage?: Names
  minCitations?: Maybe<number>
  maxCitations?: Maybe<number>
  minStars?: Maybe<number>
  maxStars?: Maybe<number>
  minUpvotes?: Maybe<number>
  maxUpvotes?: Maybe<number>
  kind?: Maybe<readonly PaperKind[]>
  text?: Maybe<string>
  language?: Names
  isRetracted?: Maybe<boolean>
  decisions?: Maybe<DecisionFilter>
  updatedSince?: Maybe<string | Date>
  anyOf?: Maybe<readonly PaperFilter[]>
  /** Topic ids by slug, from `resolveNames`: with ids, the planner knows how common each topic is. */
  topicIds?: ReadonlyMap<string, number> | undefined
  /** Institution ids by reference, likewise. */
  institutionIds?: ReadonlyMap<string, number> | undefined
}
type Maybe<T> = T | null | undefined
type Names = Maybe<readonly string[]>

/** The filter as conditions on the alias `p`. Throws BAD_USER_INPUT for values that can never match. */
export function paperConditions(filter: PaperFilter): Sql[] {
  if (Object.values(filter).every((value) => value == null)) return []
  check(filter)
  const { anyOf, topicIds, institutionIds } = filter
  return [
    ...conditionsOf(filter),
    ...(anyOf
      ? [either(anyOf.map((one) => conditionsOf({ ...one, topicIds, institutionIds })))]
      : []),
  ]
}

/** A condition that all conditions of at least one of these lists hold. */
function either(alternatives: Sql[][]): Sql {
  if (alternatives.length === 0) return sql`false`
  return sql`(${join(alternatives.map(and), ' or ')})`
}

function conditionsOf(filter: PaperFilter): Sql[] {
  return [
    ...published(filter),
    ...topicConditions(filter),
    ...(filter.authors ? [writtenBy(filter.authors)] : []),
    ...(filter.institutions ? [atInstitution(filter.institutions, filter.institutionIds)] : []),
    ...(filter.venues
      ? [sql`${p.venueId} in (select ${v.id} from ${v} where ${isVenueOf(filter.venues)})`]
      : []),
    ...repositories(filter),
    ...between(sql`${p.citationCount}`, filter.minCitations, filter.maxCitations),
    ...between(sql`${p.upvotesSort}`, filter.minUpvotes, filter.maxUpvotes),
    ...(filter.language ? [writtenIn(filter.language)] : []),
    ...statementConditions(filter),
    ...(filter.isRetracted != null ? [sql`${p.isRetracted} = ${filter.isRetracted}`] : []),
    ...(filter.decisions ? [hasDecision(filter.decisions)] : []),
    ...(filter.updatedSince
      ? [updatedSince(sql`${new Date(filter.updatedSince).toISOString()}::timestamptz`)]
      : []),
    ...(filter.kind ? [sql`${p.kind} = any(${filter.kind}::paper_kind[])`] : []),
    // A text with excluded words only would be compared with the text of every paper.
    ...(filter.text
      ? [
          sql`${p.search} @@ search_query(${filter.text})`,
          sql`querytree(search_query(${filter.text})) not in ('', 'T')`,
        ]
      : []),
  ]
}

function published({ published, year }: PaperFilter): Sql[] {
  const years = year && stretchesOf(year).map(([from, to]) => betweenYears(from, to))
  return [
    ...(published?.from ? [sql`${p.publishedSort} >= ${published.from}::date`] : []),
    // The sort key of a paper without a date is before all days, and must be excluded.
    ...(published?.to
      ? [sql`${p.publishedSort} <= ${published.to}::date and ${p.publishedOn} is not null`]
      : []),
    ...(years ? [years.length > 0 ? sql`(${join(years, ' or ')})` : sql`false`] : []),
  ]
}

/** A condition for papers published in these years, inclusive. */
export function betweenYears(from: number, to: number): Sql {
  return sql`(${p.publishedSort} between make_date(${from}, 1, 1) and make_date(${to}, 12, 31))`
}

/** Joins consecutive years to ranges, each of which is one index scan. */
function stretchesOf(years: readonly number[]): [from: number, to: number][] {
  const stretches: [number, number][] = []
  for (const year of [...new Set(years)].sort((a, b) => a - b)) {
    const last = stretches.at(-1)
    if (last?.[1] === year - 1) last[1] = year
    else stretches.push([year, year])
  }
  return stretches
}

function writtenBy(refs: readonly string[]): Sql {
  const x = alias(authorships, 'x')
  if (refs.length === 0) return sql`false`
  return sql`exists (select from ${x} where ${x.paperId} = ${p.id}
    and ${x.authorId} = any(array[${join(authorIdsOf(refs))}]::bigint[]))`
}

function repositories(filter: PaperFilter): Sql[] {
  const { hasRepository, repositoryLanguage, minStars, maxStars } = filter
  const x = alias(paperRepositories, 'x')
  const languages = repositoryLanguage?.map(printedKey)
  return [
    ...(hasRepository === true ? [sql`${p.repositoryCount} > 0`] : []),
    ...(hasRepository === false ? [sql`${p.repositoryCount} = 0`] : []),
    ...(languages
      ? [
          sql`exists (select from ${x} join ${r} on ${r.id} = ${x.repositoryId}
            where ${x.paperId} = ${p.id} and lower(${r.language}) = any(${languages}::text[]))`,
        ]
      : []),
    ...between(sql`${p.starCount}`, minStars, maxStars),
  ]
}

function between(column: Sql, least: Maybe<number>, most: Maybe<number>): Sql[] {
  return [
    ...(least != null ? [sql`${column} >= ${least}`] : []),
    ...(most != null ? [sql`${column} <= ${most}`] : []),
  ]
}

/** An alternative in which every word is excluded by a minus. */
const ONLY_LEFT_OUT = /(?:^|\sor\s)\s*-\S*(?:\s+-\S*)*\s*(?:$|\sor\s)/i

function check(filter: PaperFilter, path = 'filter'): void {
  const { published, eventOn, year, text } = filter
  for (const [name, range] of Object.entries({ published, eventOn }))
    if (range?.from && range.to && range.from > range.to)
      throw badInput(
        `${path}.${name}: from ${range.from} is after to ${range.to}; expected from on or before to.`,
      )
  for (const one of year ?? [])
    if (one < 1 || one > 9999)
      throw badInput(`${path}.year: ${one} is not a year; expected a number from 1 to 9999.`)
  if (text && ONLY_LEFT_OUT.test(text.replaceAll(/"[^"]*"?/g, 'x')))
    throw badInput(
      `${path}.text: ${quote(text)} only leaves words out; expected a word to search for in each alternative.`,
    )
  if (text?.includes('\0')) throw badInput(`${path}.text contains a NUL character.`)
  checkBounds(filter, path)
  if (filter.decisions) checkDecisions(filter.decisions, `${path}.decisions`)
  for (const { argument, names } of namesOf(filter)) {
    const broken = names.find((name) => name.includes('\0'))
    if (broken !== undefined)
      throw badInput(`${path}.${argument}: ${quote(broken)} contains a NUL character.`)
  }
  for (const [i, one] of (filter.anyOf ?? []).entries()) check(one, `${path}.anyOf[${i}]`)
}

type Counted = Extract<keyof PaperFilter, `min${string}`> extends `min${infer T}` ? T : never
/** Counts with a minimum and a maximum in the filter. */
const COUNTS = Object.keys({
  Citations: true,
  Stars: true,
  Upvotes: true,
} satisfies Record<Counted, true>) as Counted[]

function checkBounds(filter: PaperFilter, path: string): void {
  for (const counted of COUNTS) {
    const [least, most] = [`min${counted}`, `max${counted}`] as const
    for (const name of [least, most]) {
      const value = filter[name]
      if (value != null && value < 0)
        throw badInput(`${path}.${name}: ${value} is negative; expected 0 or more.`)
    }
    const [min, max] = [filter[least], filter[most]]
    if (min != null && max != null && min > max)
      throw badInput(
        `${path}: ${least} ${min} is more than ${most} ${max}; expected ${least} up to ${most}.`,
      )
  }
}

function namesOf(filter: PaperFilter) {
  return NAMING.map((argument) => ({ argument, names: filter[argument] ?? [] }))
}

const BY_TOPIC = ['topics', 'topicsAll', 'topicsNone', 'topicsWithin'] as const
const NAMING = [
  ...BY_TOPIC,
  'authors',
  'institutions',
  'venues',
  'repositoryLanguage',
  'language',
] as const

/** Whether the filter has a condition on topics. */
export const namesTopics = (filter: PaperFilter): boolean =>
  withAlternatives(filter).some((part) => BY_TOPIC.some((one) => part[one] != null))

/** The filter and its alternatives. */
const withAlternatives = (filter: PaperFilter): PaperFilter[] => [filter, ...(filter.anyOf ?? [])]

/** The slug of the topic, if that is the filter's only condition on topics; else null. */
export function onlyTopic(filter: PaperFilter): string | null {
  const { topics: any, topicsAll: all, topicsNone: none, topicsWithin: within } = filter
  const [wanted, other] = any ? [any, all] : [all, any]
  const isAlone = !other?.length && !none?.length && !within && !filter.anyOf
  return wanted?.length === 1 && isAlone ? (wanted[0] ?? null) : null
}

/**
 * Whether an unknown name in the filter would make the list empty: then names need to be checked only if the list is empty.
 */
export function showsUnknownByEmptiness(filter: PaperFilter): boolean {
  const { authors, institutions, venues, decisions, repositoryLanguage, topicsNone, anyOf } = filter
  if (anyOf || institutions || namesAuthors(filter)) return false
  if (unknownLanguage(filter.language ?? []) !== null) return false
  const { venues: deciding, awards, sessions, areas } = decisions ?? {}
  const printed = [repositoryLanguage, awards, sessions, areas]
  const lists = [...BY_TOPIC.map((one) => filter[one]), authors, venues, deciding, ...printed]
  const named = lists.filter((one) => one?.length)
  return named.length === 0 || (named.length === 1 && named[0]?.length === 1 && !topicsNone?.length)
}

/**
 * Adds the ids of named topics and authors to the filter. Throws BAD_USER_INPUT for a name that is not in the catalogue, or that fits several
 * authors. One statement, two with names of authors, none without names. A filter that `isKept` was checked when it was saved: values that
 * have disappeared since then are allowed, because they may come back.
 */
export async function resolveNames(
  db: Database,
  given: PaperFilter,
  { isKept = false } = {},
): Promise<PaperFilter> {
  check(given)
  const strange = unknownLanguage(withAlternatives(given).flatMap(({ language }) => language ?? []))
  if (strange !== null) throw badInput(`filter.language: ${strange}`)
  const filter = await withAuthorIds(db, given)
  const parts = withAlternatives(filter)
  const slugs = parts.flatMap((part) => BY_TOPIC.flatMap((one) => part[one] ?? []))
  const refs = parts.flatMap(({ authors }) => authors ?? [])
  const venues = parts.flatMap((part) => part.venues ?? [])
  const deciding = parts.flatMap((part) => part.decisions?.venues ?? [])
  const named = await withInstitutions(db, filter, parts)
  const printed = isKept ? [] : printedNamesOf(parts)
  if (slugs.length + refs.length + venues.length + deciding.length + printed.length === 0)
    return named
  const ids =
    refs.length > 0 ? sql`array[${join(authorIdsOf(refs))}]::bigint[]` : sql`'{}'::bigint[]`
  const rows = await db.query<NamedRow | UnknownKey>(sql`
    select 'topic' as kind, n.name, ${topicIdBy(sql`n.name`, sql`n.key`, sql`n.curated`)} as id from ${topicNameRows(slugs)}
    union all
    select n.kind, n.name, null from (
        select 'venue' as kind, * from ${venueNameRows(venues)} union all select 'decision', * from ${venueNameRows(deciding)}
      ) as n(kind, name, slug, usual) where not exists (select from ${v} where ${v.slug} in (n.name, n.slug, n.usual))
    union all
    select 'author', n.name, null from unnest(${refs}::text[], ${ids}) as n(name, id)
      where not exists (select from ${u} where ${u.id} = n.id)
    ${unknownKeys(printed)}`)
  const unknown = rows.filter(({ id }) => id === null)
  if (unknown.length > 0) {
    const wrong = [
      ...(await unknownNames(db, unknown.filter(isNamed))),
      ...(await unknownPrinted(db, printed, unknown)),
    ]
    if (wrong.length > 0) throw badInput(wrong.join(' '))
  }
  return { ...named, topicIds: new Map(rows.map(({ name, id }) => [name, id as number])) }
}

/** Adds the ids of its institutions to the filter: one statement if it names any. */
async function withInstitutions(db: Database, filter: PaperFilter, parts: readonly PaperFilter[]) {
  const refs = parts.flatMap(({ institutions }) => institutions ?? [])
  if (refs.length === 0) return filter
  return { ...filter, institutionIds: await getInstitutions(db, refs, 'filter.institutions') }
}
