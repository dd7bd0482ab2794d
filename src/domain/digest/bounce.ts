import { eq } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { orm } from '../../db/orm.ts'
import { outbox, subscribers, subscriptions } from '../../db/tables/digest.ts'
import { parseEmailAddress } from '../access/email-address.ts'
import { addRefusal } from './outcome.ts'

/** A mail that could not be delivered, as a mail server reported it. */
export interface BounceReport {
  /** Message-ID of the mail, without angle brackets; it says which subscriber is meant, also where mails are forwarded. */
  messageId?: string | undefined
  /** Where it could not be delivered. */
  address?: string | undefined
  reason: string
}

/** What a report did. */
export type BounceOutcome = 'counted' | 'suppressed' | 'unknown'

/** Counts a report against the address of its mail. The same report again counts nothing. */
export async function recordBounce(
  db: Database,
  report: BounceReport,
  now: Date,
): Promise<BounceOutcome> {
  const found = (await byMessage(db, report.messageId)) ?? (await byAddress(db, report.address))
  if (!found) return 'unknown'
  const refusal = { ...found, kind: 'reported' as const, reason: report.reason }
  const isSuppressed = await db.transaction((tx) => addRefusal(tx, refusal, now))
  return isSuppressed ? 'suppressed' : 'counted'
}

interface Bounced {
  subscriberId: number
  outboxId: number | null
}

const KEY = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@/i

async function byMessage(db: Database, messageId = ''): Promise<Bounced | undefined> {
  const key = KEY.exec(messageId)?.[1]
  if (key === undefined) return undefined
  const [row] = await orm(db)
    .select({ subscriberId: subscriptions.subscriberId, outboxId: outbox.id })
    .from(outbox)
    .innerJoin(subscriptions, eq(subscriptions.id, outbox.subscriptionId))
    .where(eq(outbox.messageKey, key))
  return row
}

async function byAddress(db: Database, address?: string): Promise<Bounced | undefined> {
  if (address === undefined) return undefined
  const { key } = parseEmailAddress(address, 'address')
  const [row] = await orm(db)
    .select({ subscriberId: subscribers.id })
    .from(subscribers)
    .where(eq(subscribers.emailKey, key))
  return row && { ...row, outboxId: null }
}
