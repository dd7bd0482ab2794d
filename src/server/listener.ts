import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Config } from '../config.ts'
import type { Database } from '../db/client.ts'
import type { Logger } from '../log.ts'
import type { FastPath } from './execute/fast-path.ts'
import type { createGraphqlYoga } from './execute/yoga.ts'
import { ASSETS, graphiqlPage, wantsPage } from './graphiql/graphiql.ts'
import { sendAlive, sendReady } from './health.ts'
import { receiveBody } from './http/body.ts'
import { isEncodedAsUtf8, NOT_ENCODED } from './http/charset.ts'
import type { Connections } from './http/connections.ts'
import { createCors } from './http/cors.ts'
import { type Coding, createCodingChooser, PLAIN } from './http/encoding.ts'
import { type Exchange, requestIdOf, send, sendError } from './http/exchange.ts'
import { createMediaTypeChooser } from './http/media-type.ts'
import { prefixOf } from './http/origin.ts'
import type { Router } from './routes.ts'

export interface ListenerOptions {
  db: Database
  config: Config
  log: Logger
  yoga: ReturnType<typeof createGraphqlYoga>
  fastPath: FastPath
  connections: Connections
  routes: Router
  /** For browsers that ask for an unknown path. */
  unknownPage: Router
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void

/** Media types of bodies that are read; Yoga reads the same two. */
const JSON_BODY = /^application\/(?:graphql\+)?json\s*(?:;|$)/i

/** Routes a request, and answers everything that is not GraphQL. */
export function createListener(options: ListenerOptions): Listener {
  const cors = createCors(options.config.corsOrigins)
  const page = options.config.graphiql ? graphiqlPage : null
  const codingOf = createCodingChooser()
  const exchangeOf = createExchanges(options, cors)
  return (request, response) => {
    request.url = originForm(request.url ?? '/')
    const coding = codingOf(String(request.headers['accept-encoding'] ?? ''))
    const exchange = exchangeOf(request, response, coding ?? PLAIN)
    const { path } = exchange
    if (!coding) {
      sendError(exchange, 406, 'BAD_REQUEST', NO_CODING)
    } else if (request.method === 'OPTIONS') {
      const { origin, 'access-control-request-headers': asked } = request.headers
      exchange.headers = cors.preflightHeadersFor(origin, asked)
      send(exchange, 204, ['allow', 'GET, HEAD, POST'])
    } else if (path === '/graphql') {
      answerGraphql(exchange, options, page)
    } else if ((path !== '/' || wantsPage(request)) && options.routes(exchange)) {
      // Answered. Programs do not get the start page.
    } else {
      answerRest(exchange, options, page)
    }
  }
}

/** Creates the state of a request while it is answered. */
function createExchanges(
  { log, connections }: ListenerOptions,
  cors: ReturnType<typeof createCors>,
) {
  const mediaTypeFor = createMediaTypeChooser()
  return (request: IncomingMessage, response: ServerResponse, coding: Coding): Exchange => {
    const url = request.url ?? '/'
    const search = url.indexOf('?')
    return {
      request,
      response,
      connections,
      path: search < 0 ? url : url.slice(0, search),
      requestId: requestIdOf(request),
      mediaType: mediaTypeFor(request.headers.accept),
      coding,
      log,
      headers: cors.headersFor(request.headers.origin),
      startedAt: performance.now(),
      operationName: undefined,
      isAnswered: false,
    }
  }
}

/** GraphiQL; null if it is not served. */
type Page = typeof graphiqlPage | null

function answerGraphql(exchange: Exchange, options: ListenerOptions, page: Page): void {
  const { request } = exchange
  if (request.method === 'POST') receive(exchange, options)
  else if (page && wantsPage(request))
    page.send(exchange).catch((error) => sendUnexpected(exchange, error))
  else answerByYoga(exchange, options.yoga, undefined)
}

/** Answers requests that are neither GraphQL nor a route. */
function answerRest(exchange: Exchange, options: ListenerOptions, page: Page): void {
  const { path, request } = exchange
  const { publicUrl } = options.config
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    sendUnknown(exchange, options)
  } else if (page && path === '/') {
    const prefix = publicUrl === undefined ? '' : prefixOf(publicUrl)
    send(exchange, 302, ['location', `${prefix}/graphql`, 'vary', 'Accept'])
  } else if (path === '/health') {
    sendAlive(exchange)
  } else if (path === '/readyz') {
    sendReady(exchange, options.db).catch((error) => sendUnexpected(exchange, error))
  } else if (page && path.startsWith(ASSETS)) {
    page
      .sendAsset(exchange)
      .then((isKnown) => isKnown || sendUnknown(exchange, options))
      .catch((error) => sendUnexpected(exchange, error))
  } else {
    sendUnknown(exchange, options)
  }
}

/** The path and query of a request target in absolute form, which only proxies need but HTTP/1.1 allows all clients to send. */
const originForm = (target: string) =>
  target.replace(/^https?:\/\/[^/?#]*/i, '').replace(/^(?:\?|$)/, '/$&')

/** Reads the body of a POST and answers it. */
function receive(exchange: Exchange, options: ListenerOptions): void {
  const { headers } = exchange.request
  const { 'content-type': type, 'content-encoding': encoding } = headers
  if (encoding !== undefined && encoding !== 'identity') {
    const message = `Content-Encoding ${JSON.stringify(encoding)} is not supported for request bodies. Send the body uncompressed.`
    sendError(exchange, 415, 'BAD_REQUEST', message, ['accept-encoding', 'identity'])
    return
  }
  if (type === undefined || !JSON_BODY.test(type)) {
    const message = `The body must be sent with Content-Type: application/json${type === undefined ? '' : `, not ${type}`}.`
    sendError(exchange, 415, 'BAD_REQUEST', message)
    return
  }
  receiveBody(exchange, options.config.requestBodyLimitBytes, (text) => {
    if (text === undefined) return
    if (!options.fastPath(exchange, text)) answerByYoga(exchange, options.yoga, text)
  })
}

function answerByYoga(
  exchange: Exchange,
  yoga: ListenerOptions['yoga'],
  body: string | undefined,
): void {
  askYoga(exchange, yoga, body).catch((error) => sendUnexpected(exchange, error))
}

async function askYoga(
  exchange: Exchange,
  yoga: ListenerOptions['yoga'],
  body: string | undefined,
): Promise<void> {
  const { method = 'GET', url = '/graphql' } = exchange.request
  const accept = exchange.mediaType
  if (accept === undefined) {
    sendError(exchange, 406, 'BAD_REQUEST', NOT_ACCEPTABLE)
    return
  }
  if (!isEncodedAsUtf8(url)) {
    sendError(exchange, 400, 'BAD_REQUEST', NOT_ENCODED)
    return
  }
  // Node omits the body of the answer to a HEAD.
  const init: RequestInit = { method: method === 'HEAD' ? 'GET' : method, headers: { accept } }
  if (body !== undefined) {
    init.headers = { accept, 'content-type': 'application/json' }
    init.body = body
  }
  const response = await yoga.fetch(`http://localhost${url}`, init, { exchange })
  const text = await response.text()
  if (response.status >= 400 && text === '') {
    sendError(exchange, response.status, 'BAD_REQUEST', response.statusText)
    return
  }
  const list: string[] = []
  response.headers.forEach((value, name) => {
    if (name !== 'content-length') list.push(name, value)
  })
  send(exchange, response.status, list, text)
}

const NO_CODING = 'Answers are sent as br, gzip or identity; Accept-Encoding allows none of them.'

const NOT_ACCEPTABLE =
  'Answers are sent as application/json or application/graphql-response+json; Accept allows neither.'

function sendUnknown(exchange: Exchange, { unknownPage }: ListenerOptions): void {
  if (wantsPage(exchange.request) && unknownPage(exchange)) return
  const { request, path } = exchange
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const message = `There is nothing at ${method} ${path}. GraphQL is served at /graphql.`
  sendError(exchange, 404, 'NOT_FOUND', message)
}

function sendUnexpected(exchange: Exchange, error: unknown): void {
  const { log, requestId } = exchange
  log.error({ err: error, requestId }, 'Unexpected error in a request')
  sendError(exchange, 500, 'INTERNAL_SERVER_ERROR', 'Unexpected error.')
}
