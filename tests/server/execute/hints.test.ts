import { expect, test } from 'vitest'
import { schema } from '../../../src/graphql/index.ts'
import { createOperations } from '../../../src/server/execute/operations.ts'

const operations = createOperations(schema)

test.each([
  ['{ paper(id: "x") { title } }', 'ref'],
  ['{ papers(limit: 5) { nodes { title } } }', 'first'],
  ['{ paper(ref: "x") { authors { name } } }', 'authorships'],
  ['{ paper(ref: "x") { cited_by_count } }', 'citationCount'],
  ['{ paper(ref: "x") { topics { name } } }', 'nodes { name }'],
  ['{ paper(ref: "x") { topics { score } } }', 'edges { score }'],
  ['{ papers { edges { title } } }', 'node { title }'],
  ['{ papers { fieldsOfStudy } }', 'nodes { topics }'],
  ['{ papers(filter: { topics: ["x"] }) { totalCount } }', '{ any: ["x"] }'],
  ['{ papers(order: CITATIONS) { totalCount } }', '{ field: CITATIONS }'],
])('%s suggests %s', (query, hint) => {
  const prepared = operations.prepare(query, undefined)
  const [error] = 'errors' in prepared ? prepared.errors : []
  expect(error?.message).toContain(` Did you mean "${hint}"?`)
  expect(error?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
})
