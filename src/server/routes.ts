import { addRoute, createRouter, findRoute } from 'rou3'
import type { Config } from '../config.ts'
import type { Database } from '../db/client.ts'
import { AppError } from '../errors.ts'
import type { RunDocument } from '../run-document.ts'
import { HTTP_STATUS, RETRY_AFTER_S } from './execute/errors.ts'
import { type ErrorWriter, type Exchange, sendError } from './http/exchange.ts'

/** What the handler of a route uses for one request. */
export interface RouteServices {
  /** Its statements are cancelled at the deadline of the request and when the client disconnects. */
  db: Database
  config: Config
  /** Base URL of this server, without a trailing slash. */
  publicUrl: string
  /** The query parameters of the URL. */
  search: URLSearchParams
  /** The session token in the cookie, valid or not; null if there is none. */
  session: string | null
  /** Runs a GraphQL document with the access of the request. Mutations need a POST. */
  runDocument: RunDocument
}

/** The message of an error of `runDocument` without its variable, which the user of a URL does not know. */
export const withoutVariable = (message: string): string =>
  message.replace(/^Variable "\$\w+" got invalid value .*?; /s, '')

/** A served path besides /graphql, such as `/feeds/**:feed`. */
export interface Route {
  /** GET also answers HEAD. */
  method: 'GET' | 'POST'
  /** A pattern of rou3; its parameters are decoded. A parameter `token` is not logged. */
  path: string
  /** Formats errors of the handler, and the server's error when it takes too long. Default: plain text. */
  writeError?: ErrorWriter
  /** Whether a parameter whose percent-encoding is not UTF-8 is passed undecoded. Otherwise it is a 404 in plain text. */
  takesUndecodable?: boolean
  /** Answers with `send`. A thrown `AppError` is sent with its status and message; other errors are masked and logged. */
  handle(
    exchange: Exchange,
    params: Readonly<Record<string, string>>,
    services: RouteServices,
  ): Promise<void> | void
}

/** Answers a request to one of the routes and returns true; returns false if no route has its path. */
export type Router = (exchange: Exchange) => boolean

/** Creates the routing table. `servicesOf` is called only for requests that are handled. */
export function createRoutes(
  routes: readonly Route[],
  servicesOf: (exchange: Exchange) => RouteServices,
): Router {
  const router = createRouter<Route>()
  for (const route of routes) addRoute(router, route.method, route.path, route)
  const beforeTokens = [...new Set(routes.flatMap(({ path }) => TOKEN.exec(path)?.[1] ?? []))]
  return (exchange) => {
    const { request, path } = exchange
    const { method = 'GET' } = request
    exchange.path = withoutToken(path, beforeTokens)
    const found = findRoute(router, method === 'HEAD' ? 'GET' : method, path)
    if (!found) return refuseMethod(exchange, path)
    const { data: route, params = {} } = found
    exchange.writeError = route.writeError ?? asText
    run(exchange, route, params, servicesOf).catch((error: unknown) => sendFault(exchange, error))
    return true
  }

  function refuseMethod(exchange: Exchange, path: string): boolean {
    const allowed = (['GET', 'POST'] as const).filter((method) => findRoute(router, method, path))
    if (allowed.length === 0) return false
    const allow = allowed.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : method))
    exchange.writeError = asText
    const message = `${exchange.path} takes ${allow.join(', ')} only.`
    sendError(exchange, 405, 'BAD_REQUEST', message, ['allow', allow.join(', ')])
    return true
  }
}

/** The part of a route before its token, which is as good as a password. */
const TOKEN = /^(.*\/):token(?:\/|$)/

/** The path for the log, with `:token` in place of what follows a part in `before`, so that a truncated or extended link is covered too. */
function withoutToken(path: string, before: readonly string[]): string {
  const start = before.find((one) => path.startsWith(one))
  return start === undefined
    ? path
    : `${start}${path.slice(start.length).replace(/^[^/]+/, ':token')}`
}

async function run(
  exchange: Exchange,
  route: Route,
  params: Readonly<Record<string, string>>,
  servicesOf: (exchange: Exchange) => RouteServices,
): Promise<void> {
  await route.handle(exchange, decode(params, route), servicesOf(exchange))
}

function decode(
  params: Readonly<Record<string, string>>,
  { takesUndecodable = false }: Route,
): Record<string, string> {
  const decoded: Record<string, string> = {}
  for (const [name, value] of Object.entries(params))
    try {
      decoded[name] = decodeURIComponent(value)
    } catch {
      if (!takesUndecodable)
        throw new AppError(
          'NOT_FOUND',
          'There is nothing at this path: its percent-encoding is not UTF-8.',
        )
      decoded[name] = value
    }
  return decoded
}

const asText: ErrorWriter = ({ message }) => ({
  mediaType: 'text/plain; charset=utf-8',
  text: `${message}\n`,
})

function sendFault(exchange: Exchange, error: unknown): void {
  if (error instanceof AppError) {
    const headers = error.code === 'UNAVAILABLE' ? ['retry-after', RETRY_AFTER_S] : []
    sendError(exchange, HTTP_STATUS[error.code], error.code, error.message, headers)
    return
  }
  const { log, requestId } = exchange
  log.error({ err: error, requestId }, 'Unexpected error in a request')
  const message = `Unexpected error. Find details in the log by the request id ${requestId}.`
  sendError(exchange, 500, 'INTERNAL_SERVER_ERROR', message)
}
