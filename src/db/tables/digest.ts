import { sql } from 'drizzle-orm'
import {
  bigint,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { id, instant, jsonDocument, sortText } from './papers.ts'

const moment = <N extends string>(name: N) =>
  timestamp(name, { withTimezone: true, mode: 'string' })
const reference = <N extends string>(name: N) => bigint(name, { mode: 'number' })

/** Subscribers of digests. Their addresses are in no answer, export or log; `domain/digest/forget.ts` deletes them. */
export const subscribers = pgTable('subscribers', {
  id: id(),
  /** Address of the mails, with its domain in ASCII. */
  email: text().notNull(),
  /** Equal for all spellings of one address. */
  emailKey: sortText('email_key').notNull().unique(),
  /** Number of refusals by the server of the address since the last mail that it accepted. */
  refusalCount: integer('refusal_count').notNull().default(0),
  /** No digests are sent before this time; null while the address accepts mails. */
  suppressedUntil: moment('suppressed_until'),
  createdAt: instant('created_at'),
})

/** The content, the frequency and the time of a subscriber's digests. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    id: id(),
    subscriberId: reference('subscriber_id')
      .notNull()
      .references(() => subscribers.id, { onDelete: 'cascade' }),
    /** `pending` until it is confirmed, then `active`, finally `ended`. */
    state: text().notNull().$type<'pending' | 'active' | 'ended'>(),
    frequency: text().notNull().$type<'daily' | 'weekly'>(),
    /** From 1 (Monday) to 7 (Sunday), for a weekly digest. */
    weekday: smallint().notNull(),
    /** A name of the IANA time zone database. */
    timeZone: text('time_zone').notNull(),
    /** From 0 to 23, in the time zone. */
    hour: smallint().notNull(),
    /** A `DigestSource`, which selects the papers. */
    source: jsonDocument('source').notNull(),
    /** Equal for equal sources. */
    sourceKey: text('source_key').notNull(),
    /** Maximum number of papers in a mail. */
    size: smallint().notNull(),
    /** What to do on a day without papers: `skip` the mail, or `tell` so. */
    emptyDays: text('empty_days').notNull().$type<'skip' | 'tell'>(),
    /** When the next digest is due; null unless it is active. */
    nextAt: moment('next_at'),
    /** Papers added after this time are news. */
    newsSince: moment('news_since'),
    createdAt: instant('created_at'),
    confirmedAt: moment('confirmed_at'),
    endedAt: moment('ended_at'),
  },
  (t) => [
    index('subscriptions_subscriber_idx').on(t.subscriberId),
    index('subscriptions_source_idx').on(t.sourceKey).where(sql`state = 'active'`),
    index('subscriptions_next_idx').on(t.nextAt).where(sql`state = 'active'`),
  ],
)

/** Mails to subscribers, and their states. */
export const outbox = pgTable(
  'outbox',
  {
    id: id(),
    subscriptionId: reference('subscription_id')
      .notNull()
      .references(() => subscriptions.id, { onDelete: 'cascade' }),
    /** `digest`; `confirm`, which asks to confirm; or `known`, which says that the subscription already exists. */
    kind: text().notNull().$type<'digest' | 'confirm' | 'known'>(),
    /** The day of the digest in the subscriber's time zone; null for other mails. */
    localDate: date('local_date', { mode: 'string' }),
    /** See `domain/digest/README.md`. */
    state: text()
      .notNull()
      .$type<
        | 'due'
        | 'ready'
        | 'sending'
        | 'sent'
        | 'deferred'
        | 'refused'
        | 'unknown'
        | 'empty'
        | 'dropped'
      >(),
    dueAt: moment('due_at').notNull(),
    /** When the next attempt may start. */
    tryAt: moment('try_at').notNull(),
    /** Number of times that a server claimed it: a server that was presumed dead cannot continue under an older number. */
    claims: integer().notNull().default(0),
    /** When the claim of a silent server expires; null while no server has it. */
    claimedUntil: moment('claimed_until'),
    /** Number of times that it was handed to the mail server. */
    attempts: smallint().notNull().default(0),
    /** Becomes its Message-ID, which is the same for each attempt. */
    messageKey: uuid('message_key').notNull().unique().defaultRandom(),
    /** `DigestItem`s: the papers of the mail with the reasons; null until it is composed. */
    items: jsonDocument('items'),
    /** Number of papers that did not fit into the mail. */
    moreCount: integer('more_count').notNull().default(0),
    /** SHA-256 of the token in its links, in hexadecimal; null until it is composed. The token itself is not stored. */
    tokenHash: text('token_hash').unique(),
    /** If this mail was accepted, the next digest has the news since this time. */
    composedAt: moment('composed_at'),
    /** The last answer of the mail server. */
    reason: text(),
    finishedAt: moment('finished_at'),
    createdAt: instant('created_at'),
  },
  (t) => [
    unique('outbox_subscription_date').on(t.subscriptionId, t.localDate),
    index('outbox_open_idx')
      .on(t.tryAt)
      .where(sql`state in ('due', 'ready', 'sending', 'deferred')`),
  ],
)

/**
 * Papers that a subscriber has received, in any subscription, so that none is sent twice. The ids are those at the time, so ids of merged
 * papers stay.
 */
export const sentPapers = pgTable(
  'sent_papers',
  {
    subscriberId: reference('subscriber_id')
      .notNull()
      .references(() => subscribers.id, { onDelete: 'cascade' }),
    paperId: reference('paper_id').notNull(),
    /** The mail that contained it; null when the mail is no longer kept. */
    outboxId: reference('outbox_id').references(() => outbox.id, { onDelete: 'set null' }),
  },
  (t) => [
    primaryKey({ columns: [t.subscriberId, t.paperId] }),
    index('sent_papers_outbox_idx').on(t.outboxId),
  ],
)

/** Changes of followed papers that a subscriber has received, in any subscription, so that none is sent twice. */
export const sentEvents = pgTable(
  'sent_events',
  {
    subscriberId: reference('subscriber_id')
      .notNull()
      .references(() => subscribers.id, { onDelete: 'cascade' }),
    /** Number in the log of changes, which keeps its entries for a shorter time. */
    changeId: reference('change_id').notNull(),
    outboxId: reference('outbox_id').references(() => outbox.id, { onDelete: 'set null' }),
  },
  (t) => [
    primaryKey({ columns: [t.subscriberId, t.changeId] }),
    index('sent_events_outbox_idx').on(t.outboxId),
  ],
)

/** Refused mails: by the server at once, or in a later report. */
export const bounces = pgTable(
  'bounces',
  {
    id: id(),
    subscriberId: reference('subscriber_id')
      .notNull()
      .references(() => subscribers.id, { onDelete: 'cascade' }),
    outboxId: reference('outbox_id').references(() => outbox.id, { onDelete: 'set null' }),
    /** `refused` by the server while it was sent, or `reported` by `paperql digest bounce`. */
    kind: text().notNull().$type<'refused' | 'reported'>(),
    reason: text().notNull(),
    bouncedAt: instant('bounced_at'),
  },
  (t) => [
    // A report that is read twice counts once.
    unique('bounces_mail').on(t.subscriberId, t.outboxId, t.kind),
  ],
)
