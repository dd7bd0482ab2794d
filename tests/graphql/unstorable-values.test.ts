import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createContext, schema } from '../../src/graphql/index.ts'
import { createLog } from '../../src/log.ts'
import type { RunDocument } from '../../src/run-document.ts'
import { createOperations } from '../../src/server/execute/operations.ts'
import { createDocumentRunner } from '../../src/server/execute/run-document.ts'
import { type RunningServer, startServer } from '../../src/server/http.ts'
import type { TestDatabase } from '../helpers/database.ts'
import { patientConfig } from '../helpers/patient-config.ts'
import { atLeast } from '../helpers/thorough.ts'
import { createSeededDatabase, nodeId } from './seeded-catalogue.ts'

/** Every argument of every field gets values that PostgreSQL refuses, or barely accepts. */
let t: TestDatabase
let server: RunningServer
/**
 * Runs documents like the server. Over HTTP each position would get only one value, because HTTP takes most of the CPU time of a request.
 */
let run: RunDocument
beforeAll(async () => {
  t = (await createSeededDatabase()).t
  const log = createLog('silent')
  server = await startServer({ db: t.db, config: patientConfig(), log })
  run = createDocumentRunner({
    ...{ operations: createOperations(schema), isReadOnly: true, requestId: 'test', log },
    createContext: () => createContext(t.db),
  })
})
afterAll(async () => {
  await server.stop()
  await t.close()
})

const NUMBERS = [-1, 0, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 1e20, 1e308, 5e-324, 1.5]
const DATES = [
  ...['0000-01-01', '10000-01-01', '-0001-01-01', '+2021-01-01', '2021-02-30', '2021-02-31'],
  ...['2021-13-01', '2021-01-32', '294277-01-01', 'infinity', '-infinity', '24:00', '', 'now'],
  ...['2021-01-01T00:00:00Z', 20210101, null],
]
const TEXTS = [
  ...['\0', 'a\0b', '\ud800', 'a\udc00b', 'doi:10.1/\ud800', 'github.com/a\0/b', '%', '\\', "'"],
  ...['', '99999999999999999999', 'arxiv:99999999999999999999', 'year:0000', 'year:99999..100000'],
  ...['author:\ud800', '"\ud800"', 'stars:>99999999999999999999', 'published:0000-01-01', '\u202e'],
]
const IDS = ['Paper', 'Author', 'Topic', 'Import'].flatMap((type) =>
  ['9'.repeat(19), '9'.repeat(30), '-1', '1e3', '\0', '\ud800'].map((id) =>
    Buffer.from(`${type}:${id}`).toString('base64'),
  ),
)
const INSTANTS = [
  '0000-01-01T00:00:00Z',
  '2021-01-01T24:00:00Z',
  '294277-01-01T00:00:00Z',
  'now',
  '2021-02-30',
  '0000-01-01',
  '2021-1-1',
  '2021-01',
  '20210101',
  20210101,
  '',
]

const BAD_VALUES: Record<string, unknown[]> = {
  String: TEXTS,
  ID: [...TEXTS, ...IDS],
  Int: NUMBERS,
  Float: NUMBERS,
  Date: DATES,
  Month: ['0000-01', '10000-01', '2021-13', '2021-00', '2021-01-01', '', 'infinity', 202101],
  DateTime: INSTANTS,
  URL: ['http://\0', 'https://example.org/\ud800', 'x'],
}

/** One of this many ids is given to each text; coprime to their number, so that all types are included. */
const STEP = atLeast(12, 1)

/** The path to the fields of a type. */
const PARENTS: Record<string, (field: string) => string> = {
  Query: (field) => field,
  Paper: (field) => `paper(ref: "2101.00001") { ${field} }`,
  Author: (field) => `author(ref: "${nodeId('Author', 1)}") { ${field} }`,
  Topic: (field) => `topic(slug: "clustering") { ${field} }`,
  Venue: (field) => `venue(slug: "acl") { ${field} }`,
  Repository: (field) => `repositories(first: 1) { nodes { ${field} } }`,
  PaperConnection: (field) => `papers(first: 1) { ${field} }`,
  PaperFacets: (field) => `papers(first: 1) { facets { ${field} } }`,
}

/** Required values of fields, by the name of the argument. */
const NEEDED: Record<string, unknown> = {
  ...{ ref: '2101.00001', refs: ['2101.00001'], slug: 'clustering', id: nodeId('Paper', 1) },
  ...{ ids: [nodeId('Paper', 1)], query: 'graph', prefix: 'gra', from: '2101.00001' },
  ...{ to: '2101.00002', references: ['Lovelace, A. On graphs. 2021.'], title: 'Graphs' },
}

interface Place {
  name: string
  /** Equal for positions that the same code reads. */
  key: string
  query: string
  variable: (value: unknown) => unknown
  scalar: string
}

/** A query for each position of a scalar within each argument, with a variable for the whole argument. */
function placesOf(typeName: string): Place[] {
  const type = schema.getType(typeName)
  if (!isObjectType(type)) throw new Error(`There is no type ${typeName}`)
  const within = PARENTS[typeName] as (field: string) => string
  return Object.values(type.getFields()).flatMap((field) =>
    field.args.flatMap((arg) =>
      scalarsOf(arg.type, arg.name, []).map(({ path, scalar, variable }) => ({
        name: `${typeName}.${field.name}(${path})`,
        key: isSharedArgument(arg) ? path : `${typeName}.${field.name}(${path})`,
        query: `query ($value: ${arg.type}) { ${within(call(field, arg))} }`,
        ...{ scalar, variable },
      })),
    ),
  )
}

const isSharedArgument = ({ name, type }: GraphQLArgument) =>
  isInputObjectType(getNamedType(type)) || ['first', 'last', 'after', 'before'].includes(name)

type Wrap = (value: unknown) => unknown

function scalarsOf(
  type: GraphQLInputType,
  path: string,
  above: string[],
): { path: string; scalar: string; variable: Wrap }[] {
  const inner = getNullableType(type)
  if (isListType(inner))
    return scalarsOf(inner.ofType, path, above).map((one) => ({
      ...one,
      variable: (value) => [one.variable(value)],
    }))
  if (isScalarType(inner))
    return BAD_VALUES[inner.name] ? [{ path, scalar: inner.name, variable: (value) => value }] : []
  if (!isInputObjectType(inner) || above.includes(inner.name)) return []
  const others = Object.values(inner.getFields()).filter((field) => isNonNullType(field.type))
  const filled = Object.fromEntries(others.map(({ name }) => [name, NEEDED[name]]))
  return Object.values(inner.getFields()).flatMap((field) =>
    scalarsOf(field.type, `${path}.${field.name}`, [...above, inner.name]).map((one) => ({
      ...one,
      variable: (value) => ({ ...filled, [field.name]: one.variable(value) }),
    })),
  )
}

function call(field: GraphQLField<unknown, unknown>, arg: GraphQLArgument): string {
  const others = field.args.filter(
    ({ name, type, defaultValue }) =>
      name !== arg.name && isNonNullType(type) && defaultValue === undefined,
  )
  const given = others.map(({ name }) => `${name}: ${JSON.stringify(NEEDED[name])}`)
  return `${field.name}(${[`${arg.name}: $value`, ...given].join(', ')})${selection(field.type, 0)}`
}

/** A selection of everything that needs no arguments. */
function selection(type: GraphQLOutputType, level: number): string {
  const named = getNamedType(type)
  if (isLeafType(named)) return ''
  if (level > 2 || !(isObjectType(named) || isInterfaceType(named))) return ' { __typename }'
  const fields = Object.values(named.getFields())
    .filter(({ args }) => !args.some((arg) => isNonNullType(arg.type) && arg.defaultValue == null))
    .filter(
      ({ type: inner, name }) => isLeafType(getNamedType(inner)) || /^(nodes|edges)$/.test(name),
    )
    .slice(0, 8)
    .map(({ name, type: inner }) => `${name}${selection(inner, level + 1)}`)
  return ` { __typename ${fields.join(' ')} }`
}

interface Fault {
  message: string
  extensions: { code: string }
}

const faultsOf = async (query: string, variables: Record<string, unknown>): Promise<Fault[]> =>
  (await run(query, variables)).errors

async function faultsOverHttp(query: string, variables: object): Promise<Fault[]> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const { errors = [] } = (await response.json()) as { errors?: Fault[] }
  return errors
}

describe('arguments', () => {
  // Input types, and the arguments of pages, are the same everywhere.
  const all = Object.keys(PARENTS).flatMap(placesOf)
  const places = [...new Map(all.map((place) => [place.key, place])).values()]
  // A text may also be read as an id: each gets some ids, and the next one others.
  const numbered = places.map((place, at) => ({
    ...{ ...place, at },
    ids: place.scalar === 'String' ? IDS.filter((_, i) => i % STEP === at % STEP) : [],
  }))
  test.each(numbered)('$name', async (place) => {
    const check = async (value: unknown, ask: typeof faultsOf) => {
      const faults = await ask(place.query, { value: place.variable(value) })
      const codes = faults.map(({ extensions }) => extensions.code)
      expect(codes, `${JSON.stringify(value)}: ${place.query}`).not.toContain(
        'INTERNAL_SERVER_ERROR',
      )
      const isDate = ['Date', 'Month', 'DateTime'].includes(place.scalar)
      if (isDate && value !== null) expect(codes).toEqual(['BAD_USER_INPUT'])
    }
    const values = [...(BAD_VALUES[place.scalar] ?? []), ...place.ids]
    await Promise.all(values.map((value) => check(value, faultsOf)))
    await check(values[place.at % values.length], faultsOverHttp)
  })
})

test.each([
  ['{ papers(filter: { published: { from: "0000-01-01" } }) { totalCount } }', '0001-01-01'],
  ['{ papers(filter: { published: { to: 20210101 } }) { totalCount } }', '9999-12-31'],
  ['{ repositories { nodes { starHistory(from: "0000-12-31") { on } } } }', '9999-12-31'],
  [
    '{ papers(filter: { updatedSince: "2026-11" }) { totalCount } }',
    'RFC 3339, such as "2024-05-31T17:00:00Z", or a day as YYYY-MM-DD',
  ],
  ['{ topics { nodes { papersPerMonth(from: "0000-12") { month } } } }', '9999-12'],
])('a literal is refused like a variable: %s', async (query, bound) => {
  const [fault, ...others] = await faultsOf(query, {})
  expect(others).toEqual([])
  expect(fault?.extensions.code).toBe('BAD_USER_INPUT')
  expect(fault?.message).toContain(bound)
})

const IN_CURSORS = [
  ...[1e308, -1e308, 1e-320, 2 ** 53, 2 ** 63, 1e20, 1.5, true, null, [], {}, '', '\0', '\ud800'],
  ...['0000-01-01', '2021-02-31', '2021-01-01', 'infinity', '-infinity', '294277-01-01', '24:00'],
  ...['2021-01-01 24:00:00+00', '2021-01-01T23:59:60+00', '0000-01-01 00:00:00+00', 'x'],
]
const ORDERS: Record<string, string[]> = {
  papers: ['PUBLISHED', 'STARS', 'CITATIONS', 'TITLE', 'ADDED', 'UPDATED'],
  authors: ['NAME', 'PAPER_COUNT'],
  topics: ['NAME', 'PAPER_COUNT'],
  venues: ['NAME', 'PAPER_COUNT'],
  repositories: ['NAME', 'STARS', 'PAPER_COUNT'],
}

describe('cursors that were changed by hand', () => {
  const lists = Object.entries(ORDERS).flatMap(([list, orders]) =>
    orders.map((order) => ({ list, order })),
  )
  test.each(lists)('$list by $order', async ({ list, order }) => {
    const first = `{ ${list}(first: 1, order: { field: ${order} }) { pageInfo { endCursor } } }`
    const response = await fetch(`${server.url}/graphql?${new URLSearchParams({ query: first })}`)
    const { data } = (await response.json()) as Record<string, Record<string, Cursored>>
    // Not every list has every order.
    const cursor = data?.[list]?.pageInfo.endCursor
    if (!cursor) return
    const parts: unknown[] = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const query = `query ($after: String) { ${list}(first: 1, after: $after, order: { field: ${order} }) { nodes { __typename } } }`
    const check = async (text: string) => {
      const faults = await faultsOf(query, { after: Buffer.from(text).toString('base64url') })
      for (const { extensions } of faults) expect(extensions.code, text).toBe('BAD_USER_INPUT')
    }
    for (let place = 2; place < parts.length; place++)
      await Promise.all(IN_CURSORS.map((value) => check(JSON.stringify(parts.with(place, value)))))
  })
})

interface Cursored {
  pageInfo: { endCursor: string | null }
}
