/** Maximum number of cached pairs: a block of n places has n². */
const REMEMBERED = 2 ** 16

/** Caches `compute` for pairs of places below `count` in bounded memory: several pairs share a slot, which keeps the latest. */
export function pairMemo(
  count: number,
  compute: (i: number, j: number) => number,
): (i: number, j: number) => number {
  const slots = Math.min(REMEMBERED, count * count)
  const pairs = new Float64Array(slots).fill(-1)
  const values = new Float64Array(slots)
  return (a, b) => {
    const [i, j] = a < b ? [a, b] : [b, a]
    const pair = i * count + j
    const slot = pair % slots
    if (pairs[slot] !== pair) {
      values[slot] = compute(i, j)
      pairs[slot] = pair
    }
    return values[slot] as number
  }
}
