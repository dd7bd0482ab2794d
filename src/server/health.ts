import type { Database } from '../db/client.ts'
import { causeOf, describeCause } from '../db/error-cause.ts'
import { type Exchange, send } from './http/exchange.ts'
import { JSON_TYPE } from './http/media-type.ts'

const HEADERS = ['content-type', JSON_TYPE, 'cache-control', 'no-store']

/** Answers that this process runs, whatever the database does: an orchestrator restarts what does not. */
export function sendAlive(exchange: Exchange): void {
  send(exchange, 200, HEADERS, JSON.stringify({ status: 'ok' }))
}

/**
 * Answers whether requests can be served: 200 when the database answers within 2 s, 503 otherwise. It is asked on a
 * connection of its own, so that a busy server is ready all the same.
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
