import { describe, expect, test } from 'vitest'
import { fullestName, placesIn } from '../../../../src/domain/record/merge/aligned.ts'
import { mergeRecords } from '../../../../src/domain/record/merge/merge.ts'
import { paperRecord } from '../../../helpers/catalogue.ts'

/** Two printed forms of one person. */
const SPELLINGS = [
  ['G E Hinton', 'Geoffrey E. Hinton'],
  ['Hinton, G.', 'Geoffrey Hinton'],
  ['Robert Featherstonhaugh', 'Robert W. Featherstonhaugh'],
  ['R. W. Cholmondeley', 'Robert William Cholmondeley'],
  ['L. Szentkirályi-Tóth', 'Leopold Szentkirályi-Tóth'],
  ['J. Smith', 'John Smith'],
  ['Min-jun Hwangbo', 'Minjun Hwangbo'],
  ['Bob Marjoribanks', 'Robert Marjoribanks'],
  ['Wei Duanmu', 'Duanmu Wei'],
  ['José Núñez', 'Jose Nunez'],
  ['Katherine Marjoribanks', 'Katharine Marjoribanks'],
] as const
const OTHERS = ['Ottoline Umpleby', 'Xanthe Vavasour', 'Zebulon Quirrell']

/** A byline with a name at each position. */
const bylinesWith = (name: string) =>
  OTHERS.map((_, at) => [...OTHERS.slice(0, at), name, ...OTHERS.slice(at)])

describe('positions of the same people', () => {
  test.each(SPELLINGS)('%s and %s, at any position, in any order', (one, other) => {
    for (const own of bylinesWith(one))
      for (const theirs of bylinesWith(other)) {
        const expected = own.map((name) => theirs.indexOf(name === one ? other : name))
        expect(placesIn(own, theirs)).toEqual(expected)
        const cut = theirs.filter((name) => name !== OTHERS[0])
        expect(placesIn(own, cut)[own.indexOf(one)]).toBe(cut.indexOf(other))
      }
  })

  test.each([
    [
      ['J. Smith', 'J. Smith'],
      ['John Smith', 'Jane Smith'],
      [0, 1],
    ],
    [
      ['Wei Zhang', 'J. Li', 'Wei Zhang'],
      ['Wei Zhang', 'Jun Li', 'Wei Zhang'],
      [0, 1, 2],
    ],
  ])('%j are %j in their order', (own, theirs, expected) => {
    expect(placesIn(own, theirs)).toEqual(expected)
  })

  test.each([
    [
      'either of two fits',
      ['J. Smith', 'Ada Byron'],
      ['John Smith', 'Jane Smith', 'Ada Byron'],
      [null, 2],
    ],
    [
      'two have the name',
      ['Wei Zhang', 'Wei Zhang'],
      ['Ada Byron', 'Wei Zhang', 'Wei Zhang'],
      [null, null],
    ],
    ['first names differ', ['Alan Smith', 'Ada Byron'], ['Andrew Smith', 'Ada Byron'], [null, 1]],
    ['families differ', ['J. Smith', 'Ada Byron'], ['J. Smythe-Jones', 'Ada Byron'], [null, 1]],
    ['it is a group', ['The ATLAS Team', 'Ada Byron'], ['A. Team', 'Ada Byron'], [null, 1]],
  ])('are uncertain if %s', (_, own, theirs, expected) => {
    expect(placesIn(own, theirs)).toEqual(expected)
  })

  test('thousands of names are not compared one by one', () => {
    const list = (first: string) =>
      Array.from({ length: 3000 }, (_, n) => `${first}${n} Member${n}x`)
    const places = placesIn([...list('Q'), 'Ada Byron'], ['Ada Byron', ...list('V')])
    expect(places.filter((place) => place !== null)).toEqual([0])
  })
})

test.each([
  [['G E Hinton', 'Geoffrey E. Hinton'], 'Geoffrey E. Hinton'],
  [['Geoffrey Hinton', 'G. E. Hinton'], 'Geoffrey Hinton'],
  [['Geoffrey Hinton', 'Geoffrey E. Hinton'], 'Geoffrey Hinton'],
  [['J. Smith', 'John Smith', 'Jane Smith'], 'J. Smith'],
  [['J. Smith', 'John Smith', 'John A. Smith'], 'John Smith'],
] as const)('of %j, %s is shown', (names, shown) => {
  const [first, ...others] = names
  expect(fullestName([first, ...others])).toBe(shown)
})

test.each(SPELLINGS)(
  'a paper keeps the statements of records about %s and about %s',
  (one, other) => {
    const by = (source: string, name: string, scheme: string) =>
      paperRecord({
        source,
        key: source,
        title: 'Lakes and their fish',
        authors: [
          { name: OTHERS[0] ?? '', affiliation: null, identifiers: [] },
          { name, affiliation: null, identifiers: [{ scheme, value: '1' }] },
        ],
      })
    for (const [first, second] of [
      [one, other],
      [other, one],
    ] as const) {
      const { authors } = mergeRecords([
        by('bibtex', first, 'orcid'),
        by('openalex', second, 'openalex'),
      ])
      expect(authors[1]?.identifiers.map(({ scheme }) => scheme)).toEqual(['orcid', 'openalex'])
    }
  },
)
