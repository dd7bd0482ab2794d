import { bigint, integer, pgTable, varchar } from 'drizzle-orm/pg-core'

/** Counters of `rate-limiter-flexible`, whose statements expect these columns in this order. */
export const rateLimits = pgTable('rate_limits', {
  /** The limit, and the hash of who is limited: no address is kept here. */
  key: varchar({ length: 255 }).primaryKey(),
  points: integer().notNull().default(0),
  /** When the counter starts over, in milliseconds since 1970. */
  expire: bigint({ mode: 'number' }),
})
