/** The words of an authorship that others may share. */
interface Comparable {
  coAuthors: ReadonlySet<string>
  affiliation: ReadonlySet<string>
  titleWords: ReadonlySet<string>
  topics: ReadonlySet<string>
  owners: ReadonlySet<string>
}

type Kind = keyof Comparable

/** For each kind, how much a shared word says, from 0 to 1. */
export type Rarities = Record<Kind, (word: string) => number>

/** The shared words of one kind: their number, the sum of their rarities, and the highest rarity. */
export interface Shared {
  count: number
  total: number
  rarest: number
}

/** The shared words of each kind. */
export type Common = Record<Kind, Shared>

const NOTHING: Shared = { count: 0, total: 0, rarest: 0 }

export function commonOf(a: Comparable, b: Comparable, rarities: Rarities): Common {
  return {
    coAuthors: sharedOf(a.coAuthors, b.coAuthors, rarities.coAuthors),
    affiliation: sharedOf(a.affiliation, b.affiliation, rarities.affiliation),
    titleWords: sharedOf(a.titleWords, b.titleWords, rarities.titleWords),
    topics: sharedOf(a.topics, b.topics, rarities.topics),
    owners: sharedOf(a.owners, b.owners, rarities.owners),
  }
}

export function sharedOf(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
  rarityOf: (word: string) => number,
): Shared {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a]
  let [count, total, rarest] = [0, 0, 0]
  for (const word of small)
    if (large.has(word)) {
      const rarity = rarityOf(word)
      count++
      total += rarity
      rarest = Math.max(rarest, rarity)
    }
  return count === 0 ? NOTHING : { count, total, rarest }
}

/** Product of the numbers of co-authors up to which two bylines are short. */
const FEW_PAIRS = 16

/** Joint length of two bylines: the logarithm of the product of their numbers of co-authors, above `FEW_PAIRS`. */
const logPairs = (a: Comparable, b: Comparable): number =>
  Math.log(Math.max(1, (a.coAuthors.size * b.coAuthors.size) / FEW_PAIRS))

/** Eight co-authors each: the weights were fitted on bylines up to this length. */
const FITTED = Math.log(64 / FEW_PAIRS)
/** Twelve co-authors each: longer bylines belong to companies and projects, where several people have a frequent name. */
const LONG = Math.log(144 / FEW_PAIRS)

/** Whether two bylines are longer than those of a research group usually are. */
export const areLong = (a: Comparable, b: Comparable): boolean => logPairs(a, b) > FITTED

/**
 * How much the length of two bylines adds to their shared co-authors. It grows up to `FITTED`, as groups that write together print more names. In longer bylines, people
 * of one company share some co-authors by chance, so that it falls again unless more are shared: two papers of one person with 60 and 86 names share dozens, not one.
 */
export function logOfGroup(a: Comparable, b: Comparable, shared: number): number {
  const length = logPairs(a, b)
  const expected = FITTED + 2 * Math.log(shared)
  return Math.min(length, FITTED) - Math.max(0, length - expected)
}

/**
 * Minimum rarity of shared co-authors, below which they are shared by chance: two people named Qing Li may each write with a different Fan Zhang. Long
 * bylines have many such names, so that the minimum grows with each unit of `logPairs`, and faster from `LONG` on.
 */
const [LEAST_RARITY, MORE_OF_LONG, MORE_OF_LONGEST] = [0.1, 0.1, 0.3]

/** The number of shared co-authors, 0 if they are shared by chance. Returns early for the many pairs that share none, as logarithms are slow. */
function coAuthorsOf(
  a: Comparable,
  b: Comparable,
  { coAuthors: { count, total } }: Common,
): number {
  if (count === 0) return 0
  const length = logPairs(a, b)
  const least = LEAST_RARITY + MORE_OF_LONG * length + MORE_OF_LONGEST * Math.max(0, length - LONG)
  return total >= least ? count : 0
}

/** The number of independent things that two places share: each co-author, the affiliation or a code account, and words and topics. */
export function signalsOf(a: Comparable, b: Comparable, common: Common): number {
  const fewest = Math.min(a.affiliation.size, b.affiliation.size)
  const isOfPlace = fewest > 0 && common.affiliation.count >= fewest / 2
  return (
    coAuthorsOf(a, b, common) +
    Number(isOfPlace || common.owners.count > 0) +
    Number(shareWords(common))
  )
}

/** Whether they share enough words and topics that it is not by chance. */
export const shareWords = ({ titleWords, topics }: Common): boolean =>
  titleWords.count + topics.count >= 2

/** Like `commonOf`, for two places given by their index in a block: fast, because it runs for all pairs. */
export function commonReader(
  places: readonly Comparable[],
  rarities: Rarities,
): (i: number, j: number) => Common {
  const readerOf = (kind: Kind) =>
    sharedReader(
      places.map((place) => place[kind]),
      rarities[kind],
    )
  const [coAuthors, affiliation] = [readerOf('coAuthors'), readerOf('affiliation')]
  const [titleWords, topics, owners] = [
    readerOf('titleWords'),
    readerOf('topics'),
    readerOf('owners'),
  ]
  return (i, j) => ({
    coAuthors: coAuthors(i, j),
    affiliation: affiliation(i, j),
    titleWords: titleWords(i, j),
    topics: topics(i, j),
    owners: owners(i, j),
  })
}

const NONE: number[] = []

/** Numbers the words of each place, except those that no other place has. */
function sharedReader(
  sets: readonly ReadonlySet<string>[],
  rarityOf: (word: string) => number,
): (i: number, j: number) => Shared {
  const firsts = new Map<string, number>()
  const numbers = new Map<string, number>()
  const rarities: number[] = []
  const all: number[][] = sets.map(() => NONE)
  const add = (at: number, number: number) => {
    if (all[at] === NONE) all[at] = [number]
    else all[at]?.push(number)
  }
  for (let at = 0; at < sets.length; at++)
    for (const word of sets[at] ?? []) {
      const first = firsts.get(word)
      if (first === undefined) {
        firsts.set(word, at)
        continue
      }
      let number = numbers.get(word)
      if (number === undefined) {
        number = rarities.push(rarityOf(word)) - 1
        numbers.set(word, number)
        add(first, number)
      }
      add(at, number)
    }
  for (const own of all) if (own.length > 1) own.sort((a, b) => a - b)
  return (i, j) => sharedNumbers(all[i] ?? NONE, all[j] ?? NONE, rarities)
}

/** The shared numbers of two ascending lists. */
function sharedNumbers(
  one: readonly number[],
  other: readonly number[],
  rarities: readonly number[],
): Shared {
  if (one.length === 0 || other.length === 0) return NOTHING
  let count = 0
  let total = 0
  let rarest = 0
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    const number = one[i] as number
    const difference = number - (other[j] as number)
    if (difference === 0) {
      const rarity = rarities[number] as number
      count++
      total += rarity
      rarest = Math.max(rarest, rarity)
    }
    if (difference <= 0) i++
    if (difference >= 0) j++
  }
  return count === 0 ? NOTHING : { count, total, rarest }
}
