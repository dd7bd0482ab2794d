/**
 * Share of papers that have all of several things: as often too high as too low for pairs and triples of words of real titles. Words keep
 * company: it is the mean of what words would share that know nothing of each other, and of the most, for which each next rarest is
 * taken to halve in effect.
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
