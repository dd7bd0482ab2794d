import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase, type SeededPaper } from '../seeded-catalogue.ts'

let t: TestDatabase
let papers: SeededPaper[]
beforeAll(async () => {
  ;({ t, papers } = await createSeededDatabase())
})
afterAll(() => t.close())

/** Sets the parents of topics, by slug; topics not listed have none. */
async function plant(parents: Record<string, string>): Promise<void> {
  const rows = JSON.stringify(Object.entries(parents).map(([slug, parent]) => ({ slug, parent })))
  await t.db.query(sql`update topics set parent_id = (select p.id
    from jsonb_to_recordset(${rows}::text::jsonb) as r(slug text, parent text)
    join topics p on p.slug = r.parent where r.slug = topics.slug)`)
}

const DEEP = {
  clustering: 'calibration',
  calibration: 'time-series',
  'active-learning': 'time-series',
  'time-series': 'machine-learning',
  transformers: 'deep-learning',
}
const CYCLES = {
  clustering: 'calibration',
  calibration: 'time-series',
  'time-series': 'clustering',
  transformers: 'transformers',
  autoencoders: 'transformers',
  'active-learning': 'calibration',
}

type Tree = { topics: { nodes: { slug: string; ancestors: { slug: string }[] }[] } }

async function ancestors(): Promise<Record<string, string[]>> {
  const { data } = await askWell<Tree>(
    t,
    '{ topics(first: 100) { nodes { slug ancestors { slug name } } } }',
  )
  return Object.fromEntries(
    data.topics.nodes.map(({ slug, ancestors }) => [slug, ancestors.map((one) => one.slug)]),
  )
}

describe('the topics above a topic', () => {
  test('are all ancestors, the widest first', async () => {
    await plant(DEEP)
    const found = await ancestors()
    const parents: Record<string, string> = DEEP
    for (const [slug, above] of Object.entries(found)) {
      const way: string[] = []
      for (let at = parents[slug]; at; at = parents[at]) way.unshift(at)
      expect([slug, above]).toEqual([slug, way])
    }
    expect(found.clustering).toEqual(['machine-learning', 'time-series', 'calibration'])
  })

  test('end before a topic would be above itself', async () => {
    await plant(CYCLES)
    expect(await ancestors()).toMatchObject({
      clustering: ['time-series', 'calibration'],
      calibration: ['clustering', 'time-series'],
      transformers: [],
      autoencoders: ['transformers'],
      'active-learning': ['clustering', 'time-series', 'calibration'],
      'chess-endgames': [],
    })
  })

  test('take one more statement, for one topic and for many, and continue to their papers', async () => {
    await plant(DEEP)
    const query = 'query($first: Int) { topics(first: $first) { nodes { ancestors { name } } } }'
    const further =
      'query($first: Int) { topics(first: $first) { nodes { ancestors { papers(first: 2) { nodes { title } } } } } }'
    for (const first of [1, 100])
      expect((await askWell(t, query, { first })).statements).toHaveLength(2)
    expect((await askWell(t, further, { first: 100 })).statements).toHaveLength(3)
  })
})

describe('papers within topics', () => {
  const slugsOf = ({ record }: SeededPaper) => record.topics.map(({ slug }) => slug)
  const QUERY = `query($filter: PaperFilter!) { papers(first: 100, filter: $filter) { totalCount nodes { id } }
    author(ref: "acl:ada-lovelace") { papers(first: 100, filter: $filter) { totalCount nodes { id } } } }`
  interface Papers {
    totalCount: number
    nodes: { id: string }[]
  }

  const CASES: [trees: Record<string, string>, within: string[], topics: string[]][] = [
    [
      DEEP,
      ['machine-learning'],
      ['machine-learning', 'time-series', 'active-learning', 'calibration', 'clustering'],
    ],
    [DEEP, ['calibration'], ['calibration', 'clustering']],
    [DEEP, ['deep-learning', 'clustering'], ['deep-learning', 'transformers', 'clustering']],
    [DEEP, ['chess-endgames'], ['chess-endgames']],
    [DEEP, [], []],
    [CYCLES, ['clustering'], ['clustering', 'calibration', 'time-series', 'active-learning']],
    [CYCLES, ['transformers'], ['transformers', 'autoencoders']],
  ]

  test.each(CASES)('of the tree %j, within %j', async (tree, within, topics) => {
    await plant(tree)
    const belongs = (paper: SeededPaper) => slugsOf(paper).some((slug) => topics.includes(slug))
    const expected = papers.filter(belongs)
    const filter = { topicsWithin: within }
    const { data } = await askWell<{ papers: Papers; author: { papers: Papers } }>(t, QUERY, {
      filter,
    })
    expect(data.papers.totalCount).toBe(expected.length)
    const ids = new Set(expected.map(({ id }) => id))
    expect(data.papers.nodes).toHaveLength(Math.min(100, expected.length))
    for (const { id } of data.papers.nodes) expect(ids).toContain(id)
    const theirs = expected.filter(({ record }) =>
      record.authors.some(({ name }) => name === 'Ada Lovelace'),
    )
    expect(new Set(data.author.papers.nodes.map(({ id }) => id))).toEqual(
      new Set(theirs.map(({ id }) => id)),
    )
    expect(data.author.papers.totalCount).toBe(theirs.length)
  })

  test('can be combined with the other conditions on topics', async () => {
    await plant(DEEP)
    const filter = {
      topicsWithin: ['time-series'],
      topics: ['clustering'],
      topicsNone: ['calibration'],
    }
    const { data } = await askWell<{ papers: Papers }>(t, QUERY, { filter })
    const expected = papers.filter(
      (paper) => slugsOf(paper).includes('clustering') && !slugsOf(paper).includes('calibration'),
    )
    expect(data.papers.totalCount).toBe(expected.length)
  })

  test('an unknown slug is reported', async () => {
    for (const within of [['clusterin'], ['clusterin', 'calibration']]) {
      const { errors } = await ask(t, QUERY, { filter: { topicsWithin: within } })
      expect(errors[0]?.message).toContain('did you mean "clustering"?')
    }
    const { errors } = await ask(t, QUERY, { filter: { topicsWithin: ['a\u0000'] } })
    expect(errors[0]?.message).toContain('filter.topicsWithin')
  })
})
