/** First in a byline are as a rule those who did the work, last those who led it. */
export type BylineRank = 'first' | 'last'

/** Bylines of fewer are in order too often by chance. */
const LEAST_IN_ORDER = 4

/** The rank of a place, counted from 1, in a byline of these names, as `nameKey` has them. Null for others, and where the byline is in the order of the alphabet. */
export function bylineRank(position: number, keys: readonly string[]): BylineRank | null {
  if (keys.length < 2 || (position !== 1 && position !== keys.length)) return null
  if (keys.length >= LEAST_IN_ORDER && isInOrder(keys.map(familyOf))) return null
  return position === 1 ? 'first' : 'last'
}

const familyOf = (key: string) => key.slice(key.lastIndexOf(' ') + 1)
const isInOrder = (words: string[]) =>
  words.every((word, i) => i === 0 || (words[i - 1] ?? '') <= word)
