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

/** People who asked for digests. Their addresses are in no answer, export or log; `domain/digest/forget.ts` deletes them. */
export const subscribers = pgTable('subscribers', {
  id: id(),
  /** Where mails go, with a domain in ASCII. */
  email: text().notNull(),
  /** The same for all spellings of one address. */
  emailKey: sortText('email_key').notNull().unique(),
  /** Refusals by the server of the address since the last mail that it took. */
  refusalCount: integer('refusal_count').notNull().default(0),
  /** No digests are sent before; null while the address takes mails. */
  suppressedUntil: moment('suppressed_until'),
  createdAt: instant('created_at'),
})

/** What a subscriber gets, how often, and when. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    id: id(),
    subscriberId: reference('subscriber_id')
      .notNull()
      .references(() => subscribers.id, { onDelete: 'cascade' }),
    /** `pending` until it is confirmed, then `active`, at last `ended`. */
    state: text().notNull().$type<'pending' | 'active' | 'ended'>(),
    frequency: text().notNull().$type<'daily' | 'weekly'>(),
    /** 1 is Monday, 7 is Sunday; of a weekly one. */
    weekday: smallint().notNull(),
    /** A name of the IANA time zone database. */
    timeZone: text('time_zone').notNull(),
    /** From 0 to 23, in the time zone. */
    hour: smallint().notNull(),
    /** A `DigestSource`: which papers. */
    source: jsonDocument('source').notNull(),
    /** The same for equal sources. */
    sourceKey: text('source_key').notNull(),
    /** Most papers in a mail. */
    size: smallint().notNull(),
    /** What to do on a day without papers: `skip` it or `tell`. */
    emptyDays: text('empty_days').notNull().$type<'skip' | 'tell'>(),
    /** When the next digest is due; null unless it is active. */
    nextAt: moment('next_at'),
    /** Papers that came after are news. */
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

/** Mails to subscribers, and what became of each. */
export const outbox = pgTable(
  'outbox',
  {
    id: id(),
    subscriptionId: reference('subscription_id')
      .notNull()
      .references(() => subscriptions.id, { onDelete: 'cascade' }),
    /** `digest`; `confirm` asks to confirm; `known` says that the subscription exists already. */
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
    /** When it may be tried: again, or at all. */
    tryAt: moment('try_at').notNull(),
    /** Number of times that a server claimed it: one that was believed dead cannot continue it. */
    claims: integer().notNull().default(0),
    /** When the claim of a server that says nothing more ends; null while none has it. */
    claimedUntil: moment('claimed_until'),
    /** How often it was handed to the mail server. */
    attempts: smallint().notNull().default(0),
    /** Becomes its Message-ID, the same for each attempt. */
    messageKey: uuid('message_key').notNull().unique().defaultRandom(),
    /** `DigestItem`s: the papers of the mail and why each is in it; null until it is composed. */
    items: jsonDocument('items'),
    /** Papers that would have been in a longer mail. */
    moreCount: integer('more_count').notNull().default(0),
    /** SHA-256 of the token in its links, in hexadecimal; null until it is composed. A token is stored nowhere. */
    tokenHash: text('token_hash').unique(),
    /** News since then are in the next digest, if this one was taken. */
    composedAt: moment('composed_at'),
    /** What the mail server said last. */
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

/** Papers that a subscriber has got, whatever the subscription: none comes twice. The ids are those of the time, so merged ones stay. */
export const sentPapers = pgTable(
  'sent_papers',
  {
    subscriberId: reference('subscriber_id')
      .notNull()
      .references(() => subscribers.id, { onDelete: 'cascade' }),
    paperId: reference('paper_id').notNull(),
    /** The mail that it was in; null when that is no longer kept. */
    outboxId: reference('outbox_id').references(() => outbox.id, { onDelete: 'set null' }),
  },
  (t) => [
    primaryKey({ columns: [t.subscriberId, t.paperId] }),
    index('sent_papers_outbox_idx').on(t.outboxId),
  ],
)

/** Changes of followed papers that a subscriber has been told, whatever the subscription: none comes twice. */
export const sentEvents = pgTable(
  'sent_events',
  {
    subscriberId: reference('subscriber_id')
      .notNull()
      .references(() => subscribers.id, { onDelete: 'cascade' }),
    /** Of the log of changes, which keeps its own for a shorter time. */
    changeId: reference('change_id').notNull(),
    outboxId: reference('outbox_id').references(() => outbox.id, { onDelete: 'set null' }),
  },
  (t) => [
    primaryKey({ columns: [t.subscriberId, t.changeId] }),
    index('sent_events_outbox_idx').on(t.outboxId),
  ],
)

/** Refusals of mails, by the server at once or in a report later. */
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
