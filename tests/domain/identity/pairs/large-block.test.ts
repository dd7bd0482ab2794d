import { expect, test } from 'vitest'
import { openContradictions } from '../../../../src/domain/identity/pairs/contradictions.ts'
import { startingClusters } from '../../../../src/domain/identity/pairs/open-cluster.ts'

test('a name may have more authorships than a function may have arguments', () => {
  const name = { family: 'quirrell', given: ['zebulon'] }
  const places = Array.from({ length: 200_000 }, (_, i) => {
    // Two places of each paper.
    return { unit: null, paperId: i >> 1, name, year: 2000 + (i % 20), identifiers: [] }
  })
  const names = { nameOf: places.map(() => 0), fitOf: () => 'equal' }
  const clusters = startingClusters(places, names)
  const { isBetween, knownOf } = openContradictions(places, clusters, names)
  const [one, other, third] = clusters
  if (!one || !other || !third) throw new Error('Expected three clusters')
  expect([isBetween(one, other), isBetween(one, third)]).toEqual([true, false])
  expect([...(knownOf(one)?.keys() ?? [])]).toEqual([other])
})
