import { conjunction, type SearchPlan } from './compile.ts'
import type { CatalogueSize, TermGroup } from './terms/groups.ts'
import { shareOfAll } from './terms/shares.ts'

/** Maximum number of papers expected from a relaxed query: some more than are ranked. */
const RELAXED_PAPERS = 450
/** Number of rarest terms whose pairs and triples are searched. */
const MOST_RELAXED_TERMS = 8
/** Maximum number of index entries read to find pairs. */
const MOST_POSTINGS = 60_000

/**
 * A tsquery for papers with some of the query's terms: first each term that is rare enough alone, then pairs, then triples, until enough
 * papers can be expected. Null if no term can be left out.
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
 * A tsquery for papers with all terms of one of the combinations. Common beginnings are factored out, because the index evaluates the whole
 * query for each paper with any of the terms, and eight terms have up to 92 combinations.
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
