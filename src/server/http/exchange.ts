import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Logger } from '../../log.ts'
import type { Connections } from './connections.ts'
import type { HeaderList } from './cors.ts'
import { type Coding, codingFor, compress } from './encoding.ts'
import { type ChosenType, JSON_TYPE } from './media-type.ts'

/** A request and its answer. */
export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  connections: Connections
  /** Without the query. */
  path: string
  requestId: string
  log: Logger
  /** Media type of a GraphQL answer; undefined if the client accepts none of those served. */
  mediaType: ChosenType
  /** How the answer may be compressed. */
  coding: Coding
  /** Headers of every answer. */
  headers: HeaderList
  startedAt: number
  operationName: string | undefined
  /** How an executed operation was answered: by PostgreSQL as JSON, by resolvers, or partly by each. */
  answeredBy?: 'postgres' | 'resolvers' | 'both'
  /** Formats errors. Undefined: as a GraphQL answer. */
  writeError?: ErrorWriter
  /** Whether an answer was sent, or can no longer be sent. */
  isAnswered: boolean
}

/** Builds the body of an error, such as a page. */
export type ErrorWriter = (fault: { status: number; code: string; message: string }) => {
  mediaType: string
  text: string
  headers?: HeaderList
}

/** Creates the resolver context of an operation, for the request that contains it. */
export type ContextOf = (exchange: Exchange) => unknown

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/

/** The client's request id if it is safe to repeat, otherwise a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID()
}

/**
 * Sends an answer and logs the request. Does nothing if an answer was sent or the client has gone. The body is compressed if the client
 * accepts that and it is large enough.
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

/** Sends a file that is already compressed or is not worth compressing. */
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
    // Neither has a body; a length of 0 would be taken for the length of the cached page.
    if (status !== 204 && status !== 304) all.push('content-length', String(size))
    if (exchange.connections.isLast(exchange.request)) all.push('connection', 'close')
    response.writeHead(status, all)
    response.end(body)
  }
  logRequest(exchange, status)
}

/** Sends the head of an answer that lasts until its stream ends. The writer of the stream logs the request. */
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

/** Browsers must not guess another content type. */
const ALWAYS = ['x-content-type-options', 'nosniff']

const sizeOf = (body: string | Uint8Array) =>
  typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength

/** Sends an error of the whole request in the route's format, by default as a GraphQL answer. */
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

/** Logs the request with the status of its answer. */
export function logRequest(exchange: Exchange, status: number, level = levelOf(status)): void {
  const { log, request, path, requestId, operationName, answeredBy } = exchange
  if (!log.isLevelEnabled(level)) return
  const durationMs = Math.round((performance.now() - exchange.startedAt) * 10) / 10
  log[level](
    { requestId, method: request.method, path, status, durationMs, operationName, answeredBy },
    'request',
  )
}
