import { afterAll, beforeAll, expect, test } from 'vitest'
import { createContext, schema } from '../../../src/graphql/index.ts'
import { createOperations } from '../../../src/server/execute/operations.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { createSeededDatabase, ORCID } from '../seeded-catalogue.ts'

/** Operations of clients: one for each kind of field, each position of a list, and each relation of a parent. */
const OPERATIONS: [what: string, query: string][] = [
  [
    'the page of a paper',
    `{ paper(ref: "arXiv:2101.00001") { id title abstract publishedOn venue { slug name }
      identifiers { scheme value } authorships { totalCount nodes { position name author { id } } }
      topics { edges { score node { slug name } } }
      repositories(first: 3) { totalCount edges { isOfficial node { url stars pushedAt } } } } }`,
  ],
  [
    'the newest papers',
    '{ papers(first: 20) { nodes { id title year authorships(first: 3) { nodes { name } } } } }',
  ],
  [
    'a page with its cursors',
    '{ papers(first: 5) { edges { cursor node { title } } pageInfo { hasNextPage endCursor } } }',
  ],
  ['the number of all papers', '{ papers { totalCount } }'],
  ['a page from the end', '{ papers(last: 5) { nodes { title } pageInfo { hasPreviousPage } } }'],
  [
    'papers by citations',
    '{ papers(first: 5, order: { field: CITATIONS }) { nodes { title citationCount } } }',
  ],
  [
    'papers about a topic',
    '{ papers(first: 5, filter: { topics: ["clustering"] }) { nodes { title } } }',
  ],
  [
    'papers under many conditions',
    `{ papers(first: 5, filter: { year: [2015, 2016], minCitations: 3, hasRepository: true, text: "sparse" }) {
      totalCount nodes { title } } }`,
  ],
  [
    'facets',
    `{ papers(filter: { minCitations: 3 }) { facets { years { value count } topics(first: 3) { topic { name } count } } } }`,
  ],
  [
    'decisions by venues',
    `{ papers(first: 5, filter: { decisions: { venues: ["acl"], presentation: [ORAL], hasAward: true } }, order: RATING) {
      nodes { title decisions { venue { slug } year outcome award rating { mean count } } }
      facets { presentations { value count } areas(first: 3) { value count } } } }`,
  ],
  [
    'papers of an institution since a day',
    `{ papers(first: 5, filter: { institutions: ["https://ror.org/05a28rw58"], published: { from: "2015-01-01" } }) {
      nodes { title institutions { edges { evidence matchedText node { name ror } } } authorships { nodes { institutions { slug } } } }
      facets { institutions(first: 3) { value count institution { name } } } } }`,
  ],
  [
    'the page of an institution',
    `{ institution(ref: "https://ror.org/05a28rw58") { name ror acronyms paperCount parent { name }
      papers(first: 5) { totalCount nodes { title } } authors(first: 3) { totalCount edges { paperCount node { name } } }
      papersPerYear { year count } topicsPerYear(first: 2, from: 2014, to: 2020) { year paperCount topic { slug } }
      leadingTopics(first: 3) { topic { name } } } }`,
  ],
  [
    'institutions by a short form',
    '{ institution(ref: "ETHZ") { name } institutions(first: 3, name: "eth") { nodes { name } } }',
  ],
  [
    'institutions of an author',
    `{ author(ref: "${ORCID}") { institutions { edges { paperCount firstYear node { name } } } } }`,
  ],
  [
    'the page of an author',
    `{ author(ref: "${ORCID}") { id name paperCount identifiers { scheme value }
      papers(first: 5) { totalCount nodes { title } pageInfo { hasNextPage endCursor } } } }`,
  ],
  ['authors by name', '{ authors(first: 5, name: "ada") { nodes { name paperCount } } }'],
  [
    'co-authors and topics of an author',
    `{ author(ref: "${ORCID}") { name coAuthors(first: 3) { nodes { name } } leadingTopics(first: 3) { topic { name } } } }`,
  ],
  [
    'the page of a topic',
    '{ topic(slug: "clustering") { name paperCount parent { name } papers(first: 5) { nodes { title } } } }',
  ],
  [
    'a topic in time and with others',
    '{ topic(slug: "clustering") { papersPerYear { year count } coOccurring(first: 3) { topic { name } lift } } }',
  ],
  [
    'the page of a venue',
    '{ venue(slug: "acl") { name kind papers(first: 5) { nodes { title } } } }',
  ],
  [
    'the page of a repository',
    `{ repository(ref: "example/alpha") { url stars checkedAt
      papers(first: 5) { edges { isOfficial evidence node { title } } } } }`,
  ],
  [
    'repositories in a language',
    '{ repositories(first: 5, language: ["Python"]) { nodes { url stars } } }',
  ],
  [
    'papers of several authors',
    '{ authors(first: 5) { nodes { name papers(first: 3) { nodes { title } } } } }',
  ],
  [
    'lists within lists',
    `{ papers(first: 3) { nodes { title authorships { nodes { author { name
      papers(first: 2) { nodes { title topics { nodes { name } } } } } } } } } }`,
  ],
  [
    'citations of a paper',
    `{ paper(ref: "arXiv:2101.00001") { citationCount citations(first: 3) { nodes { title } }
      references(first: 3) { totalCount } unresolvedReferences(first: 3) { nodes { text } } } }`,
  ],
  [
    'what is related to a paper',
    '{ paper(ref: "arXiv:2101.00001") { related(first: 3) { score paper { title } } } }',
  ],
  [
    'sources of a paper',
    '{ paper(ref: "arXiv:2101.00001") { sources { source url fetchedAt } conflicts { field } } }',
  ],
  [
    'a search',
    '{ search(query: "sparse models", first: 5) { totalCount edges { score node { title } } } }',
  ],
  [
    'suggestions while somebody types',
    '{ suggest(prefix: "spa", first: 5) { label node { id } } }',
  ],
  [
    'several fields of the query',
    '{ papers(first: 2) { nodes { title } } stats { paperCount } venues(first: 2) { nodes { name } } }',
  ],
]

let t: TestDatabase
beforeAll(async () => {
  t = (await createSeededDatabase()).t
})
afterAll(() => t.close())

/** The statements of a query at its first use, and once it is known. */
async function statementsOf(query: string): Promise<{ first: string[]; known: string[] }> {
  const operations = createOperations(schema)
  const use = () => {
    const prepared = operations.prepare(query, undefined)
    if ('errors' in prepared) throw prepared.errors[0]
    return prepared.operation
  }
  const operation = use()
  t.statements.length = 0
  const { errors } = await operation.execute(createContext(t.db), {})
  expect(errors).toBeUndefined()
  // Statements of different fields run concurrently.
  const first = [...t.statements].sort()
  use()
  t.statements.length = 0
  const { answer } = use()
  const answered = await answer?.(createContext(t.db), {})
  return { first, known: answered ? [...t.statements].sort() : first }
}

/** One line for each clause or nested query, so that a change shows its place. */
function laidOut(statement: string): string {
  let depth = 1
  const words = statement.replace(/\s+/g, ' ').trim()
  const text = words.replace(PIECES, (piece) => {
    if (piece.startsWith("'")) return piece
    if (piece === ')') depth--
    else if (piece === '(') depth++
    else {
      const line = `\n${'  '.repeat(depth)}${piece.trimStart()}`
      if (piece.includes('(')) depth++
      return line
    }
    return piece
  })
  return text.replace(/ +\n/g, '\n')
}

/** A text, a nested query, the beginning of a clause, or a parenthesis. */
const PIECES = /'(?:[^']|'')*'|\(select(?= )|[()]| (?:from|where|order by|union all)(?= )/g

function printed(what: string, query: string, statements: Record<'first' | 'known', string[]>) {
  const asked = `-- ${what}\n-- ${query.replace(/\s+/g, ' ')}`
  const list = (texts: string[]) => texts.map((one) => `${laidOut(one)};`).join('\n\n')
  const { first, known } = statements
  if (first.join() === known.join()) return `${asked}\n\n${list(first)}\n`
  return `${asked}\n\n-- by resolvers\n${list(first)}\n\n-- by Postgres, as far as it can\n${list(known)}\n`
}

const HEAD = `-- What representative operations send to Postgres, made by tests/graphql/plan/statements.test.ts. To make it anew:
-- npx vitest run tests/graphql/plan/statements.test.ts --update
`

test('a change of the statements shows in statements.sql', async () => {
  const parts: string[] = []
  for (const [what, query] of OPERATIONS)
    parts.push(printed(what, query, await statementsOf(query)))
  await expect([HEAD, ...parts].join('\n')).toMatchFileSnapshot('./statements.sql')
})
