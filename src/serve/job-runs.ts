import { sql } from '../db/sql.ts'
import { scheduledJobs } from '../db/tables/jobs.ts'
import { transaction } from '../db/transaction.ts'

/** The tolerated difference between the clocks of two servers; a later time of a run is of a clock that was wrong. */
const CLOCK_TOLERANCE = '1 minute'

/** Claims a time of the schedule for this server; false where the job has run for it. */
export function beginRun(url: string, name: string, dueAt: Date): Promise<boolean> {
  const j = scheduledJobs
  return transaction(url, async (tx) => {
    const begun = await tx.query(sql`
      insert into ${j} (${j.name}, ${j.dueAt}, ${j.startedAt})
      values (${name}, ${dueAt.toISOString()}::timestamptz, now())
      on conflict (${j.name}) do update set ${j.dueAt} = excluded.due_at, ${j.startedAt} = now(),
        ${j.endedAt} = null, ${j.failure} = null
      where scheduled_jobs.due_at < excluded.due_at
        or scheduled_jobs.due_at > now() + ${CLOCK_TOLERANCE}::interval
      returning ${j.name}`)
    return begun.length > 0
  })
}

export function endRun(url: string, name: string, failure: string | null): Promise<void> {
  const j = scheduledJobs
  return transaction(url, async (tx) => {
    await tx.query(sql`
      update ${j} set ${j.endedAt} = now(), ${j.failure} = ${failure} where ${j.name} = ${name}`)
  })
}
