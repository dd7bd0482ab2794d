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

/** Whether two names print the same letters of their given names in other parts. */
export function areInOtherParts(one: Given, other: Given): boolean {
  if (one.parts === undefined && other.parts === undefined) return false
  const [a, b] = [partsIn(one), partsIn(other)]
  return a !== b && a.includes('-') && b.includes('-') && lettersOf(a) === lettersOf(b)
}

const partsIn = ({ given, parts }: Given) => parts ?? given.join('-')
const lettersOf = (parts: string) => parts.replaceAll('-', '')
