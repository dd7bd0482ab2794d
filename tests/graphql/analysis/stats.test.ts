import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { createCitedDatabase, type SeededCitation } from '../cited-catalogue.ts'
import { ORCID, type SeededPaper } from '../seeded-catalogue.ts'

let t: TestDatabase
let papers: SeededPaper[]
let citations: SeededCitation[]
beforeAll(async () => {
  ;({ t, papers, citations } = await createCitedDatabase())
})
afterAll(() => t.close())

const yearOf = ({ record }: SeededPaper) =>
  record.published ? Number(record.published.on.slice(0, 4)) : null
const slugs = ({ record }: SeededPaper) => record.topics.map(({ slug }) => slug)
const names = ({ record }: SeededPaper) => record.authors.map(({ name }) => name)
const codes = ({ record }: SeededPaper) => record.repositories.map(({ name }) => name)

const FIELDS = `paperCount paperWithRepositoryCount authorCount topicCount venueCount repositoryCount citationCount
  papersPerYear { year count }`

function statsOf(among: SeededPaper[]) {
  const distinct = (valuesOf: (paper: SeededPaper) => unknown[]) =>
    new Set(among.flatMap(valuesOf)).size
  const years = among.map(yearOf).filter((year) => year !== null)
  return {
    paperCount: among.length,
    paperWithRepositoryCount: among.filter((paper) => codes(paper).length > 0).length,
    authorCount: distinct(names),
    topicCount: distinct(slugs),
    venueCount: distinct(({ record }) => (record.venue ? [record.venue.slug] : [])),
    repositoryCount: distinct(codes),
    citationCount: citations.filter(({ cited }) => among.includes(papers[cited] as SeededPaper))
      .length,
    papersPerYear: [...new Set(years)]
      .sort()
      .map((year) => ({ year, count: years.filter((one) => one === year).length })),
  }
}

const CASES: [filter: object, condition: (paper: SeededPaper) => boolean][] = [
  [{}, () => true],
  [{ minCitations: 0 }, () => true],
  [{ topics: ['clustering'] }, (p) => slugs(p).includes('clustering')],
  [{ hasRepository: false }, (p) => codes(p).length === 0],
  [
    { year: [2016, 2018], authors: [ORCID] },
    (p) => [2016, 2018].includes(yearOf(p) ?? 0) && names(p).includes('Ada Lovelace'),
  ],
  [
    { venues: ['weather'], kind: ['CONFERENCE_PAPER'] },
    (p) => p.record.venue?.slug === 'weather' && p.record.kind === 'conference_paper',
  ],
  [{ year: 1999 }, () => false],
]

test.each(CASES)('counts of papers that meet %j', async (filter, condition) => {
  const query = `query($filter: PaperFilter) { stats(filter: $filter) { ${FIELDS} } }`
  const { data } = await askWell<{ stats: unknown }>(t, query, { filter })
  expect(data.stats).toEqual(statsOf(papers.filter(condition)))
})

test('each field takes a statement, only when it is selected', async () => {
  const statementsOf = async (stats: string) => (await askWell(t, `{ ${stats} }`)).statements
  expect(await statementsOf('stats { __typename }')).toEqual([])
  for (const field of ['paperCount', 'authorCount', 'citationCount', 'papersPerYear { count }'])
    expect(await statementsOf(`stats { ${field} }`)).toHaveLength(1)
  expect(await statementsOf(`stats { ${FIELDS} }`)).toHaveLength(8)
  // One more statement looks up the names in the filter.
  expect(await statementsOf(`stats(filter: { venues: ["acl"] }) { ${FIELDS} }`)).toHaveLength(9)
})

const BAD: [filter: string, message: string][] = [
  ['topics: ["clusterin"]', 'did you mean "clustering"?'],
  ['venues: ["nowhere"]', 'no venue has the slug "nowhere"'],
  ['minStars: -1', 'filter.minStars: -1 is negative; expected 0 or more.'],
  ['text: "a\\u0000b"', 'filter.text contains a NUL character.'],
]

test.each(BAD)(
  'a filter with %s is reported, and other fields are answered',
  async (filter, message) => {
    const { data, errors } = await ask<object>(
      t,
      `{ stats(filter: { ${filter} }) { paperCount } good: venue(slug: "acl") { acronym } }`,
    )
    expect(data).toEqual({ stats: null, good: { acronym: 'ACL' } })
    expect(errors).toEqual([
      { message: expect.stringContaining(message), path: ['stats'], code: 'BAD_USER_INPUT' },
    ])
  },
)
