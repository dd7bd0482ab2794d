import { and, eq, inArray, lte, notInArray, sql } from 'drizzle-orm'
import type { Database } from '../db/client.ts'
import { orm } from '../db/orm.ts'
import { webhookMessages, webhooks } from '../db/tables/webhooks.ts'
import type { Logger } from '../log.ts'
import type { AllowedHosts } from './address.ts'
import { ATTEMPT_TIMEOUT_MS, type Attempt, send } from './send.ts'
import { findWebhook, secretsOf, type Webhook, type WebhookMessage } from './webhook.ts'

/** Seconds between failed attempts, as Standard Webhooks suggests: ten attempts in three days. */
const RETRY_SECONDS = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]

/** A webhook is disabled after this number of consecutive dead messages. */
const MOST_DEAD_IN_A_ROW = 5

/** Maximum messages of a webhook sent at once, so that a slow receiver does not delay others. */
const MOST_PER_WEBHOOK = 5

/** A server that claimed a message is presumed dead after this time. */
const LEASE_SECONDS = (2 * ATTEMPT_TIMEOUT_MS) / 1000

/** Delays vary by up to this share, so that messages that failed together are not retried together. */
const JITTER = 0.2

/** Maximum delay that a receiver may ask for. */
const LONGEST_RETRY_AFTER_S = 86_400

export interface DeliveryOptions {
  db: Database
  log: Logger
  allowed: AllowedHosts
  signal: AbortSignal
  retrySeconds?: readonly number[]
  timeoutMs?: number
}

/** Maximum webhooks served at once. */
const MOST_WEBHOOKS_AT_ONCE = 20

export interface Deliverer {
  /** Starts serving webhooks that have due messages. Resolves to their number. */
  begin(): Promise<number>
  /** Resolves once no message is being sent. */
  idle(): Promise<void>
}

/** Sends due messages, each webhook separately, so that none waits for another's receiver. */
export function createDeliverer(options: DeliveryOptions): Deliverer {
  const { db, log, signal } = options
  const busy = new Map<number, Promise<void>>()
  async function serve(webhook: Webhook): Promise<void> {
    try {
      while (!signal.aborted && (await deliverTo(webhook, options)) > 0);
    } catch (error) {
      log.warn({ err: error, webhook: webhook.id }, 'a webhook could not be served')
    } finally {
      busy.delete(webhook.id)
    }
  }
  return {
    async begin() {
      const free = MOST_WEBHOOKS_AT_ONCE - busy.size
      const due = free > 0 ? await dueWebhooks(db, [...busy.keys()], free) : []
      for (const webhook of due) busy.set(webhook.id, serve(webhook))
      return due.length
    },
    async idle() {
      await Promise.all(busy.values())
    },
  }
}

const isDue = and(
  eq(webhookMessages.state, 'pending'),
  lte(webhookMessages.nextAttemptAt, sql`now()`),
)

async function dueWebhooks(db: Database, busy: number[], most: number): Promise<Webhook[]> {
  const withDue = orm(db)
    .select({ id: webhookMessages.webhookId })
    .from(webhookMessages)
    .where(isDue)
  return await orm(db)
    .select()
    .from(webhooks)
    .where(
      and(
        eq(webhooks.state, 'active'),
        inArray(webhooks.id, withDue),
        notInArray(webhooks.id, busy),
      ),
    )
    .orderBy(sql`random()`)
    .limit(most)
}

/** Sends some messages of a webhook with its current settings. Resolves to their number. */
async function deliverTo({ id }: Webhook, options: DeliveryOptions): Promise<number> {
  const webhook = await findWebhook(options.db, String(id))
  if (webhook?.state !== 'active') return 0
  const messages = await claim(options.db, webhook.id)
  await Promise.all(
    messages.map(async (message) => {
      const { id, body } = message
      const outgoing = { id, body, url: webhook.url, secrets: secretsOf(webhook) }
      const attempt = await send(outgoing, options.allowed, options.timeoutMs)
      await settle(webhook, message, attempt, options)
    }),
  )
  return messages.length
}

/** Claims messages for a limited time, during which other servers leave them alone. */
async function claim(db: Database, webhookId: number): Promise<WebhookMessage[]> {
  const due = orm(db)
    .select({ id: webhookMessages.id })
    .from(webhookMessages)
    .where(and(eq(webhookMessages.webhookId, webhookId), isDue))
    .orderBy(webhookMessages.nextAttemptAt, webhookMessages.changeId)
    .limit(MOST_PER_WEBHOOK)
    .for('update', { skipLocked: true })
  return (
    orm(db)
      .update(webhookMessages)
      .set({
        attempts: sql`${webhookMessages.attempts} + 1`,
        nextAttemptAt: sql`now() + make_interval(secs => ${LEASE_SECONDS}::int)`,
      })
      // In an array, the subquery runs only once.
      .where(sql`${webhookMessages.id} = any(array(${due}))`)
      .returning()
  )
}

/** Records the outcome of an attempt, unless another server has claimed the message since. */
async function settle(
  webhook: Webhook,
  message: WebhookMessage,
  attempt: Attempt,
  { db, retrySeconds = RETRY_SECONDS }: DeliveryOptions,
): Promise<void> {
  const { ofMessage, ofWebhook } = outcomeOf(attempt, retrySeconds[message.attempts - 1])
  await db.transaction(async (tx) => {
    // Locks the webhook first, as deleting it does, to avoid a deadlock.
    await orm(tx)
      .select({ id: webhooks.id })
      .from(webhooks)
      .where(eq(webhooks.id, webhook.id))
      .for('no key update')
    const settled = await orm(tx)
      .update(webhookMessages)
      .set(ofMessage)
      .where(
        and(
          eq(webhookMessages.id, message.id),
          eq(webhookMessages.state, 'pending'),
          eq(webhookMessages.attempts, message.attempts),
        ),
      )
      .returning({ id: webhookMessages.id })
    if (settled.length > 0 && ofWebhook)
      await orm(tx).update(webhooks).set(ofWebhook).where(eq(webhooks.id, webhook.id))
  })
}

/** What an attempt changes in its message and its webhook; `waitSeconds` is undefined after the last attempt. */
function outcomeOf(attempt: Attempt, waitSeconds: number | undefined) {
  const { isDelivered, error, status } = attempt
  const isGone = status === 410
  const finished = { finishedAt: sql`now()`, lastError: error }
  if (isDelivered)
    return {
      ofMessage: { state: 'delivered' as const, ...finished },
      ofWebhook: { deadInARow: 0, lastDeliveredAt: sql`now()` },
    }
  if (waitSeconds === undefined || isGone)
    return {
      ofMessage: { state: 'dead' as const, ...finished },
      ofWebhook: deathOf(isGone, error),
    }
  const nextAttemptAt = after(secondsOf(waitSeconds, attempt))
  return { ofMessage: { lastError: error, nextAttemptAt }, ofWebhook: null }
}

/** How a dead message changes its webhook. */
function deathOf(isGone: boolean, error: string | null) {
  const reason = isGone
    ? 'The receiver answered with status 410 (Gone).'
    : `${MOST_DEAD_IN_A_ROW} messages in a row could not be delivered; the last attempt ${error}.`
  const most = isGone ? 0 : MOST_DEAD_IN_A_ROW - 1
  return {
    deadInARow: sql`${webhooks.deadInARow} + 1`,
    state: sql`case when ${webhooks.deadInARow} >= ${most}::int and ${webhooks.state} = 'active' then 'disabled' else ${webhooks.state} end`,
    stateReason: sql`case when ${webhooks.deadInARow} >= ${most}::int and ${webhooks.state} = 'active' then ${reason}::text else ${webhooks.stateReason} end`,
  }
}

function secondsOf(waitSeconds: number, { retryAfterMs }: Attempt): number {
  const asked = Math.min((retryAfterMs ?? 0) / 1000, LONGEST_RETRY_AFTER_S)
  return Math.max(asked, waitSeconds * (1 + JITTER * Math.random()))
}

const after = (seconds: number) => sql`now() + make_interval(secs => ${seconds}::float8)`
