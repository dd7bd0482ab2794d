import { createHash } from 'node:crypto'
import { getTableName } from 'drizzle-orm'
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible'
import type { Database } from '../../db/client.ts'
import { type Sql, sql } from '../../db/sql.ts'
import { rateLimits } from '../../db/tables/access.ts'
import { AppError } from '../../errors.ts'

export interface RateLimit {
  /** What is limited, for the message to the client: `subscriptions for one address`. */
  what: string
  /** The name in the table. Do not change it. */
  name: string
  /** Uses allowed within `seconds`. */
  points: number
  seconds: number
}

export interface RateLimiter {
  /** Counts one use by `who`. Throws RATE_LIMITED with the time to wait if the limit is exceeded. */
  consume(who: string): Promise<void>
}

/** A limit shared by all servers of a database. Clients are stored as hashes. */
export function createRateLimiter(db: Pick<Database, 'query'>, limit: RateLimit): RateLimiter {
  const limiter = new RateLimiterPostgres({
    storeClient: {
      async query({ text, values }: { text: string; values: unknown[] }) {
        const rows = await db.query({ text, values } as Sql)
        return { rows: rows.map(numbers), rowCount: rows.length }
      },
    },
    storeType: 'client',
    tableName: getTableName(rateLimits),
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix: limit.name,
    points: limit.points,
    duration: limit.seconds,
  })
  return {
    async consume(who) {
      try {
        await limiter.consume(createHash('sha256').update(who).digest('base64url'))
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        const seconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000))
        throw new AppError(
          'RATE_LIMITED',
          `Too many ${limit.what}: at most ${limit.points} in ${spanOf(limit.seconds)}. Try again in ${spanOf(seconds)}.`,
        )
      }
    },
  }
}

/** Deletes expired counters. */
export async function clearRateLimits(db: Pick<Database, 'query'>): Promise<void> {
  await db.query(sql`delete from ${rateLimits} where ${rateLimits.expire} < ${Date.now()}::bigint`)
}

/** Converts values to numbers: the driver returns PostgreSQL's bigint as text. */
const numbers = (row: object) =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value)]))

function spanOf(seconds: number): string {
  if (seconds >= 7200) return `${Math.round(seconds / 3600)} hours`
  if (seconds >= 120) return `${Math.round(seconds / 60)} minutes`
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}
