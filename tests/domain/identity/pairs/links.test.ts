import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openLinks } from '../../../../src/domain/identity/pairs/links.ts'

const PLACES = 12
const PAIRS = fc.uniqueArray(
  fc.tuple(fc.nat(PLACES - 1), fc.nat(PLACES - 1)).filter(([i, j]) => i < j),
  { maxLength: 40, selector: ([i, j]) => i * PLACES + j },
)
/** Pairs of places whose clusters are joined, and places whose links are read before. */
const JOINS = fc.array(
  fc.record({
    i: fc.nat(PLACES - 1),
    j: fc.nat(PLACES - 1),
    read: fc.array(fc.nat(PLACES - 1), { maxLength: 3 }),
  }),
  { maxLength: 14 },
)

interface Cluster {
  members: number[]
}

/** The lowest rank of the pairs with each other cluster, by its first place. */
function linksOf(own: Cluster, pairs: [number, number][], clusters: Cluster[]) {
  const found = new Map<number, number>()
  for (const [rank, pair] of pairs.entries()) {
    const [one, other] = pair.map((place) => clusters[place] as Cluster) as [Cluster, Cluster]
    if (one === other || (one !== own && other !== own)) continue
    const first = (one === own ? other : one).members[0] ?? 0
    found.set(first, Math.min(found.get(first) ?? rank, rank))
  }
  return found
}

test('links follow joins: they are those that all pairs of the joined clusters make', () => {
  fc.assert(
    fc.property(PAIRS, JOINS, (pairs, joins) => {
      const clusters: Cluster[] = Array.from({ length: PLACES }, (_, i) => ({ members: [i] }))
      const links = openLinks<Cluster>((cluster) => {
        const found = linksOf(cluster, pairs, clusters)
        return new Map([...found].map(([first, rank]) => [clusters[first] as Cluster, rank]))
      })
      for (const { i, j, read } of joins) {
        for (const place of read) links.of(clusters[place] as Cluster)
        const [into, from] = [clusters[i] as Cluster, clusters[j] as Cluster]
        if (into === from) continue
        links.join(into, from)
        for (const place of from.members) clusters[place] = into
        into.members.push(...from.members)
      }
      for (const cluster of new Set(clusters)) {
        const found = [...links.of(cluster)].map(([other, rank]) => [other.members[0], rank])
        const wanted = [...linksOf(cluster, pairs, clusters)]
        expect(found.sort()).toEqual(wanted.sort())
      }
    }),
    { numRuns: 300 },
  )
})

test('a link that is added is kept by the lowest number', () => {
  const [one, other] = [{}, {}]
  const links = openLinks<object>(() => new Map())
  links.add(one, other, 5)
  links.add(other, one, 3)
  links.add(one, other, 4)
  expect([...links.of(one)]).toEqual([[other, 3]])
  expect([...links.of(other)]).toEqual([[one, 3]])
})
