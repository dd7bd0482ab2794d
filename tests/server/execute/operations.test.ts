import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createOperations, type Variables } from '../../../src/server/execute/operations.ts'
import { createTestSchema } from '../test-schema.ts'

const schema = createTestSchema()

/** The result of the third use, with whether it was compiled, and that of the first, by graphql-js. */
async function runBoth(query: string, variables?: Variables, operationName?: string) {
  const operations = createOperations(schema)
  const first = operations.prepare(query, operationName)
  operations.prepare(query, operationName)
  const prepared = operations.prepare(query, operationName)
  if ('errors' in prepared) throw new Error(prepared.errors.map((e) => e.message).join('\n'))
  const result = await prepared.operation.execute({}, variables)
  const expected = await (first as typeof prepared).operation.execute({}, variables)
  return {
    isCompiled: prepared.operation.isCompiled,
    result: JSON.parse(JSON.stringify(result)),
    expected: JSON.parse(JSON.stringify(expected)),
  }
}

const COMPILED: [query: string, variables?: Variables][] = [
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
]

test.each(COMPILED)('compiled code answers as graphql-js does: %s %j', async (query, variables) => {
  const { isCompiled, result, expected } = await runBoth(query, variables)
  expect(isCompiled).toBe(true)
  expect(result).toEqual(expected)
})

const INTERPRETED: [query: string, variables?: Variables][] = [
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
  // The compiler would take `a_b` for `b` within `a`.
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
  // Code that reads a variable of a type within itself would have no end.
  ['query($t: Tree) { echo(tree: $t) }', { t: { branches: [{ leaf: 1 }, {}] } }],
  ['query($__proto__: Int) { echo(count: $__proto__) }', JSON.parse('{"__proto__": 4}')],
]

test.each(INTERPRETED)(
  'what the compiler gets wrong is interpreted: %s',
  async (query, variables) => {
    const { isCompiled, result, expected } = await runBoth(query, variables)
    expect(isCompiled).toBe(false)
    expect(result).toEqual(expected)
  },
)

const MARKERS = [
  '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.wasRun=1',
  '__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8',
]
const ESCAPED = (marker: string) => `\\u005f${marker.slice(1)}`

test.each(
  MARKERS.flatMap((marker) => [
    `{ echo(text: "${marker}") }`,
    `{ echo(text: "${ESCAPED(marker)}") }`,
    `{ echo(text: """${marker}""") }`,
    `{ echo(day: "${marker}") }`,
    `{ echo(filter: { tags: ["${marker}"] }) }`,
    `{ thing { ...F } } fragment F on Thing { self { id } } query B { echo(text: "${marker}") }`,
    `query($t: String = "${marker}") { echo(text: $t) }`,
  ]),
)('no text of a client runs as code: %s', async (query) => {
  const name = query.includes('query B') ? 'B' : undefined
  const { isCompiled, result, expected } = await runBoth(
    query.replace(/^\{ thing/, 'query A { thing'),
    {},
    name,
  )
  expect(isCompiled).toBe(false)
  expect(result).toEqual(expected)
  expect(globalThis).not.toHaveProperty('wasRun')
})

test('fragments that unfold without end are not compiled', () => {
  const levels = Array.from(
    { length: 60 },
    (_, i) => `fragment F${i} on Thing { self { ...F${i + 1} ...F${i + 1} } }`,
  )
  const query = `{ thing { ...F0 } } ${levels.join(' ')} fragment F60 on Thing { id }`
  const operations = createOperations(schema)
  for (let use = 0; use < 2; use++) {
    const prepared = operations.prepare(query, null)
    expect('operation' in prepared && prepared.operation.isCompiled).toBe(false)
  }
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
  expect(operations.findWarm('{ hello }', undefined)?.isCompiled).toBe(true)
})

test('faults of a document are found once and told again', () => {
  const operations = createOperations(schema)
  for (const query of ['{ hello', '{ nope }']) {
    const first = operations.prepare(query, null)
    const second = operations.prepare(query, null)
    expect('errors' in first && first.errors).toBe('errors' in second && second.errors)
  }
})

test('a document too long to keep is read anew', () => {
  const operations = createOperations(schema)
  const query = `{ hello } #${'x'.repeat(20_000)}`
  for (let use = 0; use < 3; use++) operations.prepare(query, null)
  expect(operations.findWarm(query, null)).toBeUndefined()
})

test.each([
  [`{${' hello'.repeat(5000)} }`, /more that 5000 tokens/],
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

test('compiled code answers as graphql-js does, whatever is selected', {
  timeout: 120_000,
}, async () => {
  let compiledCount = 0
  const property = fc.asyncProperty(
    thingFields.selection,
    thingFields.selection,
    async (selection, fragment) => {
      const inner = fragment.replaceAll('...F', 'id')
      const query = `{ thing { ...F ${selection} } things { ${selection} } } fragment F on Thing { ${inner} }`
      const operations = createOperations(schema)
      fc.pre('operation' in operations.prepare(query, null))
      const { isCompiled, result, expected } = await runBoth(query)
      if (isCompiled) compiledCount++
      expect(result).toEqual(expected)
    },
  )
  await fc.assert(property, { numRuns: 150 })
  expect(compiledCount).toBeGreaterThan(30)
})
