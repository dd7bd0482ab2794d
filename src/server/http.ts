import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'es-toolkit'
import type { GraphQLSchema } from 'graphql'
import type { Config } from '../config.ts'
import type { Database } from '../db/client.ts'
import { AppError } from '../errors.ts'
import { schema as catalogueSchema } from '../graphql/index.ts'
import type { Logger } from '../log.ts'
import type { RunDocument } from '../run-document.ts'
import { createFastPath } from './execute/fast-path.ts'
import { createOperations } from './execute/operations.ts'
import { createBackgroundRunner } from './execute/run-document.ts'
import { createGraphqlYoga } from './execute/yoga.ts'
import { clientOf } from './http/client.ts'
import { followConnections } from './http/connections.ts'
import { createListener } from './listener.ts'
import { createRoutes, type Route } from './routes.ts'
import { createScopes } from './scopes.ts'
import { createStreams } from './stream/streams.ts'

export interface ServerOptions {
  db: Database
  config: Config
  log: Logger
  /** The schema to serve. Default: the catalogue. */
  schema?: GraphQLSchema
  /** Routes besides /graphql. Default: none. */
  routes?: readonly Route[]
  /** Answers browsers that ask for an unknown path. Default: they get the same answer as programs. */
  unknownPage?: Route
  /** Called for each request that took the fast path, for tests. */
  onFastPath?: () => void
}

export interface RunningServer {
  /** Such as http://127.0.0.1:4000, with the actual port. */
  url: string
  /** Base of all links to this server: PUBLIC_URL, or its address on this machine. Without a slash at the end. */
  publicUrl: string
  /** Runs a GraphQL document outside a request, with the same limits. */
  runDocument: RunDocument
  /** Accepts no more connections, answers pending requests for up to 20 s, then closes. */
  stop(): Promise<void>
}

/** Maximum time that a client may take to send a request. */
const REQUEST_TIMEOUT_MS = 30_000

/** Interval of that check. With Node's default of 30 s, a client could take twice as long. */
const TIMEOUT_CHECK_MS = 5_000

/** Maximum time without a byte on a connection with a pending request or answer. */
const STALL_TIMEOUT_MS = 60_000

/** Serves GraphQL on the configured address. Throws an `AppError` that names the address if it cannot listen. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { db, config, log, schema = catalogueSchema, routes = [], unknownPage } = options
  const server = openServer(config)
  const connections = followConnections(server)
  // Computed once, because a stopped server no longer knows its port.
  const publicUrl = once(() => config.publicUrl ?? `http://localhost:${portOf(server)}`)
  const settings = once(() => ({ publicUrl: publicUrl(), webhookAllow: config.webhookAllow }))
  const operations = createOperations(schema, config.costLimits)
  const scopes = createScopes({ db, config, log, operations, settings })
  const timeoutMs = config.requestTimeoutMs
  const openStream = createStreams({
    ...{ db, timeoutMs, stopping: connections.stopping, createContext: scopes.contextWithin },
    limits: config.streamLimits,
    clientOf: ({ request }) => clientOf(request, config.proxies),
  })
  const answering = { operations, createContext: scopes.contextOf }
  const listener = createListener({
    ...{ db, config, log, connections },
    yoga: createGraphqlYoga({ ...answering, schema, openStream }),
    fastPath: createFastPath({ ...answering, onFastPath: options.onFastPath }),
    routes: createRoutes(routes, scopes.servicesOf),
    unknownPage: createRoutes(unknownPage ? [unknownPage] : [], scopes.servicesOf),
  })
  server.on('request', listener)
  await listen(server, config.host, config.port)
  return {
    url: urlOf(server),
    publicUrl: publicUrl(),
    runDocument: createBackgroundRunner({ operations, db, log, timeoutMs, settings: settings() }),
    stop: connections.stop,
  }
}

function openServer({ keepAliveTimeoutMs }: Config): Server {
  // Both timeouts start with the first byte of a request, so they do not cut idle keep-alive connections.
  const server = createServer({
    requestTimeout: REQUEST_TIMEOUT_MS,
    headersTimeout: REQUEST_TIMEOUT_MS,
    connectionsCheckingInterval: TIMEOUT_CHECK_MS,
    keepAliveTimeout: keepAliveTimeoutMs,
  })
  server.timeout = STALL_TIMEOUT_MS
  return server
}

/** Throws, like `startServer`, if the configured address cannot be listened on. */
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
