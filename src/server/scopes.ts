import type { IncomingMessage } from 'node:http'
import type { Config } from '../config.ts'
import type { Database } from '../db/client.ts'
import { badInput } from '../errors.ts'
import { type Context, createContext, type Settings } from '../graphql/context.ts'
import type { Logger } from '../log.ts'
import { startDeadline } from './deadline.ts'
import type { Operations } from './execute/operations.ts'
import { createDocumentRunner } from './execute/run-document.ts'
import { bearerOf, createAccess, createVoters } from './http/access.ts'
import { isEncodedAsUtf8, NOT_ENCODED } from './http/charset.ts'
import { clientOf } from './http/client.ts'
import type { Exchange } from './http/exchange.ts'
import { sessionOf } from './http/session.ts'
import type { RouteServices } from './routes.ts'

interface ScopeOptions {
  db: Database
  config: Config
  log: Logger
  operations: Operations
  /** Called during requests, when the port is known. */
  settings: () => Settings
}

/** What is created for each request. */
interface Scopes {
  /** The resolver context of a request, with the database scoped to that request. */
  contextOf(exchange: Exchange): Context
  /** A resolver context on the given database; `session` stands in for a missing bearer token. */
  contextWithin(exchange: Exchange, scoped: Database, session?: string | null): Context
  /** The services of route handlers. */
  servicesOf(exchange: Exchange): RouteServices
}

export function createScopes(options: ScopeOptions): Scopes {
  const { db, config, settings } = options
  const accessOf = createAccess(config.adminKey)
  const voterOf = createVoters(config.apiKeys)
  const scopeOf = (exchange: Exchange) =>
    db.within(startDeadline(exchange, config.requestTimeoutMs))
  const scopes: Scopes = {
    contextOf: (exchange) => scopes.contextWithin(exchange, scopeOf(exchange)),
    contextWithin({ request }, scoped, session = null) {
      const { authorization } = request.headers
      const bearer = bearerOf(authorization) ?? session
      return createContext(scoped, {
        access: accessOf(authorization),
        settings: settings(),
        bearer,
        client: clientOf(request, config.proxies),
        voter: voterOf(scoped, bearer),
      })
    },
    servicesOf: (exchange) =>
      servicesWithin(exchange, scopeOf(exchange), scopes.contextWithin, options),
  }
  return scopes
}

function servicesWithin(
  exchange: Exchange,
  db: Database,
  contextWithin: Scopes['contextWithin'],
  { config, log, operations, settings }: ScopeOptions,
): RouteServices {
  const { request, requestId } = exchange
  // Only pages use the session: /graphql also answers pages of other sites.
  const session = sessionOf(request)
  return {
    db,
    config,
    publicUrl: settings().publicUrl,
    // A getter, so that the handler's own format applies to its errors.
    get search() {
      return searchOf(request)
    },
    session,
    runDocument: createDocumentRunner({
      operations,
      createContext: () => contextWithin(exchange, db, session),
      isReadOnly: request.method !== 'POST',
      requestId,
      log,
    }),
  }
}

function searchOf({ url = '' }: IncomingMessage): URLSearchParams {
  const start = url.indexOf('?')
  if (start >= 0 && !isEncodedAsUtf8(url.slice(start))) throw badInput(NOT_ENCODED)
  return new URLSearchParams(start < 0 ? '' : url.slice(start))
}
