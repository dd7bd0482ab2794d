import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import {
  createCitedDatabase,
  type SeededCitation,
  UNKNOWN_BY_EDGE,
  WELL_READ_PAPER,
} from '../cited-catalogue.ts'
import { arxivId, type SeededPaper } from '../seeded-catalogue.ts'
import {
  ARGS,
  inOrder,
  PAGE,
  PAPER_ORDERS,
  type PageArgs,
  type PageOf,
  paperKeys,
  VARIABLES,
  WAYS,
  walk,
} from '../walk.ts'

let t: TestDatabase
let papers: SeededPaper[]
let citations: SeededCitation[]
beforeAll(async () => {
  ;({ t, papers, citations } = await createCitedDatabase())
})
afterAll(() => t.close())

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)
const paperAt = (i: number) => papers[i] as SeededPaper
const citedBy = (i: number) =>
  citations.filter(({ citing }) => citing === i).map(({ cited }) => paperAt(cited))
const citing = (i: number) =>
  citations.filter(({ cited }) => cited === i).map(({ citing }) => paperAt(citing))
const refOf = (i: number) => `arXiv:${arxivId(i)}`

/** The larger of the stated and the linked count. */
const countOf = (paper: SeededPaper) =>
  Math.max(paper.record.citationCount ?? 0, citing(papers.indexOf(paper)).length)
const keysOf = (field: string) =>
  field === 'CITATIONS' ? (paper: SeededPaper) => [countOf(paper), paper.number] : paperKeys(field)

const LISTS = [
  { list: 'references', start: 140, of: citedBy },
  { list: 'citations', start: 1, of: citing },
]

describe.each(LISTS)('the $list of a paper', ({ list, start, of }) => {
  type Page = PageOf<{ id: string }>
  const query = `query($ref: String!, ${VARIABLES}, $order: PaperOrder) {
    paper(ref: $ref) { list: ${list}(${ARGS}, order: $order) { nodes { id } ${PAGE} } } }`

  test.each(PAPER_ORDERS.flatMap((order) => WAYS.map((way) => ({ ...order, way }))))(
    'by $field $direction, $way',
    async ({ way, ...order }) => {
      const size = list === 'references' ? 2 : 9
      const walked = await walk(way, size, async (args: PageArgs) => {
        const variables = { ref: refOf(start), ...args, order }
        return (await askWell<{ paper: { list: Page } }>(t, query, variables)).data.paper.list
      })
      expect(walked.length).toBeGreaterThan(size)
      expect(idsOf(walked)).toEqual(idsOf(inOrder(of(start), order.direction, keysOf(order.field))))
    },
  )

  test('takes the filter of all lists of papers, separately for each paper', async () => {
    const filtered = `query($filter: PaperFilter) { papers(first: 100) { nodes { id
      list: ${list}(first: 100, filter: $filter) { totalCount nodes { id } } } } }`
    const cases: [object, (paper: SeededPaper) => boolean][] = [
      [{}, () => true],
      [{ hasRepository: true }, (p) => p.record.repositories.length > 0],
      [{ minCitations: 12 }, (p) => countOf(p) >= 12],
      [
        { topics: ['clustering'] },
        (p) => p.record.topics.some(({ slug }) => slug === 'clustering'),
      ],
      [
        { text: 'parser', kind: ['THESIS', 'DEMO', 'PREPRINT'] },
        (p) =>
          /parser/i.test(`${p.record.title} ${p.record.abstract}`) &&
          ['thesis', 'demo', 'preprint'].includes(p.record.kind),
      ],
    ]
    for (const [filter, belongs] of cases) {
      type Listed = { id: string; list: { totalCount: number; nodes: { id: string }[] } }
      const { data } = await askWell<{ papers: { nodes: Listed[] } }>(t, filtered, { filter })
      let found = 0
      for (const { id, list } of data.papers.nodes) {
        const expected = of(papers.findIndex((paper) => paper.id === id)).filter(belongs)
        expect(idsOf(list.nodes).sort()).toEqual(idsOf(expected).sort())
        expect(list.totalCount).toBe(expected.length)
        found += expected.length
      }
      expect(found).toBeGreaterThan(0)
    }
  })

  test('has facet counts for each paper', async () => {
    const query = `{ papers(first: 100) { nodes { id list: ${list} {
      facets { kinds { value count } venues { value count } } } } } }`
    type Counts = { value: string; count: number }[]
    type Counted = { id: string; list: { facets: Record<'kinds' | 'venues', Counts> } }
    const { data, statements } = await askWell<{ papers: { nodes: Counted[] } }>(t, query)
    expect(statements).toHaveLength(3)
    const tally = (values: (string | undefined)[]) => {
      const counts = new Map<string | undefined, number>()
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
      counts.delete(undefined)
      return counts
    }
    const mapOf = (counts: Counts) => new Map(counts.map(({ value, count }) => [value, count]))
    for (const { id, list } of data.papers.nodes) {
      const own = of(papers.findIndex((paper) => paper.id === id))
      expect(mapOf(list.facets.kinds)).toEqual(
        tally(own.map(({ record }) => record.kind.toUpperCase())),
      )
      expect(mapOf(list.facets.venues)).toEqual(tally(own.map(({ record }) => record.venue?.slug)))
    }
  })

  test('has the sources and purposes on its edges', async () => {
    const query = `query($ref: String!) { paper(ref: $ref) { list: ${list}(first: 100) { edges {
      sources isInfluential intents node { id } } } } }`
    type Edges = { edges: (Omit<SeededCitation, 'citing' | 'cited'> & { node: { id: string } })[] }
    const { data } = await askWell<{ paper: { list: Edges } }>(t, query, { ref: refOf(start) })
    const expected = citations
      .filter(({ citing, cited }) => (list === 'references' ? citing : cited) === start)
      .map(({ citing, cited, intents, ...said }) => ({
        ...said,
        intents: intents.map((intent) => intent.toUpperCase()),
        node: { id: paperAt(list === 'references' ? cited : citing).id },
      }))
    const sorted = (edges: Edges['edges']) =>
      edges.toSorted((a, b) => (a.node.id < b.node.id ? -1 : 1))
    expect(sorted(data.paper.list.edges)).toEqual(sorted(expected as unknown as Edges['edges']))
  })
})

test('citation counts are the larger of the stated and the linked count', async () => {
  const query = '{ papers(last: 100) { nodes { id citationCount } } }'
  type Counts = { papers: { nodes: { id: string; citationCount: number }[] } }
  const { nodes } = (await askWell<Counts>(t, query)).data.papers
  for (const { id, citationCount } of nodes)
    expect(citationCount).toBe(countOf(papers.find((paper) => paper.id === id) as SeededPaper))
})

describe('works that are not in the catalogue', () => {
  const unknown = [
    {
      title: 'An Unknown Work',
      text: null,
      sources: ['test'],
      isInfluential: null,
      intents: [],
      identifiers: [
        {
          scheme: 'DOI',
          value: '10.9999/unknown.1',
          url: 'https://doi.org/10.9999/unknown.1',
        },
      ],
    },
    {
      title: null,
      text: 'A. Nobody. A lost book. 1901.',
      sources: ['test'],
      isInfluential: null,
      intents: [],
      identifiers: [],
    },
    {
      title: null,
      text: null,
      sources: ['test'],
      isInfluential: true,
      intents: ['METHODOLOGY'],
      identifiers: [
        { scheme: 'CORPUSID', value: '77', url: 'https://api.semanticscholar.org/CorpusID:77' },
        {
          scheme: 'DOI',
          value: '10.9999/unknown.2',
          url: 'https://doi.org/10.9999/unknown.2',
        },
      ],
    },
    {
      title: null,
      text: null,
      sources: ['s2'],
      isInfluential: null,
      intents: [],
      identifiers: [
        {
          scheme: 'CORPUSID',
          value: UNKNOWN_BY_EDGE,
          url: `https://api.semanticscholar.org/CorpusID:${UNKNOWN_BY_EDGE}`,
        },
      ],
    },
  ]
  const FIELDS = 'title text sources isInfluential intents identifiers { scheme value url }'

  test('are listed in the order of the paper, each with all known values', async () => {
    const query = `query($ref: String!, ${VARIABLES}) { paper(ref: $ref) { referenceCount
      unresolvedReferences(${ARGS}) { totalCount nodes { ${FIELDS} } ${PAGE} } } }`
    type Found = {
      paper: {
        referenceCount: number
        unresolvedReferences: PageOf<object> & { totalCount: number }
      }
    }
    for (const way of WAYS) {
      const walked = await walk(way, 2, async (args: PageArgs) => {
        const { paper } = (await askWell<Found>(t, query, { ref: refOf(WELL_READ_PAPER), ...args }))
          .data
        expect(paper.unresolvedReferences.totalCount).toBe(unknown.length)
        expect(paper.referenceCount).toBe(unknown.length + citedBy(WELL_READ_PAPER).length)
        return paper.unresolvedReferences
      })
      expect(walked).toEqual(unknown)
    }
  })
})

const COUNTED = /count\(\*\)/i
/** Fields of a paper, with `#` in the place of `totalCount`; the number of statements for a list of papers without and with it. */
const FIELDS: [fields: string, without: number, counted: number][] = [
  ['references(first: $first) { nodes { title } # }', 2, 3],
  ['references(last: $first) { edges { intents node { title } } # }', 2, 3],
  ['references(first: $first, filter: { minCitations: 1 }) { nodes { title } # }', 2, 3],
  ['citations(first: $first) { nodes { title } # }', 2, 3],
  ['citations(last: $first) { edges { intents node { title } } # }', 2, 3],
  ['citations(first: $first, filter: { minCitations: 1 }) { nodes { title } # }', 2, 3],
  ['citations(first: $first, order: { field: CITATIONS }) { nodes { title } # }', 2, 3],
  ['unresolvedReferences(first: $first) { nodes { identifiers { url } } # }', 2, 3],
]

describe('one paper or a hundred take the same number of statements', () => {
  const statementsOf = async (fields: string) => {
    const query = `query($first: Int) { papers(first: $first) { nodes { ${fields} } } }`
    const one = await askWell<object>(t, query, { first: 1 })
    const many = await askWell<object>(t, query, { first: 100 })
    expect(JSON.stringify(many.data).length).toBeGreaterThan(JSON.stringify(one.data).length)
    expect(many.statements).toHaveLength(one.statements.length)
    return one.statements
  }

  test.each(FIELDS)('%s: %i, with totalCount %i', async (fields, without, counted) => {
    const plain = await statementsOf(fields.replace('#', ''))
    expect(plain).toHaveLength(without)
    expect(plain.filter((text) => COUNTED.test(text))).toEqual([])
    const withCount = await statementsOf(fields.replace('#', 'totalCount'))
    expect(withCount).toHaveLength(counted)
  })

  test('references of references of references', async () => {
    const deep = `references(first: $first) { nodes { references(first: $first) { nodes { title
      authorships(first: 2) { nodes { name } } citations(first: 3) { totalCount nodes { title } } } } } }`
    expect(await statementsOf(deep)).toHaveLength(5)
  })

  test('the number of works that each paper cites', async () => {
    expect(await statementsOf('referenceCount')).toHaveLength(2)
  })
})

test.each([
  ['references(first: -1) { totalCount }', /first: -1 is out of range; expected 0 to 100/],
  ['citations(first: 101) { totalCount }', /first: 101 is out of range/],
  ['references(after: "x") { nodes { id } }', /after: "x" is not a cursor/],
  ['unresolvedReferences(after: "x") { nodes { title } }', /after: "x" is not a cursor/],
  ['citations(filter: { topics: ["nope"] }) { nodes { id } }', /no topic has the slug "nope"/],
  ['citations(filter: { minCitations: -1 }) { nodes { id } }', /minCitations: -1 is negative/],
])('%s is an error that states the expected value', async (field, message) => {
  const { errors } = await ask(t, `{ paper(ref: "${refOf(1)}") { ${field} } }`)
  expect(errors).toMatchObject([
    { message: expect.stringMatching(message), code: 'BAD_USER_INPUT' },
  ])
})
