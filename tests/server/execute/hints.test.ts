import { getNamedType, isObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../../src/graphql/index.ts'
import { hintForField } from '../../../src/server/execute/hints.ts'
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

// Names that every object of JavaScript has must not be taken for entries of a table.
test.each(Object.getOwnPropertyNames(Object.prototype).filter((name) => !name.startsWith('__')))(
  'a field and an argument named %s are refused like any other',
  (name) => {
    for (const query of [`{ ${name} }`, `{ papers(${name}: 1) { ${name} nodes { ${name} } } }`]) {
      const prepared = operations.prepare(query, undefined)
      const errors = 'errors' in prepared ? prepared.errors : []
      expect(errors.length).toBeGreaterThan(0)
      for (const { message } of errors)
        expect(message).toMatch(/^(?:Cannot query field|Unknown argument)/)
    }
  },
)

const connections = Object.values(schema.getTypeMap()).flatMap((type) => {
  if (!isObjectType(type) || !type.name.endsWith('Connection')) return []
  const { nodes } = type.getFields()
  const node = nodes && getNamedType(nodes.type)
  return isObjectType(node) ? [[type, node] as const] : []
})

test.each(connections)('%s: a field that only %s has is suggested below nodes', (type, node) => {
  const own = new Set(Object.keys(type.getFields()))
  const fields = Object.keys(node.getFields()).filter((name) => !own.has(name))
  expect(fields.length).toBeGreaterThan(0)
  for (const field of fields) expect(hintForField(type, field)).toBeDefined()
})
