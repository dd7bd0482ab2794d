/** Limits of the work for frequent names: a block of n authorships has n² pairs. */
export const CLUSTER_LIMITS = {
  /** Maximum size of a block in which all pairs are compared; in larger blocks only pairs that share a name or a word. */
  compared: 150,
  /** Number of later authorships with the same word that each authorship is compared with. */
  neighbours: 12,
  /** Number of later authorships with the same word that are searched for these. */
  looked: 400,
  /** Number of authorships of each cluster in its mean evidence. */
  sampled: 8,
}

/** Words by which places are selected for comparison. */
interface Comparable {
  coAuthors: ReadonlySet<string>
  affiliation: ReadonlySet<string>
  titleWords: ReadonlySet<string>
  owners: ReadonlySet<string>
}

/** Visits each pair to be compared once, with the lower place first. Places with equal `nameOf` have the same name. */
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
  const { wordsOf, placesOf } = numbered(places, nameOf)
  // For each word, the number of its places already passed; all lists of places are ascending.
  const passed = new Int32Array(placesOf.length)
  const lastVisited = new Int32Array(places.length).fill(-1)
  for (const [i, words] of wordsOf.entries())
    for (const word of words) {
      const sharing = placesOf[word] as number[]
      const from = (passed[word] as number) + 1
      passed[word] = from
      const end = Math.min(sharing.length, from + CLUSTER_LIMITS.looked)
      let neighbours = 0
      for (let k = from; k < end && neighbours < CLUSTER_LIMITS.neighbours; k++) {
        const j = sharing[k] as number
        if (!areFit(i, j)) continue
        neighbours++
        if (lastVisited[j] === i) continue
        lastVisited[j] = i
        visit(i, j)
      }
    }
}

/** Numbers the names, co-authors, words of affiliations and titles, and code accounts: returns the numbers of each place, and the places of each number. */
function numbered(
  places: readonly Comparable[],
  nameOf: readonly number[],
): { wordsOf: number[][]; placesOf: number[][] } {
  const numbers = new Map<string, number>()
  const placesOf: number[][] = []
  const wordsOf = places.map(({ coAuthors, affiliation, titleWords, owners }, place) => {
    const own: number[] = []
    const add = (word: string) => {
      const number = numbers.get(word) ?? placesOf.push([]) - 1
      numbers.set(word, number)
      placesOf[number]?.push(place)
      own.push(number)
    }
    add(`n ${nameOf[place]}`)
    for (const name of coAuthors) add(`c ${name}`)
    for (const word of affiliation) add(`a ${word}`)
    for (const word of titleWords) add(`t ${word}`)
    for (const owner of owners) add(`o ${owner}`)
    return own
  })
  return { wordsOf, placesOf }
}

/** At most `CLUSTER_LIMITS.sampled` members, evenly spread. */
export function sample(members: readonly number[]): readonly number[] {
  const most = CLUSTER_LIMITS.sampled
  if (members.length <= most) return members
  return Array.from(
    { length: most },
    (_, k) => members[Math.floor((k * members.length) / most)] as number,
  )
}
