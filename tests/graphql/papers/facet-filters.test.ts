import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase } from '../seeded-catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  ;({ t } = await createSeededDatabase())
})
afterAll(() => t.close())

type Filter = Record<string, unknown>
type Value = string | number | boolean
type Bucket = { value: Value; count: number }

/** The field of the filter, or of its decisions, for the value of a bucket. */
const ASKED: Record<string, string> = {
  ...{ years: 'year', topics: 'topics', keywords: 'keywords', venues: 'venues' },
  ...{ authors: 'authors', institutions: 'institutions', kinds: 'kind', linkKinds: 'hasLink' },
  ...{ hasRepository: 'hasRepository', repositoryLanguages: 'repositoryLanguage' },
  ...{ eventKinds: 'hasEvent', openAccess: 'openAccess', languages: 'language' },
  ...{ outcomes: 'decisions.outcome', presentations: 'decisions.presentation' },
  ...{ awards: 'decisions.awards', sessions: 'decisions.sessions', areas: 'decisions.areas' },
}

function withValue(filter: Filter, facet: string, value: Value): Filter {
  const [field = '', part] = (ASKED[facet] ?? '').split('.')
  if (part) return { ...filter, [field]: { ...(filter[field] as object), [part]: [value] } }
  return { ...filter, [field]: typeof value === 'boolean' ? value : [value] }
}

const FILTERS: Filter[] = [
  {},
  { minCitations: 2 },
  { topicsAll: ['clustering'] },
  { published: { from: '2016-06-01', to: '2021-12-31' } },
  { anyOf: [{ topics: ['calibration'] }, { minStars: 1 }] },
  { decisions: { hasAward: true } },
  { text: 'sparse' },
]

async function facetsOf(filter: Filter): Promise<Record<string, Bucket[]>> {
  const { data: schema } = await askWell<{
    type: { fields: { name: string; args: { name: string }[] }[] }
  }>(t, `{ type: __type(name: "PaperFacets") { fields { name args { name } } } }`)
  const fields = schema.type.fields.map(({ name, args }) => {
    const first = args.some((one) => one.name === 'first') ? '(first: 100)' : ''
    return `${name}${first} { value count }`
  })
  const query = `query($filter: PaperFilter) { papers(filter: $filter) { facets { ${fields.join(' ')} } } }`
  const { data } = await askWell<{ papers: { facets: Record<string, Bucket[]> } }>(t, query, {
    filter,
  })
  return data.papers.facets
}

test('each facet has a filter for its values', async () => {
  const facets = await facetsOf({})
  expect(Object.keys(facets).sort()).toEqual(Object.keys(ASKED).sort())
  expect(Object.keys(facets).filter((name) => facets[name]?.length === 0)).toEqual([])
})

describe.each(FILTERS)('papers that meet %j', (filter) => {
  test('and the filter of a facet value are as many as the value counts', async () => {
    const facets = await facetsOf(filter)
    const asked = Object.entries(facets).flatMap(([facet, buckets]) =>
      buckets.map(({ value, count }) => ({ facet, value, count })),
    )
    expect(asked.length).toBeGreaterThan(10)
    for (const { facet, value, count } of asked) {
      const { data } = await askWell<{ papers: { totalCount: number } }>(
        t,
        `query($filter: PaperFilter) { papers(filter: $filter) { totalCount } }`,
        { filter: withValue(filter, facet, value) },
      )
      expect({ facet, value, count: data.papers.totalCount }).toEqual({ facet, value, count })
    }
  })
})
