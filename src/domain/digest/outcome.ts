import { and, eq, inArray, sql } from 'drizzle-orm'
import { DAY_MS } from '../../day.ts'
import type { Database } from '../../db/client.ts'
import { orm } from '../../db/orm.ts'
import { bounces, outbox, subscribers } from '../../db/tables/digest.ts'
import type { Transaction } from '../../db/transaction.ts'
import { countAsGot, type OutboxMail, releasePapers } from './outbox.ts'
import { clearRefusals } from './subscription.ts'

/** The outcome of a mail, from `mail/delivery.ts`. */
export interface MailOutcome {
  outcome: 'accepted' | 'deferred' | 'refused' | 'unknown'
  reason: string
  fault?: 'recipient' | 'server' | 'stop'
}

/** Number of consecutive refusals after which digests to an address are suspended. */
const REFUSALS_TO_SUPPRESS = 3
/** Length of the suspension, in days. The next refusal after it suspends again; a success resets it. */
const SUPPRESSED_DAYS = 30

/** Waits before retries, in minutes; after the last, the mail is given up. A newer digest replaces it sooner. */
const WAITS_MIN = [5, 15, 45, 120, 360]
/** Wait if the mail server is unavailable, which is not the fault of the mail. */
const SERVER_WAIT_MIN = 2

/** Records the outcome of a mail that this server has sent. */
export async function recordOutcome(
  db: Database,
  { mail, subscriberId }: { mail: OutboxMail; subscriberId: number },
  { outcome, reason, fault }: MailOutcome,
  now: Date,
): Promise<OutboxMail['state']> {
  const retryAt = outcome === 'deferred' ? retryOf(mail, fault, now) : null
  const state = stateOf(outcome, retryAt)
  await db.transaction(async (tx) => {
    const [recorded] = await orm(tx)
      .update(outbox)
      .set({
        state,
        reason,
        ...(retryAt ? { tryAt: retryAt.toISOString() } : { finishedAt: now.toISOString() }),
        // An unreachable mail server does not count as an attempt.
        attempts: mail.attempts + (fault === 'server' || fault === 'stop' ? 0 : 1),
      })
      .where(
        and(
          eq(outbox.id, mail.id),
          eq(outbox.claims, mail.claims),
          // `ready` if it could not be composed; `unknown` if another server gave it up as lost.
          inArray(outbox.state, ['ready', 'sending', 'unknown']),
        ),
      )
      .returning()
    if (!recorded) return
    if (state === 'sent' || state === 'unknown') await countAsGot(tx, recorded)
    else if (!retryAt) await releasePapers(tx, [mail.id])
    if (state === 'sent') await clearRefusals(tx, subscriberId)
    if (state === 'refused' && fault === 'recipient')
      await addRefusal(tx, { subscriberId, outboxId: mail.id, kind: 'refused', reason }, now)
  })
  return state
}

function stateOf(outcome: MailOutcome['outcome'], retryAt: Date | null): OutboxMail['state'] {
  if (outcome === 'accepted') return 'sent'
  if (outcome === 'deferred') return retryAt ? 'deferred' : 'dropped'
  return outcome
}

function retryOf(mail: OutboxMail, fault: MailOutcome['fault'], now: Date): Date | null {
  if (fault === 'stop') return now
  const minutes = fault === 'server' ? SERVER_WAIT_MIN : WAITS_MIN[mail.attempts]
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000)
}

interface Refusal {
  subscriberId: number
  outboxId: number | null
  kind: 'refused' | 'reported'
  reason: string
}

/** Counts a refusal, once for each mail and kind, and suppresses the address where there are too many. Returns whether it is. */
export async function addRefusal(tx: Transaction, refusal: Refusal, now: Date): Promise<boolean> {
  const added = await orm(tx)
    .insert(bounces)
    .values({ ...refusal, bouncedAt: now.toISOString() })
    .onConflictDoNothing()
    .returning({ id: bounces.id })
  const until = new Date(now.getTime() + SUPPRESSED_DAYS * DAY_MS).toISOString()
  const countAfter = sql`${subscribers.refusalCount} + ${added.length}::int`
  const [subscriber] = await orm(tx)
    .update(subscribers)
    .set({
      refusalCount: countAfter,
      suppressedUntil: sql`case when ${countAfter} >= ${REFUSALS_TO_SUPPRESS}::int
        then ${until}::timestamptz else ${subscribers.suppressedUntil} end`,
    })
    .where(eq(subscribers.id, refusal.subscriberId))
    .returning()
  return subscriber?.suppressedUntil != null
}
