import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
  isScalarType,
} from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '../../src/errors.ts'
import { schema } from '../../src/graphql/index.ts'
import { type LimitedField, limitOfInput } from '../../src/graphql/input-limits.ts'
import type { TestDatabase } from '../helpers/database.ts'
import { ask } from '../helpers/graphql.ts'
import { createSeededDatabase } from './seeded-catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  t = (await createSeededDatabase()).t
})
afterAll(() => t.close())

interface Place {
  field: string
  /** Names from the argument to the text or list. */
  path: string[]
  member: GraphQLArgument | GraphQLInputField
  check: LimitedField['checkArguments']
}

/** Scalars whose values have their own grammar, and are short if they are valid. */
const READ_BY_GRAMMAR = new Set([
  'Int',
  'Float',
  'Boolean',
  'Date',
  'Month',
  'Week',
  'DateTime',
  'URL',
])

function placesOf(path: string[], member: Place['member']): Omit<Place, 'field' | 'check'>[] {
  const inner = getNullableType(member.type)
  if (!isInputObjectType(inner)) return [{ path: [...path, member.name], member }]
  return Object.values(inner.getFields()).flatMap((one) => placesOf([...path, member.name], one))
}

const PLACES: Place[] = Object.values(schema.getTypeMap()).flatMap((type) => {
  if (!isObjectType(type) || type.name.startsWith('__')) return []
  return Object.values(type.getFields()).flatMap((field) =>
    field.args.flatMap((argument) =>
      placesOf([], argument).map((place) => ({
        ...place,
        field: `${type.name}.${field.name}`,
        check: (field.extensions as LimitedField).checkArguments,
      })),
    ),
  )
})

const named = (places: Place[]) =>
  places.map((place) => [`${place.field}(${place.path.join('.')})`, place] as const)

const isText = (type: GraphQLInputType): boolean => {
  const inner = getNullableType(type)
  if (isListType(inner)) return isText(inner.ofType)
  return isScalarType(inner) && !READ_BY_GRAMMAR.has(inner.name)
}
const isList = ({ member }: Place) => isListType(getNullableType(member.type))

function faultOf({ check, path }: Place, value: unknown): { code: string; message: string } | null {
  const args = path.reduceRight((inner, name) => ({ [name]: inner }), value as object)
  try {
    check?.(args as Record<string, unknown>)
    return null
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { code: error.code, message: error.message }
  }
}

test.each(named(PLACES.filter(({ member }) => isText(member.type))))(
  '%s takes a text up to its limit only',
  (_, place) => {
    const { characters = Number.NaN } = limitOfInput(place.member)
    const isFile = place.field === 'Mutation.followBibliography'
    expect(characters).toBeLessThanOrEqual(isFile ? 90_000 : 20_000)
    const wrap = (length: number) => (isList(place) ? ['x'.repeat(length)] : 'x'.repeat(length))
    expect(faultOf(place, wrap(characters))).toBeNull()
    const name = `${place.path.join('.')}${isList(place) ? '[0]' : ''}`
    expect(faultOf(place, wrap(characters + 1))).toEqual({
      code: 'BAD_USER_INPUT',
      message: `${name} has ${characters + 1} characters; expected at most ${characters}.`,
    })
  },
)

test.each(named(PLACES.filter(isList)))('%s takes a list up to its limit only', (_, place) => {
  const { entries = Number.NaN } = limitOfInput(place.member)
  expect(entries).toBeLessThanOrEqual(500)
  expect(faultOf(place, Array(entries).fill('x'))).toBeNull()
  expect(faultOf(place, Array(entries + 1).fill('x'))).toEqual({
    code: 'BAD_USER_INPUT',
    message: `${place.path.join('.')} has ${entries + 1} entries; expected at most ${entries}.`,
  })
})

const LONG = 'y'.repeat(10_240)
const MANY = Array.from({ length: 101 }, (_, i) => `name-${i}`)

/** Each is tested with the value in the query, and as a variable. */
test.each([
  [
    'papers(filter: #) { totalCount }',
    'PaperFilter',
    { topics: [LONG] },
    'filter.topics[0] has 10240',
  ],
  [
    'papers(filter: #) { nodes { id } }',
    'PaperFilter',
    { topicsNone: MANY },
    'filter.topicsNone has 101',
  ],
  ['papers(after: #) { nodes { id } }', 'String', LONG, 'after has 10240'],
  [
    'topics(first: 1) { nodes { papers(filter: #) { totalCount } } }',
    'PaperFilter',
    { authors: [LONG] },
    'filter.authors[0] has 10240',
  ],
  [
    'topics(first: 1) { nodes { papers(before: #) { totalCount } } }',
    'String',
    LONG,
    'before has 10240',
  ],
  ['papers(first: 1) { nodes { citation(style: #) } }', 'String!', LONG, 'style has 10240'],
  ['node(id: #) { id }', 'ID!', LONG, 'id has 10240'],
  ['nodes(ids: #) { id }', '[ID!]!', ['a', LONG], 'ids[1] has 10240'],
  ['topic(slug: #) { id }', 'String!', LONG, 'slug has 10240'],
  ['author(ref: #) { id }', 'String!', LONG, 'ref has 10240'],
  ['repositories(language: #) { totalCount }', '[String!]', MANY, 'language has 101'],
  [
    'stats(filter: #) { paperCount }',
    'PaperFilter',
    { venues: [LONG] },
    'filter.venues[0] has 10240',
  ],
  [
    'search(query: "a", filter: #) { totalCount }',
    'PaperFilter',
    { year: Array(101).fill(2020) },
    'filter.year has 101',
  ],
])('%s with %s reports the argument that is too long', async (field, type, value, message) => {
  const literal = JSON.stringify(value).replace(/"([A-Za-z]+)":/g, '$1:')
  const expected = [expect.stringContaining(message), 'BAD_USER_INPUT']
  const given = await ask(t, `{ a: ${field.replace('#', literal)} }`)
  const varied = await ask(t, `query($v: ${type}) { a: ${field.replace('#', '$v')} }`, { v: value })
  for (const { errors } of [given, varied])
    expect(errors.map((error) => [error.message, error.code])).toContainEqual(expected)
})

test('of many unknown names, some are listed, with similar ones', async () => {
  const names = [
    'clusterin',
    ...Array.from({ length: 60 }, (_, i) => `nonsense-${i}`),
    'z'.repeat(300),
  ]
  const { errors } = await ask(t, 'query($f: PaperFilter) { papers(filter: $f) { totalCount } }', {
    f: { topics: names },
  })
  expect(errors[0]?.message).toContain('"clusterin"; did you mean "clustering"?')
  expect(errors[0]?.message).toMatch(/57 more are unknown\.$/)
})

test.each(['-weather', ' -weather -"neural nets"', 'model or -weather', '-a or model'])(
  'a text that only excludes words is refused: %s',
  async (text) => {
    const { errors } = await ask(
      t,
      'query($f: PaperFilter) { papers(filter: $f) { totalCount } }',
      { f: { text } },
    )
    expect(errors[0]).toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('filter.text'),
    })
  },
)

test('a text of a stop word and an excluded word finds nothing', async () => {
  const { data } = await ask<{ papers: { totalCount: number } }>(
    t,
    '{ papers(filter: { text: "the -weather" }) { totalCount } }',
  )
  expect(data.papers.totalCount).toBe(0)
})

test('at most ten terms of a search name authors', async () => {
  const query = 'author:ada '.repeat(11)
  const { errors } = await ask(
    t,
    'query($q: String!) { search(query: $q, mode: STRICT) { totalCount } }',
    { q: query },
  )
  expect(errors[0]?.message).toBe('query, character 111: more than 10 terms with author:.')
  const lenient = await ask(t, 'query($q: String!) { search(query: $q) { totalCount } }', {
    q: query,
  })
  expect(lenient.errors).toEqual([])
})
