import fc from 'fast-check'
import { type GraphQLField, type GraphQLObjectType, getNamedType, isObjectType } from 'graphql'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createContext, schema } from '../../../src/graphql/index.ts'
import { declarationOf } from '../../../src/graphql/plan/declare.ts'
import { createLog } from '../../../src/log.ts'
import { createOperations } from '../../../src/server/execute/operations.ts'
import { startServer } from '../../../src/server/http.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { patientConfig } from '../../helpers/patient-config.ts'
import { createSeededDatabase, ORCID, type SeededPaper } from '../seeded-catalogue.ts'

let t: TestDatabase
let papers: SeededPaper[]
beforeAll(async () => {
  const seeded = await createSeededDatabase()
  t = seeded.t
  papers = seeded.papers
  await t.db.query(sql`update papers set landing_url = ${AWKWARD_URL}, title = ${AWKWARD_TEXT}
    where id = ${papers[0]?.number}`)
  await t.db.query(sql`update papers set pdf_url = 'https://example.org/a/b.pdf?x=1'`)
})
afterAll(() => t.close())

const AWKWARD_URL = 'https://EXAMPLE.org/a b/../c'
const AWKWARD_TEXT = `'"\\ \b\f\n\r\t\u0001\u001f\u007f</script>\u2028 \u{1f600} é '' $1 \\u0001 {"a":1}`

/** The text that PostgreSQL wrote, or null if resolvers answer; and the statements. */
async function textOf(query: string, variables: Record<string, unknown> = {}) {
  const operations = createOperations(schema)
  for (let use = 0; use < 2; use++) operations.prepare(query, undefined)
  const prepared = operations.prepare(query, undefined)
  if ('errors' in prepared) throw prepared.errors[0]
  t.statements.length = 0
  const answered = await prepared.operation.answer?.(createContext(t.db), variables)
  const statements = [...t.statements]
  await ask(t, query, variables)
  const text = answered?.by === 'postgres' ? answered.text : null
  const fields = answered?.by === 'both' ? [...answered.texts.keys()] : []
  return { text, fields, statements }
}

const BYLINE = 'authorships(first: 2) { totalCount nodes { position name author { id name } } }'
const TOPICS = 'topics { edges { score source cursor node { slug kind } } }'
const CODE =
  'repositories(first: 1) { totalCount edges { isOfficial evidence node { url stars } } }'
const PAGE = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }'
const AFTER = Buffer.from('[1,"papers.published.desc","2020-02-02",7]').toString('base64url')

describe('PostgreSQL writes the whole answer', () => {
  test.each([
    `{ papers { nodes { id title abstract year publishedOn kind isRetracted createdAt ${BYLINE} ${TOPICS} ${CODE} } } }`,
    `{ papers(first: 3) { ${PAGE} nodes { title } edges { cursor node { id } } } }`,
    `{ papers(first: 3, after: "${AFTER}") { ${PAGE} } }`,
    '{ papers(first: 3, order: { field: TITLE, direction: ASC }) { edges { cursor } } }',
    '{ papers(first: 3, order: { field: CREATED }) { edges { cursor } } }',
    '{ papers(filter: { topics: ["clustering"] }) { edges { cursor node { pdfUrl } } } }',
    '{ papers(filter: { minCitations: 3, year: [2015, 2016] }) { nodes { identifiers { scheme value } } } }',
    '{ papers { nodes { venue { slug acronym papers(first: 2) { totalCount nodes { title } } } } } }',
    `{ author(ref: "${ORCID}") { id paperCount papers(first: 2) { ${PAGE} nodes { title } } } }`,
    '{ authors(name: "ann") { nodes { name identifiers { scheme value } } } }',
    '{ topic(slug: "clustering") { name papers(first: 3) { totalCount edges { cursor } } } }',
    '{ topics(order: { field: NAME, direction: ASC }) { edges { cursor node { kind } } } }',
    '{ venue(slug: "acl") { __typename kind } then: venues { __typename nodes { acronym } } }',
    '{ repository(ref: "example/alpha") { url pushedAt stars } then: repositories { nodes { language } } }',
    '{ a: paper(ref: "arXiv:2101.00001") { t: title ...F } } fragment F on Node { id ... on Paper { title } }',
    '{ papers(first: 2) { nodes { title topics(first: 0) { nodes { slug } edges { cursor } } } } }',
  ])('%s', async (query) => {
    const { text, statements } = await textOf(query)
    expect(text).not.toBeNull()
    expect(statements).toHaveLength(query.split(' then: ').length)
  })

  test('with variables, in the query and within it, each text prepared once', async () => {
    const query = `query($ref: String!, $first: Int = 2) {
      paper(ref: $ref) { title authorships(first: $first) { nodes { name } } } }`
    const texts = new Set<string>()
    for (const paper of papers.slice(1, 5)) {
      const { text, statements } = await textOf(query, { ref: paper.id })
      expect(text).toContain(JSON.stringify(paper.record.title))
      for (const statement of statements) texts.add(statement)
    }
    expect(texts.size).toBe(1)
    expect((await textOf(query, { ref: papers[1]?.id, first: 1 })).text).not.toBeNull()
    expect((await textOf(query, { ref: papers[1]?.id, first: 101 })).text).toBeNull()
  })

  test.each([
    ['query($n: String) { authors(name: $n) { nodes { name } } }', {}],
    ['query($n: String) { authors(name: $n) { nodes { name } } }', { n: null }],
    ['query($n: String = "ann") { authors(name: $n) { nodes { name } } }', {}],
    ['query($o: PaperOrder) { papers(order: $o) { edges { cursor } } }', { o: null }],
    ['query($o: PaperOrder) { papers(order: $o) { edges { cursor } } }', { o: { field: 'STARS' } }],
    [
      'query($f: PaperOrderField!) { papers(order: { field: $f }) { nodes { id } } }',
      { f: 'TITLE' },
    ],
    [
      'query($s: String!) { papers(filter: { topics: [$s] }) { nodes { id } } }',
      { s: 'clustering' },
    ],
    ['query($a: String) { papers(first: 2, after: $a) { pageInfo { endCursor } } }', { a: AFTER }],
  ])('with variables: %s %j', async (query, variables) => {
    expect((await textOf(query, variables)).text).not.toBeNull()
  })

  test.each([
    ['query($s: String!) { topic(slug: $s) { name } }', { s: 5 }],
    ['query($s: String!) { topic(slug: $s) { name } }', {}],
    ['query($s: String = "acl") { venue(slug: $s) { name } }', { s: null }],
    [
      'query($f: PaperOrderField!) { papers(order: { field: $f }) { nodes { id } } }',
      { f: 'SIZE' },
    ],
  ])('not with invalid variables: %s %j', async (query, variables) => {
    expect((await textOf(query, variables)).text).toBeNull()
  })

  test('for text that needs escapes in JSON, SQL or HTML', async () => {
    const { text } = await textOf('query($id: String!) { paper(ref: $id) { title } }', {
      id: papers[0]?.id,
    })
    expect(JSON.parse(text ?? '').data.paper.title).toBe(AWKWARD_TEXT)
  })

  test('for arguments that need escapes in SQL', async () => {
    const name = `x' or true --\\"`
    const query = 'query($name: String) { authors(name: $name) { nodes { name } } }'
    expect((await askWell(t, query, { name })).data).toEqual({ authors: { nodes: [] } })
  })
})

describe('resolvers answer', () => {
  test.each([
    ['what is not there', '{ paper(ref: "arXiv:9901.00001") { title } }'],
    ['an empty list', '{ authors(name: "nobody") { nodes { name } } }'],
    ['an unknown name', '{ papers(filter: { topics: ["nope"] }) { nodes { title } } }'],
    ['several names', '{ papers(filter: { topics: ["a", "b"] }) { nodes { title } } }'],
    ['a list from its end', '{ papers(last: 2) { nodes { title } } }'],
    ['a wrong cursor', '{ papers(after: "x") { nodes { title } } }'],
    ['a wrong size', '{ papers { nodes { topics(first: -1) { nodes { slug } } } } }'],
    ['a place within', '{ papers { nodes { topics(after: "x") { nodes { slug } } } } }'],
    ['a number alone', '{ papers { totalCount } }'],
    ['what is computed', '{ topic(slug: "clustering") { name coOccurring { lift } } }'],
    ['a search', '{ search(query: "sparse") { nodes { title } } }'],
    [
      'what has its own order',
      `{ author(ref: "${ORCID}") { papers(order: { field: STARS }) { nodes { id } } } }`,
    ],
    ['any node', '{ node(id: "x") { id } }'],
    [
      'long lists in long lists in long lists',
      `{ papers { nodes { venue { papers { nodes { venue {
      papers { nodes { venue { papers { nodes { title } } } } } } } } } } } }`,
    ],
  ])('%s', async (_, query) => {
    expect((await textOf(query)).text).toBeNull()
  })

  test('a URL that must be normalised', async () => {
    const query = 'query($ref: String!) { paper(ref: $ref) { url } }'
    expect((await textOf(query, { ref: papers[0]?.id })).text).toBeNull()
    const { data } = await askWell(t, query, { ref: papers[0]?.id })
    expect(data).toEqual({ paper: { url: 'https://example.org/c' } })
    expect((await textOf('{ papers(first: 100) { nodes { id url } } }')).text).not.toBeNull()
  })
})

test('a server answers equally before and after PostgreSQL writes the answer', async () => {
  const config = patientConfig()
  const server = await startServer({ db: t.db, config, log: createLog('silent') })
  try {
    for (const query of [
      `{ papers { ${PAGE} nodes { id title url ${BYLINE} } } }`,
      '{ a: topic(slug: "clustering") { name } b: topic(slug: "nope") { name } }',
    ]) {
      const answers: unknown[] = []
      for (let use = 0; use < 4; use++) {
        const response = await fetch(`${server.url}/graphql`, {
          method: 'POST',
          // The length is only that of the answer itself if it is not compressed.
          headers: { 'content-type': 'application/json', 'accept-encoding': 'identity' },
          body: JSON.stringify({ query }),
        })
        const length = response.headers.get('content-length')
        const body = await response.text()
        expect(length).toBe(String(Buffer.byteLength(body)))
        answers.push([response.status, response.headers.get('content-type'), JSON.parse(body)])
      }
      expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
    }
  } finally {
    await server.stop()
  }
})

/** Selections of an object: its own fields, and those of objects read with it, lists with or without their size. */
function selections(type: GraphQLObjectType, depth: number): fc.Arbitrary<string> {
  const fields = Object.values(type.getFields()).filter(
    (field) => isLeaf(field) || (depth > 0 && isReadAlong(field)),
  )
  if (fields.length === 0) return fc.constant('__typename')
  return fc
    .array(fc.constantFrom(...fields), { minLength: 1, maxLength: 4 })
    .chain((some) => fc.tuple(...some.map((field, i) => selected(field, i, depth))))
    .map((parts) => `__typename ${parts.join(' ')}`)
}

function selected(field: Field, i: number, depth: number): fc.Arbitrary<string> {
  const inner = getNamedType(field.type)
  const name = `x${i}: ${field.name}`
  if (!isObjectType(inner)) return fc.constant(name)
  const isSized = field.args.some((arg) => arg.name === 'first')
  return fc
    .tuple(
      fc.constantFrom(...(isSized ? ['', '(first: 2)', '(first: 0)'] : [''])),
      selections(inner, depth - 1),
    )
    .map(([size, rest]) => `${name}${size} { ${rest} }`)
}

type Field = GraphQLField<unknown, unknown>
const isLeaf = ({ type }: Field) => !isObjectType(getNamedType(type))
const isReadAlong = (field: Field) => {
  const { one, list, page, part } = declarationOf(field)
  return one !== undefined || list !== undefined || page !== undefined || part !== undefined
}

test('whatever is selected, PostgreSQL writes the answer of the resolvers', async () => {
  const type = (name: string) => schema.getType(name) as GraphQLObjectType
  let written = 0
  const roots = fc.constantFrom(
    ['papers(first: 4)', 'PaperConnection'],
    ['paper(ref: "arXiv:2101.00011")', 'Paper'],
    ['topics(first: 3)', 'TopicConnection'],
    ['repositories(first: 3)', 'RepositoryConnection'],
    [`author(ref: "${ORCID}")`, 'Author'],
  )
  const queries = roots.chain(([field, name]) =>
    selections(type(name as string), 4).map((inner) => `{ ${field} { ${inner} } }`),
  )
  const property = fc.asyncProperty(queries, async (query) => {
    if ((await textOf(query)).text) written++
  })
  await fc.assert(property, { numRuns: 80 })
  expect(written).toBeGreaterThan(20)
})

test('identifiers are filtered by scheme, even if it is not selected', async () => {
  const { data } = await askWell<{ papers: { nodes: { identifiers: { value: string }[] }[] } }>(
    t,
    '{ papers(first: 3) { nodes { identifiers(schemes: [ARXIV]) { value } } } }',
  )
  for (const { identifiers } of data.papers.nodes) expect(identifiers).toHaveLength(1)
})
