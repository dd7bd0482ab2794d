import type { IncomingMessage } from 'node:http'
import type { ExecutionResult } from 'graphql'
import type { Context } from '../graphql/context.ts'
import { statusOf, toAnswer } from './errors.ts'
import { type ContextOf, type Exchange, JSON_TYPE, send } from './exchange.ts'
import type { Operation, Operations, Variables } from './operations.ts'

export interface FastPathOptions {
  operations: Operations
  createContext: ContextOf
  /** Called when a request took the fast path, for tests that must know. */
  onFastPath?: (() => void) | undefined
}

/** Answers a request from its body and returns true, or returns false for it to be answered the long way. */
export type FastPath = (exchange: Exchange, body: string) => boolean

const RESPONSE_TYPE = 'application/graphql-response+json; charset=utf-8'

const JSON_HEADERS = ['content-type', JSON_TYPE]
const RESPONSE_HEADERS = ['content-type', RESPONSE_TYPE]

interface Parameters {
  query: string
  variables?: Variables
  operationName?: string | null
}

/**
 * The short way from the socket to the executor, for a well-formed POST of a query seen before. It gives the very
 * answer that Yoga gives; where it cannot tell, it leaves the request to Yoga.
 */
export function createFastPath(options: FastPathOptions): FastPath {
  const { operations, createContext, onFastPath } = options
  return (exchange, body) => {
    const headers = answerHeaders(exchange.request)
    if (!headers) return false
    const parameters = readParameters(body)
    if (!parameters) return false
    const operation = operations.findWarm(parameters.query, parameters.operationName)
    if (!operation) return false
    exchange.operationName = operation.name
    onFastPath?.()
    run(exchange, headers, operation, createContext, parameters.variables)
    return true
  }
}

function run(
  exchange: Exchange,
  headers: readonly string[],
  operation: Operation,
  createContext: ContextOf,
  variables: Variables,
): void {
  const finish = (result: ExecutionResult) => {
    const answer = toAnswer(result, exchange)
    send(exchange, statusOf(answer, headers === JSON_HEADERS), headers, answer.text)
  }
  const fail = (error: unknown) => finish({ errors: [error as never] })
  const execute = (context: unknown): Promise<void> | undefined => {
    const result = operation.execute(context, variables)
    if ('then' in result) return result.then(finish)
    finish(result)
  }
  const refuse = (err: unknown) => {
    exchange.log.warn({ err, requestId: exchange.requestId }, 'Resolvers have to answer')
    return null
  }
  try {
    const context = createContext(exchange.request)
    const finished = operation.answer
      ? operation
          .answer(context as Context, variables)
          .catch(refuse)
          .then((text) => (text === null ? execute(context) : send(exchange, 200, headers, text)))
      : execute(context)
    finished?.catch(fail)
  } catch (error) {
    fail(error)
  }
}

/** The media type that Yoga would answer with, where the request says it in one of the usual ways. */
function answerHeaders({ headers }: IncomingMessage): readonly string[] | undefined {
  switch (headers.accept) {
    case undefined:
    case '*/*':
    case 'application/json':
      return JSON_HEADERS
    case 'application/graphql-response+json':
      return RESPONSE_HEADERS
    default:
      return undefined
  }
}

function readParameters(body: string): Parameters | undefined {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return undefined
  }
  return isParameters(value) ? value : undefined
}

function isParameters(value: unknown): value is Parameters {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  for (const key in value)
    if (key !== 'query' && key !== 'variables' && key !== 'operationName') return false
  const { query, variables, operationName } = value as Record<string, unknown>
  return (
    typeof query === 'string' &&
    (operationName == null || typeof operationName === 'string') &&
    (variables == null || (typeof variables === 'object' && !Array.isArray(variables)))
  )
}
