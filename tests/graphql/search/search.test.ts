import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FIELD_NAMES } from '../../../src/domain/search/fields/fields.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { createSearchDatabase, type Found, titleOf, titlesOf } from './catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createSearchDatabase()
})
afterAll(() => t.close())

const titles = (query: string, more?: string) => titlesOf(t, query, more)

describe('a paper is found in any spelling of its title', () => {
  const cases: [query: string, place: number][] = [
    ['S^3c-Math', 0],
    ['s3c-math', 0],
    ['S3CMath', 0],
    ['$S^3$c-Math', 0],
    ['gpt-4', 1],
    ['GPT4', 1],
    ['GPT 4', 1],
    ['gpt3.5', 1],
    ['LLM', 1],
    ['C++', 2],
    ['c#', 2],
    ['α-divergence', 3],
    ['alpha divergences', 3],
    ['\\alpha', 3],
    ['optimal transports', 3],
    ['Erdos naive', 4],
    ['ERDŐS', 4],
    ['resume', 4],
    ['fine tuning small', 7],
    ['state of the art', 5],
    ['state-of-the-art', 5],
    ['"state of the art"', 5],
    ['beta-vae', 6],
    ['$\\beta$-VAE', 6],
    ['βVAE', 6],
    ['spontanous corection', 0],
    ['divregence', 3],
    ['spontan*', 0],
    ['monologues', 14],
  ]
  test.each(cases)('%s', async (query, place) => {
    expect((await titles(query))[0]).toBe(titleOf(place))
  })

  test('with a hyphen and without', async () => {
    const both = [titleOf(5), titleOf(7)]
    expect((await titles('fine-tuning', ', mode: STRICT')).sort()).toEqual([...both].sort())
    expect((await titles('finetuning', ', mode: STRICT')).sort()).toEqual([...both].sort())
  })
})

describe('a reference finds the paper as people type it', () => {
  test.each([
    ['Hopper 2020', 10],
    ['hopper 2020', 10],
    ['Hopper (2020)', 10],
    ['Hopper et al. 2020', 10],
    ['Hopper et al., 2020a', 10],
    ['Hopper, 2020. embeddings', 10],
    ['deep 2022', 12],
    ['2022 deep', 12],
  ])('%s', async (query, place) => {
    expect((await titles(query))[0]).toBe(titleOf(place))
  })

  test('a wrong year does not hide the paper', async () => {
    expect(await titles('Hopper 2019 embeddings')).toContain(titleOf(10))
  })
})

describe('STRICT finds exactly the papers that meet the query', () => {
  const cases: [query: string, places: number[]][] = [
    ['deep', [10, 11, 12, 13]],
    ['deep embeddings', [10, 11, 13]],
    ['deep AND (graph OR trees)', [10, 11, 12, 13]],
    ['deep -embeddings', [12]],
    ['"deep networks"', [11, 13]],
    ['title:deep', [10, 12, 13]],
    ['abstract:deep', [11, 12]],
    ['title:deep abstract:trees', [12, 13]],
    ['author:hopper', [10]],
    ['author:"g. hopper" deep', [10]],
    ['author:"x. hopper" deep', []],
    ['author:"grace hopper" deep', [10]],
    ['topic:graph-embedding', [10]],
    ['topic:embedding', [10]],
    ['topic:"graph embedding"', [10]],
    ['topic:embedd*', [10]],
    ['venue:acl', [10]],
    ['venue:meeting deep', [10]],
    ['deep year:2020..2021', [10, 11]],
    ['deep year:2022', [12]],
    ['deep NOT year:2020..2022', [13]],
    ['deep cites:>5', [10]],
    ['deep cites:>=5', [10, 11]],
    ['deep OR author:hopper', [10, 11, 12, 13]],
    ['author:hopper OR topic:nothing', [10]],
    ['forests OR lang:python OR topic:embedding', [10, 11, 12]],
    ['stars:>=12', [11]],
    ['deep NOT (author:hopper OR topic:nothing)', [11, 12, 13]],
    ['affiliation:"bell labs"', [10]],
    ['author:nobody', []],
    ['deep author:nobody', []],
    ['author:nobody OR topic:embedding', [10]],
    ['deep NOT author:nobody', [10, 11, 12, 13]],
    ['has:code', [11]],
    ['is:retracted', []],
    ['deep has:abstract', [10, 11, 12, 13]],
    ['is:oral', [11]],
    ['is:rejected', [11]],
    ['is:poster deep', [12]],
    ['is:withdrawn', [12]],
    ['has:award', [11]],
    ['award:"best paper"', [11, 12]],
    ['award:candid*', [12]],
    ['session:meanings area:optimisation', [11]],
    ['session:"words meanings"', [11]],
    ['session:words -is:oral', []],
    ['is:oral OR title:forests', [11, 12]],
    ['rating:>6', [11]],
    ['rating:6', [12]],
    ['rating:<=7.25', [11, 12]],
    ['has:video', [13]],
    ['has:demo', [13]],
    ['has:dataset', []],
    ['has:correction', [12]],
    ['is:open', [13]],
    ['access:closed', [12]],
    ['language:german', [13]],
    ['deep language:de', [13]],
    ['deep published:2020-05..2022-01', [10, 11, 12]],
    ['deep published:>2022', []],
    ['deep updated:>=2020', [10, 11, 12, 13]],
    ['updated:<2020', []],
    ['arboriculture', [13]],
    ['"pruning of hedges" deep', [13]],
    ['"arboriculture pruning"', []],
    ['keyword:arboriculture', [13]],
    ['title:arboriculture', []],
    ['abstract:arboriculture', []],
    ['divregence', []],
    ['deep zebras', []],
    ['deep the of', [10, 11, 12, 13]],
    ['for*ts', [12]],
    ['n?tworks', [11, 13]],
    ['title:for?st*', [12]],
    ['abstract:for?st*', []],
    ['deep -tr*s', [10, 11]],
    ['"deep net*"', [11, 13]],
    ['title:(forests OR embeddings)', [10, 11, 12]],
    ['z*x', []],
  ]
  test.each(FIELD_NAMES)('some query has %s:', (name) => {
    const found = cases.filter(([query, places]) => query.includes(`${name}:`) && places.length > 0)
    expect(found).not.toEqual([])
  })
  test.each(cases)('%s', async (query, places) => {
    const expected = places.map(titleOf).sort()
    expect((await titles(query, ', mode: STRICT')).sort()).toEqual(expected)
    const ordered = await titles(query, ', mode: STRICT, order: { field: TITLE, direction: ASC }')
    expect([...ordered].sort()).toEqual(expected)
    const counted = `query($query: String!) { search(query: $query, mode: STRICT) { totalCount } }`
    const { data } = await askWell<Found>(t, counted, { query })
    expect(data.search.totalCount).toBe(places.length)
  })
})

test('a pattern finds the papers of the words that match it', async () => {
  const words = ['divergence', 'correction', 'embeddings', 'monologue', 'finetuning', 'résumé']
  for (const [i, word] of words.entries()) {
    const at = 2 + (i % 3)
    const one = `${word.slice(0, at)}?${word.slice(at + 1)}`
    const some = `${word.slice(0, at)}*${word.slice(at + 1 + i)}`
    const expected = await titles(word, ', mode: STRICT')
    expect(expected).not.toEqual([])
    for (const pattern of [one, some]) {
      expect(await titles(pattern, ', mode: STRICT')).toEqual(expect.arrayContaining(expected))
      expect(await titles(pattern)).toEqual(expect.arrayContaining(expected))
    }
  }
})

test('LENIENT reports how it reads the syntax of other search engines', async () => {
  const query =
    '{ search(query: "deep && forests^2") { warnings { character message } nodes { title } } }'
  const { data } = await askWell<{ search: object }>(t, query)
  expect(data.search).toMatchObject({
    nodes: expect.arrayContaining([{ title: titleOf(12) }]),
    warnings: [
      { character: 6, message: expect.stringContaining('write AND, as LENIENT reads it.') },
      { character: 16, message: expect.stringContaining('leave it out, as LENIENT does.') },
    ],
  })
})

describe('the best come first', () => {
  test('the title counts more than the abstract', async () => {
    expect((await titles('trees')).at(0)).toBe(titleOf(9))
    expect((await titles('networks')).at(0)).toBe(titleOf(13))
  })

  test('among papers with the same words, the more cited ones', async () => {
    const { data } = await askWell<Found>(
      t,
      '{ search(query: "zebras sorting", first: 20) { edges { citationScore node { title } } } }',
    )
    const scores = data.search.edges.map(({ citationScore }) => citationScore)
    expect(scores).toHaveLength(20)
    expect(scores[0]).toBeGreaterThan(scores.at(-1) ?? 0)
  })

  test('a paper with all words is ahead of one that lacks some', async () => {
    const found = await titles('deep graph embeddings of forests')
    expect(found).toContain(titleOf(12))
    expect(found[0]).toBe(titleOf(10))
  })

  test('the score is the sum of its parts', async () => {
    const { data } = await askWell<Found>(
      t,
      '{ search(query: "deep graph") { edges { score textScore citationScore freshnessScore node { title } } } }',
    )
    for (const { score, textScore, citationScore, freshnessScore } of data.search.edges)
      expect(score).toBeCloseTo(textScore + citationScore + freshnessScore, 4)
    const [best] = data.search.edges
    expect(best?.node.title).toBe(titleOf(10))
    expect(best?.citationScore).toBeCloseTo(0.3 * Math.log(501), 4)
    const years = (Date.UTC(2020, 4, 1) - Date.UTC(1990, 0, 1)) / 86_400_000 / 365.25
    expect(best?.freshnessScore).toBeCloseTo(0.04 * years, 4)
  })

  test('the scores are the same in another order', async () => {
    const fields = '{ edges { score textScore node { title } } }'
    const one = await askWell<Found>(t, `{ search(query: "deep", mode: STRICT) ${fields} }`)
    const other = await askWell<Found>(
      t,
      `{ search(query: "deep", mode: STRICT, order: { field: TITLE, direction: ASC }) ${fields} }`,
    )
    const byTitle = ({ data }: typeof one) =>
      Object.fromEntries(data.search.edges.map(({ node, ...scores }) => [node.title, scores]))
    expect(byTitle(one)).toEqual(byTitle(other))
  })
})

test('a filter excludes papers that do not meet it', async () => {
  expect(await titles('deep', ', filter: { minCitations: 6 }')).toEqual([titleOf(10)])
  expect(await titles('deep', ', filter: { topics: ["graph-embedding"] }')).toEqual([titleOf(10)])
  expect(await titles('', ', filter: { minCitations: 500 }')).toEqual([titleOf(10)])
})

describe('facets count the results', () => {
  interface Faceted {
    search: {
      totalCount: number
      facets: { years: Count[]; topics: Count[] }
      nodes: { year: number | null; topics: { nodes: { slug: string }[] } }[]
    }
  }
  type Count = { value: unknown; count: number }
  const FACETS = `query($query: String!, $mode: SearchMode!, $filter: PaperFilter) {
    search(query: $query, mode: $mode, filter: $filter, first: 100) { totalCount
      facets { years(first: 100, ignoreOwnFilter: true) { value count } topics(first: 100) { value count } }
      nodes { year topics(first: 100) { nodes { slug } } } } }`
  const tally = (values: unknown[]): Count[] =>
    [...new Set(values)].map((value) => ({
      value,
      count: values.filter((one) => one === value).length,
    }))
  const sorted = (counts: Count[]) =>
    counts.toSorted((a, b) => String(a.value).localeCompare(String(b.value)))

  test.each([
    ['deep', 'STRICT'],
    ['deep embeddings', 'LENIENT'],
    ['zebras', 'LENIENT'],
    ['deep graph hopper', 'LENIENT'],
    ['cites:>3', 'STRICT'],
  ])('%s, %s', async (query, mode) => {
    const { data, statements } = await askWell<Faceted>(t, FACETS, { query, mode, filter: null })
    const { totalCount, facets, nodes } = data.search
    expect(nodes).toHaveLength(totalCount)
    expect(sorted(facets.years)).toEqual(sorted(tally(nodes.flatMap(({ year }) => year ?? []))))
    const slugs = nodes.flatMap(({ topics }) => topics.nodes.map(({ slug }) => slug))
    expect(sorted(facets.topics)).toEqual(sorted(tally(slugs)))
    // The words, the page, the count, and each facet.
    expect(statements).toHaveLength(5)
  })

  test('a facet that ignores its own filter counts the results of the other filters', async () => {
    const variables = { query: 'deep', mode: 'STRICT' }
    const all = await askWell<Faceted>(t, FACETS, { ...variables, filter: null })
    const some = await askWell<Faceted>(t, FACETS, { ...variables, filter: { year: [2020] } })
    expect(some.data.search.totalCount).toBeLessThan(all.data.search.totalCount)
    expect(some.data.search.facets.years).toEqual(all.data.search.facets.years)
  })
})

test('the filter of lists reads words like the search', async () => {
  for (const text of ['C++', 'erdos', 'α-divergence', 'GPT4', '"state-of-the-art"']) {
    const { data } = await askWell<{ papers: { nodes: { title: string }[] } }>(
      t,
      'query($text: String!) { papers(filter: { text: $text }) { nodes { title } } }',
      { text },
    )
    expect(data.papers.nodes.map(({ title }) => title)).toEqual(
      await titles(text, ', mode: STRICT'),
    )
  }
})

describe('words of a search may be names of authors', () => {
  test.each([
    'hopper',
    'Hopper embeddings',
    'grace hopper',
    'graph by HOPPER',
    'deep hopper zebras',
  ])('%s', async (query) => {
    expect((await titles(query))[0]).toBe(titleOf(10))
    const exact = await titles(query, ', mode: STRICT')
    expect(exact).toEqual([])
  })
})

test('LENIENT reports unknown fields, and searches their words', async () => {
  const asked = `query($query: String!, $mode: SearchMode!) { search(query: $query, mode: $mode, first: 1) {
    warnings { character message } nodes { title } } }`
  const ask = async (query: string, mode: string) =>
    (await askWell<Warned>(t, asked, { query, mode })).data.search
  const { warnings, nodes } = await ask('😀 titel:deep year:soon graph', 'LENIENT')
  expect(warnings).toEqual([
    {
      character: 3,
      message: expect.stringMatching(
        /^query, character 3: no field "titel"; did you mean title:\?/,
      ),
    },
    {
      character: 19,
      message:
        'query, character 19: expected years such as 2020, 2020..2024, 2020.., ..2024 or >2020 after year:, found "soon".',
    },
  ])
  expect(nodes[0]?.title).toBe(titleOf(10))
  expect((await ask('title:deep https://example.org/a "b:c"', 'LENIENT')).warnings).toEqual([])
  expect((await ask('title:deep', 'STRICT')).warnings).toEqual([])
})

test.each([
  'doi:10.1234/words.2021',
  ' 10.1234/WORDS.2021 ',
  'https://doi.org/10.1234/words.2021',
  'arxiv:2101.01234v2',
  'arXiv: 2101.01234',
  '2101.01234',
  'https://arxiv.org/abs/2101.01234',
  'arxiv.org/pdf/2101.01234',
  'openreview:B1xsWords2',
  'B1xsWords2',
  'https://openreview.net/forum?id=B1xsWords2',
  'url:https://arxiv.org/abs/2101.01234',
  'https://github.com/words/embeddings',
])('LENIENT finds only the paper of %s', async (query) => {
  expect(await titles(query)).toEqual([titleOf(11)])
  expect(await titles(query, ', order: { field: PUBLISHED }')).toEqual([titleOf(11)])
  expect(await titles(query, ', filter: { year: [1900] }')).toEqual([])
})

test('LENIENT reports that no paper has an identifier, and searches possible words as words', async () => {
  const ask = async (query: string) =>
    (
      await askWell<Warned & { search: { totalCount: number } }>(
        t,
        'query($query: String!) { search(query: $query) { totalCount warnings { character message } nodes { title } } }',
        { query },
      )
    ).data.search
  expect(await ask(' doi:10.1234/deep')).toEqual({
    totalCount: 0,
    nodes: [],
    warnings: [
      {
        character: 2,
        message:
          'query, character 2: no paper in the catalogue has the identifier doi:10.1234/deep.',
      },
    ],
  })
  expect(await ask('case-1-of')).toMatchObject({ totalCount: 1, warnings: [] })
  for (const query of ['2020', 'https://example.org/2020'])
    expect((await ask(query)).warnings).toEqual([])
})

interface Warned {
  search: { warnings: { character: number; message: string }[]; nodes: { title: string }[] }
}
