import { type NamedAuthor, papersOf, type TermGroup } from './groups.ts'

/** Maximum number of papers read of the authors that a name may mean: the newest, or those with another word of the query if there are few. */
export const MOST_OF_AUTHORS = 1_000

/** The number of the names that each author has. */
function timesNamed(named: readonly TermGroup[]): Map<number, number> {
  const times = new Map<number, number>()
  for (const [id] of named.flatMap(({ authors }) => authors))
    times.set(id, (times.get(id) ?? 0) + 1)
  return times
}

/** Ids of the authors who have several of the names. */
export function wholes(named: readonly TermGroup[]): number[] {
  return [...timesNamed(named)].filter(([, times]) => times > 1).map(([id]) => id)
}

/** The authors that a name may mean, those with several of the names first, up to the number of papers that are read. */
export function likeliest(named: readonly TermGroup[]): NamedAuthor[] {
  const times = timesNamed(named)
  const authors = [...named]
    .sort((a, b) => papersOf(a.authors) - papersOf(b.authors))
    .flatMap((group) => group.authors)
  const sorted = [...new Map(authors)].sort(([a], [b]) => (times.get(b) ?? 0) - (times.get(a) ?? 0))
  let papers = 0
  return sorted.filter((author, i) => {
    papers += author[1]
    return i === 0 || papers <= MOST_OF_AUTHORS
  })
}
