import { setTimeout as delay } from 'node:timers/promises'
import { and, eq, inArray, lt, or, sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { orm } from '../db/orm.ts'
import { webhookMessages } from '../db/tables/webhooks.ts'
import type { Logger } from '../log.ts'
import type { RunDocument } from '../run-document.ts'
import { allowedHosts } from './address.ts'
import { createDeliverer, type DeliveryOptions } from './deliver.ts'
import { fanOut } from './fan-out.ts'

/** Polling interval for changes and due messages. */
const INTERVAL_MS = 1000

/** Interval for deleting old messages. */
const FORGET_INTERVAL_MS = 3_600_000

/** Pause after a failure, such as an unavailable database. */
const PAUSE_MS = 10_000

/** Retention of finished messages: delivered ones to answer questions, dead ones to be inspected. */
const DELIVERED_DAYS = 7
const DEAD_DAYS = 90

/** Maximum messages deleted by one statement, so that it stays short. */
const MOST_FORGOTTEN = 1000

export interface WebhookWorkerOptions extends Pick<DeliveryOptions, 'retrySeconds' | 'timeoutMs'> {
  db: Database
  log: Logger
  runDocument: RunDocument
  publicUrl: string
  /** The value of WEBHOOK_ALLOW. */
  allow: readonly string[]
  intervalMs?: number
}

export interface WebhookWorker {
  /** Starts nothing new and waits for running attempts. */
  stop(): Promise<void>
}

/** Creates and delivers messages for webhooks. Several servers may run this: each message is sent by one of them. */
export function startWebhooks(options: WebhookWorkerOptions): WebhookWorker {
  const { db, log, runDocument, publicUrl, allow, intervalMs = INTERVAL_MS } = options
  const ending = new AbortController()
  const { signal } = ending
  const deliverer = createDeliverer({ ...options, allowed: allowedHosts(allow), signal })
  const repeat = async (
    fault: string,
    work: () => Promise<number>,
    idleMs = intervalMs,
  ): Promise<void> => {
    while (!signal.aborted) {
      let pauseMs = idleMs
      try {
        // If there was work, there may be more.
        if ((await work()) > 0) pauseMs = 0
      } catch (error) {
        log.warn({ err: error }, fault)
        pauseMs = PAUSE_MS
      }
      await delay(pauseMs, undefined, { signal }).catch(() => {})
    }
  }
  const loops = [
    repeat('messages of webhooks could not be made', () =>
      fanOut({ db, runDocument, publicUrl, signal }),
    ),
    repeat('webhooks could not be served', deliverer.begin),
    repeat(
      'old messages of webhooks could not be deleted',
      () => forgetMessages(db),
      FORGET_INTERVAL_MS,
    ),
  ]
  return {
    async stop() {
      ending.abort()
      await Promise.all(loops)
      await deliverer.idle()
    },
  }
}

/** Deletes some of the messages that finished long ago. Resolves to their number. */
async function forgetMessages(db: Database): Promise<number> {
  const { state, finishedAt } = webhookMessages
  const before = (days: number) => sql`now() - make_interval(days => ${days}::int)`
  const old = orm(db)
    .select({ id: webhookMessages.id })
    .from(webhookMessages)
    .where(
      or(
        and(eq(state, 'delivered'), lt(finishedAt, before(DELIVERED_DAYS))),
        and(eq(state, 'dead'), lt(finishedAt, before(DEAD_DAYS))),
      ),
    )
    .limit(MOST_FORGOTTEN)
  const gone = await orm(db)
    .delete(webhookMessages)
    .where(inArray(webhookMessages.id, old))
    .returning({ id: webhookMessages.id })
  return gone.length
}
