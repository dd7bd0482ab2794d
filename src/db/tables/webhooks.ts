import { sql } from 'drizzle-orm'
import {
  bigint,
  index,
  integer,
  pgEnum,
  pgTable,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { changeKind } from './changes.ts'
import { id, instant } from './papers.ts'
import { savedQueries } from './saved.ts'
import { WEBHOOK_MESSAGE_STATES, WEBHOOK_STATES } from './vocabulary.ts'

export const webhookState = pgEnum('webhook_state', WEBHOOK_STATES)
export const webhookMessageState = pgEnum('webhook_message_state', WEBHOOK_MESSAGE_STATES)

const maybeInstant = <N extends string>(name: N) =>
  timestamp(name, { withTimezone: true, mode: 'string' })

/** URLs to which changes are sent. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: id(),
    name: text(),
    url: text().notNull(),
    /** `whsec_…`, stored unhashed, because it signs messages. */
    secret: text().notNull(),
    /** The previous secret, which also signs until the time below. */
    formerSecret: text('former_secret'),
    formerSecretUntil: maybeInstant('former_secret_until'),
    /** Null for changes of all papers. */
    savedQueryId: text('saved_query_id').references(() => savedQueries.id, {
      onDelete: 'restrict',
    }),
    kinds: changeKind().array().notNull(),
    state: webhookState().notNull().default('active'),
    /** Why it was disabled. */
    stateReason: text('state_reason'),
    /** Place in the log of changes up to which messages have been created. */
    cursor: text().notNull(),
    /** Number of messages in a row that were given up. */
    deadInARow: integer('dead_in_a_row').notNull().default(0),
    lastDeliveredAt: maybeInstant('last_delivered_at'),
    createdAt: instant('created_at'),
  },
  (t) => [index('webhooks_created_idx').on(t.createdAt, t.id)],
)

/** Messages to webhooks: pending, sent and given up. */
export const webhookMessages = pgTable(
  'webhook_messages',
  {
    /** Derived from the webhook and the change, so it is the same whenever a change is sent again. */
    id: text().primaryKey(),
    webhookId: bigint('webhook_id', { mode: 'number' })
      .notNull()
      .references(() => webhooks.id, { onDelete: 'cascade' }),
    changeId: bigint('change_id', { mode: 'number' }).notNull(),
    /** The cursor with which a replay begins with this change. */
    replayFrom: text('replay_from').notNull(),
    type: text().notNull(),
    /** The exact bytes of the body, because they are signed. */
    body: text().notNull(),
    state: webhookMessageState().notNull().default('pending'),
    attempts: smallint().notNull().default(0),
    /** During an attempt: when another server may assume that the attempt was lost. */
    nextAttemptAt: instant('next_attempt_at'),
    lastError: text('last_error'),
    createdAt: instant('created_at'),
    finishedAt: maybeInstant('finished_at'),
  },
  (t) => [
    index('webhook_messages_due_idx')
      .on(t.webhookId, t.nextAttemptAt)
      .where(sql`state = 'pending'`),
    index('webhook_messages_list_idx').on(t.webhookId, t.state, t.changeId),
    index('webhook_messages_finished_idx').on(t.finishedAt),
  ],
)
