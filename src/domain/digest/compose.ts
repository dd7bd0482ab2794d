import { eq } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { orm } from '../../db/orm.ts'
import { outbox, sentEvents, sentPapers, subscribers } from '../../db/tables/digest.ts'
import type { Transaction } from '../../db/transaction.ts'
import { createToken } from '../access/token.ts'
import { type DigestItem, digestCandidates, unsentItems, withEvents } from './content.ts'
import { eventsOf, untoldEvents } from './events.ts'
import { type ClaimedMail, countAsGot, isClaimed, releasePapers } from './outbox.ts'
import type { DigestSource } from './source.ts'
import { firstNews, type Subscription } from './subscription.ts'

/** A mail that is ready to be written: which papers are in it, and the token of its links. */
export interface ComposedMail {
  items: DigestItem[]
  /** Papers that did not fit. */
  moreCount: number
  token: string
}

/**
 * Decides what is in a mail, and reserves its papers, so that no other mail to this person has them. Null for a mail that is
 * not to be sent: a day without papers, or one that another server has meanwhile.
 */
export async function composeMail(
  db: Database,
  claimed: ClaimedMail,
  now: Date,
): Promise<ComposedMail | null> {
  const { mail, subscription } = claimed
  const source = subscription.source as DigestSource
  const { frequency } = subscription
  const newsSince = newsFrom(subscription, now)
  const isDigest = mail.kind === 'digest'
  const candidates = isDigest ? await digestCandidates(db, source, { frequency, newsSince }) : []
  const events = isDigest ? await eventsOf(db, source, newsSince) : []
  return db.transaction(async (tx) => {
    // Of two mails to one person at once, the second sees what the first has.
    await orm(tx)
      .select({ id: subscribers.id })
      .from(subscribers)
      .where(eq(subscribers.id, claimed.subscriber.id))
      .for('update')
    await releasePapers(tx, [mail.id])
    const { id } = claimed.subscriber
    const unsent = withEvents(
      await unsentItems(tx, id, candidates),
      await untoldEvents(tx, id, events),
    )
    const items = unsent.slice(0, subscription.size)
    const isEmpty = isDigest && items.length === 0
    return isEmpty && subscription.emptyDays === 'skip'
      ? markEmpty(tx, claimed, now)
      : keep(tx, claimed, { items, moreCount: unsent.length - items.length }, now)
  })
}

/** Papers may show up a little after the instant at which they say that they came: that of the start of their transaction. */
const OVERLAP_MS = 3_600_000

/** From when on papers are news: since the last digest. One that is ahead was composed by a clock that was wrong. */
function newsFrom(subscription: Subscription, now: Date): Date {
  const since = new Date(subscription.newsSince ?? now)
  if (since > now) return firstNews(subscription, now)
  return new Date(since.getTime() - OVERLAP_MS)
}

async function markEmpty(tx: Transaction, { mail }: ClaimedMail, now: Date): Promise<null> {
  const at = now.toISOString()
  const [marked] = await orm(tx)
    .update(outbox)
    .set({ state: 'empty', items: [], composedAt: at, finishedAt: at })
    .where(isClaimed(mail, 'ready'))
    .returning()
  if (marked) await countAsGot(tx, marked)
  return null
}

async function keep(
  tx: Transaction,
  { mail, subscriber }: ClaimedMail,
  { items, moreCount }: Omit<ComposedMail, 'token'>,
  now: Date,
): Promise<ComposedMail | null> {
  const { token, hash } = createToken()
  const kept = await orm(tx)
    .update(outbox)
    .set({ items, moreCount, tokenHash: hash, composedAt: now.toISOString() })
    .where(isClaimed(mail, 'ready'))
    .returning({ id: outbox.id })
  if (kept.length === 0) return null
  if (items.length > 0)
    await orm(tx)
      .insert(sentPapers)
      .values(
        items.map(({ paperId }) => ({
          subscriberId: subscriber.id,
          paperId,
          outboxId: mail.id,
        })),
      )
      // One that was sent before is in this mail for what happened to it.
      .onConflictDoNothing()
  const changeIds = items.flatMap(({ eventIds = [] }) => eventIds)
  if (changeIds.length > 0)
    await orm(tx)
      .insert(sentEvents)
      .values(
        changeIds.map((changeId) => ({
          subscriberId: subscriber.id,
          changeId,
          outboxId: mail.id,
        })),
      )
  return { items, moreCount, token }
}
