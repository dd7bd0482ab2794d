import { isSubset } from 'es-toolkit'
import { nameKey } from '../../record/title-key.ts'

const HYPHENS = /(?<=\p{L})\p{Pd}(?=\p{L})/gu

/** A name as its words, those with a hyphen in one: "Yu-Ping" is Yuping, not Yu with another name. */
export const withoutHyphens = (printed: string): string => printed.replace(HYPHENS, '')

/**
 * The parts that a name with a hyphen prints of its given names, with a hyphen between them, "jia-nan"; undefined where it prints none. Jianan may be
 * Jia-Nan or Jian-An, who are two people.
 */
export function partsOfGiven(printed: string, given: readonly string[]): string | undefined {
  if (printed.search(HYPHENS) === -1) return undefined
  const letters = given.join('')
  const words = nameKey(printed.replace(HYPHENS, ' ')).split(' ')
  for (let start = 0; start < words.length; start++)
    for (let end = start + 2; end <= words.length; end++) {
      const parts = words.slice(start, end)
      if (parts.join('') === letters) return parts.join('-')
    }
  return undefined
}

interface Given {
  given: readonly string[]
  parts?: string
}

/** Whether two names print the same letters of their given names in other parts: Karl-Heinz Otto is also Karlheinz Otto, Jia-Nan is not Jian-An. */
export function areInOtherParts(one: Given, other: Given): boolean {
  if (one.parts === undefined && other.parts === undefined) return false
  if (one.given.join('') !== other.given.join('')) return false
  const [a, b] = [endsIn(one), endsIn(other)]
  return !isSubset(a, b) && !isSubset(b, a)
}

/** The letters up to the end of each part of the given names. */
function endsIn({ given, parts }: Given): number[] {
  let letters = 0
  return (parts?.split('-') ?? given).map((part) => {
    letters += part.length
    return letters
  })
}

/** The words of a given name that its hyphens part; the name itself where it was printed without. */
function wordsIn({ given, parts }: Given, at: number): string[] {
  const start = given.slice(0, at).join('').length
  const end = start + (given[at] ?? '').length
  let letters = 0
  return (parts?.split('-') ?? given).filter((part) => {
    letters += part.length
    return letters > start && letters <= end
  })
}

/** Whether words are one word in another name, whose spelling may differ. */
type AreJoined = (words: readonly string[], word: string) => boolean

/**
 * The given names of two names in the same words, as far as both print them: Hans Juergen of Hans-Jürgen, and Karl Heinz Otto of K. H. Otto. Jean-Pierre is
 * not Jean alone.
 */
export function inSameWords(one: Given, other: Given, areJoined: AreJoined): [string[], string[]] {
  const [a, b]: [string[], string[]] = [[], []]
  let [i, j] = [0, 0]
  while (i < one.given.length && j < other.given.length) {
    const own = inWordsOf(one, i, other.given.slice(j), areJoined)
    const theirs = own ? undefined : inWordsOf(other, j, one.given.slice(i), areJoined)
    a.push(...(own?.words ?? theirs?.others ?? one.given.slice(i, i + 1)))
    b.push(...(own?.others ?? theirs?.words ?? other.given.slice(j, j + 1)))
    i += theirs?.count ?? 1
    j += own?.count ?? 1
  }
  return [
    [...a, ...one.given.slice(i)],
    [...b, ...other.given.slice(j)],
  ]
}

/** Words that others print for one with hyphens, at most. */
const MOST_JOINED = 3

/** A word of a given name and the first words of another name that stand for it, in the same words; undefined where it is one word there, too, or another. */
function inWordsOf(name: Given, at: number, others: readonly string[], areJoined: AreJoined) {
  const word = name.given[at] ?? ''
  if (others.length < 2 || word.length < 2 || word === others[0]) return undefined
  for (let count = 2; count <= Math.min(MOST_JOINED, others.length); count++)
    if (areJoined(others.slice(0, count), word)) return { words: [word], others: [word], count }
  const words = wordsIn(name, at)
  const count = words.length
  const isOf = (own: string, other = '') => own[0] === other || areJoined([other], own)
  const isShort =
    count > 1 && count <= others.length && words.every((own, k) => isOf(own, others[k]))
  return isShort ? { words, others: others.slice(0, count), count } : undefined
}
