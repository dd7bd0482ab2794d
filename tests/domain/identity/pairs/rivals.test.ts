import { describe, expect, test } from 'vitest'
import { type Authorship, clusterAuthorships } from '../../../../src/domain/identity/cluster.ts'
import { parsePersonName } from '../../../../src/domain/identity/person-name.ts'
import { affiliationWords, titleWords } from '../../../../src/domain/identity/words.ts'
import { drawn } from '../../../fuzz/random.ts'

const random = drawn()

const LAB = { at: 'Institute of Lakes, Kleve', with: ['ann ostermeier', 'bo quimby'] }
const ELSEWHERE = { at: 'Glacier Observatory, Bergen', with: ['cyd ravensburg', 'dov marmelade'] }

interface Given {
  at?: string
  with?: string[]
  id?: string
  paper?: number
}

/** Bylines of names in the order of their keys, each on a separate paper. */
const block = (...bylines: [string, Given?][]) =>
  bylines.map(([printed, given], i) => byline(printed, i, { ...LAB, ...given }))

function byline(printed: string, i: number, given: Given): Authorship {
  const name = parsePersonName(printed)
  if (!name) throw new Error(`${printed} is not the name of a person.`)
  const id = given.id ?? null
  return {
    key: `${String(i).padStart(4, '0')} ${printed}`,
    tie: '',
    unit: id,
    identifiers: id === null ? [] : [id],
    isSplitOff: false,
    paperId: given.paper ?? 1000 + i,
    name,
    coAuthors: new Set(given.with),
    affiliation: affiliationWords(given.at ?? null),
    titleWords: titleWords(''),
    topics: new Set(),
    owners: new Set(),
    year: 2020,
    venue: null,
    rank: null,
  }
}

/** The names of each person, in any order of the bylines. */
function people(bylines: Authorship[]): string[] {
  const found = [
    bylines,
    bylines.toReversed(),
    random.shuffled(bylines),
    random.shuffled(bylines),
  ].map((some) =>
    clusterAuthorships(some)
      .map(({ members }) => members.map(({ key }) => key.slice(5)).join(' + '))
      .sort(),
  )
  for (const other of found) expect(other).toEqual(found[0])
  return found[0] ?? []
}

/** A name that fits two others of different people, as "Chris" fits Christine and Christopher. */
const BETWEEN: [string, string, string][] = [
  ...[
    ['Chris', 'Christine', 'Christopher'],
    ['Alex', 'Alexander', 'Alexandra'],
    ['Sam', 'Samuel', 'Samantha'],
    ['Pat', 'Patrick', 'Patricia'],
    ['Max', 'Maximilian', 'Maxwell'],
    ['J.', 'John', 'Jane'],
    ['W.', 'Wilhelm', 'Wanda'],
    ['John', 'John A.', 'John B.'],
    ['Anton', 'A. B.', 'A. C.'],
    ['M.', 'Maria C.', 'Marta'],
    ['E.', 'E. F.', 'E. G.'],
    ['Karl', 'Karl Otto', 'Karl Emil'],
  ].map((given) => given.map((one) => `${one} Quirrell`) as [string, string, string]),
]

describe.each(BETWEEN)('%s, who may be %s or %s,', (between, one, other) => {
  test('joins neither if both fit equally', () => {
    expect(people(block([one], [between], [other]))).toEqual([one, between, other].sort())
    expect(people(block([between], [one], [other], [one], [other]))).toEqual(
      [between, `${one} + ${one}`, `${other} + ${other}`].sort(),
    )
  })

  test('joins the one that fits better', () => {
    const found = people(block([one], [between], [other, ELSEWHERE], [other, ELSEWHERE]))
    expect(found).toEqual([`${one} + ${between}`, `${other} + ${other}`].sort())
  })

  test('joins the only one there is', () => {
    expect(people(block([between], [one]))).toEqual([`${between} + ${one}`])
  })
})

test('without an identifier joins neither of two people of the name who have one', () => {
  const two = ['orcid:1', 'orcid:1', 'orcid:2', 'orcid:2'].map((id): [string, Given] => {
    return ['Zebulon Quirrell', { id }]
  })
  const pair = 'Zebulon Quirrell + Zebulon Quirrell'
  expect(people(block(...two, ['Zebulon Quirrell']))).toEqual(['Zebulon Quirrell', pair, pair])
})

test('one paper with a wrong identifier does not split an author of many', () => {
  const many = Array.from({ length: 64 }, (_, i): [string, Given] => [
    'Zebulon Quirrell',
    i % 2 === 0 ? { id: 'orcid:1' } : {},
  ])
  const found = people(block(...many, ['Zebulon Quirrell', { id: 'orcid:2' }]))
  expect(found.map((names) => names.split(' + ').length).sort()).toEqual([1, 64])
})

test('a full name joins the full name rather than an initial on the same paper', () => {
  const found = people(
    block(
      ['Huan Quirrell'],
      ['Huan Quirrell', { paper: 1 }],
      ['H. Quirrell', { paper: 1, with: ['bo quimby'] }],
    ),
  )
  expect(found).toEqual(['H. Quirrell', 'Huan Quirrell + Huan Quirrell'])
})

test('a byline that may be either of two joins neither, however many papers they have', () => {
  const many = 300
  const two = Array.from({ length: 2 * many }, (_, i): [string, Given] => [
    'Zebulon Quirrell',
    { id: `orcid:${i % 2}` },
  ])
  const found = people(block(...two, ['Zebulon Quirrell']))
  const sizes = found.map((names) => names.split(' + ').length)
  expect(sizes.sort((x, y) => x - y)).toEqual([1, many, many])
})
