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

/** Most papers that are ranked by their texts because they are good, and because the words are in their titles. */
const WIDE = { byQuality: 250, byTitle: 150 }
/** The same for a filter with a selectivity below this share: finding one match reads many more papers. */
const NARROW = { below: 0.1, byQuality: 150, byTitle: 100 }
/** Most papers that are ranked although they lack a word of the query. */
const MOST_RELAXED = 300
/** Most papers that are ranked because the query holds their title. */
const MOST_TITLED = 20
/** Most papers that are ranked because words of the query are names of their authors. */
const MOST_BY_AUTHORS = 200
/** If at most this many papers have all words, LENIENT also finds papers that lack some. */
const FEW_MATCHES = 20
/** The part of the papers wanted from which on no lower tiers are looked into: each is a walk through the index. */
const ENOUGH = 0.4
/**
 * Words of a phrase are found by the index, their places in the row: no more rows than about this are looked at, of the highest
 * tiers. Matters for phrases of common words that are hardly ever neighbours. A look into a title costs less.
 */
const MOST_PLACED = 600
const MOST_TITLES_PLACED = 6_000

/** A search as its statements need it. */
export interface Sought {
  plan: SearchPlan
  /** Conditions of the filter. */
  filter: readonly Sql[]
  /** Share of the papers that meet it, and what else is asked besides words. */
  filterShare: number
  /** Whether all that meet it are among papers whose ids are known: an index then leaves out the others. */
  isLinked: boolean
  size: CatalogueSize
  /** Papers of this very title are found whatever they lack; '' for none. */
  titleKey: string
  /** Papers with a title of one of these keys may lack words of the query. */
  titlesHeld: readonly string[]
  /** Whether all that match have to be found, however long it takes. */
  isComplete: boolean
}

/** Whether a field that every paper has to meet links to none. Only a paper of this very title is found then. */
export const findsNone = ({ filterShare }: Sought): boolean => filterShare === 0

/** What is read of the papers to rank. The vectors stay where they are until somebody looks into one. */
const RANKED = sql`${columns(p, 'id', 'search', 'titleSearch', 'citationCount', 'publishedOn')}`
/** The same where there are no words to count. */
const RANKED_WITHOUT_WORDS = sql`${columns(p, 'id', 'citationCount')}, ${DAY} as published_on`
const ID = sql`${p.id}`

const rankedOf = ({ groups }: SearchPlan): Sql =>
  groups.length === 0 ? RANKED_WITHOUT_WORDS : RANKED

/**
 * The papers to rank, as a query that gives what scores are made of. Never all that have a common word: those of the
 * highest tiers are found first, by an index that holds words and tiers, and lower tiers are looked into only while there
 * are too few.
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
  // If this many titles have the phrase, papers that have it elsewhere rank lower anyway.
  const isSpared = inTitle && wanted.mostPlaced !== undefined && plan.optional === null
  const spared = isSpared ? [sql`(select count(*) from titled) < ${byTitle}`] : []
  const conditions = [...wanted.conditions, ...spared]
  const tables = [
    ...(inTitle ? [sql`titled as materialized (${inTitle})`] : []),
    sql`matching as materialized (${best({ ...wanted, conditions }, size, byQuality, ranked, ENOUGH)})`,
  ]
  return sql`with ${join(tables)} select distinct on (id) * from (${join(sources, ' union all ')}) u order by id`
}

/** The ids of at most `most` papers that are found, in no order. */
export function matches(sought: Sought, most: number): Sql {
  const sources = [sql`select * from matching`, ...others(sought, ID)]
  return sql`with matching as materialized (${best(wantedBy(sought), sought.size, most, ID)})
    ${join(sources, ' union ')}`
}

/** Queries for papers that do not have all the words, behind the `matching` ones. */
function others(sought: Sought, columns: Sql): Sql[] {
  return [byAuthors, byYear, byName, byTitle, lacking]
    .map((find) => find(sought, columns))
    .filter((query) => query !== null)
}

/** Papers that coined the name that is the query, whatever they call it themselves. */
function byName({ plan, filter }: Sought, columns: Sql): Sql | null {
  const ids = plan.coined.filter(({ isAll }) => isAll).map(({ paperId }) => paperId)
  if (ids.length === 0) return null
  return sql`(select ${columns} from ${p} where ${p.id} = any(${ids}::bigint[]) and ${and([...plan.conditions, ...filter])})`
}

/** Papers whose title is a part of the query: behind many others that have some of its words, if they are older. */
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

/** Papers by authors whose names are words of the query, with some other word of it if there is one. */
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

/** Papers that have all words but for a year in which they came out. */
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

/** Where only the title is asked, its index needs no look at a row; a NOT is about the abstract too. */
function titled(sought: Sought, most: number): Sql | null {
  const { plan, filter, filterShare, isLinked, size } = sought
  const { text, titleShare, conditions, groups } = plan
  // Where about so few match, all of them are ranked.
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

/** More papers, which lack some words, where `matching` holds few. */
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
