import { buildSchema, GraphQLError, type GraphQLSchema, type GraphQLTypeResolver } from 'graphql'
import { AppError, badInput } from '../../src/errors.ts'

/** Number of calls of `slow` in this process. */
export const slowRuns = { count: 0 }

/** Text that no client may see. */
export const SECRET = 'hunter2 at 10.0.0.7'

const SDL = /* GraphQL */ `
  scalar Day
  enum Kind { BOOK PAPER }
  input Filter { min: Int = 1, kinds: [Kind!], range: Range, tags: [String] }
  input Range { low: Int!, high: Int = 9 }
  input Tree { leaf: Int, branches: [Tree!] }
  interface Node { id: ID! }
  union Found = Thing | Other
  type Thing implements Node {
    id: ID!
    name: String
    kind: Kind
    self: Thing
    later: Thing!
    peers: [Thing!]!
    maybePeers: [Thing]
    node: Node
    broken: String!
    fails: String
    failsLater: String
  }
  type Other implements Node { id: ID!, size: Int }
  type Query {
    hello: String!
    echo(text: String, count: Int = 3, kind: Kind, filter: Filter, day: Day, needed: Int! = 7, flags: [Boolean!], tree: Tree): String
    thing(id: ID = "t1"): Thing
    things(first: Int = 2): [Thing!]!
    node(id: ID!): Node
    found: [Found]
    refused: String
    refusedLater: String
    refusedDeep: String
    secret: String
    secretLater: String!
    secretText: String
    rude: String
    items: [Int]
    badInt: Int
    slow(ms: Int!): String
  }
  type Mutation { bump: Int! }
  type Subscription { ticks: Int! }
`

let bumps = 0

/** The executors agree on the values of arguments, but not on the order of their names. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortKeys(inner)]))
}

/** A schema with every kind of field and failure that the server must handle. */
export function createTestSchema(): GraphQLSchema {
  const schema = buildSchema(SDL)
  const thing = (id: string): unknown => ({ __typename: 'Thing', id, name: `Thing ${id}`, kind: 1 })
  const other = (id: string): unknown => ({ __typename: 'Other', id, size: id.length })
  const byId = (id: string) => (id.startsWith('t') ? thing(id) : id === '0' ? null : other(id))
  const fail = () => {
    throw new Error(SECRET)
  }
  set(schema, 'Thing', {
    self: (parent) => parent,
    later: async (parent) => parent,
    peers: async (parent) => [thing(`${parent.id}a`), thing(`${parent.id}b`)],
    maybePeers: (parent) => [thing(`${parent.id}c`), null],
    node: (parent) =>
      parent.id.length > 3 ? null : byId(parent.id.length % 2 ? `${parent.id}x` : 'o'),
    broken: fail,
    fails: () => {
      throw badInput('The thing fails, as it was asked to.')
    },
    failsLater: async () => {
      throw new AppError('UNAVAILABLE', 'The thing is away.', { cause: new Error(SECRET) })
    },
  })
  set(schema, 'Query', {
    hello: () => 'world',
    echo: (_, args) => JSON.stringify(sortKeys(args)),
    thing: (_, { id }) => byId(id),
    things: async (_, { first }) => Array.from({ length: first }, (_unused, i) => thing(`t${i}`)),
    node: (_, { id }) => byId(id),
    found: () => [thing('t1'), other('o1'), null],
    refused: () => {
      throw new AppError('NOT_FOUND', 'There is no such thing.')
    },
    refusedLater: async () => {
      throw badInput('The cursor "x" cannot be read.')
    },
    refusedDeep: async () => {
      const inner = new GraphQLError('inner', { originalError: badInput('Wrapped twice.') })
      throw new GraphQLError('outer', {
        originalError: inner,
        extensions: { http: { status: 418 } },
      })
    },
    secret: fail,
    secretLater: async () => fail(),
    secretText: () => {
      throw new GraphQLError(SECRET, { extensions: { code: 'TEAPOT', http: { status: 418 } } })
    },
    rude: () => Promise.reject(SECRET),
    items: () => [1, new Error(SECRET), 3],
    badInt: () => SECRET,
    slow: (_, { ms }) => {
      slowRuns.count++
      return new Promise((resolve) => setTimeout(resolve, ms, 'done'))
    },
  })
  set(schema, 'Mutation', { bump: () => ++bumps })
  for (const name of ['Node', 'Found']) {
    const type = schema.getType(name) as { resolveType?: GraphQLTypeResolver<never, never> }
    type.resolveType = (value: { __typename: string }) => value.__typename
  }
  const kind = schema.getType('Kind') as unknown as { getValues(): { value: unknown }[] }
  kind.getValues().forEach((value, index) => {
    value.value = index
  })
  return schema
}

// biome-ignore lint/suspicious/noExplicitAny: the values of a test schema.
type Resolver = (parent: any, args: any) => unknown

function set(schema: GraphQLSchema, typeName: string, resolvers: Record<string, Resolver>): void {
  const type = schema.getType(typeName) as ReturnType<GraphQLSchema['getQueryType']>
  for (const [name, resolve] of Object.entries(resolvers)) {
    const field = type?.getFields()[name]
    if (!field) throw new Error(`No field ${typeName}.${name}`)
    field.resolve = resolve
  }
}
