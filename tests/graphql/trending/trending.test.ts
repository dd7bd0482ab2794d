import { afterAll, beforeAll, expect, test } from 'vitest'
import { updateTrends } from '../../../src/domain/trending/update.ts'
import { dayAfter, listPaper, makePapers } from '../../domain/trending/made-papers.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  const ids = await makePapers(
    t,
    Array.from({ length: 7 }, (_, i) => ({
      title: `P${i}`,
      on: dayAfter('2026-04-01', i),
      topic: i % 2 === 0 ? 'even' : 'odd',
    })),
  )
  await updateTrends(t.url, { today: '2026-05-01' })
  await listPaper(t.db, ids[0] ?? 0, '2026-05-02', 50)
  await updateTrends(t.url, { today: '2026-05-02' })
})
afterAll(() => t?.close())

interface Edge {
  rank: number
  previousRank: number | null
  cursor: string
  trend: { score: number; reasons: string[] }
  node: { title: string; trend: { score: number } }
}

const EDGES =
  '{ edges { rank previousRank cursor trend { score reasons } node { title trend(window: DAY) { score } } } pageInfo { endCursor } }'

async function edges(args: string): Promise<Edge[]> {
  const { data } = await askWell(t, `{ trending(window: DAY, ${args}) ${EDGES} }`)
  return (data as { trending: { edges: Edge[] } }).trending.edges
}
const shown = (list: Edge[]) =>
  list.map(({ rank, previousRank, node }) => [rank, previousRank, node.title])

test('ranks continue from page to page, forwards and backwards, with the ranks of a day ago', async () => {
  const all = await edges('first: 10')
  expect(shown(all)).toEqual([
    [1, 7, 'P0'],
    [2, 1, 'P6'],
    [3, 2, 'P5'],
    [4, 3, 'P4'],
    [5, 4, 'P3'],
    [6, 5, 'P2'],
    [7, 6, 'P1'],
  ])
  expect(shown(await edges(`first: 2, after: "${all[2]?.cursor}"`))).toEqual(shown(all.slice(3, 5)))
  expect(shown(await edges('last: 2'))).toEqual(shown(all.slice(5)))
  expect(shown(await edges(`last: 2, before: "${all[3]?.cursor}"`))).toEqual(shown(all.slice(1, 3)))
  for (const { trend, node } of all) expect(node.trend.score).toBe(trend.score)
  expect(all[0]?.trend.reasons).toEqual(['50 upvotes on the list of 2 May 2026 (Hugging Face)'])
})

test('ranks of a list with a filter are those within the filtered list', async () => {
  expect(shown(await edges('filter: { topics: { any: ["even"] } }'))).toEqual([
    [1, 4, 'P0'],
    [2, 1, 'P6'],
    [3, 2, 'P4'],
    [4, 3, 'P2'],
  ])
})

test('TRENDING sorts lists of papers, of a topic, and searches, in both directions', async () => {
  const { data } = await askWell(
    t,
    `query ($down: PaperOrder = { field: TRENDING }, $up: PaperOrder = { field: TRENDING, direction: ASC }) {
      papers(order: $down, first: 2) { nodes { title } }
      up: papers(order: $up, first: 1) { nodes { title } }
      topic(slug: "odd") { papers(order: $down, first: 1) { nodes { title } } }
      search(query: "", order: $down, first: 2) { nodes { title } }
      trending { updatedAt totalCount facets { years { value count } } }
    }`,
  )
  const titled = (...titles: string[]) => ({ nodes: titles.map((title) => ({ title })) })
  expect(data).toEqual({
    papers: titled('P0', 'P6'),
    up: titled('P1'),
    topic: { papers: titled('P5') },
    search: titled('P0', 'P6'),
    trending: {
      updatedAt: expect.anything(),
      totalCount: 7,
      facets: { years: [{ value: 2026, count: 7 }] },
    },
  })
})

test.each([
  ['first: 101', /first: 101 is out of range; expected 0 to 100/],
  [
    'first: 2, after: "WzEsInBhcGVycy5wdWJsaXNoZWQuZGVzYyIsIjIwMjUtMDEtMDEiLDIwMDJd"',
    /another list or order/,
  ],
  ['after: "nonsense"', /is not a cursor/],
  ['filter: { topics: { any: ["evne"] } }', /no topic has the slug "evne"/],
])('%s is refused with the expected value', async (args, message) => {
  const { errors } = await ask(t, `{ trending(window: DAY, ${args}) { nodes { title } } }`)
  expect(errors?.[0]?.message).toMatch(message)
})
