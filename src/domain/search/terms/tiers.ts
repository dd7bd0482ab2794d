import { alias, join, raw, type Sql, sql } from '../../../db/sql.ts'
import { papers } from '../../../db/tables/papers.ts'
import { and } from '../../../sql/list.ts'
import { MOST_LINKED } from '../fields/field.ts'
import type { CatalogueSize } from './groups.ts'

const p = alias(papers, 'p')

/** If a filter leaves at most this number of papers, all are read: tiers would save little, and the share of other conditions does not matter. */
export const FEW_FILTERED = 2_000

/**
 * Cost of reading a row, in index entries. If scanning the index for some tiers costs more than reading all matches, all are read. Merging the
 * entries of tiers, gathering papers that meet a filter, and skipping those that do not, cost several entries each.
 */
const ENTRIES_PER_ROW = 300
const ENTRIES_PER_TIER_ENTRY = 2
const ENTRIES_PER_FILTERED = 15
const ENTRIES_PER_LEFT_OUT = 20
/** Papers that meet a filter, such as a year, may all be in low tiers: then one more scan is needed. */
const FILTERED_WALKS = 2
/** A band of tiers has this many times the papers of the tiers above it. */
const BAND_GROWTH = 8
/** Number of tiers above the highest counted one in which a new paper may be: one with 20 times its citations. */
const TIERS_ABOVE = 10
export const QUALITY = sql`search_citation_score(${p.citationCount}) + search_freshness_score(${p.publishedOn})`
/** The day from columns of `papers_facets_idx`: without words, the rows of papers need not be read. */
export const DAY = sql`nullif(${p.publishedSort}, '-infinity'::date)`
const INDEXED_QUALITY = sql`search_citation_score(${p.citationCount}) + search_freshness_score(${DAY})`

/** A search in an index: `text` on `column`, and conditions on rows. */
export interface Wanted {
  column: Sql
  text: string | null
  conditions: readonly Sql[]
  /** Share of the papers that have the words. */
  share: number
  /** Share of the papers that meet the conditions. */
  filterShare: number
  isLinked: boolean
  /** Total length of the index lists of the words. */
  entries: number
  /** Approximate maximum number of rows to check for a phrase; all if undefined. */
  mostPlaced?: number | undefined
}

/**
 * A query for the best `most` papers by quality. Once the share `enough` of them is found, lower tiers are not read.
 */
export function best(
  wanted: Wanted,
  size: CatalogueSize,
  most: number,
  columns: Sql,
  enough = 1,
): Sql {
  const bands = bandsOf(wanted, size, most)
  const names = bands.map((_, i) => raw(`band_${i}`))
  const quality = wanted.text === null ? INDEXED_QUALITY : QUALITY
  const queries = bands.map(({ from, to }, i) => {
    const above = names.slice(0, i).map((name) => sql`(select count(*) from ${name})`)
    const conditions = [
      ...(i > 0 ? [sql`${join(above, ' + ')} < ${most * enough}::float8`] : []),
      ...(wanted.text === null ? [] : [sql`${wanted.column} @@ ${wanted.text}::tsquery`]),
      // If all lower tiers are included, the index need not be searched for them: they contain nearly all papers.
      ...(from > 0 ? [inTiers(from, to, size)] : []),
      ...(from === 0 && to !== null ? [sql`${p.searchTier}[1] < ${to}::smallint`] : []),
      ...wanted.conditions,
    ]
    return sql`${names[i]} as materialized (select ${columns} from ${p} where ${and(conditions)}
      order by ${quality} desc, ${p.id} desc limit ${most})`
  })
  const all = names.map((name) => sql`select * from ${name}`)
  return sql`with ${join(queries)} select * from (${join(all, ' union all ')}) b limit ${most}`
}

/** Bands of tiers, the highest first, the last one open below; a single band if few papers match or meet a filter. */
export function bandsOf(wanted: Wanted, size: CatalogueSize, most: number) {
  const { text, share, filterShare, isLinked, mostPlaced } = wanted
  const bands: { from: number; to: number | null }[] = []
  const wantedShare = share * filterShare
  // Most rows with the words of a phrase do not have them adjacent.
  let target = (mostPlaced ?? most) / wantedShare
  const isFew =
    mostPlaced === undefined
      ? readingOf(wanted, size) <= walksOf(wanted, target, size)
      : size.papers * wantedShare <= mostPlaced
  const mostRead = isLinked && text === null ? MOST_LINKED : FEW_FILTERED
  const isAll = isFew || size.papers * filterShare <= mostRead
  let to: number | null = null
  let papers = 0
  for (let tier = isAll ? 0 : size.tiers.length - 1; tier > 0; tier--) {
    papers += size.tiers[tier] ?? 0
    if (papers < target) continue
    if (papers * 1.5 > size.papers) break
    bands.push({ from: tier, to })
    if (mostPlaced !== undefined) return bands
    to = tier
    target = papers * BAND_GROWTH
  }
  return [...bands, { from: 0, to }]
}

/** Cost of reading all matches, in index entries. */
function readingOf({ share, filterShare, isLinked }: Wanted, { papers }: CatalogueSize): number {
  const leftOut = isLinked ? 0 : ENTRIES_PER_LEFT_OUT * (1 - filterShare)
  return papers * share * (ENTRIES_PER_ROW * filterShare + leftOut)
}

/** Cost of finding matches in tiers with this many papers. */
function walksOf({ entries, filterShare }: Wanted, target: number, { papers }: CatalogueSize) {
  const walk = entries + ENTRIES_PER_TIER_ENTRY * Math.min(target, papers)
  if (filterShare === 1) return walk
  return FILTERED_WALKS * (walk + ENTRIES_PER_FILTERED * papers * filterShare)
}

/** A condition: the tiers from `from` to below `to`, or a little above the highest with papers. Not more, because the index looks up each. */
export function inTiers(from: number, to: number | null, { tiers }: CatalogueSize): Sql {
  const highest = tiers.findLastIndex((papers) => papers > 0)
  const end = to ?? Math.max(from, highest) + TIERS_ABOVE + 1
  return sql`${p.searchTier} && ${Array.from({ length: end - from }, (_, i) => from + i)}::smallint[]`
}
