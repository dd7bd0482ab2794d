import { conjunction, type SearchPlan } from './compile.ts'
import type { CatalogueSize, TermGroup } from './terms/groups.ts'
import { shareOfAll } from './terms/shares.ts'

/** Papers that a relaxed query may be expected to find at most: some more than are ranked. */
const RELAXED_PAPERS = 450
/** Number of rarest terms whose pairs and triples are searched. */
const MOST_RELAXED_TERMS = 8
/** Entries of the index that may be walked to find pairs. */
const MOST_POSTINGS = 60_000

/**
 * A tsquery for papers that have the most telling terms of the query, if not all: first each term that is rare enough
 * alone, then pairs, then triples, until enough papers can be expected. Null where there is nothing to leave out.
 */
export function relaxation(
  { optional }: SearchPlan,
  size: CatalogueSize,
): { text: string; share: number } | null {
  if (optional === null) return null
  const terms = rarest(optional.groups, size)
  const combinations = [1, 2, 3]
    .flatMap((length) => combinationsOf(terms, length))
    .filter((some) => some.length < optional.groups.length)
    .map((some) => ({
      terms: some,
      share: shareOfAll(some.map(({ share }) => share)),
      weight: some.reduce((sum, { weight }) => sum + weight, 0),
    }))
    .sort((a, b) => a.share - b.share || b.weight - a.weight)
  const chosen: TermGroup[][] = []
  let share = 0
  for (const one of combinations) {
    if (chosen.length > 0 && (share + one.share) * size.papers > RELAXED_PAPERS) break
    share += one.share
    chosen.push(one.terms)
  }
  const text = conjunction([anyOf(chosen), ...(optional.required ? [optional.required] : [])])
  return chosen.length === 0 || text === null ? null : { text, share: Math.min(1, share) }
}

function rarest(groups: readonly TermGroup[], size: CatalogueSize): TermGroup[] {
  const sorted = [...groups].filter(({ share }) => share > 0).sort((a, b) => a.share - b.share)
  let postings = 0
  return sorted.slice(0, MOST_RELAXED_TERMS).filter(({ share }, i) => {
    postings += share * size.papers
    return i < 3 || postings <= MOST_POSTINGS
  })
}

/**
 * A tsquery for papers that have all terms of one of the combinations. What begins alike is written once: the index tries the whole query
 * on each paper that has any of the terms, and in eight terms there are up to 92 combinations.
 */
function anyOf(combinations: readonly TermGroup[][]): string {
  const branches = new Map<TermGroup, TermGroup[][]>()
  for (const [first, ...rest] of combinations)
    if (first) branches.set(first, [...(branches.get(first) ?? []), rest])
  return [...branches]
    .map(([{ match }, rests]) =>
      rests.some((rest) => rest.length === 0) ? `(${match})` : `(${match}) & (${anyOf(rests)})`,
    )
    .join(' | ')
}

function combinationsOf<T>(items: readonly T[], length: number): T[][] {
  if (length === 0) return [[]]
  return items.flatMap((item, i) =>
    combinationsOf(items.slice(i + 1), length - 1).map((rest) => [item, ...rest]),
  )
}
