import { type ExecutionResult, GraphQLError, type GraphQLSchema, OperationTypeNode } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import { quote } from '../../errors.ts'
import type { ContextOf, Exchange } from '../http/exchange.ts'
import { withCost } from './cost-extension.ts'
import { type Answer, type HttpFault, toAnswer } from './errors.ts'
import type { Operation, Operations, Variables } from './operations.ts'
import { IGNORED_KEYS, isOnlyHash } from './parameters.ts'

/** Context that Yoga passes along with a request. */
export interface ServerContext {
  exchange: Exchange
}

export interface YogaOptions {
  schema: GraphQLSchema
  operations: Operations
  /** Called for each operation. */
  createContext: ContextOf
  /** Sends the events of a subscription. */
  openStream: (exchange: Exchange, operation: Operation, variables: Variables) => void
}

/**
 * Yoga answers everything but the most common requests: it reads parameters and negotiates media types. Routes, GraphiQL,
 * CORS, request ids and body limits are handled before it; `toAnswer` masks errors.
 */
export function createGraphqlYoga(options: YogaOptions) {
  return createYoga<ServerContext>({
    schema: options.schema,
    graphqlEndpoint: '/graphql',
    plugins: [useParameters(), useOperations(options), useAnswers()],
    extraParamNames: IGNORED_KEYS,
    graphiql: false,
    landingPage: false,
    // A path that no URL ends with, because the health check has its own route.
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

/** Refuses requests that Yoga would accept, or would refuse with messages that clients do not know. */
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
  openStream,
}: YogaOptions): Plugin<object, ServerContext> {
  return {
    onRequestParse({ requestParser, setRequestParser, request }) {
      if (!requestParser || request.method !== 'GET') return
      // Yoga parses JSON in a query string without catching errors.
      setRequestParser((given) => {
        try {
          return requestParser(given)
        } catch (error) {
          if (error instanceof SyntaxError) throw badRequest(noJson(request.url), { status: 400 })
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
        if (!schema.getRootType(operation.type))
          throw badRequest(NOT_SERVED[operation.type], { status: 400 })
        if (operation.type === OperationTypeNode.SUBSCRIPTION) {
          openStream(context.exchange, operation, params.variables as Variables)
          // Yoga's result is not sent: the request is already answered.
          return { data: null }
        }
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

/** Passes every result through `toAnswer`, including Yoga's own refusals. */
function useAnswers(): Plugin<object, ServerContext> {
  return {
    onResultProcess({ result, setResult, serverContext }) {
      if (Array.isArray(result) || Symbol.asyncIterator in result) return
      setResult(withStatus(toAnswer(result, serverContext.exchange)))
    },
  }
}

/** A result from which Yoga takes status and headers, and whose text it sends unchanged. */
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

/** The message for the URL parameter that is not JSON. */
function noJson(url: string): string {
  const { searchParams } = new URL(url)
  const broken = ['variables', 'extensions'].find((name) => !isJson(searchParams.get(name)))
  const value = quote(searchParams.get(broken ?? '') ?? '')
  return broken
    ? `The parameter ${broken} must be a JSON object; ${value} is not JSON.`
    : 'The parameters variables and extensions must be JSON objects.'
}

function isJson(text: string | null): boolean {
  try {
    JSON.parse(text || '{}')
    return true
  } catch {
    return false
  }
}

function badRequest(message: string, http: HttpFault): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http } })
}

/** The message that Apollo Server sends: clients then send the document itself instead of its hash. */
function notPersisted(): GraphQLError {
  const headers = { 'cache-control': 'private, no-cache, must-revalidate' }
  const http: HttpFault = { status: 200, headers }
  const extensions = { code: 'PERSISTED_QUERY_NOT_SUPPORTED', http }
  return new GraphQLError('PersistedQueryNotSupported', { extensions })
}
