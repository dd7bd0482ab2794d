/**
 * Estimated share of papers that have all of several words; for pairs and triples of words of real titles, too high as often as too low. Words
 * correlate, so it is the mean of the share of independent words and of the maximum, with the effect of each next rarest word halved.
 */
export function shareOfAll(shares: readonly number[]): number {
  return sharedBy(shares, (i) => (1 + 1 / 2 ** i) / 2)
}

function sharedBy(shares: readonly number[], effect: (i: number) => number): number {
  const rarestFirst = [...shares].sort((a, b) => a - b)
  return rarestFirst.reduce((product, share, i) => product * share ** effect(i), 1)
}

export function shareOfAny(shares: readonly number[]): number {
  return Math.min(
    1,
    shares.reduce((sum, share) => sum + share, 0),
  )
}
