import { type GraphQLInputField, type GraphQLInputObjectType, isListType } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PaperFilter } from '../../../src/domain/papers/filter.ts'
import type { DecisionClaim } from '../../../src/domain/record/paper-record.ts'
import { schema } from '../../../src/graphql/index.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase, ORCID, type SeededPaper, UPDATED_AT } from '../seeded-catalogue.ts'

let t: TestDatabase
let papers: SeededPaper[]
beforeAll(async () => {
  ;({ t, papers } = await createSeededDatabase())
})
afterAll(() => t.close())

/** The seeded papers have no upvotes: votes/upvote.test.ts. */
const ELSEWHERE = ['minUpvotes', 'maxUpvotes']

type Condition = (paper: SeededPaper) => boolean
type Filter = Record<string, unknown>

/** The conditions of the domain, which GraphQL must offer. The recipe for a condition is in src/domain/papers/README.md. */
const CONDITIONS: Record<Exclude<keyof PaperFilter, 'topicIds' | 'institutionIds'>, true> = {
  ...{
    published: true,
    year: true,
    topics: true,
    keywords: true,
    authors: true,
    venues: true,
    kind: true,
  },
  ...{ hasRepository: true, repositoryLanguage: true, minCitations: true, minStars: true },
  ...{ topicsAll: true, topicsNone: true, topicsWithin: true, text: true },
  ...{ maxCitations: true, maxStars: true, language: true, isRetracted: true },
  ...{ decisions: true, updatedSince: true, anyOf: true, minUpvotes: true, maxUpvotes: true },
  ...{ hasLink: true, hasEvent: true, eventOn: true, openAccess: true, institutions: true },
}

const on = ({ record }: SeededPaper) => record.published?.on ?? null
const year = (paper: SeededPaper) => on(paper)?.slice(0, 4)
const citations = ({ record }: SeededPaper) => record.citationCount ?? 0
const abouts = ({ record }: SeededPaper) => record.topics.map(({ slug }) => slug)
const keywords = ({ record }: SeededPaper) => record.keywords ?? []
const authors = ({ record }: SeededPaper) => record.authors.map(({ name }) => name)
const isAtEth = (p: SeededPaper) =>
  authors(p).some((name) => ['Ada Lovelace', 'Alan Turing'].includes(name))
const isAtBell = (p: SeededPaper) => authors(p).includes('Barbara Liskov')
const venue = ({ record }: SeededPaper) => record.venue?.slug
const codes = ({ record }: SeededPaper) => record.repositories.map(({ name }) => name)
const text = ({ record }: SeededPaper) =>
  [record.title, record.abstract, ...(record.keywords ?? [])].join(' ').toLowerCase()
const isDecided = (paper: SeededPaper, meets: (decision: DecisionClaim) => boolean) =>
  (paper.record.decisions ?? []).some(meets)
const links = ({ record }: SeededPaper) => record.links?.map(({ kind }) => kind) ?? []
const all = () => true
const none = () => false

/** For each field of a filter, and each form of its value, the papers that meet it. */
const CASES: [filter: Filter, condition: Condition][] = [
  [{}, all],
  [{ published: {} }, all],

  [{ published: { from: '2018-04-05' } }, (p) => (on(p) ?? '') >= '2018-04-05'],
  [{ published: { to: '2018-04-05' } }, (p) => (on(p) ?? '9999') <= '2018-04-05'],
  [
    { published: { from: '2016-03-03', to: '2019-06-06' } },
    (p) => (on(p) ?? '') >= '2016-03-03' && (on(p) ?? '9999') <= '2019-06-06',
  ],
  [{ published: { from: '2017-04-04', to: '2017-04-04' } }, (p) => on(p) === '2017-04-04'],
  [{ year: [2016, 2020] }, (p) => ['2016', '2020'].includes(year(p) ?? '')],
  [{ year: 2018 }, (p) => year(p) === '2018'],
  [{ year: [] }, none],
  [{ topics: ['clustering'] }, (p) => abouts(p).includes('clustering')],
  [
    { topics: ['clustering', 'time-series'] },
    (p) => abouts(p).some((slug) => ['clustering', 'time-series'].includes(slug)),
  ],
  [{ topics: [] }, none],
  [{ topicsAll: ['transformers'] }, (p) => abouts(p).includes('transformers')],
  [
    { topicsAll: ['clustering', 'active-learning'] },
    (p) => ['clustering', 'active-learning'].every((slug) => abouts(p).includes(slug)),
  ],
  [{ topicsAll: [] }, all],
  [{ topicsNone: ['calibration'] }, (p) => !abouts(p).includes('calibration')],
  [
    { topicsNone: ['calibration', 'transformers'] },
    (p) => !abouts(p).some((slug) => ['calibration', 'transformers'].includes(slug)),
  ],
  [{ topicsNone: [] }, all],
  [{ topicsWithin: ['calibration'] }, (p) => abouts(p).includes('calibration')],
  [
    { topicsWithin: ['calibration', 'transformers'] },
    (p) => abouts(p).some((slug) => ['calibration', 'transformers'].includes(slug)),
  ],
  [{ topicsWithin: [] }, none],
  [
    { topics: ['clustering', 'transformers'], topicsNone: ['machine-learning'] },
    (p) =>
      abouts(p).some((slug) => ['clustering', 'transformers'].includes(slug)) &&
      !abouts(p).includes('machine-learning'),
  ],
  [
    { topics: ['clustering', 'calibration'], topicsAll: ['metric-learning'] },
    (p) =>
      abouts(p).some((slug) => ['clustering', 'calibration'].includes(slug)) &&
      abouts(p).includes('metric-learning'),
  ],
  [{ keywords: ['weather maps'] }, (p) => keywords(p).some((name) => name.startsWith('weather'))],
  [{ keywords: 'SPARSE PARSINGS' }, (p) => keywords(p).length > 0],
  [
    { keywords: ['nothing', 'Weather map'] },
    (p) => keywords(p).some((name) => /^weather/.test(name)),
  ],
  [{ keywords: ['nothing'] }, none],
  [{ keywords: [] }, none],
  [{ authors: [ORCID] }, (p) => authors(p).includes('Ada Lovelace')],
  [
    { authors: [`https://orcid.org/${ORCID}`, 'acl:alan-turing'] },
    (p) => authors(p).some((name) => ['Ada Lovelace', 'Alan Turing'].includes(name)),
  ],
  [{ authors: [] }, none],

  [{ institutions: ['https://ror.org/05a28rw58'] }, (p) => isAtEth(p)],
  [{ institutions: 'ETHZ' }, (p) => isAtEth(p)],
  [{ institutions: ['ETH Zürich', 'bell-labs'] }, (p) => isAtEth(p) || isAtBell(p)],
  [{ anyOf: [{ institutions: ['Bell Laboratories'] }] }, (p) => isAtBell(p)],
  [{ institutions: [] }, none],
  [{ venues: ['acl'] }, (p) => venue(p) === 'acl'],
  [{ venues: ['acl', 'weather'] }, (p) => ['acl', 'weather'].includes(venue(p) ?? '')],
  [{ venues: [] }, none],
  [{ hasRepository: true }, (p) => codes(p).length > 0],
  [{ hasRepository: false }, (p) => codes(p).length === 0],
  [{ repositoryLanguage: ['python'] }, (p) => p.languages.includes('Python')],
  [
    { repositoryLanguage: ['RUST', ' c++ '] },
    (p) => p.languages.some((name) => ['Rust', 'C++'].includes(name)),
  ],
  [{ repositoryLanguage: [] }, none],
  [{ minCitations: 0 }, all],
  [{ minCitations: 7 }, (p) => citations(p) >= 7],
  [{ minStars: 0 }, all],
  [{ minStars: 5 }, (p) => p.stars >= 5],
  [{ minStars: 101 }, (p) => p.stars > 100],
  [{ maxCitations: 7 }, (p) => citations(p) <= 7],
  [{ minCitations: 3, maxCitations: 3 }, (p) => citations(p) === 3],
  [{ maxStars: 0 }, (p) => p.stars === 0],
  [{ minStars: 1, maxStars: 100 }, (p) => p.stars >= 1 && p.stars <= 100],
  [{ language: ['de'] }, (p) => /^de/.test(p.record.language ?? '')],
  [{ language: ['de_at', 'English'] }, (p) => /^(?:de-AT|en)$/.test(p.record.language ?? '')],
  [{ language: 'ger' }, (p) => /^de/.test(p.record.language ?? '')],
  [{ language: ['Icelandic', 'isl', 'is-IS', 'grc'] }, none],
  [{ language: ['DE', ' en '] }, (p) => p.record.language !== null],
  [{ language: [] }, none],
  [{ isRetracted: true }, (p) => p.record.isRetracted],
  [{ isRetracted: false }, (p) => !p.record.isRetracted],
  [{ decisions: {} }, (p) => isDecided(p, () => true)],
  [
    { decisions: { venues: ['acl'], outcome: ['REJECTED', 'WITHDRAWN'] } },
    (p) => isDecided(p, (d) => d.venue?.slug === 'acl' && d.outcome !== 'accepted'),
  ],
  [
    { decisions: { venues: 'icml', years: [2014, 2016], presentation: ['ORAL', 'POSTER'] } },
    (p) =>
      isDecided(
        p,
        (d) =>
          d.venue?.slug === 'icml' &&
          [2014, 2016].includes(d.year ?? 0) &&
          ['oral', 'poster'].includes(d.presentation ?? ''),
      ),
  ],
  [{ decisions: { hasAward: true } }, (p) => isDecided(p, (d) => /best/i.test(d.award ?? ''))],
  [{ decisions: { hasAward: false } }, (p) => isDecided(p, (d) => !/best/i.test(d.award ?? ''))],
  [
    { decisions: { awards: ['the BEST paper awards', 'Award candidate'] } },
    (p) => isDecided(p, (d) => /best paper|candidate/i.test(d.award ?? '')),
  ],
  [
    { decisions: { awards: ['Award candidate'] } },
    (p) => isDecided(p, (d) => d.award === 'Award Candidate'),
  ],
  [
    { decisions: { sessions: [' Learning  II '] } },
    (p) => isDecided(p, (d) => d.session?.toLowerCase() === 'learning ii'),
  ],
  [
    { decisions: { areas: ['theory'], minRating: 2.5, maxRating: 3.4 } },
    (p) =>
      isDecided(
        p,
        ({ area, rating }) =>
          area === 'Theory' && !!rating && rating.mean >= 2.5 && rating.mean <= 3.4,
      ),
  ],
  [{ decisions: { years: [] } }, none],
  [
    { anyOf: [{ decisions: { presentation: 'ORAL' } }, { isRetracted: true }] },
    (p) => isDecided(p, (d) => d.presentation === 'oral') || p.record.isRetracted,
  ],
  [{ hasLink: ['DEMO'] }, (p) => links(p).includes('demo')],
  [{ hasLink: 'VIDEO' }, (p) => links(p).includes('video')],
  [{ hasLink: ['DEMO', 'POSTER', 'VIDEO'] }, (p) => links(p).length > 0],
  [{ hasLink: { any: ['POSTER'] } }, none],
  [{ hasLink: [] }, none],
  [{ hasEvent: ['CORRECTION'] }, (p) => p.record.events !== undefined],
  [{ hasEvent: 'RETRACTION' }, (p) => p.record.isRetracted],
  [
    { hasEvent: ['CORRECTION', 'RETRACTION'] },
    (p) => p.record.events !== undefined || p.record.isRetracted,
  ],
  [{ hasEvent: [] }, none],
  [{ eventOn: { from: '2021-01-02', to: '2021-01-02' } }, (p) => p.record.events !== undefined],
  [{ eventOn: { from: '2022-01-02' } }, none],
  [{ hasEvent: 'CORRECTION', eventOn: { to: '2021-12-31' } }, none],
  [
    { hasEvent: 'CORRECTION', eventOn: { from: '2022-01-01' } },
    (p) => p.record.events !== undefined,
  ],
  [{ eventOn: {} }, all],
  [{ openAccess: ['GOLD', 'GREEN'] }, (p) => p.record.openAccess?.status === 'gold'],
  [{ openAccess: 'CLOSED' }, (p) => p.record.openAccess?.status === 'closed'],
  [{ openAccess: [] }, none],
  [{ updatedSince: UPDATED_AT[1] }, (p) => p.batch >= 1],
  [{ updatedSince: '2019-01-01T00:00:00+02:00' }, all],
  [{ updatedSince: '2030-01-01T00:00:00Z' }, none],
  // A day is its beginning in UTC, when the first batch was added.
  [{ updatedSince: '2020-01-01' }, all],
  [{ updatedSince: '2020-01-02' }, (p) => p.batch >= 1],
  [{ updatedSince: '2021-02-03' }, (p) => p.batch >= 1],
  [{ updatedSince: '2021-02-04' }, none],
  [{ anyOf: [] }, none],
  [{ anyOf: [{}] }, all],
  [{ anyOf: [{ isRetracted: true }, {}] }, all],
  [
    { anyOf: [{ topics: ['clustering'], year: [2016] }, { minStars: 101 }, { authors: [ORCID] }] },
    (p) =>
      (abouts(p).includes('clustering') && year(p) === '2016') ||
      p.stars > 100 ||
      authors(p).includes('Ada Lovelace'),
  ],
  [
    { topics: ['clustering'], anyOf: [{ venues: ['acl'] }, { topics: 'time-series' }] },
    (p) =>
      abouts(p).includes('clustering') && (venue(p) === 'acl' || abouts(p).includes('time-series')),
  ],
  [
    { anyOf: [{ text: 'parser' }, { hasRepository: false, kind: ['THESIS'] }] },
    (p) => /\bparsers?\b/.test(text(p)) || (codes(p).length === 0 && p.record.kind === 'thesis'),
  ],
  [{ kind: ['THESIS'] }, (p) => p.record.kind === 'thesis'],
  [
    { kind: ['THESIS', 'CONFERENCE_PAPER'] },
    (p) => ['thesis', 'conference_paper'].includes(p.record.kind),
  ],
  [{ kind: [] }, none],
  [{ text: '' }, all],
  [{ text: 'parser' }, (p) => /\bparsers?\b/.test(text(p))],
  [{ text: 'Translating' }, (p) => text(p).includes('translated')],
  [{ text: 'sparse model' }, (p) => /sparse/.test(text(p)) && /model/.test(text(p))],
  [{ text: '"sparse model"' }, (p) => text(p).includes('sparse model')],
  [{ text: 'weather or neural' }, (p) => /weather|neural/.test(text(p))],
  [{ text: 'sparse -weather' }, (p) => /sparse/.test(text(p)) && !/weather/.test(text(p))],
  [{ text: 'unheardof' }, none],
  [
    { hasRepository: true, minCitations: 3, year: [2015, 2016, 2017, 2018] },
    (p) =>
      codes(p).length > 0 &&
      citations(p) >= 3 &&
      ['2015', '2016', '2017', '2018'].includes(year(p) ?? ''),
  ],
  [
    { topics: ['clustering'], venues: ['acl', 'icml'], text: 'case' },
    (p) =>
      abouts(p).includes('clustering') &&
      ['acl', 'icml'].includes(venue(p) ?? '') &&
      text(p).includes('case'),
  ],
  [
    { authors: [ORCID], topicsNone: ['transformers'], minStars: 1, kind: null },
    (p) =>
      authors(p).includes('Ada Lovelace') && !abouts(p).includes('transformers') && p.stars >= 1,
  ],
  [
    { repositoryLanguage: ['Python'], published: { from: '2016-01-01' }, minCitations: 1 },
    (p) => p.languages.includes('Python') && (on(p) ?? '') >= '2016-01-01' && citations(p) >= 1,
  ],
]

/** The same conditions in the form of an object. */
const OBJECT_FORMS: [filter: Filter, condition: Condition][] = [
  [{ topics: {} }, all],
  [{ topics: { any: 'clustering' } }, (p) => abouts(p).includes('clustering')],
  [
    { topics: { any: ['clustering', 'calibration'], none: ['metric-learning'] } },
    (p) =>
      abouts(p).some((slug) => ['clustering', 'calibration'].includes(slug)) &&
      !abouts(p).includes('metric-learning'),
  ],
  [
    { topics: { all: ['clustering'], within: null }, year: { any: [2016, 2018] } },
    (p) => abouts(p).includes('clustering') && ['2016', '2018'].includes(year(p) ?? ''),
  ],
  [
    { authors: { any: [ORCID] }, venues: { any: ['acl', 'icml'] } },
    (p) => authors(p).includes('Ada Lovelace') && ['acl', 'icml'].includes(venue(p) ?? ''),
  ],
  [{ kind: { any: 'THESIS' } }, (p) => p.record.kind === 'thesis'],
  [
    { repositoryLanguage: { any: ['rust'] }, topicsNone: ['calibration'] },
    (p) => p.languages.includes('Rust') && !abouts(p).includes('calibration'),
  ],
]

test('the cases distinguish papers, and cover every field of a filter', () => {
  const telling = CASES.filter(([, condition]) => {
    const kept = papers.filter(condition).length
    return kept > 0 && kept < papers.length
  })
  const tried = new Set(telling.flatMap(([filter]) => Object.keys(filter)))
  const fields = Object.keys((schema.getType('PaperFilter') as GraphQLInputObjectType).getFields())
  expect([...tried, ...ELSEWHERE].sort()).toEqual(fields.sort())
  expect(Object.keys(CONDITIONS).sort()).toEqual(fields.sort())
})

/** The forms of values of each type: a condition tested in only one form might ignore the other. */
function formsOf({
  type,
}: GraphQLInputField): [name: string, isOne: (value: unknown) => boolean][] {
  if (String(type) === 'Boolean') return [true, false].map((one) => [`${one}`, (v) => v === one])
  if (String(type) === 'DateRange')
    return ['from', 'to'].map((end) => [
      end,
      (v) => JSON.stringify(Object.keys(v as object)) === JSON.stringify([end]),
    ])
  if (!isListType(type)) return []
  const lengthOf = (value: unknown) => (Array.isArray(value) ? value.length : 1)
  return [
    ['an empty list', (v) => lengthOf(v) === 0],
    ['a list of several', (v) => lengthOf(v) > 1],
  ]
}

test("the cases cover each form of a field's value", () => {
  const fields = (schema.getType('PaperFilter') as GraphQLInputObjectType).getFields()
  const untried = Object.values(fields).flatMap((field) => {
    const tried = CASES.flatMap(([filter]) => (field.name in filter ? [filter[field.name]] : []))
    return formsOf(field).flatMap(([form, isOne]) =>
      tried.some(isOne) ? [] : `${field.name}: ${form}`,
    )
  })
  expect(untried).toEqual([])
})

interface Found {
  totalCount: number
  nodes: { id: string }[]
}
const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id).sort()

test.each([...CASES, ...OBJECT_FORMS])('all papers that meet %j', async (filter, condition) => {
  const query = `query($filter: PaperFilter) {
    head: papers(first: 100, filter: $filter) { totalCount nodes { id } }
    tail: papers(last: 100, filter: $filter) { totalCount nodes { id } } }`
  const { data } = await askWell<Record<'head' | 'tail', Found>>(t, query, { filter })
  const expected = idsOf(papers.filter(condition))
  const found = new Set([...idsOf(data.head.nodes), ...idsOf(data.tail.nodes)])
  expect([...found].sort()).toEqual(expected)
  expect([data.head.totalCount, data.tail.totalCount]).toEqual([expected.length, expected.length])
})

const PARENTS: [list: string, namesOf: (paper: SeededPaper) => (string | undefined)[]][] = [
  ['authors', authors],
  ['topics', ({ record }) => record.topics.map(({ name }) => name)],
  ['venues', ({ record }) => [record.venue?.name]],
  ['repositories', codes],
]

describe.each(PARENTS)('papers of each of the %s', (list, namesOf) => {
  const query = `query($filter: PaperFilter) {
    ${list}(first: 100) { nodes { name papers(first: 100, filter: $filter) { totalCount nodes { id } } } } }`

  test.each(CASES)('that meet %j', async (filter, condition) => {
    type Parents = Record<string, { nodes: { name: string; papers: Found }[] }>
    const { data } = await askWell<Parents>(t, query, { filter })
    const parents = data[list]?.nodes ?? []
    expect(new Set(parents.map(({ name }) => name)).size).toBeGreaterThan(3)
    for (const { name, papers: found } of parents) {
      const expected = papers.filter((paper) => condition(paper) && namesOf(paper).includes(name))
      expect(idsOf(found.nodes)).toEqual(idsOf(expected))
      expect(found.totalCount).toBe(expected.length)
    }
  })
})

test('an author may be named by id', async () => {
  const who = `{ author(ref: "${ORCID}") { id } }`
  const { id } = (await askWell<{ author: { id: string } }>(t, who)).data.author
  const query =
    'query($refs: [String!]) { papers(first: 100, filter: { authors: $refs }) { nodes { id } } }'
  const literal = query
    .replace('query($refs: [String!])', '')
    .replace('$refs', JSON.stringify([id]))
  const { data } = await askWell<{ papers: Found }>(t, literal)
  const expected = papers.filter((paper) => authors(paper).includes('Ada Lovelace'))
  expect(idsOf(data.papers.nodes)).toEqual(idsOf(expected))
})

describe('the filters of other lists', () => {
  const LISTS: [arguments_: string, names: string[]][] = [
    ['authors(name: "lovel ada")', ['Ada Lovelace']],
    ['authors(name: "emile")', ['Émile Borel']],
    ['authors(name: "nobody")', []],
    ['topics(name: "learning", kind: [METHOD])', ['Active Learning', 'Metric Learning']],
    ['topics(kind: [KEYWORD])', ['chess endgames']],
    ['topics(name: "endGames")', ['chess endgames']],
    ['venues(name: "jmlr")', ['Journal of Machine Learning']],
    ['venues(name: "machine", kind: [CONFERENCE])', ['Conference on Machine Learning']],
    ['venues(kind: [OTHER, JOURNAL])', ['Journal of Machine Learning', 'Weather Letters']],
    ['repositories(name: "ple/ALP")', ['alpha']],
    ['repositories(name: "a_pha")', []],
    ['repositories(owner: "Example", minStars: 100)', ['alpha', 'beta', 'gamma']],
    ['repositories(owner: "examples")', []],
    ['repositories(language: ["rust"])', ['epsilon', 'eta']],
    ['repositories(language: ["python", "C++"], minStars: 101)', ['alpha']],
    ['repositories(minStars: 0)', ['alpha', 'beta', 'delta', 'epsilon', 'gamma']],
  ]

  test.each(LISTS)('%s', async (list, names) => {
    const query = `{ list: ${list} { totalCount nodes { name } } }`
    type Named = { list: { totalCount: number; nodes: { name: string }[] } }
    const { totalCount, nodes } = (await askWell<Named>(t, query)).data.list
    expect(nodes.map(({ name }) => name).sort()).toEqual(names)
    expect(totalCount).toBe(names.length)
  })
})
