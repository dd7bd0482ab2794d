import { buildSchema, type GraphQLObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { badInput } from '../../../src/errors.ts'
import {
  createOperations,
  type Operation,
  type Variables,
} from '../../../src/server/execute/operations.ts'

const schema = buildSchema(`
  type Entry { id: Int!, late: Int!, soon: Int!, maybe: Int, fine: Int!, inner: Entry!, odd: Int! }
  type Query { entry: Entry, entries(first: Int! = 3): [Entry!], some: [Entry], all: [Entry!]! }
`)

/** Number of running resolvers of all executions. */
let running = 0

const later = async (ms: number) => {
  running++
  await new Promise((resolve) => setTimeout(resolve, ms))
  running--
}
const entry = (id: number) => ({ id })
const RESOLVERS: Record<
  string,
  Record<string, (parent: { id: number }, args: { first: number }) => unknown>
> = {
  Entry: {
    late: async ({ id }) => {
      await later(5)
      throw badInput(`late ${id}`)
    },
    soon: ({ id }) => {
      throw badInput(`soon ${id}`)
    },
    maybe: ({ id }) => {
      throw badInput(`maybe ${id}`)
    },
    odd: async ({ id }) => {
      await later(10 - id)
      if (id % 2 === 1) throw badInput(`odd ${id}`)
      return id
    },
    fine: async ({ id }) => {
      await later(20)
      return id
    },
    inner: async (parent) => {
      await later(2)
      return parent
    },
  },
  Query: {
    entry: () => entry(1),
    entries: (_, { first }) => Array.from({ length: first }, (_unused, id) => entry(id)),
    some: () => [entry(0), entry(1), null, entry(3)],
    all: () => [entry(0), entry(1)],
  },
}
for (const [type, fields] of Object.entries(RESOLVERS))
  for (const [name, resolve] of Object.entries(fields)) {
    const field = (schema.getType(type) as GraphQLObjectType).getFields()[name]
    if (field) field.resolve = resolve as never
  }

/** The answers of the first and the third use, which must be equal. */
async function askTwice(query: string, variables?: Variables) {
  const operations = createOperations(schema)
  const uses = [1, 2, 3].map(() => operations.prepare(query, null) as { operation: Operation })
  const [first, , third] = uses.map(({ operation }) => operation)
  const answers = []
  for (const operation of [first, third]) {
    answers.push(JSON.parse(JSON.stringify(await operation?.execute({}, variables))))
    expect(running).toBe(0)
  }
  expect(answers[1]).toEqual(answers[0])
  const { data, errors = [] } = answers[0]
  return {
    data,
    errors: errors.map((one: { message: string; path: unknown[] }) => [
      one.message,
      one.path.join('.'),
    ]),
  }
}

test.each([
  ['{ entries { soon } }', { entries: null }, [['soon 0', 'entries.0.soon']]],
  ['{ entries { odd } }', { entries: null }, [['odd 1', 'entries.1.odd']]],
  ['{ entry { late soon } }', { entry: null }, [['late 1', 'entry.late']]],
  ['{ entry { soon late } }', { entry: null }, [['soon 1', 'entry.soon']]],
  [
    '{ entry { inner { inner { late } } soon } }',
    { entry: null },
    [['late 1', 'entry.inner.inner.late']],
  ],
  [
    '{ entry { ...F soon } } fragment F on Entry { late }',
    { entry: null },
    [['late 1', 'entry.late']],
  ],
])('reports one fault for a null, the first in the query: %s', async (query, data, errors) => {
  expect(await askTwice(query)).toEqual({ data, errors })
})

test('faults below a null from another fault are not reported', async () => {
  const { data, errors } = await askTwice('{ entry { maybe late } other: entry { maybe id } }')
  expect(data).toEqual({ entry: null, other: { maybe: null, id: 1 } })
  expect(errors).toEqual([
    ['late 1', 'entry.late'],
    ['maybe 1', 'other.maybe'],
  ])
})

test('each null of a list of nullable items has its fault', async () => {
  const { data, errors } = await askTwice('{ some { id x: inner { odd } } entries { maybe } }')
  expect(data.some).toEqual([{ id: 0, x: { odd: 0 } }, null, null, null])
  expect(errors).toEqual([
    ['odd 1', 'some.1.x.odd'],
    ['odd 3', 'some.3.x.odd'],
    ...[0, 1, 2].map((i) => [`maybe ${i}`, `entries.${i}.maybe`]),
  ])
})

test('a fault that leaves no data is reported alone', async () => {
  const { data, errors } = await askTwice('{ entry { maybe } all { soon } }')
  expect(data).toBeNull()
  expect(errors).toEqual([['soon 0', 'all.0.soon']])
})

test('an answer waits for everything that it began, even if that no longer matters', async () => {
  expect(await askTwice('{ entry { soon } x: entry { fine y: late } }')).toMatchObject({
    data: { entry: null, x: null },
  })
})

test('a variable of a non-null type gets its default', async () => {
  const query = 'query($n: Int! = 1) { entries(first: $n) { id } }'
  expect(await askTwice(query)).toEqual({ data: { entries: [{ id: 0 }] }, errors: [] })
  expect(await askTwice(query, { n: 2 })).toMatchObject({
    data: { entries: [{ id: 0 }, { id: 1 }] },
  })
})
