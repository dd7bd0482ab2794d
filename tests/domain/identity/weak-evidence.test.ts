import { describe, expect, test } from 'vitest'
import { clusterAuthorships } from '../../../src/domain/identity/cluster.ts'
import { parsePersonName } from '../../../src/domain/identity/person-name.ts'
import { affiliationWords, titleWords, topicsOf } from '../../../src/domain/identity/words.ts'

interface Shown {
  place?: string
  name: string
  title: string
  venue?: string
  subjects?: string[]
  others?: string[]
}

/** The number of people in the bylines of papers with this data. */
const peopleOf = (...papers: Shown[]) =>
  clusterAuthorships(
    papers.map(({ name, title, venue = null, subjects = [], others = [], place = '' }, at) => {
      const words = titleWords(title)
      return {
        paperId: at,
        key: String(at),
        tie: '',
        unit: null,
        identifiers: [],
        isSplitOff: false,
        name: parsePersonName(name) ?? expect.fail(`${name} is not a name`),
        coAuthors: new Set(others),
        affiliation: new Set(affiliationWords(place)),
        titleWords: words,
        topics: topicsOf(subjects, words),
        owners: new Set<string>(),
        year: 2004 + at,
        venue,
        rank: null,
      }
    }),
  ).length

const BRIDGES = 'Bridges of steel and their fatigue'
const NURSES = 'Fatigue of nurses at night'

/** Uncounted given names beside common family names. */
const BESIDE_COMMON_FAMILIES = [
  'Meera Nair',
  'Donghoon Kim',
  'Katie Martin',
  'Ottoline Smith',
  'Xanthe García',
  'Zebulon Müller',
  'Peregrine Nguyen',
]

/** Very common names of these areas, also with a middle name, a second given name or a short form. */
const NAMES_OF_MANY = [
  'José Luis Martínez',
  'Juan Carlos García',
  'Maria C. Garcia',
  'Michael J. Brown',
  'Robert T. Jones',
  'John A. Smith',
  'Doug Smith',
  'Jake Johnson',
  'Ed White',
  'Dan Brown',
  'Md. Kamrul Hasan',
  'Mohammad Ali Khan',
  'Ana Paula Souza',
]

describe('a common word of titles', () => {
  test.each(NAMES_OF_MANY)('does not make one person of %s', (name) => {
    expect(peopleOf({ name, title: BRIDGES }, { name, title: NURSES })).toBe(2)
  })

  test.each(BESIDE_COMMON_FAMILIES)('does not make one person of %s', (name) => {
    expect(peopleOf({ name, title: BRIDGES }, { name, title: NURSES })).toBe(2)
  })

  test.each(BESIDE_COMMON_FAMILIES)('makes one person of %s with the venue', (name) => {
    const venue = 'ward'
    expect(peopleOf({ name, title: BRIDGES, venue }, { name, title: NURSES, venue })).toBe(1)
  })

  test.each(BESIDE_COMMON_FAMILIES)('makes one person of %s with a second word', (name) => {
    const titles = ['Bridges of steel and their fatigue', 'Fatigue of steel at night']
    const [one, other] = titles.map((title) => ({ name, title }))
    expect(one && other && peopleOf(one, other)).toBe(1)
  })

  test.each([...NAMES_OF_MANY, ...BESIDE_COMMON_FAMILIES])(
    'makes one person of %s with a co-author',
    (name) => {
      const others = ['zebulon quirrell']
      expect(peopleOf({ name, title: BRIDGES, others }, { name, title: NURSES, others })).toBe(1)
    },
  )

  test.each(['Zebulon Quirrell', 'Ottoline Umpleby', 'Xanthe Vavasour'])(
    'makes one person of %s, because nobody else has the name',
    (name) => {
      expect(peopleOf({ name, title: BRIDGES }, { name, title: NURSES })).toBe(1)
    },
  )

  test('does not count twice if it is also a keyword', () => {
    const shown = { name: 'Michael J. Brown', subjects: ['fatigue'] }
    expect(peopleOf({ ...shown, title: BRIDGES }, { ...shown, title: NURSES })).toBe(2)
  })
})

describe('subject and venue', () => {
  const GESTURES = 'Gestures for an interface of musical expression'
  const KEYS = 'Musical expression by an interface with magnetic keys'
  const venue = 'new-interfaces-for-musical-expression'

  test.each(['T. Suzuki', 'A. Williams', 'M. E. Smith', 'S. F. Koch', 'H. D. Le', 'R. Singh'])(
    'do not make one person of %s',
    (name) => {
      expect(peopleOf({ name, title: GESTURES, venue }, { name, title: KEYS, venue })).toBe(2)
    },
  )

  test('make one person of the initial of a rare family', () => {
    const name = 'T. Quirrell'
    expect(peopleOf({ name, title: GESTURES, venue }, { name, title: KEYS, venue })).toBe(1)
  })
})

/** Family names that may belong to one person, one without a part, and family names that are one name printed in two ways. */
const IN_PART = [
  ['Kate Brien', 'Kate O’Brien'],
  ['Fiona McKay', 'Fiona MacKay'],
  ['Alex McLean', 'Alex MacLean'],
  ['Marco Luca', 'Marco De Luca'],
  ['Anna Rosa', 'Anna La Rosa'],
  ['Peter Wit', 'Peter de Wit'],
  ['Ottoline Umpleby', 'Ottoline Umpleby-Vavasour'],
] as const
const IN_TWO_WAYS = [
  ['Ottoline van Quirrell', 'Ottoline Vanquirrell'],
  ['Ottoline Le Quirrell', 'Ottoline LeQuirrell'],
  ['Ottoline Quärrell', 'Ottoline Quaerrell'],
] as const

describe('family names', () => {
  const paper = { title: NURSES, venue: 'ward' }
  const more = { ...paper, others: ['zebulon quirrell'] }

  test.each(IN_PART)('%s and %s need more than a subject in common', (name, other) => {
    expect(peopleOf({ ...paper, name }, { ...paper, name: other })).toBe(2)
    expect(peopleOf({ ...more, name }, { ...more, name: other })).toBe(1)
  })

  test.each(IN_TWO_WAYS)('%s and %s are one person', (name, other) => {
    expect(peopleOf({ ...paper, name }, { ...paper, name: other })).toBe(1)
  })
})

/** Syllables: each name has two with the hyphen at another place. */
const OTHER_PARTS = [
  ['Jia-Nan Chen', 'Jian-An Chen'],
  ['Xin-Gang Liu', 'Xing-Ang Liu'],
  ['Fang-An Xu', 'Fan-Gan Xu'],
  ['Chen-Ge Tan', 'Cheng-E Tan'],
  ['Jia Nan Chen', 'Jian-An Chen'],
] as const

describe('hyphens', () => {
  const shown = { title: NURSES, others: ['zebulon quirrell', 'ottoline umpleby'] }

  test.each(OTHER_PARTS)('%s and %s are two people', (name, other) => {
    expect(peopleOf({ ...shown, name }, { ...shown, name: other })).toBe(2)
  })

  test.each(OTHER_PARTS)('%s may be the same without a hyphen', (printed) => {
    const name = printed
      .replace(/[- ](?=\S+ )/, '')
      .replace(/(?<=^\S+)\p{Lu}/u, (one) => one.toLowerCase())
    expect(peopleOf({ ...shown, name }, { ...shown, name: printed })).toBe(1)
  })
})

/** Two common names in one country each, which are rare in the counted papers. */
const OF_OTHER_COUNTRIES = [
  ...[
    'Van Hung Pham',
    'Thanh Son Le',
    'Nguyen Van Hung',
    'Tran Thi Lan',
    'Thi Lan Hoang',
    'Duc Anh Nguyen',
    'Minh Tuan Vu',
  ],
  ...['Guðrún Jónsdóttir', 'Sigurður Guðmundsson', 'Eko Prasetyo', 'Budi Setiawan', 'Sri Wahyuni'],
  ...['Youssef Mohamed', 'Rajesh Kumar', 'Maria Garcia', 'John Smith'],
]
const LAKES = 'Lakes of peat'

test.each(OF_OTHER_COUNTRIES)('one thing in common does not join %s, and two do', (name) => {
  const [one, other] = [
    { name, title: BRIDGES },
    { name, title: LAKES },
  ]
  const place = 'Vietnam National University, Hanoi'
  const others = ['zebulon quirrell']
  expect(peopleOf({ ...one, place }, { ...other, place })).toBe(2)
  expect(peopleOf({ ...one, venue: 'ward' }, { ...other, venue: 'ward' })).toBe(2)
  expect(peopleOf({ ...one, place, others }, { ...other, place, others })).toBe(1)
})

test.each(['technical report', 'comprehensive survey', 'case studies', 'experimental results'])(
  'words that titles of any subject have (%s) do not count',
  (words) => {
    const shown = (title: string) => ({ name: 'Ottoline Umpleby', title: `${title}: ${words}` })
    expect(peopleOf(shown('Bridges of steel'), shown(LAKES))).toBe(2)
  },
)
