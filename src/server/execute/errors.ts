import { PothosValidationError } from '@pothos/core'
import { type ExecutionResult, GraphQLError } from 'graphql'
import { causeOf, describeCause } from '../../db/error-cause.ts'
import { AppError, type ErrorCode, isAppError } from '../../errors.ts'
import type { Logger } from '../../log.ts'
import type { PublicError } from '../../run-document.ts'
import { logFault } from './fault-log.ts'

/** HTTP response settings of an error that fails the whole request. */
export interface HttpFault {
  status: number
  /** Whether clients that accept application/json still get 200, as GraphQL over HTTP requires. */
  spec?: boolean
  headers?: Record<string, string>
}

/** A result as sent to clients. */
export interface Answer {
  /** The result as JSON. */
  text: string
  /** The errors of a request that failed as a whole; otherwise empty. */
  faults: HttpFault[]
}

/** Id of the request in which an error happened. */
export interface ErrorScope {
  requestId: string
  log: Logger
  /** Whether the client has hung up. Default false. */
  isAnswered?: boolean
}

/** The HTTP status of a request that failed as a whole. */
export const HTTP_STATUS: Record<ErrorCode, number> = {
  BAD_USER_INPUT: 400,
  NOT_FOUND: 404,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  QUERY_TOO_COMPLEX: 400,
  UNAVAILABLE: 503,
}

/** When a client whose request could not be served may try again, in seconds. */
export const RETRY_AFTER_S = '5'

/** How both executors begin the message for an argument whose variable has no valid value. */
const ARGUMENT_FAULT = /^Argument "/

/** An error in the request, found before execution. */
export function requestFault(error: GraphQLError, code: string): GraphQLError {
  const { nodes = null, source = null, positions = null } = error
  const http: HttpFault = { status: 400, spec: true }
  return new GraphQLError(error.message, { nodes, source, positions, extensions: { code, http } })
}

/** An error in a result. */
export function toGraphqlError(error: Error): GraphQLError {
  if (error instanceof GraphQLError) return error
  return new GraphQLError(error.message, { originalError: error })
}

/**
 * Decides what clients see of a result; the only place where errors become public. `texts` has JSON that was already written,
 * by field of the query.
 */
export function toAnswer(result: ExecutionResult, scope: ErrorScope, texts?: Texts): Answer {
  const { errors, data } = result
  if (scope.isAnswered) return { text: '', faults: [] }
  if (!errors || errors.length === 0) return { text: jsonOf(result, texts), faults: [] }
  const isWhole = data === undefined || (isEmpty(data) && errors.every(isUnavailable))
  const faults: HttpFault[] = []
  const publicErrors = errors.map((error) => {
    const [shown, fault] = publish(error, isWhole, scope)
    if (isWhole) faults.push(fault)
    return shown
  })
  const { extensions } = result
  return { text: jsonOf({ errors: publicErrors, data, extensions }, texts), faults }
}

type Texts = ReadonlyMap<string, string>

function jsonOf(
  result: { errors?: unknown; data?: ExecutionResult['data']; extensions?: unknown },
  texts: Texts | undefined,
): string {
  const { data } = result
  if (!texts || !data) return JSON.stringify(result)
  const members = Object.entries(result).flatMap(([key, value]) => {
    if (value === undefined) return []
    return `"${key}":${key === 'data' ? jsonOfData(data, texts) : JSON.stringify(value)}`
  })
  return `{${members.join()}}`
}

function jsonOfData(data: Readonly<Record<string, unknown>>, texts: Texts): string {
  const members = Object.entries(data).map(
    ([key, value]) => `"${key}":${texts.get(key) ?? JSON.stringify(value)}`,
  )
  return `{${members.join()}}`
}

/** Whether the result has no data. */
const isEmpty = (data: object | null) => Object.values(data ?? {}).every((value) => value === null)

const isUnavailable = (error: GraphQLError) => isAppError(rootOf(error), 'UNAVAILABLE')

/** The status of an answer for a client that takes `application/json`, or the media type of GraphQL responses. */
export function statusOf({ faults }: Answer, isPlainJson: boolean): number {
  let status = 0
  for (const fault of faults)
    if (!(isPlainJson && fault.spec)) status = Math.max(status, fault.status)
  return status || 200
}

/** Headers that tell the client how to react to a request that failed as a whole, name and value in turn. */
export function headersOf({ faults }: Answer): string[] {
  const headers = Object.assign({}, ...faults.map((fault) => fault.headers))
  return Object.entries<string>(headers).flat()
}

function publish(
  error: GraphQLError,
  isWhole: boolean,
  scope: ErrorScope,
): [PublicError, HttpFault] {
  const cause = rootOf(error)
  if (cause instanceof AppError) {
    if (cause.code === 'UNAVAILABLE') {
      const reason = describeCause(causeOf(cause))
      const { log, requestId } = scope
      logFault(log, 'warn', { err: cause, reason, requestId }, cause.message)
    }
    const headers: Record<string, string> =
      cause.code === 'UNAVAILABLE' ? { 'retry-after': RETRY_AFTER_S } : {}
    const shown = show(error, cause.message, cause.code)
    Object.assign(shown.extensions, cause.details)
    return [shown, { status: HTTP_STATUS[cause.code], headers }]
  }
  if (isWhole && cause instanceof GraphQLError) {
    const { code = 'BAD_USER_INPUT', http } = cause.extensions ?? {}
    return [show(error, error.message, String(code)), faultOf(String(code), http as HttpFault)]
  }
  if (cause instanceof PothosValidationError || ARGUMENT_FAULT.test(error.message))
    return [show(error, error.message, 'BAD_USER_INPUT'), { status: 400, spec: true }]
  const fields = { err: cause, requestId: scope.requestId, path: error.path }
  logFault(scope.log, 'error', fields, 'Unexpected error in a request')
  const masked = show(error, 'Unexpected error.', 'INTERNAL_SERVER_ERROR')
  masked.extensions.requestId = scope.requestId
  return [masked, { status: 500 }]
}

/** A request that Yoga does not accept as GraphQL fails, whatever the client accepts. */
function faultOf(code: string, http: HttpFault = { status: 400, spec: true }): HttpFault {
  return code === 'BAD_REQUEST' ? { ...http, spec: false } : http
}

/** Maximum length of an error message: graphql-js repeats an invalid value, whatever its length. */
const LONGEST_MESSAGE = 2000

function show(error: GraphQLError, text: string, code: string): PublicError {
  const message = text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text
  return { message, locations: error.locations, path: error.path, extensions: { code } }
}

/** The original error, or the first `AppError` in the chain of causes. */
function rootOf(error: unknown): unknown {
  let root = error
  while (!(root instanceof AppError) && root instanceof Error) {
    const inner = (root as { originalError?: unknown }).originalError
    if (inner == null || inner === root) break
    root = inner
  }
  return root
}
