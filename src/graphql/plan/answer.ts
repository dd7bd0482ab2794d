import { isDeepStrictEqual } from 'node:util'
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql'
import sql, { type Sql } from 'sql-template-tag'
import type { Statement } from '../../db/client.ts'
import { AppError } from '../../errors.ts'
import { connectionText, rowText, textSql, UNFIT } from '../../sql/json-text.ts'
import { and, type Source } from '../../sql/list.ts'
import type { Context } from '../context.ts'
import type { LimitedField } from '../input-limits.ts'
import { connectionMembers, NOT_COVERED, rowObjectText } from './answer-text.ts'
import { compileArguments, compileVariables, type Values } from './compiled-arguments.ts'
import type { FieldReads } from './lookahead.ts'
import { type Member, membersOf, type Walk } from './selected.ts'

/**
 * Answers a query by text that Postgres writes: a statement for each field of the query, of whatever it selects.
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
  argumentsOf: (variables: Values) => Values | undefined
  checkArguments: LimitedField['checkArguments']
  answers: (args: never) => Source | null
  /** The statement, whose text is made once for what differs in its values alone; null where Postgres cannot write it. */
  write: (source: Source) => Statement | null
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
  const variablesOf = compileVariables(schema, operation)
  const within = variablesWithin(document, operation)
  const fieldsFor = once(
    (values: Values) => within.map((name) => JSON.stringify(values[name])).join(),
    (values) => rootFields(schema, document, operation, values),
  )
  if (within.length === 0 && !fieldsFor({})) return undefined
  const partsFor = (variables: Values | null | undefined) => {
    const values = variablesOf(variables)
    const fields = values && fieldsFor(values)
    return fields ? partsOf(fields, values) : null
  }
  const fixed = !operation.variableDefinitions?.length ? partsFor({}) : undefined
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

function joinTexts(parts: Part[], texts: (string | null)[]): string | null {
  let answer = ''
  for (let i = 0; i < parts.length; i++) {
    const text = texts[i]
    if (!text || text.includes(UNFIT)) return null
    answer += `${i > 0 ? ',' : '{"data":{'}"${parts[i]?.key}":${text}`
  }
  return `${answer}}}`
}

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
  const { answers, checkArguments } = (field?.extensions ?? {}) as FieldReads & LimitedField
  const type = field && getNamedType(field.type)
  if (!field || !answers || !isObjectType(type)) throw NOT_COVERED
  const textOf = once(
    ({ key }: Template) => key,
    ({ source, condition }: Template) =>
      covered(() => {
        const { text, values } = statementOf(walk, type, nodes, source, condition)
        if (text.length > LONGEST_STATEMENT) throw NOT_COVERED
        if (!isDeepStrictEqual(values, valuesOf(source, condition)))
          throw new Error(`The values of ${field.name} stand in another order than expected`)
        return text
      }),
  )
  return {
    key,
    answers,
    argumentsOf: compileArguments(field, nodes[0]),
    checkArguments,
    write(source) {
      const condition = 'page' in source ? and(source.conditions) : source.condition
      const text = textOf({ source, condition, key: keyOf(source, condition) })
      return text === null ? null : { text, values: valuesOf(source, condition) }
    },
  }
}

/** What a statement's text is made of. */
interface Template {
  source: Source
  condition: Sql
  key: string
}

function statementOf(
  walk: Walk,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  source: Source,
  condition: Sql,
): Sql {
  if (!('page' in source)) {
    const row = rowObjectText({ walk, depth: 0 }, type, nodes, source.entity)
    return sql`select ${rowText(row, source.from, condition)}`
  }
  const members = connectionMembers({ walk, depth: 1 }, type, nodes, source)
  if (members.every(([, { kind }]) => kind === 'other')) throw NOT_COVERED
  const text = connectionText({ ...source, condition }, source.page, members, true)
  return sql`select ${textSql(text)}`
}

/** Sources of one field with the same key differ in values alone. */
function keyOf(source: Source, condition: Sql): string {
  const texts = [source.from.text, condition.text]
  if ('page' in source) {
    const { order, page } = source
    texts.push(
      order.name,
      String(page.limit),
      String(page.after !== null),
      String(page.before !== null),
    )
    for (const { column } of order.keys) texts.push(column.text)
  }
  return texts.join('\n')
}

/** The values of a statement, in the order in which they stand in it. */
function valuesOf(source: Source, condition: Sql): unknown[] {
  const { after = null, before = null } = 'page' in source ? source.page : {}
  return [...source.from.values, ...condition.values, ...(after ?? []), ...(before ?? [])]
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
    for (const { key, argumentsOf, checkArguments, answers, write } of fields) {
      const args = argumentsOf(values)
      if (args) checkArguments?.(args)
      const source = args ? answers(args as never) : null
      if (!source || ('page' in source && source.page.from === 'end')) return null
      const statement = write(source)
      if (!statement) return null
      parts.push({ key, statement, isSelective: 'page' in source && source.isSelective === true })
    }
    return parts
  } catch (error) {
    if (error instanceof AppError) return null
    throw error
  }
}
