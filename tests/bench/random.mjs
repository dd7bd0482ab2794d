/** A seeded generator of numbers in [0, 1) (mulberry32): the same seed gives the same catalogue on every machine. */
export function seeded(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/**
 * Draws ranks 0 … count-1 with weight 1 / (rank + 1 + flatten) (Zipf–Mandelbrot): a larger `flatten` makes the first ranks less prominent.
 */
export function zipf(count, flatten, random) {
  const sums = new Float64Array(count)
  let total = 0
  for (let rank = 0; rank < count; rank++) {
    total += 1 / (rank + 1 + flatten)
    sums[rank] = total
  }
  return () => {
    const target = random() * total
    let low = 0
    let high = count - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (sums[middle] < target) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** `count` different draws, in their order. */
export function distinct(draw, count) {
  const seen = new Set()
  for (let tries = 0; seen.size < count && tries < count * 20; tries++) seen.add(draw())
  return [...seen]
}
