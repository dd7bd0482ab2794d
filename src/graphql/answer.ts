import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getArgumentValues,
  getNamedType,
  getVariableValues,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql'
import sql, { type Sql } from 'sql-template-tag'
import type { Statement } from '../db/client.ts'
import { connectionStatement, textSql, UNFIT } from '../domain/json-text.ts'
import { and, type PageSource, type RowSource, type Source } from '../domain/list.ts'
import { AppError } from '../errors.ts'
import {
  connectionMembers,
  type Member,
  membersOf,
  NOT_COVERED,
  rowObjectText,
} from './answer-text.ts'
import type { Context } from './context.ts'
import type { FieldReads } from './lookahead.ts'
import type { Walk } from './selected.ts'

type Values = Record<string, unknown>

/**
 * Answers a query by text that Postgres writes: a statement for each field of the query, of whatever it selects. The text
 * has a character for each byte of UTF-8, as Node sends such a string along with the headers, and needs not read it.
 * Null where it cannot tell, because the selection or an argument is not plain, because something is missing, or
 * because there is an error to report; resolvers find out which. Throws what the database throws.
 */
export type Answer = (
  context: Context,
  variables: Values | null | undefined,
) => Promise<string | null>

/** A field of the query, as far as it is the same for all requests. */
interface RootField {
  key: string
  argumentsOf: (values: Values) => Values
  answers: (args: never) => Source | null
  /** The statement, of which only the last steps differ between requests; null where Postgres cannot write it. */
  write: (source: Source) => Sql | null
}

/** A root field's statement, and whether it is planned for its values. */
interface Part {
  key: string
  statement: Statement
  isSelective: boolean
}

/** Longer statements are more than they are worth to keep. */
const LONGEST_STATEMENT = 20_000

/** Values of the variables within a query, and shapes of its lists, for which texts are kept. */
const MOST_KEPT = 20

/**
 * Prepares the answers of a valid query without directives, or returns undefined where resolvers have to give them all.
 */
export function compileAnswer(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Answer | undefined {
  const definitions = operation.variableDefinitions ?? []
  const within = variablesWithin(document, operation)
  const fieldsFor = once(
    (values: Values) => within.map((name) => JSON.stringify(values[name])).join(),
    (values) => rootFields(schema, document, operation, values),
  )
  if (within.length === 0 && !fieldsFor({})) return undefined
  const partsFor = (variables: Values | null | undefined) => {
    const { coerced } = getVariableValues(schema, definitions, variables ?? {})
    const fields = coerced && fieldsFor(coerced)
    return fields ? partsOf(fields, coerced) : null
  }
  const fixed = definitions.length === 0 ? partsFor({}) : undefined
  if (fixed === null) return undefined
  let isBroken = false
  return async ({ db }, variables) => {
    const parts = isBroken ? null : (fixed ?? partsFor(variables))
    if (!parts) return null
    try {
      const texts = await Promise.all(
        parts.map(({ statement, isSelective }) => db.queryText(statement, { isSelective })),
      )
      return joinTexts(parts, texts)
    } catch (error) {
      // What Postgres does not understand, it will not the next time.
      isBroken = !(error instanceof AppError)
      throw error
    }
  }
}

function joinTexts(parts: Part[], texts: (Buffer | null)[]): string | null {
  let answer = ''
  for (let i = 0; i < parts.length; i++) {
    const text = texts[i]
    if (!text || text.includes(UNFIT_BYTE)) return null
    answer += `${i > 0 ? ',' : '{"data":{'}"${parts[i]?.key}":${text.toString('latin1')}`
  }
  return `${answer}}}`
}

const UNFIT_BYTE = UNFIT.charCodeAt(0)

/** The variables on which more depends than the arguments of the query's own fields. */
function variablesWithin(document: DocumentNode, operation: OperationDefinitionNode): string[] {
  const names = new Set<string>()
  const gather = {
    Variable: (node: { name: { value: string } }) => void names.add(node.name.value),
  }
  for (const one of document.definitions)
    if (one.kind === Kind.FRAGMENT_DEFINITION) visit(one, gather)
  for (const one of operation.selectionSet.selections)
    if (one.kind !== Kind.FRAGMENT_SPREAD && one.selectionSet) visit(one.selectionSet, gather)
  return [...names]
}

function rootFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variableValues: Values,
): RootField[] | null {
  const type = schema.getQueryType()
  if (!type) return null
  const fragments: Record<string, FragmentDefinitionNode> = {}
  for (const one of document.definitions)
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments[one.name.value] = one
  const walk: Walk = { info: { schema, fragments, variableValues }, isDynamic: false }
  return covered(() => membersOf(walk, type, [operation]).map((one) => rootField(walk, one)))
}

function rootField(walk: Walk, { key, field, nodes }: Member): RootField {
  const { answers } = (field?.extensions ?? {}) as FieldReads
  const type = field && getNamedType(field.type)
  if (!field || !answers || !isObjectType(type)) throw NOT_COVERED
  const rowOf = once(
    ({ entity }) => entity,
    ({ entity }: RowSource) =>
      covered(() => textSql(rowObjectText({ walk, depth: 0 }, type, nodes, entity))),
  )
  const pageOf = once(shapeOf, ({ entity, order, page }: PageSource) =>
    covered(() => {
      const members = connectionMembers({ walk, depth: 1 }, type, nodes, { entity, order })
      if (members.every(([, { kind }]) => kind === 'other')) throw NOT_COVERED
      return connectionStatement(order, page, members)
    }),
  )
  return {
    key,
    answers,
    argumentsOf: (values) => getArgumentValues(field, nodes[0], values),
    write(source) {
      if ('page' in source) {
        const condition = and([sql`true`, ...source.conditions])
        return pageOf(source)?.({ ...source, condition }, source.page) ?? null
      }
      const row = rowOf(source)
      return row && sql`select ${row} from ${source.from} where ${source.condition}`
    },
  }
}

/** What is made; null where the selection has to be answered by resolvers. */
function covered<Made>(make: () => Made): Made | null {
  try {
    return make()
  } catch (error) {
    if (error === NOT_COVERED) return null
    throw error
  }
}

/** Of the lists of one field, those with the same of this are written alike. */
const shapeOf = ({ order, page }: PageSource) =>
  [
    page.limit,
    page.after !== null,
    order.name,
    ...order.keys.map(({ column }) => column.text),
  ].join()

/** Keeps what was made, by a key of what it was made from. */
function once<From, Made>(keyOf: (from: From) => unknown, make: (from: From) => Made) {
  const kept = new Map<unknown, Made>()
  return (from: From): Made => {
    const key = keyOf(from)
    const known = kept.get(key)
    if (known !== undefined) return known
    const made = make(from)
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(key, made)
    return made
  }
}

/** The statements of a request; null where one of its arguments rules that out, or is wrong. */
function partsOf(fields: RootField[], values: Values): Part[] | null {
  const parts: Part[] = []
  try {
    for (const { key, argumentsOf, answers, write } of fields) {
      const source = answers(argumentsOf(values) as never)
      if (!source || ('page' in source && source.page.from === 'end')) return null
      const statement = write(source)
      if (!statement) return null
      const { text, values: bound } = statement
      if (text.length > LONGEST_STATEMENT) return null
      const isSelective = 'page' in source && source.isSelective === true
      parts.push({ key, statement: { text, values: bound }, isSelective })
    }
    return parts
  } catch (error) {
    if (error instanceof AppError || error instanceof GraphQLError) return null
    throw error
  }
}
