import { and, eq, isNotNull, lt, ne, notExists, or, sql } from 'drizzle-orm'
import { DAY_MS } from '../../day.ts'
import type { Database } from '../../db/client.ts'
import { orm } from '../../db/orm.ts'
import { outbox, subscribers, subscriptions } from '../../db/tables/digest.ts'
import { clearRateLimits } from '../access/rate-limit.ts'
import { forgetSignIns } from '../access/sign-in.ts'

/** Days after which a subscription that nobody confirmed is deleted. */
const PENDING_DAYS = 7
/** Days after which an address without a subscription is deleted, with all that is known of it. */
const ENDED_DAYS = 30
/** Days for which mails are kept, and with them the links in them. */
const MAIL_DAYS = 400

/** Deletes what is no longer needed of people and mails. */
export async function forgetOld(db: Database, now: Date): Promise<object> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString()
  const pending = await orm(db)
    .delete(subscriptions)
    .where(
      and(eq(subscriptions.state, 'pending'), lt(subscriptions.createdAt, before(PENDING_DAYS))),
    )
    .returning({ id: subscriptions.id })
  const isNeeded = or(
    ne(subscriptions.state, 'ended'),
    sql`${subscriptions.endedAt} >= ${before(ENDED_DAYS)}::timestamptz`,
  )
  const gone = await orm(db)
    .delete(subscribers)
    .where(
      and(
        lt(subscribers.createdAt, before(PENDING_DAYS)),
        notExists(
          orm(db)
            .select({ id: subscriptions.id })
            .from(subscriptions)
            .where(and(eq(subscriptions.subscriberId, subscribers.id), isNeeded)),
        ),
      ),
    )
    .returning({ id: subscribers.id })
  const mails = await orm(db)
    .delete(outbox)
    .where(and(isNotNull(outbox.finishedAt), lt(outbox.createdAt, before(MAIL_DAYS))))
    .returning({ id: outbox.id })
  await clearRateLimits(db)
  await forgetSignIns(db, now)
  return { pending: pending.length, subscribers: gone.length, mails: mails.length }
}
