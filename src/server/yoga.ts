import { type ExecutionResult, GraphQLError, type GraphQLSchema, OperationTypeNode } from 'graphql'
import { createYoga, type Plugin } from 'graphql-yoga'
import { type Answer, type HttpFault, toAnswer } from './errors.ts'
import type { ContextOf, Exchange } from './exchange.ts'
import type { Operations, Variables } from './operations.ts'

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
    plugins: [useOperations(options), useAnswers()],
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

/** Lets `operations` parse, validate and execute. */
function useOperations({ operations, createContext }: YogaOptions): Plugin<object, ServerContext> {
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
        if (operation.type === OperationTypeNode.SUBSCRIPTION)
          throw badRequest('Subscriptions are not served.', { status: 400 })
        if (request.method === 'GET' && operation.type !== OperationTypeNode.QUERY)
          throw badRequest(ONLY_BY_POST, { status: 405, headers: { allow: 'POST' } })
        return operation.execute(
          createContext(context.exchange.request),
          params.variables as Variables,
        )
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

const NO_JSON = 'The parameters variables and extensions must be JSON objects.'

function badRequest(message: string, http: HttpFault): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http } })
}
