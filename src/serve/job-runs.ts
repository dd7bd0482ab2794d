import { eq, sql } from 'drizzle-orm'
import { now } from '../db/expressions.ts'
import { orm } from '../db/orm.ts'
import { scheduledJobs } from '../db/tables/jobs.ts'
import { transaction } from '../db/transaction.ts'

/** The tolerated difference between the clocks of two servers. A later time of a run comes from a wrong clock. */
const CLOCK_TOLERANCE = '1 minute'

/** Claims a scheduled time for this server; returns false if the job has already run for it. */
export function beginRun(url: string, name: string, due: Date): Promise<boolean> {
  const run = { dueAt: due.toISOString(), startedAt: now }
  return transaction(url, async (tx) => {
    const begun = await orm(tx)
      .insert(scheduledJobs)
      .values({ name, ...run })
      .onConflictDoUpdate({
        target: scheduledJobs.name,
        set: { ...run, endedAt: null, failure: null },
        setWhere: sql`${scheduledJobs.dueAt} < ${run.dueAt}::timestamptz
          or ${scheduledJobs.dueAt} > now() + ${CLOCK_TOLERANCE}::interval`,
      })
      .returning({ name: scheduledJobs.name })
    return begun.length > 0
  })
}

export function endRun(url: string, name: string, failure: string | null): Promise<void> {
  return transaction(url, async (tx) => {
    await orm(tx)
      .update(scheduledJobs)
      .set({ endedAt: now, failure })
      .where(eq(scheduledJobs.name, name))
  })
}
