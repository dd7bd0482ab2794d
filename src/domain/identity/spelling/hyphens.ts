import { isSubset } from 'es-toolkit'
import { nameKey } from '../../record/title-key.ts'

const HYPHENS = /(?<=\p{L})\p{Pd}(?=\p{L})/gu

/** A name without hyphens: "Yu-Ping" is Yuping, not Yu with a middle name. */
export const withoutHyphens = (printed: string): string => printed.replace(HYPHENS, '')

/**
 * The parts of hyphenated given names, with hyphens, "jia-nan"; undefined without a hyphen. Jianan may be Jia-Nan or Jian-An, which are different
 * names.
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

/** Whether two names divide the same letters of their given names in contradictory ways: Jia-Nan and Jian-An, but not Karl-Heinz Otto and Karlheinz Otto. */
export function areInOtherParts(one: Given, other: Given): boolean {
  if (one.parts === undefined && other.parts === undefined) return false
  if (one.given.join('') !== other.given.join('')) return false
  const [a, b] = [endsIn(one), endsIn(other)]
  return !isSubset(a, b) && !isSubset(b, a)
}

/** The number of letters up to the end of each part of the given names. */
function endsIn({ given, parts }: Given): number[] {
  let letters = 0
  return (parts?.split('-') ?? given).map((part) => {
    letters += part.length
    return letters
  })
}

/** The parts of a given name between its hyphens; the name itself if it has none. */
function wordsIn({ given, parts }: Given, at: number): string[] {
  const start = given.slice(0, at).join('').length
  const end = start + (given[at] ?? '').length
  let letters = 0
  return (parts?.split('-') ?? given).filter((part) => {
    letters += part.length
    return letters > start && letters <= end
  })
}

/** Whether words equal one word of another name, whose spelling may differ. */
type AreJoined = (words: readonly string[], word: string) => boolean

/**
 * The given names of two names, divided into the same words as far as both print them: Hans Juergen becomes one word beside Hans-Jürgen, and Karl-Heinz
 * two words beside K. H. But Jean-Pierre stays one word beside Jean.
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

/** Maximum number of words that are printed for one hyphenated word. */
const MOST_JOINED = 3

/** A word of a given name and the first words of another name that equal it, divided alike; undefined if it is one word in both, or they differ. */
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
