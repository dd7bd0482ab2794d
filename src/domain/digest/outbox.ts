import { and, eq, gt, inArray, lt, lte, or, sql } from 'drizzle-orm'
import { DAY_MS } from '../../day.ts'
import type { Database } from '../../db/client.ts'
import { orm } from '../../db/orm.ts'
import {
  outbox,
  sentEvents,
  sentPapers,
  subscribers,
  subscriptions,
} from '../../db/tables/digest.ts'
import type { Transaction } from '../../db/transaction.ts'
import { findDoubles } from './doubles.ts'
import { dateOfDigest, nextDigestAt } from './schedule.ts'
import type { Subscription } from './subscription.ts'

export type OutboxMail = typeof outbox.$inferSelect

/** A mail that this server works on, until its claim ends. */
export interface ClaimedMail {
  mail: OutboxMail
  subscription: Subscription
  subscriber: typeof subscribers.$inferSelect
}

/** Time for a server to compose and hand over a mail before it is considered dead. */
const CLAIM = '10 minutes'

/** The latest plausible due time from now: digests are at least weekly, so a later time was set by a wrong clock. */
const LATEST_MS = 8 * DAY_MS

/** Adds mails to the outbox for due subscriptions, at most one for each subscription and day. Returns their number. */
export async function planDigests(db: Database, now: Date, most = 500): Promise<number> {
  const at = now.toISOString()
  const latest = new Date(now.getTime() + LATEST_MS).toISOString()
  return db.transaction(async (tx) => {
    const due = await orm(tx)
      .select({ subscription: subscriptions, suppressedUntil: subscribers.suppressedUntil })
      .from(subscriptions)
      .innerJoin(subscribers, eq(subscribers.id, subscriptions.subscriberId))
      .where(
        and(
          eq(subscriptions.state, 'active'),
          or(lte(subscriptions.nextAt, at), gt(subscriptions.nextAt, latest)),
        ),
      )
      .orderBy(subscriptions.nextAt, subscriptions.id)
      .limit(most)
      .for('update', { of: subscriptions, skipLocked: true })
    const doubles = await findDoubles(
      tx,
      due.map(({ subscription }) => subscription),
    )
    const digests = due.flatMap(({ subscription, suppressedUntil }) =>
      isAhead(subscription, latest) || doubles.has(subscription.id)
        ? []
        : [digestOf(subscription, suppressedUntil, now)],
    )
    await dropOlder(tx, digests, now)
    if (digests.length > 0) await orm(tx).insert(outbox).values(digests).onConflictDoNothing()
    for (const { subscription } of due)
      await orm(tx)
        .update(subscriptions)
        .set({ nextAt: nextDigestAt(subscription, now).toISOString() })
        .where(eq(subscriptions.id, subscription.id))
    return due.length
  })
}

const isAhead = ({ nextAt }: Subscription, latest: string) =>
  new Date(nextAt ?? 0) > new Date(latest)

function digestOf(subscription: Subscription, suppressedUntil: string | null, now: Date) {
  const at = now.toISOString()
  const isSuppressed = suppressedUntil !== null && new Date(suppressedUntil) > now
  return {
    subscriptionId: subscription.id,
    kind: 'digest' as const,
    localDate: dateOfDigest(subscription, now),
    dueAt: subscription.nextAt ?? at,
    tryAt: at,
    ...(isSuppressed
      ? { state: 'dropped' as const, reason: SUPPRESSED, finishedAt: at }
      : { state: 'due' as const }),
  }
}

const SUPPRESSED = 'the address is suppressed'

/** Deletes waiting digests that a newer one replaces, and releases their papers: after an outage there is one mail, not several. */
async function dropOlder(
  tx: Transaction,
  digests: { subscriptionId: number; localDate: string }[],
  now: Date,
): Promise<void> {
  if (digests.length === 0) return
  const ids = digests.map(({ subscriptionId }) => subscriptionId)
  const dropped = await orm(tx)
    .update(outbox)
    .set({
      state: 'dropped',
      reason: 'replaced by a newer digest',
      finishedAt: now.toISOString(),
    })
    .where(and(inArray(outbox.subscriptionId, ids), eq(outbox.kind, 'digest'), isWaiting()))
    .returning({ id: outbox.id })
  await releasePapers(
    tx,
    dropped.map(({ id }) => id),
  )
}

/** Condition: no server has claimed the mail. */
const isWaiting = () =>
  or(
    inArray(outbox.state, ['due', 'deferred']),
    and(eq(outbox.state, 'ready'), lt(outbox.claimedUntil, sql`now()`)),
  )

/** Releases papers and events of unsent mails for other mails. */
export async function releasePapers(tx: Transaction, outboxIds: number[]): Promise<void> {
  if (outboxIds.length === 0) return
  await orm(tx).delete(sentPapers).where(inArray(sentPapers.outboxId, outboxIds))
  await orm(tx).delete(sentEvents).where(inArray(sentEvents.outboxId, outboxIds))
}

/** Claims mails that may be sent now, those that somebody waits for first. No other server gets them while the claim lasts. */
export async function claimMails(db: Database, now: Date, most: number): Promise<ClaimedMail[]> {
  const at = now.toISOString()
  // A retry is less than a day away; a later time was set by a wrong clock.
  const latest = new Date(now.getTime() + DAY_MS).toISOString()
  return db.transaction(async (tx) => {
    const found = await orm(tx)
      .select({ id: outbox.id })
      .from(outbox)
      .where(and(isWaiting(), or(lte(outbox.tryAt, at), gt(outbox.tryAt, latest))))
      .orderBy(sql`${outbox.kind} = 'digest'`, outbox.tryAt, outbox.id)
      .limit(most)
      .for('update', { skipLocked: true })
    if (found.length === 0) return []
    const ids = found.map(({ id }) => id)
    await orm(tx)
      .update(outbox)
      .set({
        state: 'ready',
        claims: sql`${outbox.claims} + 1`,
        claimedUntil: sql`now() + ${CLAIM}::interval`,
      })
      .where(inArray(outbox.id, ids))
    return orm(tx)
      .select({ mail: outbox, subscription: subscriptions, subscriber: subscribers })
      .from(outbox)
      .innerJoin(subscriptions, eq(subscriptions.id, outbox.subscriptionId))
      .innerJoin(subscribers, eq(subscribers.id, subscriptions.subscriberId))
      .where(inArray(outbox.id, ids))
      .orderBy(sql`${outbox.kind} = 'digest'`, outbox.tryAt, outbox.id)
  })
}

/** Condition: the claim on the mail still holds. */
export const isClaimed = (
  { id, claims }: Pick<OutboxMail, 'id' | 'claims'>,
  state: OutboxMail['state'],
) => and(eq(outbox.id, id), eq(outbox.claims, claims), eq(outbox.state, state))

/**
 * Marks a mail as being sent, so that no other server sends it. Returns false if it must not be sent, because another server has it or the
 * subscription has ended.
 */
export async function beginSending(db: Database, mail: OutboxMail): Promise<boolean> {
  const begun = await orm(db)
    .update(outbox)
    .set({
      state: 'sending',
      claimedUntil: sql`now() + ${CLAIM}::interval`,
    })
    .where(isClaimed(mail, 'ready'))
    .returning({ id: outbox.id })
  return begun.length > 0
}

/**
 * Gives up mails whose server was lost while sending them: it is unknown whether they were accepted, so they are not sent again. Returns their
 * number.
 */
export async function giveUpLost(db: Database, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const lost = await orm(tx)
      .update(outbox)
      .set({
        state: 'unknown',
        reason: 'the server that sent it was lost',
        finishedAt: now.toISOString(),
      })
      .where(and(eq(outbox.state, 'sending'), lt(outbox.claimedUntil, sql`now()`)))
      .returning()
    for (const mail of lost) await countAsGot(tx, mail)
    return lost.length
  })
}

/** Records a digest as received, so that the next one has only later papers. */
export async function countAsGot(tx: Transaction, mail: OutboxMail): Promise<void> {
  if (mail.kind !== 'digest' || mail.composedAt === null) return
  await orm(tx)
    .update(subscriptions)
    .set({ newsSince: mail.composedAt })
    .where(eq(subscriptions.id, mail.subscriptionId))
}
