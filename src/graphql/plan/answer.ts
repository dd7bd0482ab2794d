import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
} from 'graphql'
import { AppError, isAppError } from '../../errors.ts'
import { UNFIT } from '../../sql/json-text.ts'
import type { Context } from '../context.ts'
import { compileVariables } from './arguments.ts'
import { fragmentsOf, type Plans, plansOf, sharePlans } from './plans.ts'
import type { ReadPlan } from './read-plan.ts'
import { createRootFields, type RootField, type RootStatement } from './root-field.ts'
import type { Values } from './values.ts'

/** The answer to a query: written by PostgreSQL alone, or partly by resolvers. */
export type Answered =
  | { by: 'postgres'; text: string }
  /** `texts` has the JSON that Postgres wrote, by field of the query; `result` has the other fields. */
  | { by: 'both'; result: ExecutionResult; texts: ReadonlyMap<string, string> }

/**
 * Answers as much of a query as possible with JSON that Postgres writes, one statement for each field of the query with its whole
 * selection. Resolvers answer fields whose selection or arguments Postgres cannot handle, that miss something, or that have an error to
 * report. Null if resolvers must answer the whole query. Rejects if the database is unavailable; `onFault` receives other errors of
 * statements, after which resolvers answer.
 */
export type Answer = (
  context: Context,
  variables: Values | null | undefined,
  onFault?: (error: unknown) => void,
) => Promise<Answered | null>

/** Executes an operation with resolvers. */
type Execute = (request: {
  document: DocumentNode
  contextValue: unknown
  variableValues: Values | null | undefined
}) => Promise<ExecutionResult> | ExecutionResult

/** A field of the query for one request, with its statement; null if resolvers must answer it. */
interface Part {
  field: RootField
  statement: RootStatement | null
}

/** Prepares the answers of a valid query; undefined if resolvers must always answer it completely. */
export function compileAnswer(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  execute: Execute,
): Answer | undefined {
  const variablesOf = compileVariables(schema, operation)
  const fragments = fragmentsOf(document)
  const plans = plansOf(schema, fragments, operation)
  const known = new WeakMap<ReadPlan, RootField[]>()
  const partsFor = (values: Values): Part[] => {
    const plan = plans.forValues(values)
    const fields = known.get(plan) ?? createRootFields(plan)
    known.set(plan, fields)
    return fields.map((field) => ({ field, statement: field.write(values) }))
  }
  const fixed = operation.variableDefinitions?.length ? undefined : partsFor({})
  if (fixed && !isAnyWritten(fixed)) return undefined
  return async (context, variables, onFault = () => {}) => {
    const values = variablesOf(variables)
    const parts = values && (fixed ?? partsFor(values))
    if (!parts || !isAnyWritten(parts)) return null
    const executeSome = (some: readonly RootField[]) =>
      execute({
        document: documentOf(some, operation, fragments, plans),
        contextValue: context,
        variableValues: variables,
      })
    return await answerParts(parts, context, executeSome, onFault)
  }
}

const isAnyWritten = (parts: readonly Part[]) =>
  parts.some(({ field, statement }) => statement !== null && !field.isBroken)

/** The operation reduced to some of its fields, which use the same plans. */
function documentOf(
  fields: readonly RootField[],
  operation: OperationDefinitionNode,
  fragments: ReturnType<typeof fragmentsOf>,
  plans: Plans,
): DocumentNode {
  const selections = fields.flatMap(({ nodes }) => nodes)
  const part = { ...operation, selectionSet: { ...operation.selectionSet, selections } }
  sharePlans(part, plans)
  return { kind: Kind.DOCUMENT, definitions: [part, ...Object.values(fragments)] }
}

async function answerParts(
  parts: readonly Part[],
  { db }: Context,
  execute: (fields: readonly RootField[]) => ReturnType<Execute>,
  onFault: (error: unknown) => void,
): Promise<Answered | null> {
  const left = parts.filter(({ field, statement }) => statement === null || field.isBroken)
  const executed = left.length > 0 ? execute(left.map(({ field }) => field)) : null
  const read = async ({ field, statement }: Part): Promise<string | null> => {
    if (statement === null || field.isBroken) return null
    try {
      const text = await db.queryText(statement, statement)
      return text?.includes(UNFIT) ? null : text
    } catch (error) {
      const isUnavailable = isAppError(error, 'UNAVAILABLE')
      // The database is unavailable; resolvers would fail too.
      if (isUnavailable && !executed) throw error
      // A statement that Postgres rejects once will be rejected again.
      if (!(error instanceof AppError)) field.isBroken = true
      if (!isUnavailable) onFault(error)
      return null
    }
  }
  const texts = new Map<string, string>()
  for (const [i, text] of (await Promise.all(parts.map(read))).entries())
    if (text) texts.set(parts[i]?.field.key ?? '', text)
  if (texts.size === parts.length) return { by: 'postgres', text: joined(texts) }
  const missing = parts.filter((one) => !left.includes(one) && !texts.has(one.field.key))
  if (missing.length === parts.length) return null
  const results = [
    await executed,
    missing.length > 0 && (await execute(missing.map(({ field }) => field))),
  ]
  return {
    by: 'both',
    texts,
    result: merged(
      parts,
      texts,
      results.filter((one) => !!one),
    ),
  }
}

function joined(texts: ReadonlyMap<string, string>): string {
  let answer = ''
  for (const [key, text] of texts) answer += `${answer === '' ? '{"data":{' : ','}"${key}":${text}`
  return `${answer}}}`
}

/** Merges results that have different fields of the query. */
function merged(
  parts: readonly Part[],
  texts: ReadonlyMap<string, string>,
  results: readonly ExecutionResult[],
): ExecutionResult {
  const errors = results.flatMap((one) => one.errors ?? [])
  const shown = errors.length > 0 ? { errors } : {}
  // If a non-null field failed, no data is left at all.
  const without = results.find(({ data }) => data == null)
  if (without) return without.data === undefined ? shown : { ...shown, data: null }
  const valueFor = (key: string) =>
    texts.has(key) || results.find(({ data }) => data && key in data)?.data?.[key]
  const data = Object.fromEntries(parts.map(({ field: { key } }) => [key, valueFor(key)]))
  return { ...shown, data }
}
