import { pgTable, text, timestamp } from 'drizzle-orm/pg-core'

const instant = <N extends string>(name: N) =>
  timestamp(name, { withTimezone: true, mode: 'string' })

/** The last run of each job of the schedule, kept by serve/schedule.ts: several servers run a due job once. */
export const scheduledJobs = pgTable('scheduled_jobs', {
  name: text().primaryKey(),
  /** The time of the schedule that it ran for. */
  dueAt: instant('due_at').notNull(),
  startedAt: instant('started_at').notNull(),
  /** Null while it runs, and where its server was killed. */
  endedAt: instant('ended_at'),
  /** Why it failed; null where it did not. */
  failure: text(),
})
