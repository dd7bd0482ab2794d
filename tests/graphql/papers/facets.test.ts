import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase, ORCID, type SeededPaper } from '../seeded-catalogue.ts'

let t: TestDatabase
let papers: SeededPaper[]
beforeAll(async () => {
  ;({ t, papers } = await createSeededDatabase())
})
afterAll(() => t.close())

type Filter = Record<string, unknown>
type Condition = (paper: SeededPaper) => boolean
type Value = string | number | boolean

const year = ({ record }: SeededPaper) =>
  record.published ? Number(record.published.on.slice(0, 4)) : null
const slugs = ({ record }: SeededPaper) => record.topics.map(({ slug }) => slug)
const names = ({ record }: SeededPaper) => record.authors.map(({ name }) => name)
const venue = ({ record }: SeededPaper) => record.venue?.slug ?? null
const hasCode = ({ record }: SeededPaper) => record.repositories.length > 0
const kind = ({ record }: SeededPaper) => record.kind.toUpperCase()
const links = ({ record }: SeededPaper) => [
  ...new Set(record.links?.map((link) => link.kind.toUpperCase())),
]
/** Events in the range that the cases use. */
const events = ({ record }: SeededPaper, filter: Filter) => {
  const { from = '', to = '9' } = (filter.eventOn ?? {}) as { from?: string; to?: string }
  const own = record.events ?? []
  const told = record.isRetracted ? [...own, { kind: 'retraction', on: null }] : own
  const isAny = filter.eventOn === undefined
  return distinct(
    told.flatMap(({ kind, on }) =>
      isAny || (on !== null && on >= from && on <= to) ? kind.toUpperCase() : [],
    ),
  )
}
const access = ({ record }: SeededPaper) =>
  record.openAccess ? [record.openAccess.status.toUpperCase()] : []
/** Spellings of one keyword count together. */
const spelt = (keyword: Value) => String(keyword).toLowerCase().replace('-', ' ')
const keywords = ({ record }: SeededPaper) => (record.keywords ?? []).map(spelt)
const cited = ({ record }: SeededPaper) => record.citationCount ?? 0
const one = <T>(value: T | null): T[] => (value === null ? [] : [value])

/** The decisions on a paper that meet the conditions which the cases use. */
const decided = ({ record }: SeededPaper, filter: Filter) => {
  const { outcome, areas } = (filter.decisions ?? {}) as { outcome?: string[]; areas?: string[] }
  return (record.decisions ?? []).filter(
    (one) =>
      (outcome?.includes((one.outcome ?? '').toUpperCase()) ?? true) &&
      (areas?.includes(one.area ?? '') ?? true),
  )
}
const upper = (value: string | undefined) => (value === undefined ? [] : [value.toUpperCase()])
const awards = (award: string | undefined) =>
  ({
    'Best Paper Award': ['Best Paper'],
    'Award Candidate': ['Candidate'],
    'best paper; Test of Time': ['Best Paper', 'Test of Time'],
  })[award ?? ''] ?? []
const distinct = (values: Value[]) => [...new Set(values)]

interface Facet {
  name: string
  /** The key of its values: their value or, for ids, their label. */
  key: 'value' | 'label'
  hasFirst: boolean
  valuesOf: (paper: SeededPaper, filter: Filter) => Value[]
}

const FACETS: Facet[] = [
  { name: 'years', key: 'value', hasFirst: true, valuesOf: (p) => one(year(p)) },
  { name: 'topics', key: 'value', hasFirst: true, valuesOf: slugs },
  {
    ...{ name: 'keywords', key: 'value', hasFirst: true },
    valuesOf: (p) => keywords(p),
  },
  { name: 'venues', key: 'value', hasFirst: true, valuesOf: (p) => one(venue(p)) },
  { name: 'authors', key: 'label', hasFirst: true, valuesOf: names },
  { name: 'hasRepository', key: 'value', hasFirst: false, valuesOf: (p) => [hasCode(p)] },
  {
    name: 'repositoryLanguages',
    key: 'value',
    hasFirst: true,
    valuesOf: (p) => [...new Set(p.languages)],
  },
  { name: 'kinds', key: 'value', hasFirst: false, valuesOf: (p) => [kind(p)] },
  {
    ...{ name: 'outcomes', key: 'value', hasFirst: false },
    valuesOf: (p, filter) => distinct(decided(p, filter).flatMap((d) => upper(d.outcome))),
  },
  {
    ...{ name: 'presentations', key: 'value', hasFirst: false },
    valuesOf: (p, filter) => distinct(decided(p, filter).flatMap((d) => upper(d.presentation))),
  },
  {
    ...{ name: 'awards', key: 'value', hasFirst: true },
    valuesOf: (p, filter) => distinct(decided(p, filter).flatMap((d) => awards(d.award))),
  },
  {
    ...{ name: 'sessions', key: 'value', hasFirst: true },
    valuesOf: (p, filter) => distinct(decided(p, filter).flatMap((d) => upper(d.session))),
  },
  {
    ...{ name: 'areas', key: 'value', hasFirst: true },
    valuesOf: (p, filter) => distinct(decided(p, filter).flatMap((d) => d.area ?? [])),
  },
  {
    name: 'languages',
    key: 'value',
    hasFirst: true,
    valuesOf: (p) => one(p.record.language?.split('-')[0] ?? null),
  },
  { name: 'linkKinds', key: 'value', hasFirst: false, valuesOf: links },
  { name: 'eventKinds', key: 'value', hasFirst: false, valuesOf: events },
  { name: 'openAccess', key: 'value', hasFirst: false, valuesOf: access },
]

/** For each filter, the papers that meet it, and those that meet it without the condition of one facet. */
const CASES: [filter: Filter, condition: Condition, less?: Record<string, Condition>][] = [
  [{}, () => true],
  [{ minCitations: 0 }, () => true],
  [{ minCitations: 1000 }, () => false],
  [{ topics: ['clustering'] }, (p) => slugs(p).includes('clustering'), { topics: () => true }],
  [
    { topicsAll: ['clustering'], topicsNone: ['calibration'], minCitations: 3 },
    (p) => slugs(p).includes('clustering') && !slugs(p).includes('calibration') && cited(p) >= 3,
    { topics: (p) => cited(p) >= 3 },
  ],
  [
    { year: [2016, 2018], hasRepository: true },
    (p) => [2016, 2018].includes(year(p) ?? 0) && hasCode(p),
    { years: hasCode, hasRepository: (p) => [2016, 2018].includes(year(p) ?? 0) },
  ],
  [
    { year: [2016, 2017], published: { from: '2016-06-01' } },
    (p) => [2016, 2017].includes(year(p) ?? 0) && (p.record.published?.on ?? '') >= '2016-06-01',
    { years: () => true },
  ],
  [
    { venues: ['acl'], kind: ['THESIS', 'BOOK', 'PREPRINT', 'DEMO'] },
    (p) => venue(p) === 'acl' && ['THESIS', 'BOOK', 'PREPRINT', 'DEMO'].includes(kind(p)),
    {
      venues: (p) => ['THESIS', 'BOOK', 'PREPRINT', 'DEMO'].includes(kind(p)),
      kinds: (p) => venue(p) === 'acl',
    },
  ],
  [
    { authors: [ORCID], repositoryLanguage: ['python'] },
    (p) => names(p).includes('Ada Lovelace') && p.languages.includes('Python'),
    {
      authors: (p) => p.languages.includes('Python'),
      repositoryLanguages: (p) => names(p).includes('Ada Lovelace'),
    },
  ],
  [
    { decisions: { outcome: ['ACCEPTED'], areas: ['Theory'] } },
    (p) => decided(p, { decisions: { outcome: ['ACCEPTED'], areas: ['Theory'] } }).length > 0,
    {
      outcomes: (p) => decided(p, { decisions: { areas: ['Theory'] } }).length > 0,
      areas: (p) => decided(p, { decisions: { outcome: ['ACCEPTED'] } }).length > 0,
    },
  ],
  [
    { language: ['de'], hasLink: ['VIDEO'], openAccess: ['GOLD'] },
    (p) =>
      p.record.language?.startsWith('de') === true &&
      links(p).includes('VIDEO') &&
      access(p).includes('GOLD'),
    {
      languages: (p) => links(p).includes('VIDEO') && access(p).includes('GOLD'),
      linkKinds: (p) => p.record.language?.startsWith('de') === true && access(p).includes('GOLD'),
      openAccess: (p) => p.record.language?.startsWith('de') === true && links(p).includes('VIDEO'),
    },
  ],
  [
    { keywords: ['sparse  Parsing'], minCitations: 2 },
    (p) => keywords(p).includes('sparse parsing') && cited(p) >= 2,
    { keywords: (p) => cited(p) >= 2 },
  ],
  [
    { hasEvent: ['VERSION'], eventOn: { to: '2021-12-31' }, minCitations: 1 },
    (p) => events(p, {}).includes('VERSION') && cited(p) >= 1,
    { eventKinds: (p) => events(p, {}).includes('VERSION') && cited(p) >= 1 },
  ],
  [{ text: 'sparse' }, (p) => /sparse/i.test(`${p.record.abstract} ${p.record.keywords}`)],
]

test('the cases include a condition that each facet ignores', () => {
  const told = new Set(CASES.flatMap(([, , less = {}]) => Object.keys(less)))
  // These ignore their own condition like `outcomes` and `areas`.
  const alike = ['presentations', 'awards', 'sessions']
  expect([...told, ...alike].sort()).toEqual(FACETS.map(({ name }) => name).sort())
})

type Counts = Record<string, { value: Value; label: string; count: number }[]>

const selection = (args: string) =>
  FACETS.map(({ name, hasFirst }) => {
    const all = [hasFirst ? 'first: 100' : '', args].filter(Boolean).join(' ')
    return `${name}${all ? `(${all})` : ''} { value label count }`
  }).join(' ')

/** The filter without its condition on a facet of decisions. */
function withoutOwn(filter: Filter, { name }: Facet): Filter {
  const own = { outcomes: 'outcome', areas: 'areas' }[name]
  if (!filter.decisions || own === undefined) return filter
  return { ...filter, decisions: { ...filter.decisions, [own]: undefined } }
}

function expectCounts(counts: Counts, facet: Facet, among: SeededPaper[], filter: Filter): void {
  const expected = new Map<Value, number>()
  for (const paper of among)
    for (const value of facet.valuesOf(paper, filter))
      expected.set(value, (expected.get(value) ?? 0) + 1)
  const found = counts[facet.name] ?? []
  const written = (value: Value) =>
    // The first spelling in the list.
    facet.name === 'sessions'
      ? String(value).toUpperCase()
      : facet.name === 'keywords'
        ? spelt(value)
        : value
  expect(new Map(found.map((row) => [written(row[facet.key]), row.count]))).toEqual(expected)
  expect(found).toHaveLength(expected.size)
  if (facet.name === 'years' || facet.name === 'hasRepository') {
    const ranks = found.map(({ value }) => Number(value))
    expect(ranks).toEqual([...ranks].sort((a, b) => b - a))
  } else {
    const sizes = found.map(({ count }) => count)
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
  }
}

describe.each(CASES)('papers that meet %j', (filter, condition, less = {}) => {
  test('are counted by each facet', async () => {
    const query = `query($filter: PaperFilter) { papers(filter: $filter) { facets { ${selection('')} } } }`
    const { data } = await askWell<{ papers: { facets: Counts } }>(t, query, { filter })
    for (const facet of FACETS)
      expectCounts(data.papers.facets, facet, papers.filter(condition), filter)
  })

  test('are counted by each facet as if the filter had no condition on it', async () => {
    const query = `query($filter: PaperFilter) {
      papers(filter: $filter) { facets { ${selection('ignoreOwnFilter: true')} } } }`
    const { data } = await askWell<{ papers: { facets: Counts } }>(t, query, { filter })
    for (const facet of FACETS)
      expectCounts(
        data.papers.facets,
        facet,
        papers.filter(less[facet.name] ?? condition),
        withoutOwn(filter, facet),
      )
  })

  const PARENTS: [list: string, namesOf: (paper: SeededPaper) => (string | undefined)[]][] = [
    ['authors', names],
    ['topics', ({ record }) => record.topics.map(({ name }) => name)],
    ['venues', ({ record }) => [record.venue?.name]],
    ['repositories', ({ record }) => record.repositories.map(({ name }) => name)],
  ]

  test.each(PARENTS)('and belong to each of the %s', async (list, namesOf) => {
    const query = `query($filter: PaperFilter) {
      ${list}(first: 100) { nodes { name papers(filter: $filter) {
        all: facets { ${selection('')} } less: facets { ${selection('ignoreOwnFilter: true')} } } } } }`
    type Parent = { name: string; papers: Record<'all' | 'less', Counts> }
    const { data, statements } = await askWell<Record<string, { nodes: Parent[] }>>(t, query, {
      filter,
    })
    const parents = data[list]?.nodes ?? []
    expect(parents.length).toBeGreaterThan(3)
    for (const { name, papers: found } of parents) {
      const own = papers.filter((paper) => namesOf(paper).includes(name))
      for (const facet of FACETS) {
        expectCounts(found.all, facet, own.filter(condition), filter)
        const kept = own.filter(less[facet.name] ?? condition)
        expectCounts(found.less, facet, kept, withoutOwn(filter, facet))
      }
    }
    const asksForNames = Object.keys(filter).some((field) =>
      /^(?:topics|authors|venues|repositoryLanguage|decisions)/.test(field),
    )
    expect(statements).toHaveLength(1 + 2 * FACETS.length + (asksForNames ? 1 : 0))
  })
})

test('stored counts equal computed ones, in the same order', async () => {
  const both = ['', '(filter: { minCitations: 0 })'].map(
    (args, i) =>
      `f${i}: papers${args} { facets { topics(first: 4) { value count } venues { value count }
      authors(first: 5) { value count } fields: topics(kind: [FIELD, KEYWORD]) { value count } } }`,
  )
  const { data, statements } = await askWell<Record<string, unknown>>(t, `{ ${both.join(' ')} }`)
  expect(data.f0).toEqual(data.f1)
  expect(statements.filter((text) => text.includes('from papers p'))).toHaveLength(4)
})

test('the first values are the head of all, and topics can be limited by kind', async () => {
  const query = `{ papers(filter: { minCitations: 3 }) { facets {
    all: topics(first: 100) { value count } some: topics(first: 3) { value count } none: topics(first: 0) { value }
    tasks: topics(kind: [TASK, KEYWORD]) { value } noKind: topics(kind: []) { value }
    years(first: 2) { value label } default: authors { value } kinds { label } hasRepository { label } } } }`
  type Values = { value: string }[]
  const { data } = await askWell<{ papers: { facets: Record<string, Values> } }>(t, query)
  const {
    all = [],
    some,
    none,
    tasks = [],
    noKind,
    years,
    kinds,
    hasRepository,
    default: ten,
  } = data.papers.facets
  expect(some).toEqual(all.slice(0, 3))
  expect([none, noKind]).toEqual([[], []])
  expect(tasks.map(({ value }) => value).sort()).toEqual([
    'calibration',
    'chess-endgames',
    'clustering',
  ])
  expect(years).toEqual([
    { value: 2022, label: '2022' },
    { value: 2021, label: '2021' },
  ])
  expect(ten).toHaveLength(10)
  expect(kinds).toContainEqual({ label: 'conference paper' })
  expect(hasRepository).toEqual([{ label: 'with code' }, { label: 'without code' }])
})

test('values are valid in the filter, and lead to the named objects', async () => {
  const query = `{ papers(filter: { year: 2016 }) { facets {
    topics { value label count topic { slug name } }
    venues { value label count venue { slug name papers(first: 1) { nodes { title } } } }
    authors(first: 3) { value label count author { id name } } } } }`
  type Found = { value: string; label: string; count: number; [node: string]: unknown }
  const { data, statements } = await askWell<{ papers: { facets: Record<string, Found[]> } }>(
    t,
    query,
  )
  const { topics = [], venues = [], authors = [] } = data.papers.facets
  for (const { value, label, topic } of topics) expect(topic).toEqual({ slug: value, name: label })
  for (const { value, label, venue } of venues)
    expect(venue).toMatchObject({ slug: value, name: label, papers: { nodes: [{}] } })
  for (const { value, label, author } of authors) expect(author).toEqual({ id: value, name: label })
  expect(statements).toHaveLength(4)
  const again = `{ ${[
    ...topics.map(({ value }) => `topics: ["${value}"]`),
    ...venues.map(({ value }) => `venues: ["${value}"]`),
    ...authors.map(({ value }) => `authors: ["${value}"]`),
  ]
    .map((filter, i) => `f${i}: papers(filter: { year: 2016, ${filter} }) { totalCount }`)
    .join(' ')} }`
  const counts = Object.values(
    (await askWell<Record<string, { totalCount: number }>>(t, again)).data,
  )
  expect(counts.map(({ totalCount }) => totalCount)).toEqual(
    [...topics, ...venues, ...authors].map(({ count }) => count),
  )
})

test('a facet takes one statement, whatever the number of its values, and reads no rows', async () => {
  const query = (first: number) => `{ papers(filter: { minCitations: 1 }) { facets {
    topics(first: ${first}) { count } authors(first: ${first}) { author { name } } } } }`
  for (const first of [1, 100]) expect((await askWell(t, query(first))).statements).toHaveLength(2)
  const paged = '{ papers(first: 3) { totalCount nodes { title } facets { kinds { count } } } }'
  expect((await askWell(t, paged)).statements).toHaveLength(3)
  expect((await askWell(t, '{ papers { facets { __typename } } }')).statements).toEqual([])
  const single =
    '{ topic(slug: "clustering") { papers { nodes { title } facets { kinds { count } } } } }'
  expect((await askWell(t, single)).statements).toHaveLength(2)
})

test('lists that share a fragment are counted with their own filters', async () => {
  const query = `{ topics(first: 2) { nodes { slug
      cited: papers(filter: { minCitations: 5 }) { totalCount ...Counts }
      coded: papers(filter: { hasRepository: true }) { totalCount ...Counts }
      all: papers { totalCount ...Counts } } }
    venues(first: 2) { nodes { all: papers { totalCount ...Counts } } } }
    fragment Counts on PaperConnection { facets { hasRepository { count } } twice: facets { hasRepository { value count } } }`
  type Counted = {
    totalCount: number
    facets: { hasRepository: { count: number }[] }
    twice: { hasRepository: { value: boolean; count: number }[] }
  }
  type Lists = Record<'cited' | 'coded' | 'all', Counted>
  const { data } = await askWell<Record<'topics' | 'venues', { nodes: Partial<Lists>[] }>>(t, query)
  for (const { slug: _, ...lists } of [...data.topics.nodes, ...data.venues.nodes] as (Lists & {
    slug?: string
  })[])
    for (const { totalCount, facets, twice } of Object.values(lists)) {
      expect(facets.hasRepository.reduce((sum, { count }) => sum + count, 0)).toBe(totalCount)
      expect(twice.hasRepository.map(({ count }) => ({ count }))).toEqual(facets.hasRepository)
    }
})

const BAD: [query: string, message: string][] = [
  [
    'papers { facets { topics(first: -1) { count } } }',
    'first: -1 is out of range; expected 0 to 100.',
  ],
  [
    'papers { facets { years(first: 1000) { count } } }',
    'first: 1000 is out of range; expected 0 to 100.',
  ],
  [
    'papers(filter: { topics: ["clusterin"] }) { facets { kinds { count } } }',
    'did you mean "clustering"?',
  ],
  ['papers(filter: { venues: ["acl", "nowhere"] }) { facets { kinds { count } } }', '"nowhere"'],
  [
    'papers(filter: { minStars: -1 }) { facets { kinds { count } } }',
    'filter.minStars: -1 is negative',
  ],
  [
    'papers: topic(slug: "clustering") { papers(filter: { venues: ["nowhere"] }) { facets { kinds { count } } } }',
    '"nowhere"',
  ],
  [
    'papers: topic(slug: "clustering") { papers { facets { authors(first: 101) { count } } } }',
    'first: 101 is out of range',
  ],
]

test.each(BAD)('%s is reported, and other fields are answered', async (field, message) => {
  const { data, errors } = await ask<object>(t, `{ ${field} good: venue(slug: "acl") { acronym } }`)
  expect(data).toEqual({ papers: null, good: { acronym: 'ACL' } })
  expect(errors).toEqual([
    { message: expect.stringContaining(message), path: expect.any(Array), code: 'BAD_USER_INPUT' },
  ])
})
