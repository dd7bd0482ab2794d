import { measure, weighed } from '../../src/domain/identity/evidence.ts'

/**
 * Groups the places of one family name and initial, best pairs first, where the best and the mean evidence between two groups
 * are together enough, and no two of their places contradict each other. Returns [place, group] of each place.
 */
export function group(places, least) {
  const groupOf = new Map(places.map((place) => [place, { places: [place] }]))
  const score = scorer()
  const edges = []
  for (const [i, a] of places.entries())
    for (const b of places.slice(0, i)) {
      const s = score(a, b)
      if (s !== null && s > least / 2) edges.push([s, a, b])
    }
  edges.sort(([s], [t]) => t - s)
  for (const [s, a, b] of edges) {
    const [one, other] = [groupOf.get(a), groupOf.get(b)]
    if (one === other) continue
    let total = 0
    let isOne = true
    for (const x of one.places)
      for (const y of other.places) {
        const t = score(x, y)
        if (t === null) isOne = false
        else total += t
      }
    const mean = total / (one.places.length * other.places.length)
    if (!isOne || (s + mean) / 2 < least) continue
    one.places.push(...other.places)
    for (const place of other.places) groupOf.set(place, one)
  }
  return groupOf
}

/** Evidence between two places, is cut to this on both sides, so that one pair cannot decide alone. */
const MOST = 8

function scorer() {
  const known = new Map()
  return (a, b) => {
    const [x, y] = a.index < b.index ? [a, b] : [b, a]
    const key = x.index * 1e7 + y.index
    if (!known.has(key)) {
      const measured = measure(x, y, x.givenNames)
      known.set(
        key,
        measured ? Math.max(-MOST, Math.min(MOST, sum(Object.values(weighed(measured))))) : null,
      )
    }
    return known.get(key)
  }
}

const sum = (numbers) => numbers.reduce((total, x) => total + x, 0)
