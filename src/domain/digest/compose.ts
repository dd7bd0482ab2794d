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

/** The content of a mail: its papers, and the token of its links. */
export interface ComposedMail {
  items: DigestItem[]
  /** Papers that did not fit. */
  moreCount: number
  token: string
}

/**
 * Chooses the papers of a mail and reserves them, so that no other mail to this person has them. Null if the mail is not to be sent: there are no
 * papers, or another server has taken it.
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
    // Serialises mails to one person, so that the second sees the papers of the first.
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

/** Papers become visible after their `createdAt`, which is the start of their transaction. */
const OVERLAP_MS = 3_600_000

/** The time since which papers are news: the last digest, unless that is in the future because of a wrong clock. */
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
      // A paper that was sent before is in this mail for its changes.
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
