import type { Database } from '../db/client.ts'
import { causeOf, describeCause } from '../db/error-cause.ts'
import { type Exchange, send } from './http/exchange.ts'
import { JSON_TYPE } from './http/media-type.ts'

const HEADERS = ['content-type', JSON_TYPE, 'cache-control', 'no-store']

/**
 * Liveness: 200 while this process runs, whatever the state of the database, because orchestrators restart processes that fail
 * it.
 */
export function sendAlive(exchange: Exchange): void {
  send(exchange, 200, HEADERS, JSON.stringify({ status: 'ok' }))
}

/**
 * Readiness: 200 when the database answers within 2 s, otherwise 503. Uses its own connection, so that a busy server still
 * counts as ready.
 */
export async function sendReady(exchange: Exchange, db: Database): Promise<void> {
  const isReady = await answers(exchange, db)
  const body = JSON.stringify({ status: isReady ? 'ok' : 'unavailable' })
  send(exchange, isReady ? 200 : 503, HEADERS, body)
}

async function answers({ log, requestId }: Exchange, db: Database): Promise<boolean> {
  try {
    await db.ping()
    return true
  } catch (error) {
    log.warn({ reason: describeCause(causeOf(error)), requestId }, 'The database is not ready')
    return false
  }
}
