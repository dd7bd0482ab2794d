import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import { declarationOf } from '../../src/graphql/plan/declare.ts'
import type { Random } from './random.ts'
import { type Harvest, makeValue, Word } from './values.ts'

export interface GeneratedQuery {
  query: string
  variables: Record<string, unknown>
}

/** Maximum number of fields of a query, so that it stays fast and readable. */
const MOST_FIELDS = 22
const DEEPEST = 7

interface State {
  random: Random
  harvest: Harvest
  schema: GraphQLSchema
  fieldsLeft: number
  variables: string[]
  values: Record<string, unknown>
  fragments: string[]
  aliases: number
  /** Most queries have no directives. */
  hasDirectives: boolean
  /** Only selects values of rows, which PostgreSQL writes as text. */
  isPlain: boolean
}

/** A query that starts at the root of the schema, and the values of its variables. */
export function generateQuery(
  schema: GraphQLSchema,
  random: Random,
  harvest: Harvest,
): GeneratedQuery {
  const state: State = {
    ...{ random, harvest, schema, fieldsLeft: 4 + random.whole(MOST_FIELDS) },
    ...{ variables: [], values: {}, fragments: [], aliases: 0 },
    hasDirectives: random.chance(0.12),
    isPlain: random.chance(0.45),
  }
  const root = schema.getQueryType()
  if (!root) throw new Error('The schema has no queries')
  const body = selectionSet(state, root, 0, random.pick([1, 1, 1, 2, 3]))
  const declared = state.variables.length > 0 ? `(${state.variables.join(', ')})` : ''
  const head = declared || random.chance(0.2) ? `query Generated${declared} ` : ''
  return { query: [head + body, ...state.fragments].join('\n'), variables: state.values }
}

function selectionSet(
  state: State,
  type: GraphQLNamedType,
  depth: number,
  most = 2 + state.random.whole(4),
): string {
  const { random } = state
  const selections = isAbstractType(type)
    ? abstractSelections(state, type, depth)
    : objectSelections(state, type, depth, most)
  if (random.chance(0.12)) selections.push(selectionName(state, '__typename'))
  if (selections.length === 0) selections.push('__typename')
  if (selections.length > 1 && random.chance(0.1)) selections.push(random.pick(selections))
  return `{ ${selections.map((one) => inFragment(state, type, one)).join(' ')} }`
}

/** Sometimes puts a selection into an inline or a named fragment. */
function inFragment(state: State, type: GraphQLNamedType, selection: string): string {
  const { random, fragments } = state
  if (random.chance(0.92)) return selection
  const conditions = [type.name]
  if (isObjectType(type) || isInterfaceType(type))
    if (!selection.startsWith('...'))
      for (const one of type.getInterfaces())
        if (/^(?:id|__typename)$/.test(selection)) conditions.push(one.name)
  const condition = random.pick(conditions)
  if (random.chance(0.5)) {
    const on = random.chance(0.8) ? ` on ${condition}` : ''
    return `...${on}${directive(state)} { ${selection} }`
  }
  const name = `F${fragments.length}`
  fragments.push(`fragment ${name} on ${condition} { ${selection} }`)
  return `...${name}${directive(state)}`
}

function abstractSelections(state: State, type: GraphQLNamedType, depth: number): string[] {
  const { random, schema } = state
  if (!isAbstractType(type)) return []
  const possible = schema.getPossibleTypes(type)
  const selections = random
    .some(possible, 1, 2)
    .map((one) => `... on ${one.name}${directive(state)} ${selectionSet(state, one, depth, 3)}`)
  if (isInterfaceType(type))
    for (const field of random.some(Object.values(type.getFields()), 0, 2))
      selections.unshift(fieldHead(state, field, depth))
  return selections
}

function objectSelections(
  state: State,
  type: GraphQLNamedType,
  depth: number,
  most: number,
): string[] {
  const { random } = state
  if (!isObjectType(type)) return []
  const all = Object.values(type.getFields())
  const stored = all.filter(isStored)
  const fields = state.isPlain && stored.length > 0 ? stored : all
  const leaves = fields.filter((one) => isLeafType(getNamedType(one.type)))
  const isDeep = depth >= (state.isPlain ? 5 : DEEPEST) || state.fieldsLeft <= 0
  const pool = isDeep && leaves.length > 0 ? leaves : fields
  const chosen = random.some(pool, 1, isDeep ? 2 : most)
  // A connection without its rows tests little.
  const rows = depth > 0 ? fields.filter(({ name }) => name === 'nodes' || name === 'edges') : []
  if (rows.length > 0 && !chosen.some((one) => rows.includes(one)) && random.chance(0.8))
    chosen.push(random.pick(rows))
  return chosen.flatMap((field) => {
    const head = fieldHead(state, field, depth)
    const inner = getNamedType(field.type)
    if (isLeafType(inner)) return [head]
    const first = `${head} ${selectionSet(state, inner, depth + 1)}`
    // The same field again merges if its arguments are equal.
    if (!random.chance(0.06)) return [first]
    return [first, `${head} ${selectionSet(state, inner, depth + 1, 2)}`]
  })
}

type AnyField = GraphQLField<unknown, unknown>

/** Whether PostgreSQL can write a field's value, according to its declaration. */
function isStored(field: AnyField): boolean {
  const { resolver, resolverAside } = declarationOf(field)
  return resolver === undefined && resolverAside === undefined
}

function fieldHead(state: State, field: AnyField, depth: number): string {
  state.fieldsLeft -= 1
  const args = argumentsText(state, field, depth)
  return `${selectionName(state, field.name, args !== '')}${args}${directive(state)}`
}

function selectionName(state: State, name: string, isNeeded = false): string {
  const { random } = state
  if (!isNeeded && random.chance(0.9)) return name
  if (isNeeded && random.chance(0.3)) return name
  state.aliases += 1
  return `${random.chance(0.06) ? 'with_underscore' : 'x'}${state.aliases}: ${name}`
}

function directive(state: State): string {
  const { random } = state
  if (!state.hasDirectives || random.chance(0.75)) return ''
  const name = random.pick(['skip', 'include'])
  if (random.chance(0.5)) return ` @${name}(if: ${random.chance(0.5)})`
  const variable = declare(
    state,
    'Boolean!',
    random.chance(0.5),
    random.chance(0.3) ? 'true' : undefined,
  )
  return ` @${name}(if: $${variable})`
}

function argumentsText(state: State, { name: field, args }: AnyField, depth: number): string {
  const { random } = state
  const isPage = args.some(({ name }) => name === 'after')
  const chosen = args.filter((one) => {
    if (isRequiredArgument(one)) return !random.chance(0.004)
    if (one.name === 'first') return random.chance(isPage ? 0.6 : 0.4)
    if (state.isPlain && depth > 0) return false
    if (one.name === 'last' || one.name === 'before') return random.chance(0.08)
    if (one.name === 'after') return random.chance(0.2)
    return random.chance(0.35)
  })
  if (chosen.length === 0) return ''
  const written = chosen.map(
    (one) => `${one.name}: ${argumentText(state, one.type, `${field} ${one.name}`)}`,
  )
  return `(${written.join(', ')})`
}

/** A literal, or a variable in its place. */
function argumentText(state: State, type: GraphQLInputType, path: string): string {
  const { random } = state
  const value = makeValue(state, type, path)
  if (random.chance(0.65)) return literal(value)
  const isStricter = !isNonNullType(type) && random.chance(0.2)
  const fallback = random.chance(0.25) ? literal(makeValue(state, type, path)) : undefined
  const isNeeded = isNonNullType(type) || isStricter
  const given = random.chance(isNeeded ? 0.01 : 0.1) ? null : plain(value)
  const isAbsent = random.chance(isNeeded && fallback === undefined ? 0.01 : 0.2)
  const declared = `${type}${isStricter ? '!' : ''}`
  return `$${declare(state, declared, isAbsent ? undefined : given, fallback)}`
}

function declare(state: State, type: string, value: unknown, fallback: string | undefined): string {
  const name = `v${state.variables.length}`
  state.variables.push(`$${name}: ${type}${fallback === undefined ? '' : ` = ${fallback}`}`)
  if (value !== undefined) state.values[name] = value
  return name
}

/** A value in GraphQL syntax. */
function literal(value: unknown): string {
  if (value instanceof Word) return value.name
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([name, one]) => `${name}: ${literal(one)}`)
      .join(', ')}}`
  return JSON.stringify(value) ?? 'null'
}

/** A value in JSON. */
function plain(value: unknown): unknown {
  if (value instanceof Word) return value.name
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]))
  return value
}
