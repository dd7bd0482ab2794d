import { setTimeout as delay } from 'node:timers/promises'
import { Cron } from 'croner'
import { LOCKS } from '../db/locks/locks.ts'
import { openSessionLocks } from '../db/locks/session-locks.ts'
import type { Logger } from '../log.ts'
import { beginRun, endRun } from './job-runs.ts'

/** Work done at fixed times by one of the servers of a catalogue. */
export interface Job {
  /** Its name in the log and in the table of runs. Never changed. */
  name: string
  /** Number of its lock, from 1. Never reused for another job. */
  number: number
  /** Times in UTC: minute, hour, day, month, weekday; with six fields, the first is the second. */
  cron: string
  /** Whether a run that resolves to nothing or to an empty object is logged only at debug level. */
  isFrequent?: boolean
  /** Ends soon after the signal is aborted. An object that it resolves to is added to the log. */
  run(signal: AbortSignal): Promise<unknown>
}

interface ScheduleOptions {
  url: string
  jobs: readonly Job[]
  log: Logger
}

/** Maximum time that a stop waits for jobs. */
const STOP_PATIENCE_MS = 20_000

export interface Schedule {
  /** Starts no more jobs, aborts the running ones and waits for them. The wait is limited, because a job that is cut off loses nothing. */
  stop(): Promise<void>
}

/**
 * Runs each job at its times, and at once if the last time was missed. Each time is run by one of several servers. A job that is still
 * running skips its next time; one that fails is logged and runs again at its next time.
 */
export function startSchedule({ url, jobs, log }: ScheduleOptions): Schedule {
  const ending = new AbortController()
  const running = new Map<Job, Promise<void>>()
  const start = (job: Job, dueAt: Date) => {
    if (ending.signal.aborted || running.has(job)) return
    const work = runOnce(url, job, dueAt, ending.signal, log).finally(() => running.delete(job))
    running.set(job, work)
  }
  const names = () => [...running.keys()].map(({ name }) => name)
  const timers = jobs.map((job) => {
    const timer = new Cron(job.cron, { timezone: 'UTC', unref: true }, () => {
      // The scheduled time, because timers are some milliseconds late.
      const dueAt = lastOf(timer)
      if (dueAt) start(job, dueAt)
    })
    const missed = lastOf(timer)
    if (missed) start(job, missed)
    return timer
  })
  return {
    async stop() {
      ending.abort()
      for (const timer of timers) timer.stop()
      const waited = new AbortController()
      const isLate = delay(STOP_PATIENCE_MS, true, { signal: waited.signal }).catch(() => false)
      const isOver = Promise.all(running.values()).then(() => false)
      if (await Promise.race([isLate, isOver]))
        log.warn({ jobs: names() }, 'jobs did not end in time; stopping without waiting for them')
      waited.abort()
    },
  }
}

const lastOf = (timer: Cron): Date | undefined => timer.previousRuns(1)[0]

/** Runs a job for one of its times, unless another server has run it or is running it. Never rejects. */
async function runOnce(url: string, job: Job, dueAt: Date, signal: AbortSignal, log: Logger) {
  const startedAt = performance.now()
  const line = (more: object = {}) => ({
    job: job.name,
    durationMs: Math.round(performance.now() - startedAt),
    ...more,
  })
  try {
    const locks = await openSessionLocks(url, LOCKS.job, `paperql job ${job.name}`)
    try {
      if (!(await locks.tryLock(job.number))) return
      if (!(await beginRun(url, job.name, dueAt))) return
      const failure = await job.run(signal).then(
        (outcome) => {
          const isQuiet = job.isFrequent && Object.keys(Object(outcome)).length === 0
          log[isQuiet ? 'debug' : 'info'](line(Object(outcome)), 'job done')
          return null
        },
        (error: unknown) => {
          if (!signal.aborted) log.error(line({ err: error }), 'job failed')
          return error instanceof Error ? error.message : String(error)
        },
      )
      await endRun(url, job.name, failure)
    } finally {
      await locks.close()
    }
  } catch (error) {
    if (!signal.aborted) log.error(line({ err: error }), 'job could not be started')
  }
}
