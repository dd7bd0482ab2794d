import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { nameKey } from '../../../src/domain/record/title-key.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase, nodeId } from '../seeded-catalogue.ts'
import {
  ARGS,
  inOrder,
  numberOf,
  PAGE,
  type PageArgs,
  type PageOf,
  VARIABLES,
  WAYS,
  walk,
} from '../walk.ts'

const ADA = 'acl:ada-lovelace'
const HERMIT = 'acl:a-hermit'

/** Workplaces of an author, in papers with and without a date; an author who writes alone and was never cited. */
function ownRecord(
  i: number,
  value: string,
  name: string,
  affiliation: string | null,
  on: string | null,
): PaperRecord {
  return paperRecord({
    source: 'own',
    key: String(i),
    title: `Something of my own number ${i}`,
    published: on === null ? null : { on, precision: 'day' },
    authors: [{ name, identifiers: [{ scheme: 'acl', value }], affiliation }],
  })
}
const ada = (i: number, affiliation: string | null, on: string | null) =>
  ownRecord(i, 'ada-lovelace', 'Ada Lovelace', affiliation, on)

const OWN = [
  ada(0, 'Engine Works, London', '2023-01-01'),
  ada(1, 'Engine Works, London', '2024-05-06'),
  ada(2, 'University of Turin', '2021-02-03'),
  ada(3, 'Zürich', '2024-05-06'),
  ada(4, 'Nowhere', null),
  ada(5, null, '2025-01-01'),
  ownRecord(6, 'a-hermit', 'A. Hermit', null, null),
]

let t: TestDatabase
let records: PaperRecord[]
beforeAll(async () => {
  const seeded = await createSeededDatabase()
  t = seeded.t
  await transaction(t.url, (tx) => writeRecords(tx, OWN))
  records = [...seeded.papers.map(({ record }) => record), ...OWN]
})
afterAll(() => t.close())

const writtenBy = (name: string) =>
  records.filter(({ authors }) => authors.some((author) => author.name === name))
const yearsOf = (papers: PaperRecord[]) => {
  const years = papers.flatMap(({ published }) =>
    published ? Number(published.on.slice(0, 4)) : [],
  )
  return years.length === 0
    ? { firstYear: null, lastYear: null }
    : { firstYear: Math.min(...years), lastYear: Math.max(...years) }
}

interface Shared {
  paperCount: number
  firstYear: number | null
  lastYear: number | null
}

describe('co-authors', () => {
  interface Edge extends Shared {
    node: { id: string; name: string }
  }
  interface Page {
    totalCount: number
    edges: Edge[]
  }
  const FIELDS = 'totalCount edges { paperCount firstYear lastYear node { id name } }'

  function expectedOf(name: string, idOf: (name: string) => number) {
    const others = new Map<string, PaperRecord[]>()
    for (const record of writtenBy(name))
      for (const other of record.authors)
        if (other.name !== name) others.set(other.name, [...(others.get(other.name) ?? []), record])
    const rows = [...others].map(([other, shared]) => ({
      name: other,
      paperCount: shared.length,
      ...yearsOf(shared),
    }))
    return inOrder(rows, 'ASC', (row) => [-row.paperCount, nameKey(row.name), idOf(row.name)])
  }

  test('of every author equal those of plain code, in the documented order', async () => {
    type Authors = { authors: { nodes: { id: string; name: string; coAuthors: Page }[] } }
    const query = `{ authors(first: 100) { nodes { id name coAuthors(first: 100) { ${FIELDS} } } } }`
    const { nodes } = (await askWell<Authors>(t, query)).data.authors
    const ids = new Map(nodes.map((node) => [node.name, numberOf(node)]))
    expect(nodes.length).toBeGreaterThan(10)
    for (const { name, coAuthors } of nodes) {
      const found = coAuthors.edges.map(({ node, ...edge }) => ({ name: node.name, ...edge }))
      const expected = expectedOf(name, (other) => ids.get(other) ?? 0)
      expect([name, found]).toEqual([name, expected])
      expect(coAuthors.totalCount).toBe(expected.length)
    }
  })

  test.each(WAYS.flatMap((way) => [1, 3, 100].map((size) => ({ way, size }))))(
    'read $way in pages of $size',
    async ({ way, size }) => {
      const query = `query(${VARIABLES}) { author(ref: "${ADA}") { coAuthors(${ARGS}) { nodes { id name } ${PAGE} } } }`
      const read = async (args: PageArgs) =>
        (await askWell<{ author: { coAuthors: PageOf<unknown> } }>(t, query, { ...args })).data
          .author.coAuthors
      const whole = (await read({ first: 100 })).nodes
      expect(whole).toHaveLength(11)
      expect(await walk(way, size, read)).toEqual(whole)
    },
  )

  test('take two statements for one author and for many, and one more to count', async () => {
    const query = (fields: string) =>
      `query($first: Int) { authors(first: $first) { nodes { coAuthors(first: $first) { ${fields} } } } }`
    const CASES: [fields: string, statements: number][] = [
      ['nodes { name identifiers { value } }', 2],
      ['edges { paperCount lastYear node { name } }', 2],
      ['totalCount', 2],
      ['totalCount nodes { name }', 3],
      ['nodes { papers(first: 3) { nodes { title } } }', 3],
      ['nodes { coAuthors { nodes { name } } }', 3],
    ]
    for (const [fields, statements] of CASES)
      for (const first of [1, 100])
        expect((await askWell(t, query(fields), { first })).statements).toHaveLength(statements)
  })

  test.each([
    ['first: 101', 'first: 101 is out of range'],
    ['last: -1', 'last: -1'],
    ['first: 1, last: 1', 'exclude each other'],
    ['after: "x"', 'is not a cursor'],
    ['after: "WzEsImNvLWF1dGhvcnMiLDEsMiwzXQ"', 'is not a cursor'],
  ])('%s is refused with a message', async (args, part) => {
    const { data, errors } = await ask(
      t,
      `{ author(ref: "${ADA}") { coAuthors(${args}) { nodes { id } } } }`,
    )
    expect(data).toEqual({ author: null })
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }])
    expect(errors[0]?.message).toContain(part)
  })

  test('a cursor of another list is recognised', async () => {
    const query = `{ author(ref: "${ADA}") { papers { pageInfo { endCursor } } } }`
    type Data = { author: { papers: { pageInfo: { endCursor: string } } } }
    const cursor = (await askWell<Data>(t, query)).data.author.papers.pageInfo.endCursor
    const { errors } = await ask(
      t,
      `query($cursor: String) { author(ref: "${ADA}") { coAuthors(after: $cursor) { nodes { id } } } }`,
      { cursor },
    )
    expect(errors[0]?.message).toContain('made by another list or order')
  })
})

test('the metrics of every author equal those of plain code', async () => {
  const query =
    '{ authors(first: 100) { nodes { name metrics { citationCount hIndex firstYear lastYear } } } }'
  type Authors = { authors: { nodes: { name: string; metrics: object }[] } }
  const { data, statements } = await askWell<Authors>(t, query)
  for (const { name, metrics } of data.authors.nodes) {
    const own = writtenBy(name)
    const cited = own.map(({ citationCount }) => citationCount ?? 0).toSorted((a, b) => b - a)
    expect([name, metrics]).toEqual([
      name,
      {
        citationCount: cited.reduce((sum, one) => sum + one, 0),
        hIndex: cited.filter((one, i) => one >= i + 1).length,
        ...yearsOf(own),
      },
    ])
  }
  expect(statements).toHaveLength(2)
})

describe('affiliations', () => {
  test('are those of the newest papers, the latest first', async () => {
    const query = (ref: string) =>
      `{ author(ref: "${ref}") { affiliations { name paperCount firstYear lastYear } } }`
    expect((await askWell(t, query(ADA))).data).toEqual({
      author: {
        affiliations: [
          { name: 'Engine Works, London', paperCount: 2, firstYear: 2023, lastYear: 2024 },
          { name: 'Zürich', paperCount: 1, firstYear: 2024, lastYear: 2024 },
          { name: 'University of Turin', paperCount: 1, firstYear: 2021, lastYear: 2021 },
          { name: 'Nowhere', paperCount: 1, firstYear: null, lastYear: null },
        ],
      },
    })
    expect((await askWell(t, query(HERMIT))).data).toEqual({ author: { affiliations: [] } })
  })

  test('are cut to the requested number', async () => {
    const query = (first: number) =>
      `{ author(ref: "${ADA}") { affiliations(first: ${first}) { name } } }`
    expect((await askWell(t, query(0))).data).toEqual({ author: { affiliations: [] } })
    expect((await askWell(t, query(1))).data).toEqual({
      author: { affiliations: [{ name: 'Engine Works, London' }] },
    })
    const { errors } = await ask(t, query(101))
    expect(errors[0]?.message).toContain('first: 101 is out of range; expected 0 to 100')
  })

  test('take one more statement for one author and for many', async () => {
    const query =
      'query($first: Int) { authors(first: $first) { nodes { affiliations { name } metrics { hIndex } } } }'
    for (const first of [1, 100])
      expect((await askWell(t, query, { first })).statements).toHaveLength(3)
  })
})

test('a whole author page takes one statement for each of its lists', async () => {
  const query = `{ author(ref: "${ADA}") {
    name paperCount identifiers { scheme value }
    metrics { citationCount hIndex firstYear lastYear }
    affiliations { name lastYear }
    papersPerYear { year count }
    leadingTopics(first: 5) { paperCount topic { slug name } }
    coAuthors(first: 5) { totalCount edges { paperCount lastYear node { id name } } }
    papers(first: 5) { totalCount nodes { title year venue { acronym } authorships { nodes { name } } } } } }`
  const { data, statements } = await askWell<{ author: Record<string, unknown> }>(t, query)
  expect(statements).toHaveLength(7)
  expect(Object.values(data.author)).not.toContain(null)
})

test('co-authors in bylines of thousands are counted on the newest papers', async () => {
  // 2,100 names on each of a hundred papers are 210,000; 200,000 are examined.
  const [row] = await t.db.query<{ id: number }>(sql`
    with crowd as (insert into authors (name, name_key)
        select 'Crowd ' || i, 'crowd ' || i from generate_series(1, 2100) as i returning id),
      paper as (insert into papers (title, title_key, kind, published_on)
        select 'Crowded ' || i, 'crowded ' || i, 'other', make_date(1900 + i, 1, 1)
        from generate_series(1, 100) as i returning id, published_on),
      names as (insert into authorships (paper_id, position, author_id, name, published_sort)
        select p.id, row_number() over (partition by p.id order by c.id), c.id, 'Crowd', p.published_on
        from paper p cross join crowd c)
    select min(id) as id from crowd`)
  type Crowd = { node: { coAuthors: { totalCount: number; edges: Shared[] } } }
  const query = `query($id: ID!) { node(id: $id) { ... on Author { coAuthors(first: 100) { totalCount edges { paperCount firstYear lastYear } } } } }`
  const { data } = await askWell<Crowd>(t, query, { id: nodeId('Author', row?.id ?? 0) })
  const { totalCount, edges } = data.node.coAuthors
  expect(totalCount).toBe(2099)
  for (const { paperCount, firstYear, lastYear } of edges) {
    expect(paperCount).toBe(96)
    expect([firstYear, lastYear]).toEqual([1905, 2000])
  }
})
