/** What two places in bylines may share. */
interface Comparable {
  coAuthors: ReadonlySet<string>
  affiliation: ReadonlySet<string>
  titleWords: ReadonlySet<string>
  topics: ReadonlySet<string>
  owners: ReadonlySet<string>
}

type Kind = keyof Comparable

/** How much it says that two places share a word of each kind, from 0 to 1. */
export type Rarities = Record<Kind, (word: string) => number>

/** Words of one kind that two places share: how many, and how rare they are together and at most. */
export interface Shared {
  count: number
  total: number
  rarest: number
}

/** What two places share of each kind. */
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

/** Co-authors of one times those of the other, up to which two bylines are short. */
const FEW_PAIRS = 16

/** How long two bylines are together: the logarithm of the co-authors of one times those of the other, from 16. */
const logPairs = (a: Comparable, b: Comparable): number =>
  Math.log(Math.max(1, (a.coAuthors.size * b.coAuthors.size) / FEW_PAIRS))

/** Up to eight co-authors each, which is as long as the bylines are that the weights were fitted on; of longer ones they say nothing. */
const FITTED = Math.log(64 / FEW_PAIRS)
/** From twelve co-authors each on, bylines are of companies and projects, where many people of a frequent name work. */
const LONG = Math.log(144 / FEW_PAIRS)

/** Whether two bylines are longer than those of one group as a rule. */
export const areLong = (a: Comparable, b: Comparable): boolean => logPairs(a, b) > FITTED

/**
 * How much the length of two bylines adds to the co-authors that they share. Groups that write together print more names, up to `FITTED`; among more, people of
 * one company share some by chance: so it is less again, unless they share as much more. Of 60 names and 86, one person's two papers share dozens, not one.
 */
export function logOfGroup(a: Comparable, b: Comparable, shared: number): number {
  const length = logPairs(a, b)
  const expected = FITTED + 2 * Math.log(shared)
  return Math.min(length, FITTED) - Math.max(0, length - expected)
}

/**
 * Rarity of the co-authors in common below which they are there by chance: of two Qing Li, each may have written with another Fan Zhang. Long
 * bylines have many of such names, so it is more for each unit of `logPairs`, and more still from `LONG` on.
 */
const [LEAST_RARITY, MORE_OF_LONG, MORE_OF_LONGEST] = [0.1, 0.1, 0.3]

/** How many co-authors they share, but for those of chance. Most pairs share none, and are asked for no logarithm. */
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

/** What two places share that have nothing to do with each other: a co-author, the affiliation or its account for code, or words and topics. */
export function signalsOf(a: Comparable, b: Comparable, common: Common): number {
  const fewest = Math.min(a.affiliation.size, b.affiliation.size)
  const isOfPlace = fewest > 0 && common.affiliation.count >= fewest / 2
  return (
    coAuthorsOf(a, b, common) +
    Number(isOfPlace || common.owners.count > 0) +
    Number(shareWords(common))
  )
}

/** Whether they share words and topics that are no chance together. */
export const shareWords = ({ titleWords, topics }: Common): boolean =>
  titleWords.count + topics.count >= 2

/** As `commonOf`, of two places of a block by where they are in it: with little work, as it is asked of all pairs. */
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

/** Each place has numbers for its words, but for those that no other has. */
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

/** Of two ascending lists. */
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
