import { alias, columns, empty, join, type Sql, sql } from '../../db/sql.ts'
import { authorships } from '../../db/tables/authors.ts'
import { papers } from '../../db/tables/papers.ts'
import { and } from '../../sql/list.ts'
import { conjunction, type SearchPlan } from './compile.ts'
import { relaxation } from './relaxation.ts'
import { likeliest, MOST_OF_AUTHORS, wholes } from './terms/authors.ts'
import { inYears, SHARE_OF_YEAR } from './terms/cited.ts'
import type { CatalogueSize, TermGroup } from './terms/groups.ts'
import { shareOfAll, shareOfAny } from './terms/shares.ts'
import { bandsOf, best, DAY, inTiers, QUALITY, type Wanted } from './terms/tiers.ts'

const p = alias(papers, 'p')
const x = alias(authorships, 'x')

/** Maximum number of papers ranked by their texts: chosen by quality, and because their titles have the words. */
const WIDE = { byQuality: 250, byTitle: 150 }
/** The same for a filter whose share is below this: finding one match reads many more papers. */
const NARROW = { below: 0.1, byQuality: 150, byTitle: 100 }
/** Maximum number of ranked papers that lack a word of the query. */
const MOST_RELAXED = 300
/** Maximum number of papers ranked because the query contains their title. */
const MOST_TITLED = 20
/** Maximum number of papers ranked because words of the query are names of their authors. */
const MOST_BY_AUTHORS = 200
/** If at most this many papers have all words, LENIENT also finds papers that lack some. */
const FEW_MATCHES = 20
/** Once this share of the wanted papers is found, lower tiers are skipped, as each takes an index scan. */
const ENOUGH = 0.4
/**
 * The index finds the words of a phrase, but their positions are in the rows: about this many rows of the highest tiers are checked. Matters
 * for phrases of common words that are hardly ever neighbours. Checking a title costs less.
 */
const MOST_PLACED = 600
const MOST_TITLES_PLACED = 6_000

/** A search, prepared for its statements. */
export interface Sought {
  plan: SearchPlan
  /** Conditions of the filter. */
  filter: readonly Sql[]
  /** Share of the papers that meet the filter and all conditions other than words. */
  filterShare: number
  /** Whether all papers that meet it are among known ids: an index then excludes the others. */
  isLinked: boolean
  size: CatalogueSize
  /** Key of a title whose papers are always found; '' for none. */
  titleKey: string
  /** Papers with a title of one of these keys may lack words of the query. */
  titlesHeld: readonly string[]
  /** Whether all matches must be found, however long it takes. */
  isComplete: boolean
}

/** Whether a required field links to no papers. Then only a paper with exactly this title is found. */
export const findsNone = ({ filterShare }: Sought): boolean => filterShare === 0

/** The columns of the papers to rank. Vectors are only read when they are used. */
const RANKED = sql`${columns(p, 'id', 'search', 'titleSearch', 'citationCount', 'publishedOn')}`
/** The same for searches without words. */
const RANKED_WITHOUT_WORDS = sql`${columns(p, 'id', 'citationCount')}, ${DAY} as published_on`
const ID = sql`${p.id}`

const rankedOf = ({ groups }: SearchPlan): Sql =>
  groups.length === 0 ? RANKED_WITHOUT_WORDS : RANKED

/**
 * The papers to rank, as a query with the columns that scores need. Never reads all papers with a common word: an index of words and tiers
 * finds those of the highest tiers first, and lower tiers are searched only while there are too few.
 */
export function candidates(sought: Sought): Sql {
  const { plan, filter, size, titleKey } = sought
  const ranked = rankedOf(plan)
  const exact = sql`(select ${ranked} from ${p} where ${p.titleKey} = ${titleKey} and ${and(filter)}
      order by ${p.id} limit 20)`
  if (findsNone(sought)) return exact
  const { byQuality, byTitle } = isNarrow(sought) ? NARROW : WIDE
  const inTitle = titled(sought, byTitle)
  const sources = [
    sql`select * from matching`,
    ...(inTitle ? [sql`select * from titled`] : []),
    ...(titleKey ? [exact] : []),
    ...others(sought, ranked),
  ]
  const wanted = wantedBy(sought)
  // If this number of titles have the phrase, papers that have it elsewhere rank lower anyway.
  const isSpared = inTitle && wanted.mostPlaced !== undefined && plan.optional === null
  const spared = isSpared ? [sql`(select count(*) from titled) < ${byTitle}`] : []
  const conditions = [...wanted.conditions, ...spared]
  const tables = [
    ...(inTitle ? [sql`titled as materialized (${inTitle})`] : []),
    sql`matching as materialized (${best({ ...wanted, conditions }, size, byQuality, ranked, ENOUGH)})`,
  ]
  return sql`with ${join(tables)} select distinct on (id) * from (${join(sources, ' union all ')}) u order by id`
}

/** The ids of at most `most` matching papers, unordered. */
export function matches(sought: Sought, most: number): Sql {
  const sources = [sql`select * from matching`, ...others(sought, ID)]
  return sql`with matching as materialized (${best(wantedBy(sought), sought.size, most, ID)})
    ${join(sources, ' union ')}`
}

/** Queries for papers that lack some of the words, to follow `matching`. */
function others(sought: Sought, columns: Sql): Sql[] {
  return [byAuthors, byYear, byName, byTitle, lacking]
    .map((find) => find(sought, columns))
    .filter((query) => query !== null)
}

/** Papers that coined the name in the query, whatever they call it themselves. */
function byName({ plan, filter }: Sought, columns: Sql): Sql | null {
  const ids = plan.coined.filter(({ isAll }) => isAll).map(({ paperId }) => paperId)
  if (ids.length === 0) return null
  return sql`(select ${columns} from ${p} where ${p.id} = any(${ids}::bigint[]) and ${and([...plan.conditions, ...filter])})`
}

/** Papers whose title is a part of the query. Without this, old ones would be missed, as many others with some of the words come before them. */
function byTitle({ plan, filter, titlesHeld }: Sought, columns: Sql): Sql | null {
  if (plan.optional === null || titlesHeld.length === 0) return null
  const { required } = plan.optional
  const conditions = [
    ...(required === null ? [] : [sql`${p.search} @@ ${required}::tsquery`]),
    ...[...plan.conditions, ...filter],
  ]
  return sql`(select ${columns} from ${p} where ${p.titleKey} = any(${[...titlesHeld]}::text[]) and ${and(conditions)}
      order by length(${p.titleKey}) desc, ${p.id} limit ${MOST_TITLED})`
}

/** Papers by authors whose names are words of the query, with another of its words if there is one. */
function byAuthors({ plan, filter, size }: Sought, columns: Sql): Sql | null {
  const { optional, groups } = plan
  const named = groups.filter(({ authors }) => authors.length > 0)
  if (optional === null || named.length === 0) return null
  const words = optional.groups.filter((group) => !named.includes(group))
  const any = words.map(({ match }) => `(${match})`).join(' | ')
  const years = yearsOf(words)
  const required = conjunction([
    ...(any && years.length === 0 ? [any] : []),
    ...(optional.required ? [optional.required] : []),
  ])
  const wanted = and([
    ...(required === null ? [] : [sql`${p.search} @@ ${required}::tsquery`]),
    ...(years.length === 0 ? [] : [sql`(${p.search} @@ ${any}::tsquery or ${inYears(years)})`]),
    ...plan.conditions,
    ...filter,
  ])
  const isRare =
    any !== '' &&
    years.length === 0 &&
    shareOfAny(words.map(({ share }) => share)) * size.papers <= MOST_OF_AUTHORS
  const authors = isRare ? named.flatMap((group) => group.authors) : likeliest(named)
  const whole = wholes(named)
  const written = sql`(
      select ${x.paperId}, bool_or(${x.authorId} = any(${whole}::bigint[])) as is_whole
      from ${x} where ${x.authorId} = any(${authors.map(([id]) => id)}::bigint[]) group by ${x.paperId}
      order by is_whole desc, max(${x.publishedSort}) desc ${isRare ? empty : sql`limit ${MOST_OF_AUTHORS}`}) x`
  const chosen = sql`order by x.is_whole desc, ${QUALITY} desc, ${p.id} desc limit ${MOST_BY_AUTHORS}`
  if (!isRare)
    return sql`(select ${columns} from ${written} join ${p} on ${p.id} = ${x.paperId} where ${wanted} ${chosen})`
  return sql`(with worded as materialized (select ${RANKED} from ${p} where ${wanted})
      select ${columns} from worded p join ${written} on ${x.paperId} = ${p.id} ${chosen})`
}

const yearsOf = (groups: readonly TermGroup[]): number[] => groups.flatMap(({ year }) => year ?? [])

/** Papers that have all words except a year, and were published in that year. */
function byYear(sought: Sought, columns: Sql): Sql | null {
  const { plan, filter, filterShare, isLinked, size } = sought
  const { optional } = plan
  const years = yearsOf(optional?.groups ?? [])
  const others = optional?.groups.filter(({ year }) => year === undefined) ?? []
  const text = conjunction([
    ...others.map(({ match }) => match),
    ...(optional?.required ? [optional.required] : []),
  ])
  if (years.length === 0 || others.length === 0) return null
  const wanted = {
    ...{ column: sql`${p.search}`, text, isLinked },
    conditions: [inYears(years), ...plan.conditions, ...filter],
    share: shareOfAll(others.map(({ share }) => share)),
    filterShare: Math.min(1, filterShare * SHARE_OF_YEAR * years.length),
    entries: size.papers * others.reduce((sum, { share }) => sum + share, 0),
  }
  return sql`(${best(wanted, size, NARROW.byQuality, columns, ENOUGH)})`
}

function wantedBy({ plan, filter, filterShare, isLinked, size, isComplete }: Sought): Wanted {
  const { text, share, groups } = plan
  const isBounded = !isComplete && text !== null && hasPhrase(text)
  return {
    entries: size.papers * groups.reduce((sum, group) => sum + group.share, 0),
    mostPlaced: isBounded ? MOST_PLACED : undefined,
    column: sql`${p.search}`,
    text,
    share,
    filterShare,
    isLinked,
    conditions: [...plan.conditions, ...filter],
  }
}

/** Whether a tsquery asks for words side by side. */
const hasPhrase = (text: string) => text.includes('<')

const isNarrow = ({ filterShare }: Sought) => filterShare < NARROW.below

/** Papers whose titles have the words. The index of titles needs no row, unless there is a NOT, which also applies to abstracts. */
function titled(sought: Sought, most: number): Sql | null {
  const { plan, filter, filterShare, isLinked, size } = sought
  const { text, titleShare, conditions, groups } = plan
  // If so few papers match, all of them are ranked.
  const isAll = plan.share * filterShare * size.papers < WIDE.byQuality / 2
  if (text === null || text.includes('!') || isAll) return null
  const wanted = {
    column: sql`${p.titleSearch}`,
    text,
    share: titleShare,
    filterShare,
    isLinked,
    conditions: [...conditions, ...filter],
    entries: size.papers * groups.reduce((sum, group) => sum + group.titleShare, 0),
    mostPlaced: hasPhrase(text) ? MOST_TITLES_PLACED : undefined,
  }
  return best(wanted, size, most, RANKED, ENOUGH)
}

/** Papers that lack some words, if `matching` has few. */
function lacking(sought: Sought, columns: Sql): Sql | null {
  const { plan, filter, filterShare, isLinked, size } = sought
  const relaxed = relaxation(plan, size)
  if (relaxed === null) return null
  const conditions = [...plan.conditions, ...filter]
  const wanted = {
    column: sql`${p.search}`,
    conditions,
    filterShare,
    isLinked,
    entries: 0,
    ...relaxed,
  }
  const [band] = bandsOf(wanted, size, MOST_RELAXED)
  const tiers = band && band.from > 0 ? [inTiers(band.from, null, size)] : []
  return sql`(select ${columns} from ${p}
      where (select count(*) from matching) < ${FEW_MATCHES}
        and ${and([sql`${p.search} @@ ${relaxed.text}::tsquery`, ...tiers, ...conditions])}
      order by ${QUALITY} desc, ${p.id} desc limit ${MOST_RELAXED})`
}
