import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { observeStars } from '../../../src/domain/repositories/facts.ts'
import { removeRecords, writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase, ORCID } from '../seeded-catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  ;({ t } = await createSeededDatabase())
})
afterAll(() => t.close())

const SAVE = 'mutation($input: SaveQueryInput!) { saveQuery(input: $input) { id name query } }'
interface Saved {
  saveQuery: { id: string; name: string | null; query: string | null }
}
const save = async (input: object) => (await askWell<Saved>(t, SAVE, { input })).data.saveQuery

test.each<[what: string, one: object, other: object]>([
  [
    'the order of keys',
    { filter: { minStars: 3, year: [2021] }, query: 'sparse' },
    { query: 'sparse', filter: { year: [2021], minStars: 3 } },
  ],
  [
    'the order of list entries and repetitions',
    { filter: { year: [2022, 2021], topics: ['clustering', 'time-series'] } },
    {
      filter: {
        year: [2021, 2022, 2021],
        topics: ['time-series', 'clustering', 'time-series'],
      },
    },
  ],
  ['a default order', {}, { order: { field: 'PUBLISHED', direction: 'DESC' } }],
  [
    'a default direction',
    { order: { field: 'STARS' } },
    { order: { field: 'STARS', direction: 'DESC' } },
  ],
  [
    'conditions that all papers meet',
    {},
    {
      filter: { minCitations: 0, topicsNone: [], topicsAll: [], published: {}, text: ' ' },
      query: ' ',
    },
  ],
  [
    'null for absent',
    { query: 'sparse' },
    { query: 'sparse', filter: null, order: null, name: null },
  ],
  ['spaces and operators of a query', { query: 'sparse  model' }, { query: '(sparse AND model)' }],
  [
    'capitals and spaces of words',
    { query: 'Sparse "Mixture  of Experts" title:MoE' },
    { query: 'sparse "mixture of experts" title:moe' },
  ],
  [
    'spellings of an author',
    { filter: { authors: [`https://orcid.org/${ORCID}`] } },
    { filter: { authors: [ORCID, `orcid:${ORCID}`] } },
  ],
  ['spaces of a name', { name: 'My  list' }, { name: ' My list\n' }],
])('%s give the same query', async (_, one, other) => {
  const [first, second] = [await save(one), await save(other)]
  expect(first.id).toMatch(/^[0-9a-f]{32}$/)
  expect(second).toEqual(first)
})

test.each<[what: string, one: object, other: object]>([
  ['name', { name: 'A' }, { name: 'B' }],
  ['query', { query: 'sparse' }, { query: 'dense' }],
  ['phrase', { query: 'sparse model' }, { query: '"sparse model"' }],
  ['order of a search', { query: 'sparse' }, { query: 'sparse', order: { field: 'PUBLISHED' } }],
  ['an empty list, which no paper meets', {}, { filter: { topics: [] } }],
  [
    'all and any',
    { filter: { topics: ['clustering'] } },
    { filter: { topicsAll: ['clustering'] } },
  ],
])('another %s is another query', async (_, one, other) => {
  expect((await save(one)).id).not.toBe((await save(other)).id)
})

test.each<[input: object, message: string]>([
  [{ query: 'sparse AND (model' }, '"sparse AND (model" cannot be saved: query, character 12'],
  [{ query: 'year:20x' }, '"year:20x" cannot be saved: query, character'],
  [{ query: 'x'.repeat(5001) }, 'input.query has 5001 characters; expected at most 5000.'],
  [{ name: 'x'.repeat(201) }, 'input.name has 201 characters; expected at most 200.'],
  [{ filter: { topics: ['nonesuch'] } }, 'no topic has the slug "nonesuch"'],
  [{ filter: { minStars: -1 } }, 'filter.minStars: -1 is negative'],
  [{ filter: { authors: ['Ada'] } }, 'filter.authors: "Ada" is probably '],
  [{ filter: { authors: ['Nobody Atall'] } }, 'filter.authors: no author "Nobody Atall"'],
  [{ filter: { authors: ['1234'] } }, '"1234" is not an author reference'],
])('%j is refused', async (input, message) => {
  const { data, errors } = await ask<{ saveQuery: null }>(t, SAVE, { input })
  expect(data.saveQuery).toBeNull()
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', path: ['saveQuery'] }])
  expect(errors[0]?.message).toContain(message)
})

test('a saved query finds the papers of its filter, or of its search', async () => {
  const filter = { year: [2021] }
  const PAPERS = 'papers(first: 3) { totalCount nodes { title } pageInfo { endCursor } }'
  for (const [input, list] of [
    [
      { filter, order: { field: 'STARS' } },
      'papers(first: 3, filter: $filter, order: { field: STARS })',
    ],
    [
      { query: 'sparse', filter },
      'search(first: 3, query: "sparse", mode: STRICT, filter: $filter)',
    ],
  ] as const) {
    const { id } = await save(input)
    const { data } = await askWell<{ saved: { papers: object }; list: object }>(
      t,
      `query($id: ID!, $filter: PaperFilter) { saved: savedQuery(id: $id) { ${PAPERS} } list: ${list} ${PAPERS.slice(16)} }`,
      { id, filter },
    )
    expect(data.saved.papers).toEqual(data.list)
  }
})

test('mutations of one operation run in order; one that fails does not affect the others', async () => {
  const { data, errors } = await ask<Record<string, { id: string } | null>>(
    t,
    `mutation { a: saveQuery(input: { query: "dense" }) { id }
      b: saveQuery(input: { query: "(" }) { id }
      c: saveQuery(input: { query: "dense" }) { id } }`,
  )
  expect(data.a?.id).toBe(data.c?.id)
  expect(data.b).toBeNull()
  expect(errors).toMatchObject([{ path: ['b'], code: 'BAD_USER_INPUT' }])
})

test('equal queries saved at the same time are one row', async () => {
  const saved = await Promise.all(Array.from({ length: 8 }, () => save({ query: 'together' })))
  expect(new Set(saved.map(({ id }) => id)).size).toBe(1)
})

test.each(['nonesuch', '', '0'.repeat(32)])('no query is saved as %j', async (id) => {
  const { data } = await askWell<{ savedQuery: null }>(
    t,
    'query($id: ID!) { savedQuery(id: $id) { id } }',
    { id },
  )
  expect(data.savedQuery).toBeNull()
})

test('a paper that newly matches by a change is in `latest` with the time of the change', async () => {
  const repository = (name: string) => ({
    ...{ host: 'github.com', owner: 'lab', name, url: `https://github.com/lab/${name}` },
    ...{ isOfficial: true, evidence: 'curated' as const, framework: null },
  })
  const record = (title: string, code: boolean) =>
    paperRecord({
      ...{ key: title, title: `Quokkas in the ${title} of an island` },
      repositories: code ? [repository(title)] : [],
    })
  const put = (title: string, code: boolean) =>
    transaction(t.url, (tx) => writeRecords(tx, [record(title, code)]))
  const withCode = await save({ query: 'quokkas', filter: { hasRepository: true } })
  const starred = await save({ query: 'quokkas stars:>=20' })
  const latest = async ({ id }: Saved['saveQuery']) => {
    const { data } = await askWell<{ savedQuery: { latest: Latest } }>(
      t,
      'query ($id: ID!) { savedQuery(id: $id) { latest { totalCount edges { cameAt node { title createdAt } } } } }',
      { id },
    )
    return data.savedQuery.latest.edges
  }
  interface Latest {
    edges: { cameAt: string; node: { title: string; createdAt: string } }[]
  }
  await put('north', false)
  await put('south', true)
  expect((await latest(withCode)).map(({ node }) => node.title)).toEqual([
    expect.stringContaining('south'),
  ])
  await put('north', true)
  const [first, second] = await latest(withCode)
  expect([first?.node.title, second?.node.title]).toEqual([
    expect.stringContaining('north'),
    expect.stringContaining('south'),
  ])
  expect(Date.parse(first?.cameAt ?? '')).toBeGreaterThan(Date.parse(first?.node.createdAt ?? ''))
  expect(second?.cameAt).toBe(second?.node.createdAt)
  const stars = (name: string, count: number, on: string) =>
    transaction(t.url, (tx) =>
      observeStars(tx, [{ ...repository(name), stars: count, source: 'test', on }]),
    )
  await stars('north', 5, '2020-01-01')
  await stars('south', 5, '2020-01-01')
  await stars('north', 30, today())
  await stars('south', 30, today())
  expect((await latest(starred)).map(({ node }) => node.title)).toEqual([
    expect.stringContaining('south'),
    expect.stringContaining('north'),
  ])
  await transaction(t.url, (tx) =>
    removeRecords(tx, [record('north', true), record('south', true)]),
  )
})

const today = () => new Date().toISOString().slice(0, 10)
