/** What two places in bylines may share. */
interface Comparable {
  coAuthors: ReadonlySet<string>
  affiliation: ReadonlySet<string>
  titleWords: ReadonlySet<string>
  topics: ReadonlySet<string>
}

/**
 * Counts what two places share that have nothing to do with each other: a co-author, the affiliation, or words and topics. With little work,
 * as it is asked of all pairs of a block.
 */
export function signalCounter(places: readonly Comparable[]): (i: number, j: number) => number {
  const coAuthors = sharedCounter(places.map((place) => place.coAuthors))
  const affiliation = sharedCounter(places.map((place) => place.affiliation))
  const titleWords = sharedCounter(places.map((place) => place.titleWords))
  const topics = sharedCounter(places.map((place) => place.topics))
  const words = places.map((place) => place.affiliation.size)
  return (i, j) => {
    const fewest = Math.min(words[i] ?? 0, words[j] ?? 0)
    return (
      coAuthors(i, j) +
      Number(fewest > 0 && affiliation(i, j) >= fewest / 2) +
      Number(titleWords(i, j) + topics(i, j) >= 2)
    )
  }
}

const NOTHING: number[] = []

/** Counts what two of the sets share. Each has numbers for its words, but for those that no other has. */
function sharedCounter(sets: readonly ReadonlySet<string>[]): (i: number, j: number) => number {
  const firsts = new Map<string, number>()
  const numbers = new Map<string, number>()
  const all: number[][] = sets.map(() => NOTHING)
  const add = (at: number, number: number) => {
    if (all[at] === NOTHING) all[at] = [number]
    else all[at]?.push(number)
  }
  for (const [at, words] of sets.entries())
    for (const word of words) {
      const first = firsts.get(word)
      if (first === undefined) {
        firsts.set(word, at)
        continue
      }
      const known = numbers.get(word)
      const number = known ?? numbers.size
      if (known === undefined) {
        numbers.set(word, number)
        add(first, number)
      }
      add(at, number)
    }
  for (const own of all) if (own.length > 1) own.sort((a, b) => a - b)
  return (i, j) => countShared(all[i] ?? NOTHING, all[j] ?? NOTHING)
}

/** How many numbers two ascending lists have both. */
function countShared(one: readonly number[], other: readonly number[]): number {
  let count = 0
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    const difference = (one[i] as number) - (other[j] as number)
    if (difference === 0) count++
    if (difference <= 0) i++
    if (difference >= 0) j++
  }
  return count
}
