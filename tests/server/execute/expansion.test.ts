import { expect, test } from 'vitest'
import { createOperations } from '../../../src/server/execute/operations.ts'
import { createTestSchema } from '../test-schema.ts'

const schema = createTestSchema()

function faultOf(query: string): { message: string; code: unknown } | null {
  const prepared = createOperations(schema).prepare(query, null)
  if ('operation' in prepared) return null
  const [error] = prepared.errors
  const { code } = (error?.originalError ?? error?.extensions ?? {}) as { code?: unknown }
  return { message: String(error?.message), code }
}

const fragments = (count: number, body: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `fragment F${i} on Thing { ${body(i)} }`).join(' ')

const nested = (depth: number, width: number): string =>
  depth === 0
    ? 'id'
    : Array(width)
        .fill(`self { ${nested(depth - 1, width)} }`)
        .join(' ')

test.each([
  [
    'two aliases at each level',
    `{ thing { ...F0 } } ${fragments(30, (i) => `a: self { ...F${i + 1} } b: self { ...F${i + 1} }`)} fragment F30 on Thing { id }`,
  ],
  [
    'two aliases at each level of a fragment that is not used',
    `{ hello } ${fragments(30, (i) => `a: self { ...F${i + 1} } b: self { ...F${i + 1} }`)} fragment F30 on Thing { id }`,
  ],
  ['one field many times', `{ ${'hello '.repeat(1000)} }`],
  ['one object many times', `{ ${'thing { id } '.repeat(1000)} }`],
  ['one object many times at each level', `{ thing { ${nested(8, 2)} } }`],
  ['one object many times at each of few levels', `{ thing { ${nested(5, 3)} } }`],
  [
    'one field in many fragments',
    `{ thing { ${Array.from({ length: 300 }, (_, i) => `...F${i}`).join(' ')} } } ${fragments(300, (i) => `id name k${i}: kind`)}`,
  ],
  ['a list within lists', `{ echo(flags: ${'['.repeat(2400)}true${']'.repeat(2400)}) }`],
])('refuses %s', (_, query) => {
  expect(faultOf(query)).toMatchObject({ code: 'QUERY_TOO_COMPLEX' })
})

test.each([
  [
    'a hundred fragments that hold the same fields',
    `{ thing { ${Array.from({ length: 100 }, (_, i) => `...F${i}`).join(' ')} } } ${fragments(100, () => 'id name kind self { id name }')}`,
  ],
  [
    '60 doubled fragments',
    `{ thing { ...F0 } } ${fragments(60, (i) => `...F${i + 1} ...F${i + 1}`)} fragment F60 on Thing { id }`,
  ],
  [
    'fields of one name in other places',
    `{ ${Array.from({ length: 200 }, (_, i) => `t${i}: thing { id name self { id } }`).join(' ')} }`,
  ],
])('accepts %s', (_, query) => {
  expect(faultOf(query)).toBeNull()
})

test.each([
  [
    'a fragment within itself',
    '{ thing { ...F0 } } fragment F0 on Thing { self { ...F0 ...F0 } }',
    /itself/,
  ],
  [
    'fragments within each other',
    `{ thing { ...F0 } } ${fragments(50, (i) => `...F${(i + 1) % 50} ...F${(i + 7) % 50}`)}`,
    /itself/,
  ],
  [
    'fragments that are not used',
    `{ hello } ${fragments(60, (i) => `...F${i + 1} ...F${i + 1}`)} fragment F60 on Thing { id }`,
    /never used/,
  ],
  ['a fragment that there is not', '{ thing { ...Nope ...Nope } }', /Unknown fragment/],
])('validation reports %s', (_, query, message) => {
  expect(faultOf(query)).toMatchObject({
    code: 'GRAPHQL_VALIDATION_FAILED',
    message: expect.stringMatching(message),
  })
})
