import sql from 'sql-template-tag'
import type { Database } from '../db/client.ts'
import { type Exchange, send } from './exchange.ts'
import { JSON_TYPE } from './media-type.ts'

const PATIENCE_MS = 2000

/** Answers whether the database does. */
export async function sendHealth(exchange: Exchange, db: Database): Promise<void> {
  const isUp = await answers(exchange, db)
  const body = JSON.stringify({ status: isUp ? 'ok' : 'unavailable' })
  send(exchange, isUp ? 200 : 503, ['content-type', JSON_TYPE, 'cache-control', 'no-store'], body)
}

async function answers({ log, requestId }: Exchange, db: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    const error = new Error(`The database did not answer within ${PATIENCE_MS} ms`)
    timer = setTimeout(reject, PATIENCE_MS, error)
  })
  try {
    await Promise.race([db.query(sql`select 1`), tooLate])
    return true
  } catch (error) {
    log.warn({ err: error, requestId }, 'The health check failed')
    return false
  } finally {
    clearTimeout(timer)
  }
}
