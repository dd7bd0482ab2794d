import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { AppError, quote } from '../../errors.ts'
import { toSchemaForm, variablesToSchemaForm } from '../../graphql/input-forms.ts'
import { type Answer, compileAnswer } from '../../graphql/plan/answer.ts'
import { type Cost, type Estimate, estimateCost, variablesOf } from '../cost/cost.ts'
import { type CostLimits, fits, refusal } from '../cost/refusal.ts'
import { collectHints, type Hints, withHint } from '../hints/hint-rule.ts'
import { withVariableHints } from '../hints/variable-hints.ts'
import { limitDepth } from './depth.ts'
import { requestFault, toGraphqlError } from './errors.ts'
import { assertExpandable } from './expansion.ts'
import { createFaultOrder } from './fault-order.ts'
import { type WholeExecution, wholeExecutionOf } from './whole-execution.ts'

type MaybePromise<T> = T | Promise<T>
export type Variables = Record<string, unknown> | null | undefined

export interface Operation {
  name: string | undefined
  type: OperationTypeNode
  /** Executes with resolvers. */
  execute(context: unknown, variables: Variables): MaybePromise<ExecutionResult>
  /** Starts a subscription; not for other operations. */
  subscribe(context: unknown, variables: Variables): Promise<Subscribed>
  /** Executes with JSON written by Postgres as far as possible; for operations seen before. */
  answer?: Answer | undefined
  /** The estimated cost for these variables, and the limits. */
  costOf(variables: Variables): { cost: Cost; limits: CostLimits }
}

/** The events of a subscription and the function that turns an event into an answer, or the errors that prevented it. */
export type Subscribed =
  | {
      events: AsyncIterable<unknown>
      execute(context: unknown, event: unknown): MaybePromise<ExecutionResult>
    }
  | ExecutionResult

/** An operation whose cost is not limited. */
type Executable = Omit<Operation, 'costOf'>

/** An executable operation, or the errors of the request. */
type Prepared = { operation: Operation } | { errors: readonly GraphQLError[] }

export interface Operations {
  /** Parses and validates, or uses the cached result. Plans operations that are repeated. */
  prepare(query: string, operationName: string | null | undefined): Prepared
  /** A query seen at least twice that only has to be executed. */
  findWarm(query: string, operationName: string | null | undefined): Operation | undefined
}

/** Maximum tokens of a document, far above useful ones. */
const MOST_TOKENS = 5000

/** Longer documents are not cached, so that a few of them cannot evict the rest. */
const LONGEST_KEPT = 20_000

const MOST_KEPT = 1000

/** Maximum cached text in characters. A parsed document takes about 80 times its text. */
const MOST_TEXT_KEPT = 1_000_000

interface Entry {
  document: DocumentNode
  errors: readonly GraphQLError[]
  /** Name of the only operation, which requests may leave out; '' if it is anonymous. */
  soleName: string | undefined
  seen: Set<string>
  estimates: Map<string, Estimate>
  warm: Map<string, Operation>
  size: number
}

const NO_LIMITS: CostLimits = { points: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY }

/** The operations of one server: parsed once, and answered by Postgres from the second use on. */
export function createOperations(
  schema: GraphQLSchema,
  limits: CostLimits = NO_LIMITS,
): Operations {
  const entries = new LRUCache<string, Entry>({
    max: MOST_KEPT,
    maxSize: MOST_TEXT_KEPT,
    sizeCalculation: (entry) => entry.size,
  })
  const executeWhole = wholeExecutionOf(schema)

  return {
    prepare(query, operationName) {
      const entry = entries.get(query) ?? readDocument(schema, query)
      if (!entries.has(query) && query.length <= LONGEST_KEPT) entries.set(query, entry)
      if (entry.errors.length > 0) return { errors: entry.errors }
      const node = getOperationAST(entry.document, operationName)
      if (!node) return { errors: [unknownOperation(operationName)] }
      const name = node.name?.value ?? ''
      const warm = entry.warm.get(name)
      if (warm) return { operation: warm }
      if (!entry.seen.has(name)) {
        entry.seen.add(name)
        const estimate = estimateCost(schema, entry.document, node)
        entry.estimates.set(name, estimate)
        const first = interpret(schema, entry.document, node, executeWhole)
        return { operation: withForms(schema, node, withLimits(first, estimate, limits)) }
      }
      const estimate = entry.estimates.get(name) ?? estimateCost(schema, entry.document, node)
      const made = makeOperation(schema, entry, node, executeWhole)
      const operation = withForms(schema, node, withLimits(made, estimate, limits))
      entry.warm.set(name, operation)
      // Setting an existing key would keep its old size.
      if (entries.delete(query)) entries.set(query, entry)
      return { operation }
    },

    findWarm(query, operationName) {
      const entry = entries.get(query)
      const name = operationName ?? entry?.soleName
      if (!entry || name === undefined || operationName === '') return undefined
      const operation = entry.warm.get(name)
      return operation?.type === OperationTypeNode.QUERY ? operation : undefined
    },
  }
}

const NO_DOCUMENT: DocumentNode = { kind: Kind.DOCUMENT, definitions: [] }

function readDocument(schema: GraphQLSchema, query: string): Entry {
  const entry: Entry = {
    document: NO_DOCUMENT,
    errors: [],
    soleName: undefined,
    seen: new Set(),
    estimates: new Map(),
    warm: new Map(),
    size: query.length + 1,
  }
  try {
    entry.document = toSchemaForm(schema, readText(query))
    const hints: Hints = new Map()
    const rules = [...specifiedRules, limitDepth, collectHints(hints)]
    const errors = validate(schema, entry.document, rules)
    entry.errors = errors.map((error) => validationFault(withHint(schema, error, hints)))
  } catch (error) {
    entry.errors = [documentFault(error)]
  }
  const sole = getOperationAST(entry.document)
  if (sole) entry.soleName = sole.name?.value ?? ''
  return entry
}

/** graphql-js's message; some versions misspell it. */
const TOO_MANY_TOKENS = /contains more tha[nt] \d+ tokens/
const LONG_DOCUMENT = `The document has more than the limit of ${MOST_TOKENS.toLocaleString('en')} tokens; ask for less at a time, or put what is repeated into fragments.`

function readText(query: string): DocumentNode {
  let document: DocumentNode
  try {
    document = parse(query, { maxTokens: MOST_TOKENS })
  } catch (error) {
    if (error instanceof GraphQLError && TOO_MANY_TOKENS.test(error.message))
      throw requestFault(new GraphQLError(LONG_DOCUMENT), 'GRAPHQL_PARSE_FAILED')
    if (error instanceof GraphQLError) throw requestFault(error, 'GRAPHQL_PARSE_FAILED')
    throw error
  }
  assertExpandable(document)
  return document
}

/** graphql-js stops comparing fields after a number of comparisons, with an error without a location. */
function validationFault(error: GraphQLError): GraphQLError {
  if (error.message !== 'Validation aborted.') {
    // An invalid literal of a scalar gets the same error code as an invalid variable.
    const { code = 'GRAPHQL_VALIDATION_FAILED' } = error.extensions
    return requestFault(error, String(code))
  }
  return toGraphqlError(
    new AppError(
      'QUERY_TOO_COMPLEX',
      'The document takes too long to validate; select fewer fields.',
    ),
  )
}

/** Deep nesting exhausts the stack of the parser or of validation. */
function documentFault(error: unknown): GraphQLError {
  if (error instanceof RangeError)
    return toGraphqlError(
      new AppError('QUERY_TOO_COMPLEX', 'The document nests too deeply to be read.'),
    )
  return toGraphqlError(error as Error)
}

function unknownOperation(operationName: string | null | undefined): GraphQLError {
  const message =
    operationName == null
      ? 'The document holds several operations: operationName must say which to execute.'
      : `The document holds no operation named ${quote(operationName)}.`
  return requestFault(new GraphQLError(message), 'OPERATION_RESOLUTION_FAILURE')
}

/** Refuses an operation that exceeds a limit before any of it is executed. */
function withLimits(operation: Executable, estimate: Estimate, limits: CostLimits): Operation {
  const { answer } = operation
  const { plan, costOf } = estimate
  const tooDear = (cost: Cost, variables: Variables): ExecutionResult => {
    const fault = refusal(plan, variablesOf(plan, variables), cost, limits)
    return { errors: [toGraphqlError(fault)] }
  }
  return {
    ...operation,
    costOf: (variables) => ({ cost: costOf(variables), limits }),
    // `execute` is called next and reports the reason.
    answer:
      answer &&
      ((context, variables, onFault) =>
        fits(costOf(variables), limits)
          ? answer(context, variables, onFault)
          : Promise.resolve(null)),
    execute(context, variables) {
      const cost = costOf(variables)
      if (fits(cost, limits)) return operation.execute(context, variables)
      return tooDear(cost, variables)
    },
    async subscribe(context, variables) {
      const cost = costOf(variables)
      return fits(cost, limits) ? operation.subscribe(context, variables) : tooDear(cost, variables)
    },
  }
}

/** Accepts variables in every form that literals may have. */
function withForms(
  schema: GraphQLSchema,
  node: OperationDefinitionNode,
  operation: Operation,
): Operation {
  const read = variablesToSchemaForm(schema, node)
  if (!read) return operation
  const { answer } = operation
  return {
    ...operation,
    costOf: (variables) => operation.costOf(read(variables)),
    answer: answer && ((context, variables, onFault) => answer(context, read(variables), onFault)),
    execute: (context, variables) => operation.execute(context, read(variables)),
    subscribe: (context, variables) => operation.subscribe(context, read(variables)),
  }
}

/** Walks the document, as graphql-js does. */
function interpret(
  schema: GraphQLSchema,
  document: DocumentNode,
  node: OperationDefinitionNode,
  executeWhole: WholeExecution,
): Executable {
  const operationName = node.name?.value
  const inOrder = createFaultOrder(schema, document, node)
  return {
    name: operationName,
    type: node.operation,
    execute: (contextValue, variableValues) =>
      after(executeWhole({ document, operationName, contextValue, variableValues }), (result) =>
        result.data === undefined
          ? withVariableHints(schema, node, variableValues, result)
          : inOrder(result),
      ),
    async subscribe(contextValue, variableValues) {
      const request = { document, operationName, variableValues }
      const events = await createSourceEventStream({ schema, contextValue, ...request })
      if (!(Symbol.asyncIterator in events))
        return withVariableHints(schema, node, variableValues, events)
      const execute = (context: unknown, event: unknown) =>
        executeWhole({ ...request, contextValue: context, rootValue: event })
      return { events, execute }
    },
  }
}

/** Lets Postgres answer as much of a query as possible. */
function makeOperation(
  schema: GraphQLSchema,
  entry: Entry,
  node: OperationDefinitionNode,
  executeWhole: WholeExecution,
): Executable {
  const operation = interpret(schema, entry.document, node, executeWhole)
  if (node.operation !== OperationTypeNode.QUERY) return operation
  const answer = compileAnswer(schema, entry.document, node, executeWhole)
  if (!answer) return operation
  const inOrder = createFaultOrder(schema, entry.document, node)
  // Plan and statements take about as much memory as the document.
  entry.size *= 2
  return {
    ...operation,
    async answer(context, variables, onFault) {
      const answered = await answer(context, variables, onFault)
      if (answered?.by !== 'both') return answered
      return { ...answered, result: inOrder(answered.result) }
    },
  }
}

/** Maps a result; synchronously if it is already available. */
function after(
  result: MaybePromise<ExecutionResult>,
  make: (result: ExecutionResult) => ExecutionResult,
): MaybePromise<ExecutionResult> {
  return 'then' in result ? result.then(make) : make(result)
}
