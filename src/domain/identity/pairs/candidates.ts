/**
 * What bounds the work for common names: a block of n authorships has n² pairs.
 */
export const CLUSTER_LIMITS = {
  /** Authorships of a block of which all pairs are compared; of larger ones those that share a name or a rare word. */
  compared: 150,
  /** Later authorships with the same word that each one is compared with. */
  neighbours: 12,
  /** Later authorships with the same word that are looked through for these. */
  looked: 400,
  /** Authorships of each cluster that its mean evidence is measured by. */
  sampled: 8,
}

/** What tells which places are worth comparing. */
interface Comparable {
  coAuthors: ReadonlySet<string>
  affiliation: ReadonlySet<string>
  titleWords: ReadonlySet<string>
}

/** Visits the pairs worth comparing, each once: the lower place first. Places of equal `nameOf` have the same name. */
export function visitCandidates(
  places: readonly Comparable[],
  nameOf: readonly number[],
  areFit: (i: number, j: number) => boolean,
  visit: (i: number, j: number) => void,
): void {
  if (places.length <= CLUSTER_LIMITS.compared) {
    for (let i = 0; i < places.length; i++)
      for (let j = i + 1; j < places.length; j++) if (areFit(i, j)) visit(i, j)
    return
  }
  const seen = new Set<number>()
  for (const sharing of placesByWord(places, nameOf).values())
    for (const [at, i] of sharing.entries()) {
      let neighbours = 0
      const end = Math.min(sharing.length, at + 1 + CLUSTER_LIMITS.looked)
      for (let k = at + 1; k < end && neighbours < CLUSTER_LIMITS.neighbours; k++) {
        const j = sharing[k] as number
        if (!areFit(i, j)) continue
        neighbours++
        const pair = i * places.length + j
        if (seen.has(pair)) continue
        seen.add(pair)
        visit(i, j)
      }
    }
}

/** Places by what two of one person tend to share: a name, a co-author, a word of the affiliation or of the title. */
function placesByWord(
  places: readonly Comparable[],
  nameOf: readonly number[],
): Map<string, number[]> {
  const byWord = new Map<string, number[]>()
  const add = (word: string, place: number) => {
    const own = byWord.get(word)
    if (own) own.push(place)
    else byWord.set(word, [place])
  }
  for (const [place, { coAuthors, affiliation, titleWords }] of places.entries()) {
    add(`n ${nameOf[place]}`, place)
    for (const name of coAuthors) add(`c ${name}`, place)
    for (const word of affiliation) add(`a ${word}`, place)
    for (const word of titleWords) add(`t ${word}`, place)
  }
  return byWord
}

/** Members that a cluster is measured by. */
export function sample(members: number[]): number[] {
  const { sampled } = CLUSTER_LIMITS
  if (members.length <= sampled) return members
  return Array.from(
    { length: sampled },
    (_, k) => members[Math.floor((k * members.length) / sampled)] as number,
  )
}
