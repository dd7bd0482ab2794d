import {
  buildSchema,
  type GraphQLInputType,
  parseType,
  parseValue,
  typeFromAST,
  valueFromAST,
} from 'graphql'
import { expect, test } from 'vitest'
import { compileValue } from '../../../src/graphql/plan/values.ts'

const schema = buildSchema(`
  enum Color { RED BLUE }
  input Inner { needed: Int! other: String = "x" }
  input Filter { names: [String!] loose: [String] inner: Inner color: Color = RED many: [Inner!] size: Int! = 3 }
  input One @oneOf { a: Int b: String }
  scalar Any
  type Query { a: Int }
`)

/** The value of an optional variable is absent; it may also be null. */
const VARIABLES = [{}, { v: null }, { v: 'a' }, { v: 7 }, { v: ['a', null] }, { v: { needed: 1 } }]

const VALUES: [type: string, value: string][] = [
  ['String', '$v'],
  ['String!', '$v'],
  ['[String!]', '[$v]'],
  ['[String!]', '["b", $v]'],
  ['[String]', '[$v, "b"]'],
  ['[String]', '$v'],
  ['[[Int]]', '[[$v], 3]'],
  ['Filter', '{ names: [$v] }'],
  ['Filter', '{ names: $v, color: BLUE }'],
  ['Filter', '{ color: $v, size: $v }'],
  ['Filter', '{ loose: [$v, null], color: NONE }'],
  ['Filter', '{ inner: { needed: $v } }'],
  ['Filter', '{ inner: { other: $v } }'],
  ['Filter', '{ inner: $v, names: null }'],
  ['Filter', '{ many: [{ needed: 1 }, $v] }'],
  ['Filter', '{ many: { needed: $v } }'],
  ['Filter!', '[$v]'],
  ['One', '{ a: $v }'],
  ['One', '{ a: 1, b: $v }'],
  ['Any', '{ a: [$v] }'],
  ['Int', '5'],
  ['Int', '"five"'],
]

for (const [type, text] of VALUES)
  test(`${text} is read as ${type} as graphql-js reads it`, () => {
    const known = typeFromAST(schema, parseType(type) as never) as GraphQLInputType
    const node = parseValue(text)
    const read = compileValue(node, known)
    for (const variables of VARIABLES)
      expect(read(variables)).toEqual(valueFromAST(node, known, variables))
  })
