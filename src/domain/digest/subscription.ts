import { and, eq, inArray, ne } from 'drizzle-orm'
import { DAY_MS } from '../../day.ts'
import type { Database } from '../../db/client.ts'
import { orm } from '../../db/orm.ts'
import { outbox, subscribers, subscriptions } from '../../db/tables/digest.ts'
import type { Transaction } from '../../db/transaction.ts'
import { AppError, badInput } from '../../errors.ts'
import { parseEmailAddress } from '../access/email-address.ts'
import { tokenHash } from '../access/token.ts'
import { idOfDocument } from '../saved/document.ts'
import { followsBefore } from '../saved/now.ts'
import type { SavedQuery } from '../saved/saved-query.ts'
import { keyOf, sourceKeysNow } from './doubles.ts'
import { nextDigestAt, parseTimeZone } from './schedule.ts'
import type { DigestSource } from './source.ts'

export type Subscription = typeof subscriptions.$inferSelect

/** The settings of a subscription. */
export interface SubscriptionSettings {
  frequency: 'daily' | 'weekly'
  /** 1 is Monday, 7 is Sunday. */
  weekday: number
  timeZone: string
  hour: number
  /** Maximum number of papers in a mail. */
  size: number
  emptyDays: 'skip' | 'tell'
}

export const DEFAULT_SIZE = 10
/** Longer mails are cut off by mail programs. */
const MOST_PAPERS = 50

/** Validity of a confirmation link, in hours. */
export const CONFIRM_HOURS = 72
/** Maximum number of subscriptions; a subscriber who asks for more gets links to the existing ones instead. */
const MOST_SUBSCRIPTIONS = 20

/** A request to subscribe. */
interface Wish {
  email: string
  source: DigestSource
  settings: SubscriptionSettings
}

/**
 * Accepts a request to subscribe, and queues a mail to the address that asks to confirm it or says that it exists. Neither the answer nor the
 * time it takes depends on whether the address is known.
 */
export async function subscribe(db: Database, wish: Wish, now: Date): Promise<void> {
  const email = parseEmailAddress(wish.email)
  const settings = checkSettings(wish.settings)
  await db.transaction(async (tx) => {
    const subscriberId = await lockSubscriber(tx, email)
    const live = and(eq(subscriptions.subscriberId, subscriberId), ne(subscriptions.state, 'ended'))
    const same = await orm(tx)
      .select()
      .from(subscriptions)
      .where(and(live, eq(subscriptions.frequency, settings.frequency)))
      .orderBy(subscriptions.id)
    const known = await findOfSource(tx, wish.source, same)
    if (known) return remind(tx, known, settings, now)
    const others = await orm(tx).select({ id: subscriptions.id }).from(subscriptions).where(live)
    const [first] = others
    if (first && others.length >= MOST_SUBSCRIPTIONS) return enqueue(tx, first.id, 'known', now)
    const [made] = await orm(tx)
      .insert(subscriptions)
      .values({
        ...settings,
        subscriberId,
        state: 'pending',
        source: wish.source,
        sourceKey: keyOf(wish.source),
        createdAt: now.toISOString(),
      })
      .returning({ id: subscriptions.id })
    if (made) await enqueue(tx, made.id, 'confirm', now)
  })
}

/** Inserts or reads the row of an address and locks it, so that the second of two concurrent requests sees the first. */
async function lockSubscriber(
  tx: Transaction,
  email: ReturnType<typeof parseEmailAddress>,
): Promise<number> {
  const [subscriber] = await orm(tx)
    .insert(subscribers)
    .values({ email: email.address, emailKey: email.key })
    .onConflictDoUpdate({ target: subscribers.emailKey, set: { emailKey: email.key } })
    .returning({ id: subscribers.id })
  if (!subscriber) throw new Error('The subscriber was not written')
  return subscriber.id
}

/** The subscription to the current equivalent of `source`, also under another name. */
async function findOfSource(
  tx: Transaction,
  source: DigestSource,
  all: readonly Subscription[],
): Promise<Subscription | undefined> {
  const key = keyOf(source)
  const [wanted, ...keys] = await sourceKeysNow(tx, [
    source,
    ...all.map((one) => one.source as DigestSource),
  ])
  return all.find(({ sourceKey }, i) => sourceKey === key || keys[i] === wanted)
}

/** Sends a mail about an existing subscription. An unconfirmed one takes the new settings; a confirmed one keeps its own, because anybody can ask. */
async function remind(
  tx: Transaction,
  { id, state }: Subscription,
  settings: SubscriptionSettings,
  now: Date,
): Promise<void> {
  if (state === 'pending')
    await orm(tx).update(subscriptions).set(settings).where(eq(subscriptions.id, id))
  await enqueue(tx, id, state === 'pending' ? 'confirm' : 'known', now)
}

async function enqueue(
  tx: Transaction,
  subscriptionId: number,
  kind: 'confirm' | 'known',
  now: Date,
): Promise<void> {
  const at = now.toISOString()
  const waiting = await orm(tx)
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        eq(outbox.subscriptionId, subscriptionId),
        eq(outbox.kind, kind),
        inArray(outbox.state, ['due', 'deferred']),
      ),
    )
  if (waiting.length > 0) return
  await orm(tx).insert(outbox).values({ subscriptionId, kind, state: 'due', dueAt: at, tryAt: at })
}

/** The mail of a token, and its subscription. */
export interface TokenHolder {
  subscription: Subscription
  mail: typeof outbox.$inferSelect
}

/** The subscription of a token. Throws NOT_FOUND for an unknown token. */
export async function getTokenHolder(db: Database, token: string): Promise<TokenHolder> {
  const hash = tokenHash(token)
  const [row] = hash
    ? await orm(db)
        .select({ subscription: subscriptions, mail: outbox })
        .from(outbox)
        .innerJoin(subscriptions, eq(subscriptions.id, outbox.subscriptionId))
        .where(eq(outbox.tokenHash, hash))
    : []
  if (!row)
    throw new AppError(
      'NOT_FOUND',
      'This link is not valid: it is incomplete, or of a mail that is no longer kept. Open the link in the newest mail, or subscribe again.',
    )
  return row
}

/** Activates a subscription; does nothing if it is active. Throws NOT_FOUND for an expired link. */
export async function confirmSubscription(
  db: Database,
  token: string,
  now: Date,
): Promise<Subscription> {
  const { subscription, mail } = await getTokenHolder(db, token)
  if (subscription.state === 'active') return subscription
  assertConfirmable({ subscription, mail }, now)
  return db.transaction(async (tx) => {
    const [confirmed] = await orm(tx)
      .update(subscriptions)
      .set({
        state: 'active',
        confirmedAt: now.toISOString(),
        nextAt: nextDigestAt(subscription, now).toISOString(),
        newsSince: firstNews(subscription, now).toISOString(),
      })
      .where(and(eq(subscriptions.id, subscription.id), eq(subscriptions.state, 'pending')))
      .returning()
    // Opening the link proves that the mail arrived.
    await clearRefusals(tx, subscription.subscriberId)
    return confirmed ?? subscription
  })
}

/** Throws NOT_FOUND if a link cannot confirm a subscription. */
export function assertConfirmable({ subscription, mail }: TokenHolder, now: Date): void {
  if (subscription.state === 'ended')
    throw new AppError('NOT_FOUND', 'This subscription has ended. Subscribe again to get mails.')
  const composedAt = new Date(mail.composedAt ?? mail.createdAt)
  if (now.getTime() - composedAt.getTime() > CONFIRM_HOURS * 3_600_000)
    throw new AppError(
      'NOT_FOUND',
      `This link has expired: it was valid for ${CONFIRM_HOURS} hours. Subscribe again to get a new one.`,
    )
}

/** The time since which papers are in the first digest of a subscription that begins now. */
export const firstNews = ({ frequency }: Pick<Subscription, 'frequency'>, now: Date): Date =>
  new Date(now.getTime() - (frequency === 'daily' ? DAY_MS : 7 * DAY_MS))

/** Changes the given settings, from the next digest on. Throws CONFLICT if the subscription is not active. */
export async function updateSubscription(
  db: Database,
  token: string,
  changes: Partial<SubscriptionSettings>,
  now: Date,
): Promise<Subscription> {
  const { subscription } = await getTokenHolder(db, token)
  if (subscription.state !== 'active')
    throw new AppError(
      'CONFLICT',
      subscription.state === 'pending'
        ? 'This subscription is not confirmed yet. Confirm it first.'
        : 'This subscription has ended. Subscribe again to get mails.',
    )
  const { frequency, weekday, timeZone, hour, size, emptyDays } = { ...subscription, ...changes }
  const settings = checkSettings({ frequency, weekday, timeZone, hour, size, emptyDays })
  const [updated] = await orm(db)
    .update(subscriptions)
    .set({ ...settings, nextAt: nextDigestAt(settings, now).toISOString() })
    .where(and(eq(subscriptions.id, subscription.id), eq(subscriptions.state, 'active')))
    .returning()
  return updated ?? subscription
}

/** Ends the subscription of a token, or all subscriptions of its subscriber. Idempotent. */
export async function unsubscribe(
  db: Database,
  token: string,
  { all = false }: { all?: boolean },
  now: Date,
): Promise<Subscription> {
  const { subscription } = await getTokenHolder(db, token)
  return db.transaction(async (tx) => {
    const ended = await orm(tx)
      .update(subscriptions)
      .set({ state: 'ended', endedAt: now.toISOString(), nextAt: null })
      .where(
        and(
          all
            ? eq(subscriptions.subscriberId, subscription.subscriberId)
            : eq(subscriptions.id, subscription.id),
          ne(subscriptions.state, 'ended'),
        ),
      )
      .returning()
    const ids = ended.map(({ id }) => id)
    // A server that has already composed such a mail notices this, and does not send it.
    if (ids.length > 0)
      await orm(tx)
        .update(outbox)
        .set({ state: 'dropped', reason: 'unsubscribed', finishedAt: now.toISOString() })
        .where(
          and(
            inArray(outbox.subscriptionId, ids),
            inArray(outbox.state, ['due', 'ready', 'deferred']),
          ),
        )
    return ended.find(({ id }) => id === subscription.id) ?? { ...subscription, state: 'ended' }
  })
}

/** Number of confirmed subscriptions to a saved query, including those under ids that its author, paper or repository had before a merge. */
export async function countSubscriptions(
  db: Database,
  { id, document }: Pick<SavedQuery, 'id' | 'document'>,
): Promise<number> {
  const before = (await followsBefore(db, document)).map(idOfDocument)
  const keys = [id, ...before].map((one) => keyOf({ kind: 'saved', id: one }))
  return orm(db).$count(
    subscriptions,
    and(inArray(subscriptions.sourceKey, keys), eq(subscriptions.state, 'active')),
  )
}

/** Resets the refusals of an address, so that it gets digests again. */
export async function clearRefusals(tx: Transaction, subscriberId: number): Promise<void> {
  await orm(tx)
    .update(subscribers)
    .set({ refusalCount: 0, suppressedUntil: null })
    .where(eq(subscribers.id, subscriberId))
}

/** Throws BAD_USER_INPUT that names the first invalid setting. */
export function checkSettings(settings: SubscriptionSettings): SubscriptionSettings {
  const { weekday, timeZone, hour, size } = settings
  assertWithin('hour', hour, 0, 23)
  assertWithin('size', size, 1, MOST_PAPERS)
  assertWithin('weekday', weekday, 1, 7)
  return { ...settings, timeZone: parseTimeZone(timeZone) }
}

function assertWithin(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw badInput(
      `${name}: ${value} cannot be used; expected a whole number from ${least} to ${most}.`,
    )
}
