import type { ExecutionResult } from 'graphql'
import type { Context } from '../../graphql/context.ts'
import { type ContextOf, type Exchange, send } from '../http/exchange.ts'
import { isUsual, JSON_TYPE, type MediaType } from '../http/media-type.ts'
import { headersOf, statusOf, toAnswer } from './errors.ts'
import { logFault } from './fault-log.ts'
import type { Operation, Operations, Variables } from './operations.ts'
import { isParameters, type Parameters } from './parameters.ts'

export interface FastPathOptions {
  operations: Operations
  createContext: ContextOf
  /** Called when a request takes the fast path, for tests. */
  onFastPath?: (() => void) | undefined
}

/** Answers a request from its body and returns true, or returns false to leave it to Yoga. */
export type FastPath = (exchange: Exchange, body: string) => boolean

/**
 * The fast path from the socket to the executor, for a well-formed POST of a query seen before. Its response is identical to Yoga's; when
 * in doubt, it leaves the request to Yoga.
 */
export function createFastPath(options: FastPathOptions): FastPath {
  const { operations, createContext, onFastPath } = options
  return (exchange, body) => {
    const { mediaType } = exchange
    if (!isUsual(mediaType)) return false
    const parameters = readParameters(body)
    // Requests that ask for the cost go to Yoga.
    if (!parameters || parameters.extensions?.cost != null) return false
    const operation = operations.findWarm(parameters.query, parameters.operationName)
    if (!operation) return false
    exchange.operationName = operation.name
    onFastPath?.()
    run(exchange, mediaType, operation, createContext, parameters.variables)
    return true
  }
}

function run(
  exchange: Exchange,
  mediaType: MediaType,
  operation: Operation,
  createContext: ContextOf,
  variables: Variables,
): void {
  const headers = ['content-type', mediaType]
  const finish = (result: ExecutionResult, texts?: ReadonlyMap<string, string>) => {
    const answer = toAnswer(result, exchange, texts)
    const status = statusOf(answer, mediaType === JSON_TYPE)
    send(exchange, status, [...headers, ...headersOf(answer)], answer.text)
  }
  const fail = (error: unknown) => finish({ errors: [error as never] })
  const execute = (context: unknown): Promise<void> | undefined => {
    exchange.answeredBy = 'resolvers'
    const result = operation.execute(context, variables)
    if ('then' in result) return result.then((one) => finish(one))
    finish(result)
  }
  const onFault = (err: unknown) => {
    const { log, requestId } = exchange
    logFault(log, 'warn', { err, requestId }, 'Resolvers have to answer')
  }
  try {
    const context = createContext(exchange)
    const finished = operation.answer
      ? operation.answer(context as Context, variables, onFault).then((answered) => {
          if (!answered) return execute(context)
          exchange.answeredBy = answered.by
          if (answered.by === 'postgres') send(exchange, 200, headers, answered.text)
          else finish(answered.result, answered.texts)
        })
      : execute(context)
    finished?.catch(fail)
  } catch (error) {
    fail(error)
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
