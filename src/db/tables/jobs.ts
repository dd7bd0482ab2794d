import { pgTable, text, timestamp } from 'drizzle-orm/pg-core'

const instant = <N extends string>(name: N) =>
  timestamp(name, { withTimezone: true, mode: 'string' })

/** The last run of each scheduled job, kept by serve/schedule.ts: of several servers, one runs a due job. */
export const scheduledJobs = pgTable('scheduled_jobs', {
  name: text().primaryKey(),
  /** The scheduled time of the run. */
  dueAt: instant('due_at').notNull(),
  startedAt: instant('started_at').notNull(),
  /** Null while it runs, and if its server was killed. */
  endedAt: instant('ended_at'),
  /** Why it failed; null if it did not. */
  failure: text(),
})
