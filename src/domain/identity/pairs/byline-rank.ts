/** The first author usually did the work, the last one led it. */
export type BylineRank = 'first' | 'last'

/** Minimum length of a byline for checking its order: shorter ones are often in alphabetical order by chance. */
const LEAST_IN_ORDER = 4

/** The rank of a position, from 1, in a byline given by its `nameKey`s. Null between first and last, and for bylines in alphabetical order. */
export function bylineRank(position: number, keys: readonly string[]): BylineRank | null {
  if (keys.length < 2 || (position !== 1 && position !== keys.length)) return null
  if (keys.length >= LEAST_IN_ORDER && isInOrder(keys.map(familyOf))) return null
  return position === 1 ? 'first' : 'last'
}

const familyOf = (key: string) => key.slice(key.lastIndexOf(' ') + 1)
const isInOrder = (words: string[]) =>
  words.every((word, i) => i === 0 || (words[i - 1] ?? '') <= word)
