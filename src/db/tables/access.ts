import { sql } from 'drizzle-orm'
import {
  bigint,
  index,
  integer,
  pgTable,
  smallint,
  text,
  timestamp,
  varchar,
} from 'drizzle-orm/pg-core'
import { id, instant } from './papers.ts'

const moment = <N extends string>(name: N) =>
  timestamp(name, { withTimezone: true, mode: 'string' })

/** Counters of `rate-limiter-flexible`, whose statements expect these columns in this order. */
export const rateLimits = pgTable('rate_limits', {
  /** The limit and a hash of the client; addresses are not stored. */
  key: varchar({ length: 255 }).primaryKey(),
  points: integer().notNull().default(0),
  /** When the counter starts over, in milliseconds since 1970. */
  expire: bigint({ mode: 'number' }),
})

/** Sign-in links, and the state of their mails. Deleted a day after the request. */
export const signIns = pgTable(
  'sign_ins',
  {
    id: id(),
    /** Address of the mail; null once nothing is left to send. */
    email: text(),
    /** The person who signs in: `mail:` and a hash of the address. */
    voter: text().notNull(),
    /** The paper to return to, as the request named it; null for none. */
    paper: text(),
    state: text().notNull().$type<'due' | 'sending' | 'sent' | 'failed' | 'used'>(),
    /** When the mail may be tried. */
    tryAt: moment('try_at').notNull(),
    attempts: smallint().notNull().default(0),
    /** SHA-256 of the token in the link, in hexadecimal; null until the mail is made. The token itself is not stored. */
    tokenHash: text('token_hash').unique(),
    createdAt: instant('created_at'),
  },
  (t) => [index('sign_ins_due_idx').on(t.tryAt).where(sql`state in ('due', 'sending')`)],
)

/** People who are signed in. */
export const sessions = pgTable('sessions', {
  /** SHA-256 of the token that clients send, in hexadecimal. */
  tokenHash: text('token_hash').primaryKey(),
  voter: text().notNull(),
  createdAt: instant('created_at'),
  expiresAt: moment('expires_at').notNull(),
})
