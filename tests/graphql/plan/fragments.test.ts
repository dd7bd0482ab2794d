import { afterAll, beforeAll, expect, test } from 'vitest'
import { createContext, schema } from '../../../src/graphql/index.ts'
import { createOperations } from '../../../src/server/execute/operations.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { createSeededDatabase, nodeId } from '../seeded-catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  t = (await createSeededDatabase()).t
})
afterAll(() => t.close())

/** The body of fragment `i`, which leads to fragment `i + 1`: each way in which a doubling may be hidden. */
const BODIES: Record<string, (next: string) => string> = {
  doubled: (next) => `...${next} ...${next}`,
  tripled: (next) => `title ...${next} id ...${next} ...${next}`,
  'in inline fragments': (next) =>
    `... { ...${next} } ... on Paper { ...${next} ... { ...${next} } }`,
  'on an interface': (next) => `... on Node { ...${next} } ...${next}`,
  'under a condition': (next) => `...${next} @include(if: true) ...${next} @skip(if: false)`,
  'under a condition that does not hold': (next) =>
    `...${next} @include(if: false) ...${next} ...${next}`,
  'under a variable': (next) => `...${next} @skip(if: $no) ...${next} @include(if: $yes)`,
}

const OPERATION =
  'query ($no: Boolean = false, $yes: Boolean = true) { a: __typename @skip(if: $no) b: __typename @include(if: $yes)'

/** The answers to the first three uses of a document. */
async function answersTo(query: string): Promise<unknown[]> {
  const operations = createOperations(schema)
  const answers: unknown[] = []
  for (let use = 0; use < 3; use++) {
    const prepared = operations.prepare(query, null)
    if ('errors' in prepared) throw new Error(prepared.errors[0]?.message)
    const result = await prepared.operation.execute(createContext(t.db), {})
    answers.push(JSON.parse(JSON.stringify(result)))
  }
  return answers
}

const chain = (depth: number, type: string, body: (next: string) => string, end: string) =>
  [
    ...Array.from(
      { length: depth },
      (_, i) => `fragment F${i} on ${type} { ${body(`F${i + 1}`)} }`,
    ),
    `fragment F${depth} on ${type} { ${end} }`,
  ].join(' ')

const CASES = Object.entries(BODIES).flatMap(([name, body]) =>
  [1, 21, 60, 150].map((depth) => [name, depth, body] as const),
)

// Followed at each spread, 21 of them take seconds and 60 take forever: the test would not end.
test.each(CASES)('a fragment spread %s, %i deep, is followed once', async (_name, depth, body) => {
  const end = 'year title venue { name }'
  const plain = `${OPERATION} papers(first: 3) { nodes { ${body('E').includes('title') ? 'title id ' : ''}${end} } } } fragment E on Paper { id }`
  const query = `${OPERATION} papers(first: 3) { nodes { ...F0 } } } ${chain(depth, 'Paper', body, end)}`
  const data = await answersTo(query)
  const [expected] = await answersTo(plain.replace('fragment E on Paper { id }', ''))
  for (const one of data) expect(one).toEqual(expected)
})

test.each([
  ['parent', 'Topic', 'topics(first: 2) { nodes { ...F0 } }'],
  ['parent', 'Topic', `node(id: "${nodeId('Topic', 1)}") { ...F0 }`],
  ['parent', 'Topic', 'papers(first: 2) { nodes { topics { nodes { ...F0 } } } }'],
])('fields of one name count once at each level: %s', async (field, type, root) => {
  const body = (next: string) => `${field} { ...${next} } ${field} { slug ...${next} ...${next} }`
  const query = `{ ${root} } ${chain(90, type, body, 'name')}`
  const [first, second, third] = await answersTo(query)
  expect(first).toHaveProperty('data')
  expect(first).not.toHaveProperty('errors')
  expect([second, third]).toEqual([first, first])
})

test('a fragment that is spread in two places is followed in both', async () => {
  const query = `{ topics(first: 3) { nodes { ...A parent { ...A } ancestors { ...A ...A } } } }
    fragment A on Topic { ...B ...B } fragment B on Topic { slug name }`
  const plain = `{ topics(first: 3) { nodes { slug name parent { slug name } ancestors { slug name } } } }`
  const [expected] = await answersTo(plain)
  for (const one of await answersTo(query)) expect(one).toEqual(expected)
})
