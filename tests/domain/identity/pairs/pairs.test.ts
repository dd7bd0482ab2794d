import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openAgreeing } from '../../../../src/domain/identity/pairs/agreeing.ts'
import {
  CLUSTER_LIMITS,
  visitCandidates,
} from '../../../../src/domain/identity/pairs/candidates.ts'
import { pairMemo } from '../../../../src/domain/identity/pairs/pair-memo.ts'

const WORDS = fc.uniqueArray(fc.integer({ min: 0, max: 60 }).map(String), { maxLength: 4 })
const PLACE = fc.record({
  name: fc.integer({ min: 0, max: 3 }),
  paper: fc.integer({ min: 0, max: 400 }),
  coAuthors: WORDS,
  affiliation: WORDS,
  titleWords: WORDS,
  owners: WORDS,
})
const COMMON_NAME = fc.array(PLACE, {
  minLength: CLUSTER_LIMITS.compared + 1,
  maxLength: 2 * CLUSTER_LIMITS.compared,
})

test('visits each pair of a common name once: the next few places that share a word and may be one person', () => {
  fc.assert(
    fc.property(COMMON_NAME, (places) => {
      const areFit = (i: number, j: number) => places[i]?.paper !== places[j]?.paper
      const visited: string[] = []
      visitCandidates(
        places.map((place) => ({
          coAuthors: new Set(place.coAuthors),
          affiliation: new Set(place.affiliation),
          titleWords: new Set(place.titleWords),
          owners: new Set(place.owners),
        })),
        places.map(({ name }) => name),
        areFit,
        (i, j) => visited.push(`${i} ${j}`),
      )
      expect(visited).toHaveLength(new Set(visited).size)
      expect(visited.toSorted()).toEqual([...wanted(places, areFit)].sort())
    }),
    { numRuns: 4 },
  )
})

type Place = {
  name: number
  coAuthors: string[]
  affiliation: string[]
  titleWords: string[]
  owners: string[]
}

function wanted(places: Place[], areFit: (i: number, j: number) => boolean): Set<string> {
  const found = new Set<string>()
  const all = places.map((place) => [
    `name ${place.name}`,
    ...(['coAuthors', 'affiliation', 'titleWords', 'owners'] as const).flatMap((kind) =>
      place[kind].map((word) => `${kind} ${word}`),
    ),
  ])
  for (const [i, words] of all.entries())
    for (const word of words) {
      const later = all.flatMap((own, j) => (j > i && own.includes(word) ? [j] : []))
      const fit = later.slice(0, CLUSTER_LIMITS.looked).filter((j) => areFit(i, j))
      for (const j of fit.slice(0, CLUSTER_LIMITS.neighbours)) found.add(`${i} ${j}`)
    }
  return found
}

test('never confuses pairs, however many there are', () => {
  const count = 2_000
  const value = (i: number, j: number) => i * 3 + j * 7_000
  const asked = pairMemo(count, value)
  for (let turn = 0; turn < 200_000; turn++) {
    const i = (turn * 7_919) % count
    const j = (turn * 104_729 + 1) % count
    if (asked(i, j) !== value(Math.min(i, j), Math.max(i, j)))
      expect(`${i} ${j}`).toBe('as computed')
  }
})

test.each([2, 3, 1_000])(
  'of %i places, computes a pair again only if it was forgotten',
  (count) => {
    let computed = 0
    const asked = pairMemo(count, (i, j) => ++computed && i + j)
    expect([asked(0, 1), asked(1, 0), asked(0, 1)]).toEqual([1, 1, 1])
    expect(computed).toBe(1)
  },
)

test('returns agreeing pairs from the best to the least, equal ones in the order of the places', () => {
  const pair = fc.tuple(
    fc.integer({ min: 0, max: 99_999 }),
    fc.integer({ min: 0, max: 99_999 }),
    fc.constantFrom(-0.5, 1.2, 2.3, 8),
  )
  fc.assert(
    fc.property(fc.uniqueArray(pair, { selector: ([i, j]) => `${i} ${j}` }), (pairs) => {
      const agreeing = openAgreeing(100_000)
      for (const [i, j, score] of pairs) agreeing.add({ i, j, score })
      const expected = pairs
        .map(([i, j, score]) => ({ i, j, score }))
        .sort((a, b) => b.score - a.score || a.i - b.i || a.j - b.j)
      const { size, at } = agreeing.ranked()
      expect(Array.from({ length: size }, (_, rank) => at(rank))).toEqual(expected)
    }),
  )
})
