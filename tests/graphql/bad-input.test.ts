import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../helpers/database.ts'
import { ask, askWell } from '../helpers/graphql.ts'
import { createSeededDatabase, nodeId } from './seeded-catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  t = (await createSeededDatabase()).t
})
afterAll(() => t.close())

/** Expects one error whose message contains all of `parts`, and an answer to the field beside it. */
async function expectFault(field: string, parts: string[], variables = {}): Promise<void> {
  const head = Object.keys(variables).length > 0 ? 'query($cursor: String)' : ''
  const query = `${head} { bad: ${field} good: venue(slug: "acl") { acronym } }`
  const { data, errors } = await ask<object>(t, query, variables)
  expect(data).toEqual({ bad: null, good: { acronym: 'ACL' } })
  expect(errors).toEqual([
    { message: expect.any(String), path: expect.any(Array), code: 'BAD_USER_INPUT' },
  ])
  expect(errors[0]?.path?.[0]).toBe('bad')
  for (const part of parts) expect(errors[0]?.message).toContain(part)
}

const papersOf = (args: string) => `topic(slug: "clustering") { papers(${args}) { nodes { id } } }`
const within = (filter: string) => papersOf(`filter: { ${filter} }`)
const UNDERSTOOD = 'expected doi, arxiv, openalex, s2'
const PERSON = 'expected an ORCID iD, an ACL Anthology people path'
const CODE = 'expected a URL such as https://github.com/owner/name'

const FAULTS: [field: string, parts: string[]][] = [
  [papersOf('first: -1'), ['first: -1', 'expected 0 to 100']],
  [papersOf('first: 1000'), ['first: 1000', 'expected 0 to 100']],
  [papersOf('first: 101'), ['first: 101', 'expected 0 to 100']],
  [papersOf('last: -1'), ['last: -1', 'expected 0 to 100']],
  [papersOf('last: 101'), ['last: 101', 'expected 0 to 100']],
  [papersOf('first: 2, last: 3'), ['first: 2', 'last: 3', 'expected one of them']],
  ['paper(ref: "2101.00001") { authorships(first: 101) { totalCount } }', ['first: 101']],
  ['paper(ref: "2101.00001") { topics(first: 101) { totalCount } }', ['first: 101']],
  ['paper(ref: "2101.00001") { repositories(last: -2) { totalCount } }', ['last: -2']],
  ['topic(slug: "machine-learning") { children(first: 101) { totalCount } }', ['first: 101']],

  ['paper(ref: "isbn:12345") { id }', ['"isbn"', '"isbn:12345"', UNDERSTOOD]],
  ['paper(ref: "not a reference") { id }', ['"not a reference"', UNDERSTOOD]],
  ['paper(ref: " ") { id }', ['empty', UNDERSTOOD]],
  ['paper(ref: "doi:ten") { id }', ['"doi:ten"', UNDERSTOOD]],
  ['paper(ref: "https://example.org/p/1") { id }', ['"example.org"', UNDERSTOOD]],
  ['paper(ref: "a\\u0000b") { id }', ['NUL']],
  [`paper(ref: "${nodeId('Author', 1)}") { id }`, [nodeId('Author', 1), 'expected Paper']],
  ['author(ref: "ada@example.org") { id }', ['"ada@example.org"', PERSON]],
  ['author(ref: "0000-0002-1825-0098") { id }', ['"0000-0002-1825-0098"', 'check digit']],
  ...['klingon', 'xx', 'Germna', '', 'de-', 'e', 'de--AT'].flatMap((name): [string, string[]][] =>
    [`language: "${name}"`, `anyOf: [{ language: ["en", "${name}"] }]`].map((filter) => [
      within(filter),
      [`filter.language: no language is called "${name}"`, 'expected a code such as en'],
    ]),
  ),
  [within('language: "Germna"'), ['Did you mean german?']],
  [
    'relatedPapers(likes: ["2101.00001", "nope"]) { score }',
    ['likes[1]: "nope" is not a paper reference'],
  ],
  [
    'relatedPapers(likes: ["A Title of a Paper"]) { score }',
    ['likes[0]: "A Title of a Paper" is not a paper reference', 'use matchPaper(title:)'],
  ],
  ['author(ref: "ada@example.org") { id }', ['"ada@example.org"', PERSON]],
  [`author(ref: "${nodeId('Paper', 1)}") { id }`, [nodeId('Paper', 1), 'expected Author']],
  ['repository(ref: "alpha") { id }', ['"alpha"', CODE]],
  ['repository(ref: "https://example.org/a/b") { id }', ['"https://example.org/a/b"', CODE]],
  [`repository(ref: "${nodeId('Venue', 1)}") { id }`, [nodeId('Venue', 1), 'expected Repository']],
  [
    'node(id: "nonsense") { id }',
    ['id: "nonsense"', 'an Author, an Import,', 'a Topic, or a Venue'],
  ],
  [`node(id: "${nodeId('Paper', 0)}") { id }`, [nodeId('Paper', 0), 'expected the id of']],
  [
    `node(id: "${nodeId('Identifier', 1)}") { id }`,
    [nodeId('Identifier', 1), 'an Author, an Import'],
  ],

  [within('topics: ["clusterin"]'), ['filter.topics', '"clusterin"', 'did you mean "clustering"?']],
  [within('topicsAll: ["transfomers"]'), ['"transfomers"', 'did you mean "transformers"?']],
  [within('topicsNone: ["calibratoin"]'), ['did you mean "calibration"?']],
  [within('topics: ["xyzzy"]'), ['"xyzzy"', 'expected a slug of { topics']],
  [within('venues: ["icmll"]'), ['filter.venues', '"icmll"', 'did you mean "icml"?']],
  [within('authors: ["acl:nobody"]'), ['filter.authors', '"acl:nobody"']],
  [within('authors: ["Nobody At All"]'), ['"Nobody At All"', 'in the catalogue']],
  [
    within('topics: ["xyzzy"], topicsNone: ["plugh"], venues: ["nowhere"]'),
    ['"xyzzy"', '"plugh"', '"nowhere"'],
  ],
  [within('year: [2020, 0]'), ['filter.year: 0', 'expected a number from 1 to 9999']],
  [within('year: 10000'), ['filter.year: 10000', '9999']],
  [within('minCitations: -1'), ['filter.minCitations: -1', 'expected 0 or more']],
  [within('minStars: -5'), ['filter.minStars: -5', 'expected 0 or more']],
  [within('text: "a\\u0000b"'), ['filter.text', 'NUL']],
  [within('venues: ["a\\u0000b"]'), ['filter.venues', 'NUL']],
]

test.each(FAULTS)('%s', expectFault)

const TOO_LONG: [what: string, field: string, parts: string[]][] = [
  ['a reference', `paper(ref: "${'x'.repeat(2001)}") { id }`, ['2001 characters', 'at most 2000']],
  ['a text', within(`text: "${'x'.repeat(1001)}"`), ['filter.text', '1001 characters', '1000']],
  [
    'a list of names',
    within(`venues: ${JSON.stringify(Array.from({ length: 101 }, () => 'acl'))}`),
    ['filter.venues', '101 entries', 'at most 100'],
  ],
]

test.each(TOO_LONG)('%s that is too long', (_, field, parts) => expectFault(field, parts))

/** Root lists cannot be null, so the fields beside them are not checked here. */
const ROOT_FAULTS: [field: string, message: string][] = [
  ...['papers', 'authors', 'topics', 'venues', 'repositories'].flatMap(
    (list): [string, string][] => [
      [`${list}(first: -1) { totalCount }`, 'first: -1 is out of range; expected 0 to 100.'],
      [`${list}(last: 1000) { nodes { id } }`, 'last: 1000 is out of range; expected 0 to 100.'],
      [
        `${list}(first: 0, last: 0) { nodes { id } }`,
        'first: 0 and last: 0 exclude each other; expected one of them.',
      ],
    ],
  ),
  ...['nodes { id }', 'totalCount'].map((fields): [string, string] => [
    `papers(filter: { topics: ["clusterin"] }) { ${fields} }`,
    'filter.topics: no topic has the slug "clusterin"; did you mean "clustering"?',
  ]),
  [
    `nodes(ids: ["${nodeId('Paper', 1)}", "nonsense"]) { id }`,
    'ids[1]: "nonsense" is not an id; expected the id of an Author, an Import, an Institution, a Paper, a Repository, a Topic, or a Venue from an earlier answer.',
  ],
]

test.each(ROOT_FAULTS)('%s', async (field, message) => {
  const { errors } = await ask(t, `{ bad: ${field} }`)
  expect(errors).toEqual([{ message, path: expect.any(Array), code: 'BAD_USER_INPUT' }])
  expect(errors[0]?.path?.[0]).toBe('bad')
})

test('more ids than a hundred', async () => {
  const ids = Array.from({ length: 101 }, () => nodeId('Paper', 1))
  const { errors } = await ask(t, 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })
  const message = 'ids has 101 entries; expected at most 100.'
  expect(errors).toEqual([{ message, path: ['nodes'], code: 'BAD_USER_INPUT' }])
})

test('an error in a list of each of many parents is reported at most once for each', async () => {
  const query = '{ topics { nodes { papers(filter: { venues: ["icmll"] }) { totalCount } } } }'
  const { errors, statements } = await ask(t, query)
  expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(['BAD_USER_INPUT']))
  const paths = errors.map(({ path }) => path?.join())
  expect(new Set(paths).size).toBe(paths.length)
  // The topics, the known names, and the similar names for the message.
  expect(statements).toHaveLength(3)
})

describe('cursors', () => {
  const list = (order: string, position = 'after') =>
    papersOf(`${position}: $cursor, order: { field: ${order} }`)
  const made = (...position: unknown[]) =>
    Buffer.from(JSON.stringify(position)).toString('base64url')
  const EXPECTED = "expected an endCursor, startCursor or edge's cursor of an earlier answer"

  const BROKEN: [why: string, order: string, cursor: string][] = [
    ['empty', 'TITLE', ''],
    ['no base64', 'TITLE', '%%%'],
    ['no JSON', 'TITLE', Buffer.from('nonsense').toString('base64url')],
    ['no list', 'TITLE', Buffer.from('{"a": 1}').toString('base64url')],
    ['another version', 'TITLE', made(2, 'papers.title.desc', 'a', 1)],
    ['no position', 'TITLE', made(1, 'papers.title.desc')],
    ['too short', 'TITLE', made(1, 'papers.title.desc', 'a')],
    ['too long', 'TITLE', made(1, 'papers.title.desc', 'a', 1, 2)],
    ['a number for a text', 'TITLE', made(1, 'papers.title.desc', 1, 1)],
    ['a null', 'TITLE', made(1, 'papers.title.desc', null, 1)],
    ['a NUL', 'TITLE', made(1, 'papers.title.desc', 'a\0b', 1)],
    ['an endless text', 'TITLE', made(1, 'papers.title.desc', 'a'.repeat(1001), 1)],
    ['a text for an id', 'TITLE', made(1, 'papers.title.desc', 'a', '1')],
    ['a fraction of an id', 'TITLE', made(1, 'papers.title.desc', 'a', 1.5)],
    ['too large an id', 'TITLE', made(1, 'papers.title.desc', 'a', 2 ** 60)],
    ['a fraction of a citation', 'CITATIONS', made(1, 'papers.citations.desc', 0.5, 1)],
    ['too many citations', 'CITATIONS', made(1, 'papers.citations.desc', 2 ** 31, 1)],
    ['no day', 'PUBLISHED', made(1, 'papers.published.desc', 'yesterday', 1)],
    ['a day that is not', 'PUBLISHED', made(1, 'papers.published.desc', '2021-02-30', 1)],
    ['SQL', 'PUBLISHED', made(1, 'papers.published.desc', "2021-02-03'; --", 1)],
    ['a day for an instant', 'CREATED', made(1, 'papers.created.desc', '2021-02-03', 1)],
    ['an hour that is not', 'CREATED', made(1, 'papers.created.desc', '2021-02-03 24:00:00+00', 1)],
  ]

  test.each(BROKEN)('%s, by %s', async (_, order, cursor) => {
    const shown = cursor.slice(0, 80)
    await expectFault(list(order), [`after: "${shown}`, EXPECTED], { cursor })
    await expectFault(list(order, 'before'), [`before: "${shown}`, EXPECTED], { cursor })
  })

  test('of another order, direction or list', async () => {
    const query = `{ papers(order: { field: TITLE }) { pageInfo { endCursor } }
      authors { pageInfo { endCursor } } }`
    type Ends = Record<'papers' | 'authors', { pageInfo: { endCursor: string } }>
    const { papers, authors } = (await askWell<Ends>(t, query)).data
    const cursor = papers.pageInfo.endCursor
    const fault = (from: string, to: string) => [`"${from}"`, `expected one of "${to}"`]
    await expectFault(list('CITATIONS'), fault('papers.title.desc', 'papers.citations.desc'), {
      cursor,
    })
    await expectFault(
      list('TITLE, direction: ASC'),
      fault('papers.title.desc', 'papers.title.asc'),
      { cursor },
    )
    await expectFault(list('TITLE'), fault('authors.paper_count.desc', 'papers.title.desc'), {
      cursor: authors.pageInfo.endCursor,
    })
  })

  test('of the same order, made for another parent, is a position here too', async () => {
    const query =
      'query($cursor: String) { topic(slug: "clustering") { papers(after: $cursor) { nodes { id } } } }'
    const start = await askWell<{ papers: { pageInfo: { endCursor: string } } }>(
      t,
      '{ papers(last: 1) { pageInfo { endCursor } } }',
    )
    const cursor = start.data.papers.pageInfo.endCursor
    const { data } = await askWell(t, query, { cursor })
    expect(data).toEqual({ topic: { papers: { nodes: [] } } })
  })
})

test('a root field that fails does not affect the others', async () => {
  const query = `{ papers(first: -1) { totalCount } nodes(ids: ["${nodeId('Paper', 1)}", "none"]) { id }
    topics(first: 1) { nodes { slug } } }`
  const { data, errors } = await ask<Record<string, unknown>>(t, query)
  expect(data).toMatchObject({ papers: null, nodes: [{ id: nodeId('Paper', 1) }, null] })
  expect(data.topics).not.toBeNull()
  expect(errors.map(({ path }) => path)).toEqual(expect.arrayContaining([['papers'], ['nodes', 1]]))
})

test.each([
  'topic(slug: $text) { id }',
  'venue(slug: $text) { id }',
  'repositories(owner: $text) { totalCount }',
  'repositories(name: $text) { totalCount }',
  'authors(name: $text) { totalCount }',
])('a NUL character does no harm: %s', async (field) => {
  const query = `query($text: String!) { bad: ${field} papers { totalCount } }`
  // More often than there are connections: a stuck connection would never answer.
  for (let time = 0; time < 6; time++) {
    const { data, errors } = await ask<{ papers: object }>(t, query, { text: 'a\0b' })
    expect(data.papers).not.toBeNull()
    for (const { code } of errors) expect(code).toBe('BAD_USER_INPUT')
  }
})

test.each([
  ['papers(after: $c, order: { field: PUBLISHED })', [1, 'papers.published.desc', '0000-01-01', 1]],
  [
    'papers(after: $c, order: { field: CREATED })',
    [1, 'papers.created.desc', '0000-01-01 00:00:00+00', 1],
  ],
])('a cursor with values that the database could not read: %s', async (list, position) => {
  const c = Buffer.from(JSON.stringify(position)).toString('base64url')
  const query = `query($c: String) { ${list} { nodes { id } } }`
  const { errors } = await ask(t, query, { c })
  expect(errors).toMatchObject(
    [{ code: 'BAD_USER_INPUT', message: /is not a cursor/ }].map((e) => ({
      ...e,
      message: expect.stringMatching(e.message),
    })),
  )
})
