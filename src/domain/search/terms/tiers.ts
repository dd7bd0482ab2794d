import { alias, join, raw, type Sql, sql } from '../../../db/sql.ts'
import { papers } from '../../../db/tables/papers.ts'
import { and } from '../../../sql/list.ts'
import { MOST_LINKED } from '../fields/field.ts'
import type { CatalogueSize } from './groups.ts'

const p = alias(papers, 'p')

/** If a filter leaves at most this many papers, all are read: tiers would save little, and how many meet other conditions does not matter. */
export const FEW_FILTERED = 2_000

/**
 * Where a walk through the index for some tiers takes longer than to read all that match, all are read. To read a row takes as
 * long as to walk over this number of entries; those of tiers are merged, papers that meet a filter gathered, and those that have the
 * words but do not meet it left out, each of which takes as long as several.
 */
const ENTRIES_PER_ROW = 300
const ENTRIES_PER_TIER_ENTRY = 2
const ENTRIES_PER_FILTERED = 15
const ENTRIES_PER_LEFT_OUT = 20
/** Papers that meet a filter, such as a year, may all be of low tiers: then it takes one walk more. */
const FILTERED_WALKS = 2
/** A stretch of tiers holds so many times the papers of those above it. */
const BAND_GROWTH = 8
/** Tiers above the highest that was counted, in which a paper may be that came since: one of 20 times its citations. */
const TIERS_ABOVE = 10
export const QUALITY = sql`search_citation_score(${p.citationCount}) + search_freshness_score(${p.publishedOn})`
/** The same from columns of `papers_facets_idx`: where no words are asked, the rows of papers need not be read. */
export const DAY = sql`nullif(${p.publishedSort}, '-infinity'::date)`
const INDEXED_QUALITY = sql`search_citation_score(${p.citationCount}) + search_freshness_score(${DAY})`

/** What papers are looked for: `text` in the index on `column`, and conditions on their rows. */
export interface Wanted {
  column: Sql
  text: string | null
  conditions: readonly Sql[]
  /** Share of the papers that have the words, and that meet the conditions. */
  share: number
  filterShare: number
  isLinked: boolean
  /** Papers that the lists of the words name, together. */
  entries: number
  /** About how many rows that have the words of a phrase may be looked at. All where undefined. */
  mostPlaced?: number | undefined
}

/**
 * The best `most` papers by quality, as a query; nothing is read of tiers below those in which the part `enough` of them
 * was found.
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
      // Where all lower tiers are meant, the index is not asked for them: they hold nearly all papers.
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

/** Stretches of tiers, the highest first, the last one open below; one that is all where few papers match, or meet a filter. */
export function bandsOf(wanted: Wanted, size: CatalogueSize, most: number) {
  const { text, share, filterShare, isLinked, mostPlaced } = wanted
  const bands: { from: number; to: number | null }[] = []
  const wantedShare = share * filterShare
  // Of a phrase, most rows that have the words do not have them side by side.
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

/** What it takes to read all that match, in entries of the index. */
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

/** The tiers from `from` to below `to`, or as far as there are papers: few, as the index looks each of them up. */
export function inTiers(from: number, to: number | null, { tiers }: CatalogueSize): Sql {
  const highest = tiers.findLastIndex((papers) => papers > 0)
  const end = to ?? Math.max(from, highest) + TIERS_ABOVE + 1
  return sql`${p.searchTier} && ${Array.from({ length: end - from }, (_, i) => from + i)}::smallint[]`
}
