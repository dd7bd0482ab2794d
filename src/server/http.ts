import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'es-toolkit'
import type { GraphQLSchema } from 'graphql'
import type { Config } from '../config.ts'
import type { Database } from '../db/client.ts'
import { AppError, badInput } from '../errors.ts'
import { createContext } from '../graphql/context.ts'
import { schema as catalogueSchema } from '../graphql/index.ts'
import type { Logger } from '../log.ts'
import { startDeadline } from './deadline.ts'
import { createFastPath } from './execute/fast-path.ts'
import { createOperations } from './execute/operations.ts'
import {
  createBackgroundRunner,
  createDocumentRunner,
  type RunDocument,
} from './execute/run-document.ts'
import { createGraphqlYoga } from './execute/yoga.ts'
import { bearerOf, createAccess, createVoters } from './http/access.ts'
import { isEncodedAsUtf8, NOT_ENCODED } from './http/charset.ts'
import { clientOf } from './http/client.ts'
import { followConnections } from './http/connections.ts'
import type { ContextOf, Exchange } from './http/exchange.ts'
import { sessionOf } from './http/session.ts'
import { createListener } from './listener.ts'
import { createRoutes, type Route, type RouteServices } from './routes.ts'
import { createStreams } from './stream/streams.ts'

export interface ServerOptions {
  db: Database
  config: Config
  log: Logger
  /** What is served. Default: the catalogue. */
  schema?: GraphQLSchema
  /** Served besides /graphql. Default: none. */
  routes?: readonly Route[]
  /** Answers browsers that ask for a path where nothing is. Default: they get what programs get. */
  unknownPage?: Route
  /** Called for each request that took the fast path, for tests. */
  onFastPath?: () => void
}

export interface RunningServer {
  /** Such as http://127.0.0.1:4000, with the port that was taken. */
  url: string
  /** Base of all links to this server: PUBLIC_URL, or its address on this machine. Without a slash at the end. */
  publicUrl: string
  /** Runs a GraphQL document that no request asks for, with the limits of one that does. */
  runDocument: RunDocument
  /** Takes no more connections, answers what is on its way for up to 20 s, then closes. */
  stop(): Promise<void>
}

/** Longest that a client may take to send a request. */
const REQUEST_TIMEOUT_MS = 30_000

/** How often that is looked at; Node's own half a minute would let a client take twice as long. */
const TIMEOUT_CHECK_MS = 5_000

/** Longest that a connection with a request or an answer on its way may go without a byte. */
const STALL_TIMEOUT_MS = 60_000

/** Serves GraphQL on the configured address. Throws an `AppError` that names the address when it cannot. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { db, config, log, schema = catalogueSchema, routes = [], onFastPath } = options
  const operations = createOperations(schema, config.costLimits)
  const accessOf = createAccess(config.adminKey)
  const voterOf = createVoters(config.apiKeys)
  const scopeOf = (exchange: Exchange) =>
    db.within(startDeadline(exchange, config.requestTimeoutMs))
  // A server that stops no longer knows its port.
  const publicUrl = once(() => config.publicUrl ?? `http://localhost:${portOf(server)}`)
  const settings = once(() => ({ publicUrl: publicUrl(), webhookAllow: config.webhookAllow }))
  const newContext = ({ request }: Exchange, scoped: Database, session: string | null = null) => {
    const { authorization } = request.headers
    const bearer = bearerOf(authorization) ?? session
    const client = clientOf(request, config.proxies)
    const voter = voterOf(scoped, bearer)
    return createContext(scoped, accessOf(authorization), settings(), bearer, client, voter)
  }
  const contextOf: ContextOf = (exchange) => newContext(exchange, scopeOf(exchange))
  const fastPath = createFastPath({ operations, createContext: contextOf, onFastPath })
  // The first two begin with the first byte of a request, and so do not cut connections that are kept alive.
  const server = createServer({
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
    keepAliveTimeout: config.keepAliveTimeoutMs,
  })
  server.timeout = STALL_TIMEOUT_MS
  const connections = followConnections(server)
  const { stopping } = connections
  const openStream = createStreams({
    ...{ db, stopping, createContext: newContext, timeoutMs: config.requestTimeoutMs },
    limits: config.streamLimits,
    clientOf: ({ request }) => clientOf(request, config.proxies),
  })
  const yoga = createGraphqlYoga({ schema, operations, createContext: contextOf, openStream })
  const servicesOf = (exchange: Exchange): RouteServices => {
    const { request, requestId } = exchange
    const scoped = scopeOf(exchange)
    const isReadOnly = request.method !== 'POST'
    // Only pages read it: /graphql answers the pages of other sites too.
    const session = sessionOf(request)
    const runner = {
      operations,
      createContext: () => newContext(exchange, scoped, session),
      isReadOnly,
      requestId,
      log,
    }
    return {
      db: scoped,
      config,
      publicUrl: publicUrl(),
      // Read by handlers: they say how an error of it is written.
      get search() {
        return searchOf(request)
      },
      session,
      runDocument: createDocumentRunner(runner),
    }
  }
  const listener = createListener({
    ...{ db, config, log, yoga, fastPath, connections },
    routes: createRoutes(routes, servicesOf),
    unknownPage: createRoutes(options.unknownPage ? [options.unknownPage] : [], servicesOf),
  })
  server.on('request', listener)
  await listen(server, config.host, config.port)
  publicUrl()
  const timeoutMs = config.requestTimeoutMs
  return {
    url: urlOf(server),
    publicUrl: publicUrl(),
    runDocument: createBackgroundRunner({ operations, db, log, timeoutMs, settings: settings() }),
    stop: connections.stop,
  }
}

function searchOf({ url = '' }: IncomingMessage): URLSearchParams {
  const start = url.indexOf('?')
  if (start >= 0 && !isEncodedAsUtf8(url.slice(start))) throw badInput(NOT_ENCODED)
  return new URLSearchParams(start < 0 ? '' : url.slice(start))
}

/** Throws, as `startServer` does, when nothing can listen on the configured address. */
export async function checkAddress({ host, port }: Config): Promise<void> {
  const probe = createServer()
  await listen(probe, host, port)
  await new Promise((resolve) => probe.close(resolve))
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => reject(listenError(error, host, port))
    server.once('error', fail)
    server.listen({ host, port }, () => {
      server.off('error', fail)
      resolve()
    })
  })
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const address = `${hostInUrl(host)}:${port}`
  const options = { cause: error }
  switch (error.code) {
    case 'EADDRINUSE':
      return new AppError(
        'CONFLICT',
        `Another process listens on ${address}. Stop it, or set PORT to a free port (0 takes any).`,
        options,
      )
    case 'EACCES':
      return new AppError(
        'FORBIDDEN',
        `This user may not listen on ${address}. Set PORT to one above 1023.`,
        options,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new AppError(
        'BAD_USER_INPUT',
        `${address} is not an address of this machine. Set HOST to one, such as 127.0.0.1 or 0.0.0.0.`,
        options,
      )
    default:
      return error
  }
}

function urlOf(server: Server): string {
  const { address } = server.address() as AddressInfo
  return `http://${hostInUrl(address)}:${portOf(server)}`
}

const portOf = (server: Server) => (server.address() as AddressInfo).port

function hostInUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
