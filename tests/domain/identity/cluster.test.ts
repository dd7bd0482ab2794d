import { sample } from 'es-toolkit'
import { expect, test } from 'vitest'
import { type Authorship, clusterAuthorships } from '../../../src/domain/identity/cluster.ts'
import { measure, totalWeight, weighed } from '../../../src/domain/identity/evidence.ts'
import { bylineRank } from '../../../src/domain/identity/pairs/byline-rank.ts'
import { CLUSTER_LIMITS } from '../../../src/domain/identity/pairs/candidates.ts'
import { parsePersonName } from '../../../src/domain/identity/person-name.ts'
import {
  affiliationWords,
  identifyingOwners,
  titleWords,
} from '../../../src/domain/identity/words.ts'
import { nameKey } from '../../../src/domain/record/title-key.ts'
import { drawn } from '../../fuzz/random.ts'

const random = drawn()

let papers = 0

interface Given
  extends Partial<Pick<Authorship, 'key' | 'unit' | 'identifiers' | 'year' | 'paperId' | 'rank'>> {
  with?: string[]
  at?: string
  title?: string
  owners?: string[]
}

function byline(name: string, given: Given = {}): Authorship {
  const parsed = parsePersonName(name)
  if (!parsed) throw new Error(`${name} is not the name of a person.`)
  papers++
  return {
    key: given.key ?? `${String(papers).padStart(6, '0')} ${name}`,
    tie: String(papers),
    isSplitOff: false,
    paperId: given.paperId ?? papers,
    name: parsed,
    coAuthors: new Set((given.with ?? []).map(nameKey)),
    affiliation: affiliationWords(given.at ?? null),
    titleWords: titleWords(given.title ?? ''),
    topics: new Set(),
    owners: identifyingOwners(given.owners ?? []),
    year: given.year ?? 2020,
    venue: null,
    rank: given.rank ?? null,
    unit: given.unit ?? null,
    identifiers: given.identifiers ?? [],
  }
}

const sizes = (block: Authorship[]) =>
  clusterAuthorships(block)
    .map(({ members }) => members.length)
    .sort()

const partition = (block: Authorship[]) =>
  clusterAuthorships(block)
    .map(({ members }) => members.map(({ key, tie }) => `${key} ${tie}`).join('\n'))
    .sort()

test('a unit that every university has does not make an initial more likely to be a person', () => {
  const found = (at: string) => {
    const [one, other] = ['Zebulon Quirrell', 'Z. Quirrell'].map((name) => byline(name, { at }))
    return one && other && measure(one, other, 1)
  }
  expect(found('School of Software')?.initialAffiliation).toBe(0)
  expect(found('School of Software, Kleve University')?.initialAffiliation).toBe(1)
  expect(found('')?.initialAffiliation).toBe(0)
})

test('joins nobody by the name alone, and bylines of a rare name by anything in common', () => {
  const two = (given: Partial<Authorship>) =>
    sizes([1, 2].map(() => ({ ...byline('Zebulon Quirrell'), ...given })))
  expect(two({})).toEqual([1, 1])
  expect(two({ venue: 'lakes' })).toEqual([2])
  expect(two({ titleWords: titleWords('Weaving of lakes') })).toEqual([2])
  expect(two({ coAuthors: new Set(['ann ostermeier']) })).toEqual([2])
})

/** Common names outside the conferences whose names were counted, each with unrelated papers. */
const COMMON = [
  ...['Rajesh Kumar', 'Priya Patel', 'José García', 'Maria Silva', 'Hiroshi Tanaka', 'Minsu Kim'],
  ...['Mohamed Ali', 'Ahmed Hassan', 'Jean Martin', 'Lars Andersson', 'Mary Smith', 'Marco Rossi'],
  ...[
    'Ivan Petrov',
    'Mehmet Yilmaz',
    'Anna Kowalska',
    'Emeka Okafor',
    'Minh Nguyen',
    'Kevin Brown',
  ],
]

test.each(COMMON)('%s is a name that needs two things in common', (name) => {
  const [ann, bo] = ['Ann Ostermeier', 'Bo Quirrell']
  const at = 'Institute of Lakes, Kleve'
  const two = (given: Given) => sizes([byline(name, given), byline(name, given)])
  expect(two({})).toEqual([1, 1])
  expect(two({ with: [ann] })).toEqual([1, 1])
  expect(two({ at })).toEqual([1, 1])
  expect(two({ title: 'Weaving of turbid lakes' })).toEqual([1, 1])
  expect(two({ with: [ann], at })).toEqual([2])
  expect(two({ with: [ann, bo] })).toEqual([2])
})

test('joins bylines of a common name that share two things', () => {
  const yang = { with: ['Qianru Sun', 'Xiaokang Ostermeier'], at: 'Zhejiang University' }
  expect(sizes([byline('Yang Yang', yang), byline('Yang Yang', yang)])).toEqual([2])
})

test('keeps two people of a common name apart who share only a co-author or an affiliation', () => {
  const one = byline('Yang Yang', { with: ['Fumin Ostermeier'], at: 'UESTC Chengdu' })
  const other = byline('Yang Yang', { with: ['Fumin Ostermeier'], at: 'Haizhi Hospital' })
  expect(sizes([one, other])).toEqual([1, 1])
  const colleague = byline('Yang Yang', { at: 'UESTC Chengdu' })
  expect(sizes([one, colleague])).toEqual([1, 1])
  expect(sizes([byline('Yang Yang'), byline('Yang Yang')])).toEqual([1, 1])
})

test.each([5, 30, 80])(
  'a common co-author name joins nobody, however long the bylines are: %i',
  (count) => {
    const crowd = (word: string) =>
      Array.from(
        { length: count },
        (_, i) => `Ann ${word}${String.fromCharCode(97 + (i % 26)).repeat(2 + i / 26)}`,
      )
    const [one, other] = ['Brent', 'Crest'].map((word) => crowd(word))
    for (const name of ['Qing Li', 'Fan Zhang', 'Wei Chen', 'Hao Liu'])
      expect(
        sizes([
          byline(name, { with: ['Jing Wang', ...(one ?? [])] }),
          byline(name, { with: ['Jing Wang', ...(other ?? [])] }),
        ]),
      ).toEqual([1, 1])
  },
)

test('an initial alone joins nobody, nor two full names through it', () => {
  expect(sizes([byline('W. Zhang'), byline('Wei Zhang')])).toEqual([1, 1])
  const lab = { with: ['Ann Ostermeier', 'Bo Quirrell'], at: 'Institute of Lakes, Kleve' }
  const [full, initial, other] = [
    byline('John Quimby', lab),
    byline('J. Quimby', lab),
    byline('Jane Quimby', lab),
  ]
  expect(sizes([full, initial])).toEqual([2])
  expect(sizes([full, initial, other])).toContain(1)
})

test('an initial of a rare family name needs one thing in common', () => {
  const full = byline('Ingmar Quirrell', { with: ['Ruth Ostermeier'] })
  expect(sizes([full, byline('I. Quirrell', { with: ['Ruth Ostermeier'] })])).toEqual([2])
  expect(sizes([full, byline('I. Quirrell')])).toEqual([1, 1])
})

test('a common account for code counts like an affiliation, except that of a large company or of a project of many groups', () => {
  const two = (name: string, given: Given, other = given) =>
    sizes([byline(name, given), byline(name, other)])
  expect(two('Zeyu Zhang', {})).toEqual([1, 1])
  expect(two('Zeyu Zhang', { owners: ['Kleve'] }, { owners: ['kleve', 'others'] })).toEqual([2])
  expect(two('Zeyu Zhang', { owners: ['kleve'] }, { owners: ['others'] })).toEqual([1, 1])
  for (const owner of ['Microsoft', 'tensorflow', 'PyTorch', 'keras-team', 'awslabs', 'apache'])
    expect(two('Zeyu Zhang', { owners: [owner] })).toEqual([1, 1])
  expect(two('Zeyu Zhang', { owners: ['apache', 'kleve'] })).toEqual([2])
  expect(two('Yang Yang', { owners: ['kleve'] })).toEqual([1, 1])
  const lab = { owners: ['kleve'], at: 'Institute of Lakes, Kleve' }
  expect(two('Wei Wang', lab)).toEqual([1, 1])
  expect(two('Wei Wang', { ...lab, with: ['Fumin Ostermeier'] })).toEqual([2])
})

test('pages with spellings of a name as keys are not two people, but pages with additions to the name are', () => {
  const lab = { with: ['Ann Ostermeier', 'Bo Quirrell'], at: 'Institute of Lakes, Kleve' }
  const two = (one: string, other: string) =>
    sizes([
      byline('Zebulon F. Quirrell', { ...lab, identifiers: [`acl:${one}`], unit: one }),
      byline('Zebulon Quirrell', { ...lab, identifiers: [`acl:${other}`], unit: other }),
    ])
  expect(two('zebulon-f-quirrell', 'zebulon-quirrell')).toEqual([2])
  expect(two('zebulon-f-quirrell-kleve', 'zebulon-quirrell')).toEqual([2])
  expect(two('zebulon-f-quirrell-kleve', 'zebulon-quirrell-ulm')).toEqual([1, 1])
})

test('father and son are two people, whatever they share, and a byline without the suffix may be either', () => {
  const lab = { with: ['Ann Ostermeier', 'Bo Quirrell'], at: 'Institute of Lakes, Kleve' }
  const [senior, junior, plain] = ['Ada Quimby Sr.', 'Ada Quimby Jr.', 'Ada Quimby'].map((name) =>
    byline(name, lab),
  ) as [Authorship, Authorship, Authorship]
  expect(sizes([senior, junior])).toEqual([1, 1])
  expect(sizes([senior, plain])).toEqual([2])
  expect(sizes([junior, plain])).toEqual([2])
  expect(sizes([senior, junior, plain])).toEqual([1, 1, 1])
})

test('a contradiction to any part of a cluster keeps a byline apart', () => {
  const lab = { with: ['Ann Ostermeier', 'Bo Quirrell'], at: 'Institute of Lakes, Kleve' }
  const [one, other] = [byline('Ada Quimby', lab), byline('Ada Quimby', lab)]
  expect(sizes([one, { ...other, paperId: one.paperId }])).toEqual([1, 1])
  const orcid = (value: string) => ({ identifiers: [`orcid:${value}`], unit: value })
  expect(
    sizes([
      { ...one, ...orcid('1') },
      { ...other, ...orcid('2') },
    ]),
  ).toEqual([1, 1])
  expect(sizes([{ ...one, ...orcid('1') }, other])).toEqual([2])
})

test('no career is longer than 70 years', () => {
  const lab = { at: 'Institute of Lakes, Kleve' }
  const [first, last] = [1931, 2021].map((year) => byline('Zebulon Quirrell', { year, ...lab }))
  if (!first || !last) throw new Error('There are two.')
  expect(sizes([first, last])).toEqual([1, 1])
  const between = byline('Zebulon Quirrell', { year: 1985, ...lab })
  expect(sizes([first, between])).toEqual([2])
  expect(sizes([between, last])).toEqual([2])
  expect(sizes([first, between, last])).toEqual([1, 1, 1])
})

test('being first in one byline and last in another of the same years counts against one person', () => {
  const lab = { with: ['Fumin Ostermeier'], title: 'Quantum Lakes' }
  const [first, last, later] = [
    byline('Yihang Wang', { ...lab, rank: 'first' }),
    byline('Yihang Wang', { ...lab, rank: 'last' }),
    byline('Yihang Wang', { ...lab, rank: 'last', year: 2029 }),
  ]
  const other = byline('Yihang Wang', { ...lab, rank: 'first' })
  expect([sizes([first, other]), sizes([first, last]), sizes([first, later])]).toEqual([
    [2],
    [1, 1],
    [2],
  ])
})

test('an alphabetical byline does not count', () => {
  const keys = ['ruth adams', 'ann baker', 'ada clark', 'bo quirrell']
  expect([bylineRank(1, keys), bylineRank(4, keys)]).toEqual([null, null])
  expect([1, 2, 4].map((position) => bylineRank(position, keys.toReversed()))).toEqual([
    'first',
    null,
    'last',
  ])
  expect([bylineRank(1, ['ann baker']), bylineRank(2, ['ann baker', 'bo quirrell'])]).toEqual([
    null,
    'last',
  ])
})

test('one unit stays one', () => {
  const apart = [byline('Yang Yang', { unit: 'a' }), byline('Yang Yang', { unit: 'a', year: 1990 })]
  expect(sizes(apart)).toEqual([2])
})

test('does not depend on the order, nor on the limits if all share something rare', () => {
  const people = Array.from({ length: 60 }, (_, n) => ({
    with: [`Ann Person${n}`, `Bo Person${n}`],
    at: `Laboratory ${n} of City${n}`,
  }))
  const block = people.flatMap((own, n) =>
    Array.from({ length: 4 }, (_, year) =>
      byline(n % 3 ? 'Yang Wang' : 'Ying Wang', { ...own, year: 2015 + year }),
    ),
  )
  expect(block.length).toBeGreaterThan(CLUSTER_LIMITS.compared)
  const first = partition(block)
  expect(first).toHaveLength(60)
  for (let round = 0; round < 3; round++) expect(partition(random.shuffled(block))).toEqual(first)
})

test('groups made-up blocks equally in any order, also papers that are indistinguishable', () => {
  const any = <T>(list: readonly T[]) => sample(list) as T
  const [names, people] = [
    ['Yang Wang', 'Y. Wang', 'Yang B. Wang', 'Ying Wang', 'Wang Yangming', 'Yangming Wang'],
    ['Ann Ostermeier', 'Bo Quirrell', 'Wei Li', 'Jun Chen', 'Ada Quimby'],
  ]
  for (let round = 0; round < 40; round++) {
    const block = Array.from({ length: 14 }, (_, n) =>
      byline(any(names), {
        key: `2020 ${n % 4}`,
        with: [any(people), any(people)],
        at: any(['UESTC Chengdu', 'Tsinghua University', 'Institute of Lakes, Kleve']),
        title: any(['Parsing Treebanks of Lakes', 'Rivers and Treebanks', 'Quantum Lakes']),
        year: any([1990, 2020, 2021]),
        rank: any(['first', 'last', null]),
      }),
    )
    const first = partition(block)
    for (let again = 0; again < 3; again++) expect(partition(random.shuffled(block))).toEqual(first)
  }
})

test('weighs each kind of evidence of two places once', () => {
  const any = <T>(list: readonly T[]) => sample(list) as T
  const names = ['Yang Wang', 'Y. Wang', 'Zebulon Quirrell', 'Z. Quirrell', 'Z. B. Quirrell']
  const some = (): Authorship => ({
    ...byline(any(names), {
      ...(any([true, false, false]) && { paperId: -1 }),
      with: [any(['Ann Ostermeier', 'Bo Quimby']), any(['Wei Li', 'Jun Chen'])],
      at: any(['UESTC Chengdu', 'Tsinghua University', 'Institute of Lakes, Kleve']),
      title: any(['Parsing Treebanks of Lakes', 'Rivers and Treebanks', 'Quantum Lakes']),
      year: any([1931, 2020, 2021]),
      identifiers: any([[], [], ['s2:1'], ['s2:2', 'orcid:1'], ['s2:1', 's2:2'], ['orcid:2']]),
    }),
    isSplitOff: any([false, false, true]),
  })
  let compared = 0
  for (let round = 0; round < 500; round++) {
    const measured = measure(some(), some(), 1)
    if (!measured) continue
    compared++
    const parts = Object.values(weighed(measured))
    expect(totalWeight(measured)).toBeCloseTo(parts.reduce((sum, part) => sum + part, 0))
  }
  expect(compared).toBeGreaterThan(100)
})

/** The most common family names in China, and common given names of one character. */
const [FAMILIES = [], GIVEN = []] = [
  'Wang Li Zhang Liu Chen Yang Zhao Huang Zhou Wu Xu Sun Ma Zhu Hu Guo He Lin Gao Song',
  'Wei Min Jing Li Qiang Lei Jun Yang Yong Yan Jie Tao Ming Chao Hui Hua Jian Bin Bo Peng Xin Long Jia',
].map((words) => words.split(' '))
const OF_CHINA = FAMILIES.flatMap((family) => GIVEN.map((given) => `${given} ${family}`))

test.each([0, 1, 5, 20])(
  'two common names of China co-occur by chance, also in bylines of %i others',
  (others) => {
    const withOthers = (names: string[], paper: number) =>
      Array.from({ length: others }, (_, i) => `Other${paper} Quirrell${i}`).concat(names)
    for (const [i, name] of OF_CHINA.entries()) {
      const other = OF_CHINA[(i + 37) % OF_CHINA.length] ?? ''
      const both = [1, 2].map((paper) => byline(name, { with: withOthers([other], paper) }))
      expect(sizes(both), `${name} and ${other}`).toEqual([1, 1])
    }
  },
)

test('two common names of China with each other, a venue and a word in common are two people', () => {
  const joined = OF_CHINA.filter((name, i) => {
    const other = OF_CHINA[(i + 37) % OF_CHINA.length] ?? ''
    const both = [1, 2].map(() => ({ ...byline(name, { with: [other] }), venue: 'lakes' }))
    return sizes(both).length === 1
  })
  expect(joined.length / OF_CHINA.length).toBeGreaterThan(0.5)
})

test.each([
  ['Jia Zhou', 'Long Yang'],
  ['Hung Van Nguyen', 'Lan Thi Tran'],
  ['Maria Papadopoulos', 'Nikos Georgiou'],
  ['Ji-hye Kim', 'Seung-ho Lee'],
  ['Ka Wai Chan', 'Wing Yan Wong'],
  ['Jan de Jong', 'Pieter de Vries'],
  ['Ahmad bin Abdullah', 'Siti Ibrahim'],
  ['Rajesh Kumar', 'Priya Singh'],
])('%s and %s are on two papers with nothing else in common', (name, other) => {
  for (const [one, co] of [
    [name, other],
    [other, name],
  ] as const) {
    expect(sizes([1, 2].map(() => byline(one, { with: [co] }))), one).toEqual([1, 1])
    // Nobody else has the rare co-author.
    const both = [1, 2].map(() => byline(one, { with: [co, 'Zebulon Quirrell'], title: 'Lakes' }))
    expect(sizes(both), one).toEqual([2])
  }
})

test('a second family name that one byline lacks needs two things in common, and a different one is another person', () => {
  const long = ['Juan García López', 'Juan García-López', 'Juan García']
  const one = { with: ['Ann Ostermeier'] }
  const two = { ...one, at: 'Universidad de Zaragoza' }
  for (const name of long.slice(0, 2)) {
    expect(sizes([byline(name, one), byline('Juan García', one)])).toEqual([1, 1])
    expect(sizes([byline(name, two), byline('Juan García', two)])).toEqual([2])
  }
  expect(sizes([byline('Juan García López', two), byline('Juan García Pérez', two)])).toEqual([
    1, 1,
  ])
  const all = [...long, 'Juan García Pérez'].map((name) => byline(name, two))
  // "Juan García" alone may be either.
  expect(sizes(all)).toEqual([1, 1, 2])
})

test('spellings of one name are joined by the same evidence as equal names, and not by the name', () => {
  for (const [a, b] of [
    ['Yūko Satō', 'Yuuko Satou'],
    ['Дмитрий Заболотный', 'Dmitry Zabolotny'],
    ['Zoran Đorđević', 'Zoran Djordjevic'],
    ['Trần Quốc Khánh', 'Khanh Quoc Tran'],
    ['Lü Dongsheng', 'Dongsheng Lv'],
  ] as const) {
    const given = { with: ['Ann Ostermeier', 'Odile Brzezinsky'], at: 'Plymouth Observatory' }
    expect(sizes([byline(a, given), byline(b, given)]), a).toEqual([2])
    expect(sizes([byline(a), byline(b)]), a).toEqual([1, 1])
  }
})
