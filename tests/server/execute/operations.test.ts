import fc from 'fast-check'
import { type ExecutionResult, execute, parse } from 'graphql'
import { expect, test } from 'vitest'
import { createOperations, type Variables } from '../../../src/server/execute/operations.ts'
import { createTestSchema } from '../test-schema.ts'

const schema = createTestSchema()

/** The data of the first and the third use, and those of graphql-js alone. */
async function runAll(query: string, variables?: Variables) {
  const operations = createOperations(schema)
  const results: ExecutionResult[] = []
  for (let use = 0; use < 3; use++) {
    const prepared = operations.prepare(query, undefined)
    if ('errors' in prepared) throw new Error(prepared.errors.map((e) => e.message).join('\n'))
    results.push(await prepared.operation.execute({}, variables))
  }
  const plain = await execute({
    schema,
    document: parse(query),
    contextValue: {},
    variableValues: variables ?? {},
  })
  const [first, , third] = JSON.parse(JSON.stringify(results))
  return { first, third, plain: JSON.parse(JSON.stringify(plain)) }
}

const QUERIES: [query: string, variables?: Variables][] = [
  ['{ hello }'],
  ['{ __typename a: hello b: hello }'],
  ['query Named { things { id name kind peers { id later { name } } } }'],
  ['{ thing { ...F self { ...F } } } fragment F on Thing { id kind ... on Node { id } }'],
  ['{ node(id: "t1") { __typename id ... on Thing { name node { id ... on Other { size } } } } }'],
  ['{ a: node(id: "o7") { id ... on Other { size } } b: node(id: "0") { id } }'],
  ['{ found { __typename ... on Thing { name } ... on Other { size } } }'],
  ['{ echo }'],
  [
    '{ echo(text: "a \\"b\\" \\u00e9 \\n", count: 5, kind: PAPER, filter: { kinds: [BOOK], tags: [null, "x"] }) }',
  ],
  ['query($t: String = "dflt", $c: Int) { echo(text: $t, count: $c) }'],
  ['query($t: String = "dflt", $c: Int) { echo(text: $t, count: $c) }', { t: null, c: 9 }],
  [
    'query($k: Kind, $f: Filter) { echo(kind: $k, filter: $f) }',
    { k: 'PAPER', f: { kinds: ['BOOK', 'PAPER'], range: { low: 1 } } },
  ],
  ['query($f: Filter = { min: 4, kinds: [PAPER] }) { echo(filter: $f) }'],
  ['query($k: Kind!, $m: Int!) { echo(filter: { kinds: [$k], min: $m }) }', { k: 'PAPER', m: 2 }],
  ['query($b: [Boolean!]) { echo(flags: $b) }', { b: true }],
  ['query($b: [Boolean!]) { echo(flags: $b) }', { b: [true, false] }],
  ['query($d: Day) { echo(day: $d) }', { d: '2020-01-01' }],
  ['{ echo(day: "2020-01-01") }'],
  ['query($n: Int) { hello echo(needed: $n) }', { n: null }],
  ['query($n: Int) { echo(needed: $n) }'],
  ['query($c: Int) { echo(count: $c) }', { c: 'many' }],
  ['query($c: Int!) { echo(count: $c) }'],
  ['query($k: Kind) { echo(kind: $k) }', { k: 'NOVEL' }],
  ['query($f: Filter) { echo(filter: $f) }', { f: { nope: 1, min: 'x' } }],
  ['{ thing { name broken } }'],
  ['{ thing { self { name broken } name } hello }'],
  ['{ thing { maybePeers { id broken } } }'],
  ['{ thing { fails name failsLater } refusedLater }'],
  ['{ hello secretLater }'],
  ['{ items }'],
  ['{ secret hello }'],
  ['{ things { name fails } }'],
  ['query($a: Boolean!) { hello @include(if: $a) x: hello @skip(if: $a) }', { a: true }],
  ['query($a: Boolean!) { hello @include(if: $a) x: hello @skip(if: $a) }', { a: false }],
  [
    'query($a: Boolean!) { hello @include(if: $a) @skip(if: false) thing { id @skip(if: $a) name } }',
    { a: false },
  ],
  ['query($a: Boolean!) { thing @include(if: $a) { id } thing { name } }', { a: false }],
  [
    'query($a: Boolean!) { thing { ...F } } fragment F on Thing { self @skip(if: $a) { id } name }',
    { a: true },
  ],
  // The compiler must not mistake `a_b` for `b` within `a`.
  ['{ a: thing { b: self { id } } a_b: thing { name } }'],
  ['{ __proto__: thing { id } hello }'],
  ['{ __schema { queryType { name } } }'],
  [
    'query($a: Boolean!) { thing { ...F @include(if: $a) ...F @skip(if: $a) } } fragment F on Thing { id }',
    { a: false },
  ],
  ['query($a: Boolean!) { thing { ... @include(if: $a) { id } name } }', { a: false }],
  ['query($a: Boolean = true) { hello thing { id @include(if: $a) } }', { a: null }],
  ['mutation { bump @skip(if: true) }'],
  // Absent is not null: the field has a default.
  ['query($k: Kind!, $m: Int) { echo(filter: { kinds: [$k], min: $m }) }', { k: 'PAPER' }],
  // Code that reads a variable of a recursive type must end.
  ['query($t: Tree) { echo(tree: $t) }', { t: { branches: [{ leaf: 1 }, {}] } }],
  ['query($__proto__: Int) { echo(count: $__proto__) }', JSON.parse('{"__proto__": 4}')],
]

test.each(QUERIES)('answers each use like graphql-js: %s %j', async (query, variables) => {
  const { first, third, plain } = await runAll(query, variables)
  expect(third).toEqual(first)
  expect(third.data).toEqual(plain.data)
})

test('a query is warm from its second use on, by its own name only', () => {
  const operations = createOperations(schema)
  const query = 'query A { hello } query B { thing { id } }'
  expect(operations.findWarm(query, 'A')).toBeUndefined()
  operations.prepare(query, 'A')
  expect(operations.findWarm(query, 'A')).toBeUndefined()
  operations.prepare(query, 'A')
  expect(operations.findWarm(query, 'A')?.name).toBe('A')
  expect(operations.findWarm(query, 'B')).toBeUndefined()
  expect(operations.findWarm(query, null)).toBeUndefined()
  expect(operations.findWarm(query, '')).toBeUndefined()
  for (let use = 0; use < 2; use++) operations.prepare('mutation { bump }', null)
  expect(operations.findWarm('mutation { bump }', null)).toBeUndefined()
  for (let use = 0; use < 2; use++) operations.prepare('{ hello }', null)
  expect(operations.findWarm('{ hello }', undefined)).toBeDefined()
})

test('faults of a document are found once and reported again', () => {
  const operations = createOperations(schema)
  for (const query of ['{ hello', '{ nope }']) {
    const first = operations.prepare(query, null)
    const second = operations.prepare(query, null)
    expect('errors' in first && first.errors).toBe('errors' in second && second.errors)
  }
})

test('a document too long to keep is parsed again', () => {
  const operations = createOperations(schema)
  const query = `{ hello } #${'x'.repeat(20_000)}`
  for (let use = 0; use < 3; use++) operations.prepare(query, null)
  expect(operations.findWarm(query, null)).toBeUndefined()
})

test.each([
  [`{${' hello'.repeat(5000)} }`, /^The document has more than the limit of 5,000 tokens;/],
  [`{ thing { ${'self { '.repeat(1000)} id ${'} '.repeat(1000)} } }`, /nests 1002 levels deep/],
  [
    `{ thing { ...A } } fragment A on Thing { ${'self { '.repeat(99)} id ${'} '.repeat(99)} }`,
    /nests 101/,
  ],
  ['{ thing { ...A } } fragment A on Thing { self { ...A } }', /itself/],
])('refuses %#', (query, message) => {
  const prepared = createOperations(schema).prepare(query, null)
  expect('errors' in prepared && prepared.errors[0]?.message).toMatch(message)
})

const thingFields = fc.letrec<{ selection: string; field: string }>((tie) => ({
  selection: fc
    .array(tie('field'), { minLength: 1, maxLength: 4 })
    .map((fields) => fields.join(' ')),
  field: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('id', 'name', 'kind', '__typename', 'n: name', 'fails'),
    fc
      .tuple(
        fc.constantFrom('self', 'later', 'peers', 'maybePeers', 'x: self', 'self @include(if: $a)'),
        tie('selection'),
      )
      .map(([name, inner]) => `${name} { ${inner} }`),
    tie('selection').map((inner) => `... on Thing { ${inner} }`),
    tie('selection').map((inner) => `node { id ... on Other { size } ... on Thing { ${inner} } }`),
    fc.constant('...F'),
  ),
}))

test('answers any selection like graphql-js', async () => {
  const property = fc.asyncProperty(
    thingFields.selection,
    thingFields.selection,
    async (selection, fragment) => {
      const inner = fragment.replaceAll('...F', 'id')
      const query = `{ thing { ...F ${selection} } things { ${selection} } } fragment F on Thing { ${inner} }`
      fc.pre('operation' in createOperations(schema).prepare(query, null))
      const { first, third, plain } = await runAll(query)
      expect(third).toEqual(first)
      expect(third.data).toEqual(plain.data)
    },
  )
  await fc.assert(property, { numRuns: 100 })
})
