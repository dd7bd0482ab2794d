import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase, type SeededPaper } from '../seeded-catalogue.ts'
import {
  ARGS,
  inOrder,
  PAGE,
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

const linked =
  (name: string, isOfficial: boolean) =>
  ({ record }: SeededPaper) =>
    record.repositories.some((one) => one.name === name && one.isOfficial === isOfficial)

describe.each([true, false])('papers of a repository with isOfficial: %s', (isOfficial) => {
  type Page = PageOf<{ id: string }> & { totalCount: number }
  type Data = { repositories: { nodes: { name: string; papers: Page }[] } }
  const QUERY = `query(${VARIABLES}, $isOfficial: Boolean, $filter: PaperFilter, $order: PaperOrder) {
    repositories(first: 100) { nodes { name
      papers(${ARGS}, isOfficial: $isOfficial, filter: $filter, order: $order) {
        totalCount nodes { id } ${PAGE} } } } }`

  test.each([
    [{}, () => true],
    [{ minCitations: 5 }, ({ record }: SeededPaper) => (record.citationCount ?? 0) >= 5],
  ])('and the filter %j, equal the records', async (filter, passes) => {
    const order = { field: 'TITLE', direction: 'ASC' }
    const { data } = await askWell<Data>(t, QUERY, { first: 100, isOfficial, filter, order })
    for (const { name, papers: page } of data.repositories.nodes) {
      const own = papers.filter(linked(name, isOfficial)).filter(passes)
      expect(page.nodes.map(({ id }) => id)).toEqual(
        inOrder(own, 'ASC', paperKeys('TITLE')).map(({ id }) => id),
      )
      expect(page.totalCount).toBe(own.length)
    }
  })

  test.each(WAYS)('read %s', async (way) => {
    const query = `query(${VARIABLES}) { repository(ref: "example/alpha") {
      papers(${ARGS}, isOfficial: ${isOfficial}) { nodes { id } ${PAGE} } } }`
    const read = async (args: PageArgs) =>
      (await askWell<{ repository: { papers: Page } }>(t, query, { ...args })).data.repository
        .papers
    const expected = inOrder(
      papers.filter(linked('alpha', isOfficial)),
      'DESC',
      paperKeys('PUBLISHED'),
    )
    expect((await walk(way, 3, read)).map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
  })

  test('take two statements, and one more to count, for one and for many', async () => {
    const query = (fields: string) =>
      `query($first: Int) { repositories(first: $first) { nodes { papers(isOfficial: ${isOfficial}) { ${fields} } } } }`
    for (const first of [1, 100]) {
      expect((await askWell(t, query('nodes { id }'), { first })).statements).toHaveLength(2)
      expect(
        (await askWell(t, query('totalCount nodes { id }'), { first })).statements,
      ).toHaveLength(3)
    }
  })
})

test('without isOfficial, or with null, both', async () => {
  const query = `{ repository(ref: "example/alpha") {
    all: papers(first: 100) { totalCount nodes { id } }
    none: papers(first: 100, isOfficial: null) { totalCount nodes { id } }
    official: papers(first: 100, isOfficial: true) { totalCount edges { isOfficial } }
    other: papers(first: 100, isOfficial: false) { totalCount edges { isOfficial } } } }`
  interface Papers {
    totalCount: number
    nodes: object[]
    edges: { isOfficial: boolean }[]
  }
  const { repository } = (await askWell<{ repository: Record<string, Papers> }>(t, query)).data
  const { all, none, official, other } = repository
  expect(none).toEqual(all)
  expect(official?.edges.every((edge) => edge.isOfficial)).toBe(true)
  expect(other?.edges.some((edge) => edge.isOfficial)).toBe(false)
  expect((official?.totalCount ?? 0) + (other?.totalCount ?? 0)).toBe(all?.totalCount)
  expect(Math.min(official?.totalCount ?? 0, other?.totalCount ?? 0)).toBeGreaterThan(0)
})

test('a whole repository page', async () => {
  const query = `{ repository(ref: "example/alpha") {
    url stars language paperCount
    official: papers(first: 5, isOfficial: true) { totalCount edges { evidence node { title year } } }
    papers(first: 5) { edges { isOfficial node { title } } }
    related(first: 5) { paperCount repository { url stars } } } }`
  const { data, statements } = await askWell<{ repository: Record<string, unknown> }>(t, query)
  expect(statements).toHaveLength(4)
  expect(Object.values(data.repository)).not.toContain(null)
})

describe('the star history', () => {
  beforeAll(async () => {
    await t.db.query(sql`
      insert into repository_stars (repository_id, observed_on, stars)
      select r.id, day::date, 100 + extract(day from day)::int from repositories r,
        generate_series('2024-01-01'::date, '2024-01-20', '1 day') as day`)
  })
  interface History {
    repositories: { nodes: { starHistory: { on: string; stars: number }[] }[] }
  }
  const QUERY = `query($first: Int, $from: Date, $to: Date) {
    repositories(first: $first) { nodes { starHistory(from: $from, to: $to) { on stars } } } }`

  test.each([
    [{}, 1, 20],
    [{ from: '2024-01-05' }, 5, 20],
    [{ to: '2024-01-05' }, 1, 5],
    [{ from: '2024-01-05', to: '2024-01-05' }, 5, 5],
    [{ from: null, to: null }, 1, 20],
  ])('of %j has those days, in two statements for one and for many', async (range, first, last) => {
    const expected = Array.from({ length: last - first + 1 }, (_, i) => first + i).map((day) => ({
      on: `2024-01-${String(day).padStart(2, '0')}`,
      stars: 100 + day,
    }))
    for (const count of [1, 100]) {
      const { data, statements } = await askWell<History>(t, QUERY, { first: count, ...range })
      expect(statements).toHaveLength(2)
      expect(data.repositories.nodes.length).toBeGreaterThanOrEqual(Math.min(count, 2))
      for (const { starHistory } of data.repositories.nodes) expect(starHistory).toEqual(expected)
    }
  })

  test('with an end before its start is refused', async () => {
    const { errors } = await ask(t, QUERY, { first: 1, from: '2024-02-01', to: '2024-01-01' })
    expect(errors).toMatchObject([
      { code: 'BAD_USER_INPUT', message: expect.stringContaining('from: 2024-02-01 is after to') },
    ])
  })
})
