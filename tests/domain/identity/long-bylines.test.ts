import { expect, test } from 'vitest'
import { clusterAuthorships } from '../../../src/domain/identity/cluster.ts'
import { logOfGroup } from '../../../src/domain/identity/pairs/signals.ts'
import { bylinesOfTwoFields } from '../../helpers/bylines.ts'

const FREQUENT = ['Bo Zheng', 'Jie Zhou', 'Jun Zhang', 'Lei Wang', 'Hao Chen', 'Tao Yang']

/** Names that nobody else has. */
const rare = (paper: string, count: number) =>
  Array.from({ length: count }, (_, at) => `Zeb${paper}${letters(at)} Quirr${letters(at)}`)

const letters = (at: number) =>
  [at % 26, Math.floor(at / 26)].map((one) => String.fromCharCode(97 + one)).join('')

/** Two papers of two fields, with names in common, and as many others as the length requires. */
function papersOf(printed: string, [shared, first, second]: readonly [number, number, number]) {
  const common = rare('s', shared)
  return bylinesOfTwoFields(printed, common).map((place, at) => ({
    ...place,
    coAuthors: new Set([
      ...place.coAuthors,
      ...rare(at === 0 ? 'x' : 'y', (at === 0 ? first : second) - shared).map((name) =>
        name.toLowerCase(),
      ),
    ]),
  }))
}

const people = (printed: string, sizes: readonly [number, number, number]) =>
  clusterAuthorships(papersOf(printed, sizes)).length

test.each(FREQUENT)(
  '%s on two papers of dozens of authors with one common co-author may be two people',
  (name) => {
    for (const sizes of [
      [1, 10, 12],
      [1, 25, 25],
      [1, 7, 86],
      [1, 60, 90],
    ] as const)
      expect([sizes, people(name, sizes)]).toEqual([sizes, 2])
  },
)

test.each(FREQUENT)(
  '%s on two papers of dozens of authors with many in common is one person',
  (name) => {
    for (const sizes of [
      [5, 10, 12],
      [12, 25, 25],
      [20, 60, 90],
    ] as const)
      expect([sizes, people(name, sizes)]).toEqual([sizes, 1])
  },
)

test('a rare name in pinyin needs no second co-author on long bylines', () => {
  expect(people('Guosheng Lin', [1, 10, 12])).toBe(1)
})

test('one co-author counts less the longer two bylines are, and all of them count no less', () => {
  const of = (count: number) => ({
    ...{ coAuthors: new Set(rare('x', count)), affiliation: new Set<string>() },
    ...{ titleWords: new Set<string>(), topics: new Set<string>(), owners: new Set<string>() },
  })
  const lengths = [8, 12, 20, 40, 90]
  const one = lengths.map((count) => logOfGroup(of(count), of(count), 1))
  expect(one).toEqual(one.toSorted((a, b) => b - a))
  expect(new Set(one).size).toBe(lengths.length)
  const all = lengths.map((count) => logOfGroup(of(count), of(count), count))
  expect(new Set(all).size).toBe(1)
})
