import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { getIntrospectionQuery } from 'graphql'
import { describe, expect, test } from 'vitest'
import { DEFAULT_COST_LIMITS } from '../../../src/config-variables.ts'
import { schema } from '../../../src/graphql/index.ts'
import {
  createOperations,
  type Operation,
  type Variables,
} from '../../../src/server/execute/operations.ts'
import { EXAMPLE_QUERIES } from '../../../src/server/graphiql/examples.ts'

const operations = createOperations(schema, DEFAULT_COST_LIMITS)
const { points: MOST_POINTS, bytes: MOST_BYTES } = DEFAULT_COST_LIMITS

function prepare(query: string): Operation {
  const prepared = operations.prepare(query, null)
  if ('errors' in prepared) throw new Error(prepared.errors.map((one) => one.message).join('\n'))
  return prepared.operation
}

const costOf = (query: string, variables?: Variables) => prepare(query).costOf(variables).cost

/** The message with which an operation is refused. Nothing may be executed, which would fail without a database. */
async function refusalOf(query: string, variables?: Variables): Promise<string | undefined> {
  const result = await prepare(query).execute(null, variables)
  expect(result).not.toHaveProperty('data')
  expect(result.errors?.[0]?.originalError).toMatchObject({ code: 'QUERY_TOO_COMPLEX' })
  return result.errors?.[0]?.message
}

const GRAPHQL = new URL('../../../src/graphql/', import.meta.url)
const README = readdirSync(GRAPHQL, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.md'))
  .map((path) => readFileSync(new URL(path, GRAPHQL), 'utf8'))
  .join('\n')

const SHOWN: [title: string, query: string, variables?: Variables][] = [
  ...EXAMPLE_QUERIES.map(({ title, query, variables }): [string, string, Variables] => [
    title,
    query,
    variables ? JSON.parse(variables) : {},
  ]),
  ...[...README.matchAll(/```graphql\n([\s\S]*?)```/g)].map(
    ([, query = ''], i): [string, string] => [`READMEs, block ${i + 1}`, query],
  ),
  [
    'a page of 100 papers with abstracts and bylines',
    '{ papers(first: 100) { totalCount pageInfo { endCursor hasNextPage } nodes { id title abstract authorships(first: 10) { nodes { name author { id } } } } } }',
  ],
  [
    'a hundred papers by their ids',
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Paper { title abstract venue { name } authorships { nodes { name } } topics { nodes { slug } } } } }',
    { ids: Array(100).fill('x') },
  ],
  [
    'following a bibliography of 90,000 characters',
    'mutation ($text: String!) { followBibliography(text: $text) { savedQuery { id kind count feeds { atom } } entries { key outcome reason papers { id title } } } }',
    { text: 'x'.repeat(90_000) },
  ],
  [
    'five hundred references',
    'query ($refs: [String!]!) { resolvePapers(refs: $refs) { __typename ... on PaperFound { ref normalised paper { id title year } } ... on PaperNotFound { ref message } ... on PaperAmbiguous { ref candidates { paper { id title year } } } } }',
    { refs: Array(500).fill('arXiv:2305.18290') },
  ],
  [
    'the newest 20 papers',
    '{ papers(first: 20) { nodes { id title publishedOn authorships { nodes { author { id name } } } topics { nodes { slug name } } } } }',
  ],
  [
    'the newest papers of the authors of papers',
    '{ papers(first: 10) { nodes { title authorships { nodes { author { name papers(first: 5) { nodes { title topics { nodes { slug } } } } } } } } } }',
  ],
  ['a bibliography of a page', '{ papers(first: 100) { bibliography } }'],
]

test('the README contains queries', () => {
  expect(SHOWN.filter(([title]) => title.startsWith('README')).length).toBeGreaterThan(10)
})

test.each(SHOWN)('%s takes at most half of the limits', (_, query, variables) => {
  const { points, bytes } = costOf(query, variables)
  expect(points).toBeGreaterThan(0)
  expect(bytes).toBeGreaterThan(0)
  expect(points).toBeLessThanOrEqual(MOST_POINTS / 2)
  expect(bytes).toBeLessThanOrEqual(MOST_BYTES / 2)
})

/** The whole schema, with which the introspection grows. */
const INTROSPECTIONS = {
  GraphiQL: getIntrospectionQuery(),
  'other tools': getIntrospectionQuery({
    descriptions: true,
    inputValueDeprecation: true,
    specifiedByUrl: true,
  }),
}

test.each(Object.entries(INTROSPECTIONS))(
  'the introspection of %s leaves a fifth of the limits',
  (_, query) => {
    const { points, bytes } = costOf(query, {})
    expect(points).toBeLessThanOrEqual(MOST_POINTS * 0.8)
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES * 0.8)
  },
)

const aliased = (count: number, field: string) =>
  `{ ${Array.from({ length: count }, (_, i) => `a${i}: ${field}`).join(' ')} }`

const HOSTILE: [title: string, query: string, variables?: Variables][] = [
  [
    'pages of papers of venues of papers',
    '{ papers(first: 100) { nodes { venue { papers(first: 100) { nodes { abstract authorships(first: 100) { nodes { name } } } } } } } }',
  ],
  [
    'the same from the end',
    '{ papers(last: 100) { nodes { venue { papers(last: 100) { nodes { abstract authorships(last: 100) { nodes { name } } } } } } } }',
  ],
  [
    'papers of venues of papers of venues of papers',
    '{ papers(first: 100) { nodes { venue { papers(first: 100) { nodes { venue { papers(first: 100) { nodes { title } } } } } } } } }',
  ],
  ['300 aliases of a page', aliased(300, 'papers(first: 100) { nodes { title abstract } }')],
  ['100 aliases of a page', aliased(100, 'papers(first: 100) { nodes { title } totalCount }')],
  [
    'topics beside topics, their authors, and the authors beside them',
    '{ topics(first: 100) { nodes { coOccurring(first: 100) { topic { leadingAuthors(first: 100) { author { coAuthors(first: 100) { nodes { name } } } } } } } } }',
  ],
  ['300 citations as text', `{ paper(ref: "x") ${aliased(300, 'citation(format: TEXT)')} }`],
  [
    'facets of 100 topics',
    '{ topics(first: 100) { nodes { papers { facets { years { value count } } } } } }',
  ],
  [
    'facets of the papers of topics by default',
    '{ topics { nodes { papers { facets { topics { count } } } } } }',
  ],
  [
    'introspection 60 times',
    aliased(
      60,
      '__schema { types { name description fields { name description args { name } type { name } } } }',
    ),
  ],
  [
    'a type 130 times',
    aliased(
      130,
      '__type(name: "Paper") { fields { description args { description type { name } } type { name description fields { description } } } }',
    ),
  ],
  ['searches 60 times', aliased(60, 'search(query: "model") { totalCount }')],
  ['counts 60 times', aliased(60, 'papers(filter: { minCitations: 1 }) { totalCount }')],
  ['suggestions 60 times', aliased(60, 'suggest(prefix: "some words that were typed") { label }')],
  [
    'references 50 at once',
    'query ($r: [String!]!) { matchPapers(references: $r) { matches { confidence } } }',
    { r: Array(50).fill('x') },
  ],
  [
    'papers in an order that topics do not have',
    '{ topics(first: 100) { nodes { papers(order: { field: CITATIONS }) { nodes { title } } } } }',
  ],
  [
    'nodes by many ids, ten times',
    `query ($ids: [ID!]!) ${aliased(10, 'nodes(ids: $ids) { ... on Paper { abstract references(first: 100) { nodes { abstract } } } }')}`,
    { ids: Array(100).fill('x') },
  ],
  [
    'nodes by ids in the query',
    `{ nodes(ids: ${JSON.stringify(Array(100).fill('x'))}) { ... on Topic { coOccurring { lift } } } }`,
  ],
  [
    'statistics 30 times',
    aliased(30, 'stats(filter: { hasRepository: true }) { citationCount authorCount }'),
  ],
  [
    'relations of relations',
    '{ papers(first: 100) { nodes { related(first: 100) { paper { related(first: 100) { paper { abstract } } } } } } }',
  ],
  [
    'inverses of references',
    '{ papers(first: 20) { nodes { references { nodes { citations { nodes { references { nodes { title } } } } } } } } }',
  ],
]

describe('refuses', () => {
  test.each(HOSTILE)('%s', async (_, query, variables) => {
    expect(await refusalOf(query, variables)).toMatch(
      /; at most 1,000(?:,000)? are allowed\. Most of it is \w/,
    )
  })

  /** The same operation in forms that a rule on the text alone would miss. */
  const PAGE = 'nodes { venue { papers(first: 100) { nodes { title abstract } } } }'
  test.each([
    ['by a variable', `query ($n: Int) { papers(first: $n) { ${PAGE} } }`, { n: 100 }],
    ['by the default of a variable', `query ($n: Int = 100) { papers(first: $n) { ${PAGE} } }`, {}],
    [
      'by a variable that is null, over its default',
      `query ($n: Int = 1) { papers(first: $n) { nodes { venue { papers(first: $n) { nodes { venue { papers(first: $n) { nodes { venue { papers(first: $n) { nodes { abstract } } } } } } } } } } } }`,
      { n: null },
    ],
    [
      'by a fragment',
      `{ papers(first: 100) { ...F } } fragment F on PaperConnection { ${PAGE} }`,
      {},
    ],
    [
      'by nested fragments',
      `{ papers(first: 100) { ...A } } fragment A on PaperConnection { ...B ...B } fragment B on PaperConnection { nodes { ...C } } fragment C on Paper { venue { ...D } } fragment D on Venue { papers(first: 100) { nodes { ...E } } } fragment E on Paper { title abstract }`,
      {},
    ],
    [
      'by an inline fragment',
      `{ papers(first: 100) { ... { ... on PaperConnection { ${PAGE} } } } }`,
      {},
    ],
    [
      'by edges',
      '{ papers(first: 100) { edges { node { venue { papers(first: 100) { edges { node { abstract } } } } } } } }',
      {},
    ],
    [
      'under a condition that holds',
      `query ($yes: Boolean!) { papers(first: 100) @include(if: $yes) { ${PAGE} } }`,
      { yes: true },
    ],
    [
      'under a condition that does not hold, and without one',
      `query ($yes: Boolean!) { papers(first: 100) @include(if: $yes) { ${PAGE} } papers(first: 100) { ${PAGE} } }`,
      { yes: false },
    ],
    ['by an alias', `{ a: papers(first: 100) { b: ${PAGE} } }`, {}],
    ['out of range', `{ papers(first: 2147483647) { ${PAGE} } }`, {}],
  ])('%s', async (_, query, variables) => {
    expect(await refusalOf(query, variables)).toContain('Most of it is papers')
  })
})

test('fields that are not selected cost nothing', () => {
  const query = (n: string) =>
    `query ($n: Int = 1, $yes: Boolean = false) { papers(first: ${n}) @include(if: $yes) { nodes { abstract } } authors(first: $n) { __typename } }`
  expect(costOf(query('$n'), { n: 100 }).bytes).toBeLessThan(100)
  expect(costOf(query('100'), { yes: true }).bytes).toBeGreaterThan(100_000)
  expect(
    costOf('{ papers(first: 100) @skip(if: true) { nodes { abstract } } __typename }').bytes,
  ).toBeLessThan(100)
  expect(costOf('{ papers(first: 0) { nodes { abstract } } }').bytes).toBeLessThan(100)
})

test.each([
  [
    '{ topics(first: 100) { nodes { papers { facets { years { value } } } } } }',
    'topics > nodes > papers > facets > years',
    /With first: (\d+) on topics it fits/,
    'first: 100',
  ],
  [
    '{ papers(last: 100) { nodes { venue { papers(first: 100) { nodes { abstract } } } } } }',
    'papers > nodes > venue > papers > nodes > abstract',
    /With (?:first|last): (\d+) on papers it fits/,
    'last: 100',
  ],
])(
  'names the most expensive path, and a page size that fits: %s',
  async (query, path, hint, argument) => {
    const message = await refusalOf(query)
    expect(message).toContain(`Most of it is ${path}.`)
    const most = Number(hint.exec(message ?? '')?.[1])
    const within = (n: number) =>
      costOf(query.replace(argument, argument.replace('100', String(n))))
    const fits = ({ points, bytes }: { points: number; bytes: number }) =>
      points <= MOST_POINTS && bytes <= MOST_BYTES
    expect(fits(within(most))).toBe(true)
    expect(fits(within(most + 1))).toBe(false)
  },
)

test('states the number of references that would fit, also for many fields', async () => {
  const references = Array(50).fill('x')
  const query = 'query ($r: [String!]!) { matchPapers(references: $r) { matches { confidence } } }'
  expect(await refusalOf(query, { r: references })).toMatch(
    /With at most \d+ entries in references it fits\.$/,
  )
  expect(await refusalOf(aliased(60, 'search(query: "a") { totalCount }'))).toContain(
    'Most of it is search (60 fields)',
  )
})

const pages = fc.record({
  outer: fc.integer({ min: 0, max: 100 }),
  inner: fc.integer({ min: 0, max: 100 }),
})
const NESTED =
  'papers(first: OUTER) { nodes { title references(first: INNER) { nodes { title } } } }'

test('an estimate grows with each page size, and is equal in every notation', () => {
  const literal = ({ outer, inner }: { outer: number; inner: number }) =>
    costOf(`{ ${NESTED.replace('OUTER', String(outer)).replace('INNER', String(inner))} }`)
  const text = NESTED.replace('OUTER', '$o').replace('INNER', '$i')
  fc.assert(
    fc.property(pages, ({ outer, inner }) => {
      const cost = literal({ outer, inner })
      expect(costOf(`query ($o: Int, $i: Int) { ${text} }`, { o: outer, i: inner })).toEqual(cost)
      expect(costOf(`query ($o: Int = ${outer}, $i: Int = ${inner}) { ${text} }`)).toEqual(cost)
      expect(literal({ outer: outer + 1, inner }).bytes).toBeGreaterThanOrEqual(cost.bytes)
      expect(literal({ outer, inner: inner + 1 }).points).toBeGreaterThanOrEqual(cost.points)
    }),
    { numRuns: 50 },
  )
})

/** Selections that nest lists at random: each level continues in one of the possible ways. */
const LINKS: [type: string, field: string, next: string][] = [
  ['Paper', 'venue { # }', 'Venue'],
  ['Paper', 'references(first: 100) { nodes { # } }', 'Paper'],
  ['Paper', 'citations(last: 100) { edges { node { # } } }', 'Paper'],
  ['Paper', 'related(first: 100) { paper { # } }', 'Paper'],
  ['Paper', 'authorships(first: 100) { nodes { author { # } } }', 'Author'],
  ['Paper', 'topics(first: 100) { nodes { # } }', 'Topic'],
  ['Paper', 'repositories(first: 100) { nodes { # } }', 'Repository'],
  ['Venue', 'papers(first: 100) { nodes { # } }', 'Paper'],
  ['Author', 'papers(first: 100) { nodes { # } }', 'Paper'],
  ['Author', 'coAuthors(first: 100) { nodes { # } }', 'Author'],
  ['Author', 'leadingTopics(first: 100) { topic { # } }', 'Topic'],
  ['Topic', 'papers(first: 100) { nodes { # } }', 'Paper'],
  ['Topic', 'coOccurring(first: 100) { topic { # } }', 'Topic'],
  ['Topic', 'leadingRepositories(first: 100) { repository { # } }', 'Repository'],
  ['Topic', 'children(first: 100) { nodes { # } }', 'Topic'],
  ['Repository', 'papers(first: 100) { nodes { # } }', 'Paper'],
  ['Repository', 'related(first: 100) { repository { # } }', 'Repository'],
]

test('refuses three nested lists of a hundred, whichever they are', async () => {
  const steps = fc.array(fc.nat(), { minLength: 6, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(steps, async (choices) => {
      let query = '{ papers(first: 100) { nodes { # } } }'
      let type = 'Paper'
      let lists = 1
      for (const choice of choices) {
        const links = LINKS.filter(([from]) => from === type)
        const [, field = '', next = ''] = links[choice % links.length] ?? []
        query = query.replace('#', field)
        type = next
        lists += field.includes('100') ? 1 : 0
      }
      expect(lists).toBeGreaterThanOrEqual(3)
      await refusalOf(query.replace('#', 'id'))
    }),
    { numRuns: 60 },
  )
})

test('only the length of a text variable counts, and the whole value of an enum', () => {
  const topics = 'query ($s: String!) { papers(filter: { topics: [$s] }) { nodes { id } } }'
  const { costOf: costOfTopic } = prepare(topics)
  expect(costOfTopic({ s: 'abc' }).cost).toBe(costOfTopic({ s: 'xyz' }).cost)
  const ordered =
    'query ($f: PaperOrderField!) { papers(order: { field: $f, direction: DESC }) { nodes { id } } }'
  const { costOf: costOfOrder } = prepare(ordered)
  expect(costOfOrder({ f: 'TITLE' }).cost.points).toBeGreaterThan(
    costOfOrder({ f: 'PUBLISHED' }).cost.points,
  )
})
