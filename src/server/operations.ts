import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql'
import { LRUCache } from 'lru-cache'
import { AppError, quote } from '../errors.ts'
import { type Answer, compileAnswer } from '../graphql/answer.ts'
import { compiledFieldCount } from './compilable.ts'
import { compileSafely } from './compile.ts'
import { completed } from './completed-variables.ts'
import { limitDepth } from './depth.ts'
import { requestFault } from './errors.ts'
import { assertExpandable } from './expansion.ts'
import { createFaultOrder } from './fault-order.ts'
import { type WholeExecution, wholeExecutionOf } from './whole-execution.ts'

type MaybePromise<T> = T | Promise<T>
export type Variables = Record<string, unknown> | null | undefined

export interface Operation {
  name: string | undefined
  type: OperationTypeNode
  /** Whether it is executed by code made for it, not by walking its document. */
  isCompiled: boolean
  execute(context: unknown, variables: Variables): MaybePromise<ExecutionResult>
  /** The text of the same result, where it can be had without executing; see `compileAnswer`. */
  answer?: Answer | undefined
}

/** An operation that can be executed, or what is wrong with the request for it. */
type Prepared = { operation: Operation } | { errors: readonly GraphQLError[] }

export interface Operations {
  /** Parses and validates, or finds that done. Compiles an operation that is asked for again. */
  prepare(query: string, operationName: string | null | undefined): Prepared
  /** A query that was asked for at least twice, if there is no more to be done than to execute it. */
  findWarm(query: string, operationName: string | null | undefined): Operation | undefined
}

/** Most tokens in a document; nothing of use comes near it. */
const MOST_TOKENS = 5000

/** Longer documents are read anew each time, so that few of them cannot drive the rest out. */
const LONGEST_KEPT = 20_000

const MOST_KEPT = 1000

/** Most text kept, in characters. A parsed document takes about 80 times its text. */
const MOST_TEXT_KEPT = 1_000_000

/** What a field of a compiled operation takes (some 7 kB), in characters of text of the same size. */
const TEXT_PER_COMPILED_FIELD = 90

interface Entry {
  document: DocumentNode
  errors: readonly GraphQLError[]
  /** Name of the only operation ('' where it has none), which may be asked for without its name. */
  soleName: string | undefined
  seen: Set<string>
  warm: Map<string, Operation>
  size: number
}

/** The operations of one server: read once, and compiled from the second use on. */
export function createOperations(schema: GraphQLSchema): Operations {
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
        return { operation: interpret(schema, entry.document, node, executeWhole) }
      }
      const operation = makeOperation(schema, entry, node, executeWhole)
      entry.warm.set(name, operation)
      // Setting a value that is there would keep its old size.
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
    warm: new Map(),
    size: query.length + 1,
  }
  try {
    entry.document = readText(query)
    const errors = validate(schema, entry.document, [...specifiedRules, limitDepth])
    entry.errors = errors.map(validationFault)
  } catch (error) {
    entry.errors = [toGraphqlError(error)]
  }
  const sole = getOperationAST(entry.document)
  if (sole) entry.soleName = sole.name?.value ?? ''
  return entry
}

function readText(query: string): DocumentNode {
  let document: DocumentNode
  try {
    document = parse(query, { maxTokens: MOST_TOKENS })
  } catch (error) {
    if (error instanceof GraphQLError) throw requestFault(error, 'GRAPHQL_PARSE_FAILED')
    throw error
  }
  assertExpandable(document)
  return document
}

/** graphql-js stops comparing fields after a number of comparisons, with an error without a place. */
function validationFault(error: GraphQLError): GraphQLError {
  if (error.message !== 'Validation aborted.') {
    // A literal that its scalar refuses has the code of a variable that it refuses.
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

/** An error of a document as a whole; what is nested too deeply exhausts the stack of the parser or of validation. */
function toGraphqlError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error
  const cause =
    error instanceof RangeError
      ? new AppError('QUERY_TOO_COMPLEX', 'The document nests too deeply to be read.')
      : (error as Error)
  return new GraphQLError(cause.message, { originalError: cause })
}

function unknownOperation(operationName: string | null | undefined): GraphQLError {
  const message =
    operationName == null
      ? 'The document holds several operations: operationName must say which to execute.'
      : `The document holds no operation named ${quote(operationName)}.`
  return requestFault(new GraphQLError(message), 'OPERATION_RESOLUTION_FAILURE')
}

/** Walks the document, as graphql-js does. */
function interpret(
  schema: GraphQLSchema,
  document: DocumentNode,
  node: OperationDefinitionNode,
  executeWhole: WholeExecution,
): Operation {
  const operationName = node.name?.value
  const inOrder = createFaultOrder(schema, document, node)
  return {
    name: operationName,
    type: node.operation,
    isCompiled: false,
    execute: (contextValue, variableValues) =>
      after(executeWhole({ document, operationName, contextValue, variableValues }), inOrder),
  }
}

/** Compiles a query where that is safe; otherwise, and for what is no query, interprets. */
function makeOperation(
  schema: GraphQLSchema,
  entry: Entry,
  node: OperationDefinitionNode,
  executeWhole: WholeExecution,
): Operation {
  const fallback = interpret(schema, entry.document, node, executeWhole)
  if (node.operation !== OperationTypeNode.QUERY) return fallback
  const fieldCount = compiledFieldCount(schema, entry.document, node)
  if (fieldCount === undefined) return fallback
  const compiled = compileSafely(schema, entry.document, node.name?.value)
  if (!compiled) return fallback
  entry.size += fieldCount * TEXT_PER_COMPILED_FIELD
  const definitions = node.variableDefinitions ?? []
  const inOrder = createFaultOrder(schema, entry.document, node)
  return {
    ...fallback,
    isCompiled: true,
    answer: compileAnswer(schema, entry.document, node),
    execute(context, variables) {
      // What the compiled code takes for a valid variable, and how it words a fault, differs from graphql-js.
      if (definitions.length > 0) {
        const { errors } = getVariableValues(schema, definitions, variables ?? {}, {
          maxErrors: 50,
        })
        if (errors) return { errors }
      }
      const values = completed(schema, definitions, variables)
      return after(compiled.query(undefined, context, values), inOrder)
    },
  }
}

/** What is made of a result, at once where that is there. */
function after(
  result: MaybePromise<ExecutionResult>,
  make: (result: ExecutionResult) => ExecutionResult,
): MaybePromise<ExecutionResult> {
  return 'then' in result ? result.then(make) : make(result)
}
