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

/** What was answered of a query, and by whom: PostgreSQL alone, or some fields by their resolvers. */
export type Answered =
  | { by: 'postgres'; text: string }
  /** Of `data`, what Postgres wrote stands in `texts` as JSON, by the names of the query's fields. */
  | { by: 'both'; result: ExecutionResult; texts: ReadonlyMap<string, string> }

/**
 * Answers a query as far as it can by text that Postgres writes: a statement for each field of the query, of whatever it
 * selects. A field is left to its resolvers where the selection or an argument is not plain, where something is missing, or
 * where there is an error to report. Null where they have to answer all of it. Rejects where the database cannot answer;
 * `onFault` receives other faults of statements, after which resolvers answer.
 */
export type Answer = (
  context: Context,
  variables: Values | null | undefined,
  onFault?: (error: unknown) => void,
) => Promise<Answered | null>

/** Executes an operation of a document by its resolvers. */
type Execute = (request: {
  document: DocumentNode
  contextValue: unknown
  variableValues: Values | null | undefined
}) => Promise<ExecutionResult> | ExecutionResult

/** A field of the query for one request: its statement, or null where resolvers have to answer it. */
interface Part {
  field: RootField
  statement: RootStatement | null
}

/** Prepares the answers of a valid query, or returns undefined where resolvers always have to give them all. */
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

/** The operation with some of its fields alone, which are executed by the same plans. */
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
      // The database could not answer; it would not answer resolvers either.
      if (isUnavailable && !executed) throw error
      // What Postgres does not understand, it will not the next time.
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

/** One result of several, each of which has some fields of the query. */
function merged(
  parts: readonly Part[],
  texts: ReadonlyMap<string, string>,
  results: readonly ExecutionResult[],
): ExecutionResult {
  const errors = results.flatMap((one) => one.errors ?? [])
  const shown = errors.length > 0 ? { errors } : {}
  // A field that may not be null leaves nothing of the whole.
  const without = results.find(({ data }) => data == null)
  if (without) return without.data === undefined ? shown : { ...shown, data: null }
  const valueFor = (key: string) =>
    texts.has(key) || results.find(({ data }) => data && key in data)?.data?.[key]
  const data = Object.fromEntries(parts.map(({ field: { key } }) => [key, valueFor(key)]))
  return { ...shown, data }
}
