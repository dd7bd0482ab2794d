import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from '../../log.ts'
import type { Connections } from './connections.ts'
import type { HeaderList } from './cors.ts'
import { type Coding, codingFor, compress } from './encoding.ts'
import { type ChosenType, JSON_TYPE } from './media-type.ts'

/** One request and the answer to it. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  connections: Connections
  /** Without the query. */
  path: string
  requestId: string
  log: Logger
  /** What a GraphQL answer is sent as; undefined where the client accepts none of what is served. */
  mediaType: ChosenType
  /** How the answer may be compressed. */
  coding: Coding
  /** Sent with whatever the answer is. */
  headers: HeaderList
  startedAt: number
  operationName: string | undefined
  /** Who gave the answer of an operation that was executed: PostgreSQL as JSON, resolvers, or each some of its fields. */
  answeredBy?: 'postgres' | 'resolvers' | 'both'
  /** How an error is written; undefined writes it as a GraphQL answer. */
  writeError?: ErrorWriter
  /** Whether an answer was sent, or can no longer be sent. */
  isAnswered: boolean
}

/** Makes the body of an answer that says what is wrong, such as a page. */
export type ErrorWriter = (fault: { status: number; code: string; message: string }) => {
  mediaType: string
  text: string
  headers?: HeaderList
}

/** Makes what the resolvers of one operation get, for the request that it came with; once for each request. */
export type ContextOf = (exchange: Exchange) => unknown

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/

/** The id that a client gave its request, where it can be repeated, or a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}

/**
 * Sends an answer and writes the request's line to the log. Does nothing when an answer was sent, or the client has gone.
 * The body is compressed where the client takes that and it is large enough.
 */
export function send(
  exchange: Exchange,
  status: number,
  headers: HeaderList,
  body: string | Uint8Array = '',
): void {
  if (exchange.isAnswered) return
  exchange.isAnswered = true
  const size = sizeOf(body)
  const all = size === 0 ? headers : [...headers, 'vary', 'Accept, Accept-Encoding']
  const encoding = size === 0 ? 'identity' : codingFor(exchange.coding, size)
  if (encoding === 'identity') {
    write(exchange, status, all, body, size)
    return
  }
  compress(body, encoding)
    .then((bytes) => {
      const coded = [...all, 'content-encoding', encoding]
      write(exchange, status, coded, bytes, bytes.byteLength)
    })
    .catch((err: unknown) => {
      exchange.log.error({ err, requestId: exchange.requestId }, 'An answer was not compressed')
      exchange.response.destroy()
    })
}

/** Sends a file, which is compressed already or cannot be. */
export function sendFile(
  exchange: Exchange,
  status: number,
  headers: HeaderList,
  body: Uint8Array = new Uint8Array(),
): void {
  if (exchange.isAnswered) return
  exchange.isAnswered = true
  write(exchange, status, headers, body, body.byteLength)
}

function write(
  exchange: Exchange,
  status: number,
  headers: HeaderList,
  body: string | Uint8Array,
  size: number,
): void {
  const { response } = exchange
  if (!response.headersSent && !response.destroyed) {
    const all = ['x-request-id', exchange.requestId, ...ALWAYS, ...exchange.headers, ...headers]
    // Neither of these has a body; a length of 0 would be taken for that of the page that the client has.
    if (status !== 204 && status !== 304) all.push('content-length', String(size))
    if (exchange.connections.isLast(exchange.request)) all.push('connection', 'close')
    response.writeHead(status, all)
    response.end(body)
  }
  logRequest(exchange, status)
}

/** Sends the head of an answer that goes on until its stream ends; who writes that logs the request. */
export function beginStream(exchange: Exchange, headers: HeaderList): void {
  const { response, requestId } = exchange
  exchange.isAnswered = true
  if (response.headersSent || response.destroyed) return
  response.writeHead(200, [
    ...['x-request-id', requestId, ...ALWAYS, ...exchange.headers, ...headers],
    ...['vary', 'Accept'],
  ])
  response.flushHeaders()
}

/** No browser may take an answer for something else than it says it is. */
const ALWAYS = ['x-content-type-options', 'nosniff']

const sizeOf = (body: string | Uint8Array) =>
  typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength

/** Sends a failure of the request as a whole in the form of the route, which is a GraphQL answer without any other. */
export function sendError(
  exchange: Exchange,
  status: number,
  code: string,
  message: string,
  headers: HeaderList = [],
): void {
  const write = exchange.writeError ?? asGraphqlAnswer
  const { mediaType, text, headers: own = [] } = write({ status, code, message })
  send(exchange, status, ['content-type', mediaType, ...own, ...headers], text)
}

const asGraphqlAnswer: ErrorWriter = ({ code, message }) => ({
  mediaType: JSON_TYPE,
  text: JSON.stringify({ errors: [{ message, extensions: { code } }] }),
})

const levelOf = (status: number): 'error' | 'warn' | 'debug' =>
  status >= 500 ? 'error' : status >= 400 ? 'warn' : 'debug'

/** Writes the request's line to the log, with the status that it was answered with. */
export function logRequest(exchange: Exchange, status: number, level = levelOf(status)): void {
  const { log, request, path, requestId, operationName, answeredBy } = exchange
  if (!log.isLevelEnabled(level)) return
  const durationMs = Math.round((performance.now() - exchange.startedAt) * 10) / 10
  log[level](
    { requestId, method: request.method, path, status, durationMs, operationName, answeredBy },
    'request',
  )
}
