import { parse, print } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { schema } from '../../src/graphql/index.ts'
import { toSchemaForm } from '../../src/graphql/input-forms.ts'
import { createOperations } from '../../src/server/execute/operations.ts'
import type { TestDatabase } from '../helpers/database.ts'
import { askWell } from '../helpers/graphql.ts'
import { createSeededDatabase } from './seeded-catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  ;({ t } = await createSeededDatabase())
})
afterAll(() => t.close())

interface Titles {
  papers: { nodes: { title: string }[] }
}

/** Other forms of a query and its variables. */
const SAME: [query: string, variables?: Record<string, unknown>][][] = [
  [
    ['{ papers(order: { field: CITATIONS }) { nodes { title } } }'],
    ['{ papers(order: CITATIONS) { nodes { title } } }'],
    ['query($o: PaperOrder) { papers(order: $o) { nodes { title } } }', { o: 'CITATIONS' }],
    ['query($o: PaperOrderField!) { papers(order: $o) { nodes { title } } }', { o: 'CITATIONS' }],
    ['query($o: PaperOrder = CITATIONS) { papers(order: $o) { nodes { title } } }'],
  ],
  [
    [
      '{ papers(filter: { topics: ["clustering"], topicsNone: ["calibration"] }) { nodes { title } } }',
    ],
    [
      '{ papers(filter: { topics: { any: "clustering", none: ["calibration"] } }) { nodes { title } } }',
    ],
    [
      'query($f: PaperFilter) { papers(filter: $f) { nodes { title } } }',
      { f: { topics: { any: 'clustering', none: ['calibration'] } } },
    ],
    [
      'query($any: [String!], $none: [String!]) { papers(filter: { topics: { any: $any, none: $none } }) { nodes { title } } }',
      { any: 'clustering', none: 'calibration' },
    ],
    [
      'query($f: PaperFilter = { topics: { any: ["clustering"] }, topicsNone: "calibration" }) { papers(filter: $f) { nodes { title } } }',
    ],
  ],
]

test.each(SAME)('%s has the same answers in its other forms', async (first, ...others) => {
  const { data } = await askWell<Titles>(t, ...first)
  expect(data.papers.nodes.length).toBeGreaterThan(1)
  const newest = await askWell<Titles>(t, '{ papers { nodes { title } } }')
  expect(data).not.toEqual(newest.data)
  for (const other of others) expect((await askWell<Titles>(t, ...other)).data).toEqual(data)
})

const rewritten = (text: string) => print(toSchemaForm(schema, parse(text)))

// Each is left to validation, which reports positions in the original text.
test.each([
  '{ papers(filter: { topics: { any: ["a"], some: ["b"] } }) { totalCount } }',
  '{ papers(filter: { constructor: { any: 1 }, text: { any: "a" } }) { totalCount } }',
  '{ papers(order: null, first: { any: 1 }) { nodes { topics(order: 1) } } }',
  'query($o: String) { papers(order: $o) { totalCount } }',
])('%s is not rewritten', (text) => {
  expect(rewritten(text)).toBe(print(parse(text)))
})

test('errors in another form have their position in the original text', () => {
  const query = '{ papers(filter: { topics: { any: 7 } }, order: NONE) { totalCount } }'
  const prepared = createOperations(schema).prepare(query, undefined)
  const errors = 'errors' in prepared ? prepared.errors : []
  const columns = errors.map(({ locations }) => locations?.[0]?.column)
  expect(columns).toEqual([query.indexOf('7') + 1, query.indexOf('NONE') + 1])
})
