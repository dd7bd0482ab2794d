import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MOST_PAPERS } from '../../../src/domain/papers/link.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase, type SeededPaper } from '../seeded-catalogue.ts'
import { inOrder, numberOf } from '../walk.ts'

let t: TestDatabase
let papers: SeededPaper[]
/** Number in the id of each thing, by its name. */
let numbers: Map<string, number>
beforeAll(async () => {
  ;({ t, papers } = await createSeededDatabase())
  type Things = Record<string, { nodes: { id: string; name: string }[] }>
  const all = ['authors', 'topics', 'venues', 'repositories']
  const query = `{ ${all.map((list) => `${list}(first: 100) { nodes { id name } }`).join(' ')} }`
  const { data } = await askWell<Things>(t, query)
  const nodes = all.flatMap((list) => data[list]?.nodes ?? [])
  numbers = new Map(nodes.map((node) => [node.name, numberOf(node)]))
  expect(numbers.size).toBe(nodes.length)
})
afterAll(() => t.close())

const NAMES = {
  authors: ({ record }: SeededPaper) => record.authors.map(({ name }) => name),
  topics: ({ record }: SeededPaper) => record.topics.map(({ name }) => name),
  venues: ({ record }: SeededPaper) => (record.venue ? [record.venue.name] : []),
  repositories: ({ record }: SeededPaper) => record.repositories.map(({ name }) => name),
}
type Thing = keyof typeof NAMES

interface Leader {
  name: string
  paperCount: number
  citationCount: number
}

/** The objects on the papers of another object, counted by plain code, in no order. */
function leadersOf(parent: Thing, name: string, leading: Thing): Leader[] {
  const leaders = new Map<string, Leader>()
  for (const paper of papers.filter((one) => NAMES[parent](one).includes(name)))
    for (const other of NAMES[leading](paper)) {
      const leader = leaders.get(other) ?? { name: other, paperCount: 0, citationCount: 0 }
      leader.paperCount++
      leader.citationCount += paper.record.citationCount ?? 0
      leaders.set(other, leader)
    }
  if (parent === leading) leaders.delete(name)
  return [...leaders.values()]
}

const idNumber = (name: string) => numbers.get(name) ?? 0

interface Case {
  list: Thing
  field: string
  node: string
  leading: Thing
  /** Further fields of an entry. */
  more?: string
  tie?: (node: Record<string, number | null>) => number
}

const CASES: Case[] = [
  { list: 'authors', field: 'leadingTopics', node: 'topic', leading: 'topics' },
  { list: 'venues', field: 'leadingTopics', node: 'topic', leading: 'topics' },
  {
    list: 'venues',
    field: 'leadingAuthors',
    node: 'author',
    leading: 'authors',
    more: 'citationCount',
  },
  {
    list: 'topics',
    field: 'leadingAuthors',
    node: 'author',
    leading: 'authors',
    more: 'citationCount',
  },
  { list: 'topics', field: 'leadingRepositories', node: 'repository', leading: 'repositories' },
  { list: 'repositories', field: 'related', node: 'repository', leading: 'repositories' },
]

describe.each(CASES)('$field of $list', ({ list, field, node, leading, more = '' }) => {
  const stars = node === 'repository' ? 'stars' : ''
  type Entry = Record<string, unknown> & { paperCount: number; citationCount?: number }
  type Data = Record<string, { nodes: (Record<string, Entry[]> & { name: string })[] }>
  const query = `query($first: Int!) { ${list}(first: 100) { nodes { name
    ${field}(first: $first) { paperCount ${more} ${node} { id name ${stars} } } } } }`
  const nodeOf = (entry: Entry) =>
    entry[node] as { id: string; name: string; stars?: number | null }

  test.each([100, 3, 1, 0])('the first %i are equal to plain code', async (first) => {
    const { data } = await askWell<Data>(t, query, { first })
    const parents = data[list]?.nodes ?? []
    expect(parents.length).toBeGreaterThan(3)
    for (const parent of parents) {
      const entries = parent[field] ?? []
      const expected = leadersOf(list, (parent as { name: string }).name, leading)
      const starsOf = new Map(
        entries.map((entry) => [nodeOf(entry).name, nodeOf(entry).stars ?? -1]),
      )
      const ordered = inOrder(expected, 'ASC', ({ name, paperCount }) => [
        -paperCount,
        -(first === 100 ? (starsOf.get(name) ?? -1) : 0),
        idNumber(name),
      ])
      const found = entries.map((entry) => ({
        name: nodeOf(entry).name,
        paperCount: entry.paperCount,
        ...(more && { citationCount: entry.citationCount }),
      }))
      const wanted = ordered.map(({ citationCount, ...rest }) =>
        more ? { ...rest, citationCount } : rest,
      )
      if (first === 100 || !stars) expect(found).toEqual(wanted.slice(0, first))
      else
        expect(found.map((one) => one.paperCount)).toEqual(
          wanted.slice(0, first).map((one) => one.paperCount),
        )
    }
  })

  test('takes two statements for one parent and for many, including fields of its entries', async () => {
    const inner = node === 'author' ? 'identifiers { value }' : 'paperCount'
    const query = `query($first: Int) { ${list}(first: $first) { nodes { ${field} { paperCount ${node} { ${inner} } } } } }`
    for (const first of [1, 100])
      expect((await askWell(t, query, { first })).statements).toHaveLength(2)
  })

  test('continues to the papers of its entries in one more statement', async () => {
    const query = `query($first: Int) { ${list}(first: $first) { nodes { ${field} { ${node} { papers(first: 2) { nodes { title } } } } } } }`
    for (const first of [1, 100])
      expect((await askWell(t, query, { first })).statements).toHaveLength(3)
  })
})

describe('topics beside a topic', () => {
  interface Beside {
    paperCount: number
    lift: number
    topic: { name: string }
  }
  type Data = { topics: { nodes: { name: string; coOccurring: Beside[] }[] } }
  const QUERY = `query($first: Int!, $order: CoOccurrenceOrder!) { topics(first: 100) { nodes { name
    coOccurring(first: $first, order: $order) { paperCount lift topic { name } } } } }`
  const about = (name: string) =>
    papers.filter((paper) => NAMES.topics(paper).includes(name)).length

  const RANKS: Record<string, (beside: Beside) => number> = {
    RELEVANCE: ({ paperCount, lift }) => paperCount * Math.log(lift),
    PAPER_COUNT: ({ paperCount }) => paperCount,
    LIFT: ({ lift }) => lift,
  }

  test.each(Object.keys(RANKS).flatMap((order) => [100, 2].map((first) => ({ order, first }))))(
    'by $order, the first $first',
    async ({ order, first }) => {
      const { data } = await askWell<Data>(t, QUERY, { first, order })
      expect(data.topics.nodes.length).toBeGreaterThan(3)
      for (const { name, coOccurring } of data.topics.nodes) {
        const all = leadersOf('topics', name, 'topics').map(({ name: other, paperCount }) => ({
          paperCount,
          lift: (paperCount * papers.length) / (about(name) * about(other)),
          topic: { name: other },
        }))
        // Rounded, because the last digits of a logarithm differ.
        const rank = (beside: Beside) => -Number((RANKS[order]?.(beside) ?? 0).toFixed(6))
        const expected = inOrder(all, 'ASC', (beside) => [
          rank(beside),
          -beside.paperCount,
          idNumber(beside.topic.name),
        ]).slice(0, first)
        expect(coOccurring.map(({ topic }) => topic.name)).toEqual(
          expected.map(({ topic }) => topic.name),
        )
        for (const [i, { paperCount, lift }] of coOccurring.entries()) {
          expect(paperCount).toBe(expected[i]?.paperCount)
          expect(lift).toBeCloseTo(expected[i]?.lift ?? Number.NaN, 9)
        }
      }
    },
  )

  test('take two statements for one topic and for many, and count papers only if needed', async () => {
    const query = (order: string) =>
      `query($first: Int) { topics(first: $first) { nodes { coOccurring(order: ${order}) { paperCount topic { name } } } } }`
    for (const first of [1, 100]) {
      expect((await askWell(t, query('RELEVANCE'), { first })).statements).toHaveLength(2)
      const { statements } = await askWell(t, query('PAPER_COUNT'), { first })
      expect(statements).toHaveLength(2)
      expect(statements.filter((text) => text.includes('from papers)'))).toEqual([])
    }
  })
})

const topic = (field: string) => `topic(slug: "clustering") { ${field} }`
const FAULTS: [field: string, part: string][] = [
  [topic('coOccurring(first: -1) { lift }'), 'first: -1 is out of range; expected 0 to 100'],
  [topic('coOccurring(first: 101) { lift }'), 'first: 101'],
  [topic('leadingAuthors(first: -2) { paperCount }'), 'first: -2'],
  [topic('leadingRepositories(first: 1000) { paperCount }'), 'first: 1000'],
  ['venue(slug: "acl") { leadingTopics(first: 101) { paperCount } }', 'first: 101'],
  ['repository(ref: "example/alpha") { related(first: -1) { paperCount } }', 'first: -1'],
]

test.each(FAULTS)(
  '%s is refused with a message, and other fields are answered',
  async (field, part) => {
    const query = `{ bad: ${field} good: venue(slug: "icml") { acronym } }`
    const { data, errors } = await ask<object>(t, query)
    expect(data).toEqual({ bad: null, good: { acronym: 'ICML' } })
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }])
    expect(errors[0]?.message).toContain(part)
  },
)

test('of a huge topic, the newest papers are examined', async () => {
  // The oldest fifty are not examined, and with them the second author is missing.
  const [old, size] = [50, MOST_PAPERS + 50]
  const [row] = await t.db.query<{ topic: number; one: number; two: number }>(sql`
    with topic as (insert into topics (slug, name, name_key, kind, paper_count)
        values ('huge', 'Huge', 'huge', 'keyword', ${size}::int),
          ('beside', 'Beside', 'beside', 'keyword', ${size / 2}::int) returning id, slug),
      author as (insert into authors (name, name_key) values ('One', 'one'), ('Two', 'two') returning id, name)
    select (select id from topic where slug = 'huge') as topic, (select id from author where name = 'One') as one,
      (select id from author where name = 'Two') as two`)
  const { topic, one, two } = row ?? { topic: 0, one: 0, two: 0 }
  await t.db.query(sql`
    with paper as (insert into papers (title, title_key, kind, published_on)
        select 'Huge ' || i, 'huge ' || i, 'other', date '1990-01-01' + i
        from generate_series(0, ${size - 1}::int) as i returning id, published_on),
      about as (insert into paper_topics (paper_id, topic_id, source, published_sort)
        select id, ${topic}::bigint, 'keywords', published_on from paper
        union all select id, (select id from topics where slug = 'beside'), 'keywords', published_on from paper
          where (published_on - date '1990-01-01') % 2 = 0),
      first as (insert into authorships (paper_id, position, author_id, name, published_sort)
        select id, 1, ${one}::bigint, 'One', published_on from paper)
    insert into authorships (paper_id, position, author_id, name, published_sort)
    select id, 2, ${two}::bigint, 'Two', published_on from paper
    where published_on < date '1990-01-01' + ${old}::int`)
  const { data } = await askWell(
    t,
    `{ topic(slug: "huge") { leadingAuthors { paperCount author { name } }
      coOccurring(order: PAPER_COUNT) { paperCount lift topic { slug } }
      papersPerYear { count } papersPerMonth(from: "1990-01", to: "1990-01") { count } } }`,
  )
  const all = papers.length + size
  const lift = MOST_PAPERS / 2 / MOST_PAPERS / (size / 2 / all)
  expect(data).toMatchObject({
    topic: {
      leadingAuthors: [{ paperCount: MOST_PAPERS, author: { name: 'One' } }],
      coOccurring: [
        { paperCount: MOST_PAPERS / 2, lift: expect.closeTo(lift, 9), topic: { slug: 'beside' } },
      ],
      papersPerMonth: [{ count: 31 }],
    },
  })
  const years = (data as { topic: { papersPerYear: { count: number }[] } }).topic.papersPerYear
  expect(years.reduce((sum, { count }) => sum + count, 0)).toBe(size)
})

test('a whole topic page takes one statement for each of its lists', async () => {
  const query = `{ topic(slug: "clustering") {
    slug name kind paperCount
    ancestors { slug name } children(first: 5) { nodes { slug } }
    papersPerYear { year count }
    papersPerMonth(from: "2020-01", to: "2020-12") { month count }
    coOccurring(first: 5) { paperCount lift topic { slug name } }
    leadingAuthors(first: 3) { paperCount citationCount author { id name } }
    leadingRepositories(first: 3) { paperCount repository { url stars } }
    papers(first: 5) { totalCount nodes { title year authorships { nodes { name } } } } } }`
  const { data, statements } = await askWell<{ topic: Record<string, unknown> }>(t, query)
  expect(statements).toHaveLength(8)
  expect(Object.values(data.topic)).not.toContain(null)
})

test('a whole venue page takes one statement for each of its lists', async () => {
  const query = `{ venue(slug: "acl") {
    slug name acronym paperCount
    papersPerYear { year count }
    leadingTopics(first: 5) { paperCount topic { slug name } }
    leadingAuthors(first: 5) { paperCount author { id name } }
    papers(first: 5) { nodes { title year } } } }`
  const { data, statements } = await askWell<{ venue: Record<string, unknown> }>(t, query)
  expect(statements).toHaveLength(4)
  expect(Object.values(data.venue)).not.toContain(null)
})
