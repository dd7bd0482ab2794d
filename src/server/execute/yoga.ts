import { type ExecutionResult, GraphQLError, type GraphQLSchema, OperationTypeNode } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import { quote } from '../../errors.ts'
import type { ContextOf, Exchange } from '../http/exchange.ts'
import { withCost } from './cost-extension.ts'
import { type Answer, type HttpFault, toAnswer } from './errors.ts'
import type { Operations, Variables } from './operations.ts'
import { IGNORED_KEYS, isOnlyHash } from './parameters.ts'

/** What Yoga passes along with a request. */
export interface ServerContext {
  exchange: Exchange
}

export interface YogaOptions {
  schema: GraphQLSchema
  operations: Operations
  /** Made anew for each operation. */
  createContext: ContextOf
}

/**
 * Yoga answers everything but the commonest request: it reads parameters and negotiates media types. Routes, the
 * page, CORS, request ids and limits of bodies are seen to before it; errors are masked by `toAnswer`.
 */
export function createGraphqlYoga(options: YogaOptions) {
  return createYoga<ServerContext>({
    schema: options.schema,
    graphqlEndpoint: '/graphql',
    plugins: [useParameters(), useOperations(options), useAnswers()],
    extraParamNames: IGNORED_KEYS,
    graphiql: false,
    landingPage: false,
    // No URL ends like this, as the health check has its own route.
    healthCheckEndpoint: '#none',
    cors: false,
    batching: false,
    multipart: false,
    maskedErrors: false,
    maxRequestBodySize: false,
    parserAndValidationCache: false,
    logging: false,
    disposeOnProcessTerminate: false,
  })
}

/** Refuses what Yoga would let pass, or would refuse in words that clients do not know. */
function useParameters(): Plugin<object, ServerContext> {
  return {
    onParams({ params }) {
      if (params == null) return
      if (isOnlyHash(params)) throw notPersisted()
      const { operationName } = params
      if (operationName != null && typeof operationName !== 'string')
        throw badRequest(
          `Expected "operationName" param to be empty or a string, but given ${quote(operationName)}.`,
          { status: 400 },
        )
    },
  }
}

/** Lets `operations` parse, validate and execute. */
function useOperations({
  schema,
  operations,
  createContext,
}: YogaOptions): Plugin<object, ServerContext> {
  return {
    onRequestParse({ requestParser, setRequestParser, request }) {
      if (!requestParser || request.method !== 'GET') return
      // Yoga parses the JSON in a query string without a thought that it may be none.
      setRequestParser((given) => {
        try {
          return requestParser(given)
        } catch (error) {
          if (error instanceof SyntaxError) throw badRequest(NO_JSON, { status: 400 })
          throw error
        }
      })
    },
    onParams({ setParamsHandler }) {
      setParamsHandler(({ params, request, context }) => {
        const prepared = operations.prepare(params.query ?? '', params.operationName)
        if ('errors' in prepared) return prepared
        const { operation } = prepared
        context.exchange.operationName = operation.name
        if (
          operation.type === OperationTypeNode.SUBSCRIPTION ||
          !schema.getRootType(operation.type)
        )
          throw badRequest(NOT_SERVED[operation.type], { status: 400 })
        if (request.method === 'GET' && operation.type !== OperationTypeNode.QUERY)
          throw badRequest(ONLY_BY_POST, { status: 405, headers: { allow: 'POST' } })
        const execute = () => {
          context.exchange.answeredBy = 'resolvers'
          return operation.execute(createContext(context.exchange), params.variables as Variables)
        }
        return withCost(operation, params.variables as Variables, params.extensions, execute)
      })
    },
  }
}

/** Makes every result public, those that Yoga itself refused included. */
function useAnswers(): Plugin<object, ServerContext> {
  return {
    onResultProcess({ result, setResult, serverContext }) {
      if (Array.isArray(result) || Symbol.asyncIterator in result) return
      setResult(withStatus(toAnswer(result, serverContext.exchange)))
    },
  }
}

/** A result from which Yoga reads the status and the headers, and of which it sends the text as it is. */
function withStatus({ text, faults }: Answer): ExecutionResult & { stringify(): string } {
  const stringify = () => text
  if (faults.length === 0) return { data: {}, stringify }
  return { errors: faults.map((http) => new GraphQLError('', { extensions: { http } })), stringify }
}

const ONLY_BY_POST = 'Only a query can be sent by GET; send this by POST.'

const NOT_SERVED = {
  query: 'Queries are not served.',
  mutation: 'Mutations are not served.',
  subscription: 'Subscriptions are not served.',
}

const NO_JSON = 'The parameters variables and extensions must be JSON objects.'

function badRequest(message: string, http: HttpFault): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http } })
}

/** As Apollo's server says it: clients then send the document itself, and hashes no more. */
function notPersisted(): GraphQLError {
  const headers = { 'cache-control': 'private, no-cache, must-revalidate' }
  const http: HttpFault = { status: 200, headers }
  const extensions = { code: 'PERSISTED_QUERY_NOT_SUPPORTED', http }
  return new GraphQLError('PersistedQueryNotSupported', { extensions })
}
