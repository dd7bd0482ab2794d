import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nameKey, titleKey } from '../../../src/domain/record/title-key.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import {
  arxivId,
  createSeededDatabase,
  RICH_PAPER,
  type SeededPaper,
  seedRecord,
} from '../seeded-catalogue.ts'
import {
  ARGS,
  compareKeys,
  inOrder,
  numberOf,
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
beforeAll(async () => {
  ;({ t, papers } = await createSeededDatabase())
})
afterAll(() => t.close())

interface Order {
  field: string
  direction: string
}
type Page = PageOf<{ id: string }>
const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id)

/** The papers that meet a condition, in an order. */
function expected({ field, direction }: Order, belongs: (p: SeededPaper) => boolean = () => true) {
  return inOrder(papers.filter(belongs), direction, paperKeys(field))
}

const ALL = `query(${VARIABLES}, $order: PaperOrder) { papers(${ARGS}, order: $order) { nodes { id } ${PAGE} } }`

async function readAll(args: PageArgs, order: Order, from = t): Promise<Page> {
  return (await askWell<{ papers: Page }>(from, ALL, { ...args, order })).data.papers
}

describe.each(PAPER_ORDERS)('all papers by $field $direction', (order) => {
  // The larger size ends with a full page.
  test.each([
    [WAYS[0], 37],
    [WAYS[0], 50],
    [WAYS[1], 37],
    [WAYS[1], 50],
  ] as const)('%s in pages of %i', async (way = 'forward', size) => {
    const walked = await walk(way, size, (args) => readAll(args, order))
    expect(idsOf(walked)).toEqual(idsOf(expected(order)))
  })
})

interface ParentKind {
  list: string
  /** The list whose pages are read. */
  walked: string
  belongs: (name: string) => (paper: SeededPaper) => boolean
}

const PARENTS: ParentKind[] = [
  {
    list: 'authors',
    walked: 'Ada Lovelace',
    belongs:
      (name) =>
      ({ record }) =>
        record.authors.some((author) => author.name === name),
  },
  {
    list: 'topics',
    walked: 'Clustering',
    belongs:
      (name) =>
      ({ record }) =>
        record.topics.some((topic) => topic.name === name),
  },
  {
    list: 'venues',
    walked: 'Weather Letters',
    belongs:
      (name) =>
      ({ record }) =>
        record.venue?.name === name,
  },
  {
    list: 'repositories',
    walked: 'alpha',
    belongs:
      (name) =>
      ({ record }) =>
        record.repositories.some((repository) => repository.name === name),
  },
]

describe.each(PARENTS)('papers in a list of $list', ({ list, walked, belongs }) => {
  const query = `query(${VARIABLES}, $order: PaperOrder) { ${list}(first: 100) { nodes {
    name papers(${ARGS}, order: $order) { nodes { id } ${PAGE} } } } }`
  type Lists = Record<string, { nodes: { name: string; papers: Page }[] }>

  test.each(PAPER_ORDERS.flatMap((order) => WAYS.map((way) => ({ ...order, way }))))(
    'by $field $direction, $way',
    async ({ way, ...order }) => {
      const size = 6
      const own = expected(order, belongs(walked))
      let position: SeededPaper | undefined
      const found = await walk(way, size, async (args) => {
        const { data } = await askWell<Lists>(t, query, { ...args, order })
        const parents = data[list]?.nodes ?? []
        for (const parent of parents) {
          const rest = beyond(expected(order, belongs(parent.name)), position, order, way)
          const slice = way === 'forward' ? rest.slice(0, size) : rest.slice(-size)
          expect(idsOf(parent.papers.nodes)).toEqual(idsOf(slice))
        }
        const page = parents.find(({ name }) => name === walked)?.papers
        if (!page) throw new Error(`no ${walked} among the ${list}`)
        const last = way === 'forward' ? page.nodes.at(-1) : page.nodes[0]
        position = own.find(({ id }) => id === last?.id)
        return page
      })
      expect(idsOf(found)).toEqual(idsOf(own))
    },
  )
})

/** The rows after a position; a cursor of one parent is a position in the lists of all. */
function beyond(
  rows: SeededPaper[],
  position: SeededPaper | undefined,
  { field, direction }: Order,
  way: string,
): SeededPaper[] {
  if (!position) return rows
  const keys = paperKeys(field)
  const sign = (direction === 'ASC' ? 1 : -1) * (way === 'forward' ? 1 : -1)
  return rows.filter((row) => sign * compareKeys(keys(row), keys(position)) > 0)
}

interface Thing {
  id: string
  name: string
  paperCount: number
  stars?: number | null
}
const byCount = ({ paperCount }: Thing) => paperCount
const byTitle = ({ name }: Thing) => titleKey(name)

const LISTS: [list: string, type: string, field: string, key: (thing: Thing) => string | number][] =
  [
    ['authors', 'Author', 'NAME', ({ name }) => nameKey(name)],
    ['authors', 'Author', 'PAPER_COUNT', byCount],
    ['topics', 'Topic', 'NAME', byTitle],
    ['topics', 'Topic', 'PAPER_COUNT', byCount],
    ['venues', 'Venue', 'NAME', byTitle],
    ['venues', 'Venue', 'PAPER_COUNT', byCount],
    ['repositories', 'Repository', 'NAME', ({ name }) => name],
    ['repositories', 'Repository', 'PAPER_COUNT', byCount],
    ['repositories', 'Repository', 'STARS', ({ stars }) => stars ?? -1],
    ['children', 'Topic', 'NAME', byTitle],
    ['children', 'Topic', 'PAPER_COUNT', byCount],
  ]

describe.each(LISTS)('%s of type %s by %s', (list, type, field, key) => {
  const own = type === 'Repository' ? 'id name paperCount stars' : 'id name paperCount'
  const head = `query(${VARIABLES}, $order: ${type}Order)`
  const connection = `${list}(${ARGS}, order: $order) { nodes { ${own} } ${PAGE} }`
  const query =
    list === 'children'
      ? `${head} { topic(slug: "machine-learning") { ${connection} } }`
      : `${head} { ${connection} }`
  type Data = Record<string, PageOf<Thing>> & { topic?: Record<string, PageOf<Thing>> }

  test.each(['ASC', 'DESC'].flatMap((direction) => WAYS.map((way) => ({ direction, way }))))(
    '$direction, $way',
    async ({ direction, way }) => {
      const read = async (args: PageArgs) => {
        const { data } = await askWell<Data>(t, query, { ...args, order: { field, direction } })
        const page = (data.topic ?? data)[list]
        if (!page) throw new Error(`no ${list} in the answer`)
        return page
      }
      const whole = (await read({ first: 100 })).nodes
      expect(whole.length).toBeGreaterThan(3)
      expect(whole).toEqual(inOrder(whole, direction, (row) => [key(row), numberOf(row)]))
      expect(await walk(way, 2, read)).toEqual(whole)
    },
  )
})

describe('the short lists of a paper', () => {
  const SHORT = [
    { list: 'authorships', fields: 'node { position name }' },
    { list: 'topics', fields: 'node { id slug } score' },
    { list: 'repositories', fields: 'node { id name stars } isOfficial' },
  ]
  type ShortPage = PageOf<unknown>
  const page = (list: string, fields: string, args: string) =>
    `${list}(${args}) { edges { cursor ${fields} } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`

  test.each(SHORT.flatMap((short) => WAYS.map((way) => ({ ...short, way }))))(
    '$list, $way',
    async ({ list, fields, way }) => {
      const query = `query(${VARIABLES}) { paper(ref: "arXiv:${arxivId(RICH_PAPER)}") { ${page(list, fields, ARGS)} } }`
      const read = async (args: PageArgs) => {
        const { data } = await askWell<{ paper: Record<string, ShortPage> }>(t, query, { ...args })
        const found = data.paper[list]
        if (!found) throw new Error(`no ${list} in the answer`)
        return { ...found, nodes: found.edges }
      }
      const whole = (await read({ first: 100 })).nodes
      expect(whole.length).toBeGreaterThan(2)
      expect(await walk(way, 2, read)).toEqual(whole)
      expect(await walk(way, 1, read)).toEqual(whole)
    },
  )

  test('are in the documented order', async () => {
    const query = `{ paper(ref: "arXiv:${arxivId(RICH_PAPER)}") {
      authorships { nodes { position name } }
      topics { edges { score node { id slug } } }
      repositories { edges { isOfficial node { id name stars } } } } }`
    type Topic = { score: number | null; node: { id: string; slug: string } }
    type Code = { isOfficial: boolean; node: { id: string; name: string; stars: number | null } }
    interface Rich {
      authorships: { nodes: { position: number; name: string }[] }
      topics: { edges: Topic[] }
      repositories: { edges: Code[] }
    }
    const { paper } = (await askWell<{ paper: Rich }>(t, query)).data
    const record = seedRecord(RICH_PAPER)
    const byline = record.authors.map(({ name }, i) => ({ position: i + 1, name }))
    expect(paper.authorships.nodes).toEqual(byline)
    const topics = paper.topics.edges
    expect(new Set(topics.map(({ node }) => node.slug))).toEqual(
      new Set(record.topics.map(({ slug }) => slug)),
    )
    expect(topics).toEqual(
      inOrder(topics, 'ASC', ({ score, node }) => [-(score ?? 0), numberOf(node)]),
    )
    const code = paper.repositories.edges
    expect(code).toHaveLength(record.repositories.length)
    expect(code).toEqual(
      inOrder(code, 'DESC', ({ isOfficial, node }) => [
        Number(isOfficial),
        node.stars ?? -1,
        numberOf(node),
      ]),
    )
  })

  test.each(SHORT)('the end of the $list of each of many papers', async ({ list, fields }) => {
    const query = `{ papers(first: 100) { nodes { end: ${page(list, fields, 'last: 2')} all: ${page(list, fields, 'first: 100')} } } }`
    type Both = { papers: { nodes: { end: ShortPage; all: ShortPage }[] } }
    const { nodes } = (await askWell<Both>(t, query)).data.papers
    expect(nodes.some(({ all }) => all.edges.length > 2)).toBe(true)
    for (const { end, all } of nodes) {
      expect(end.edges).toEqual(all.edges.slice(-2))
      expect(end.pageInfo.hasPreviousPage).toBe(all.edges.length > 2)
    }
  })
})

describe('parts of lists', () => {
  const order = { field: 'PUBLISHED', direction: 'DESC' }
  const cursors = async () => (await readAll({ first: 100 }, order)).edges.map((e) => e.cursor)
  const more = (page: Page) => [page.pageInfo.hasPreviousPage, page.pageInfo.hasNextPage]

  test('between two positions, from either end', async () => {
    const all = idsOf(expected(order))
    const places = await cursors()
    const between = { after: places[3] ?? '', before: places[8] ?? '' }
    const whole = await readAll({ first: 100, ...between }, order)
    expect(idsOf(whole.nodes)).toEqual(all.slice(4, 8))
    const start = await readAll({ first: 2, ...between }, order)
    expect(idsOf(start.nodes)).toEqual(all.slice(4, 6))
    expect(more(start)).toEqual([true, true])
    const end = await readAll({ last: 2, ...between }, order)
    expect(idsOf(end.nodes)).toEqual(all.slice(6, 8))
    expect(more(end)).toEqual([true, true])
    expect((await readAll({ last: 100, ...between }, order)).nodes).toEqual(whole.nodes)
  })

  test('of no entry', async () => {
    const nothing = { startCursor: null, endCursor: null }
    const start = await readAll({ first: 0 }, order)
    expect(start).toMatchObject({ nodes: [], edges: [], pageInfo: nothing })
    expect(more(start)).toEqual([false, true])
    const end = await readAll({ last: 0 }, order)
    expect(end).toMatchObject({ nodes: [], edges: [], pageInfo: nothing })
    expect(more(end)).toEqual([true, false])
  })

  test('of the default size', async () => {
    expect(idsOf((await readAll({}, order)).nodes)).toEqual(idsOf(expected(order)).slice(0, 20))
  })
})
