import { setTimeout as delay } from 'node:timers/promises'
import { isDamage } from '../error-cause.ts'
import type { Cluster } from './cluster.ts'
import { faultOfStart, findReason, findRunning, isFree, sizeOf, start } from './process.ts'

export interface SupervisorOptions {
  /** Called with a sentence for each step. */
  onNotice: (message: string) => void
  /** Called once with the reason when the server cannot be started; no more attempts follow. */
  onGivenUp: (reason: string) => void
}

/** How often to check the server: one small file and one process. */
const LOOK_EVERY_MS = 250
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 5_000
/** Maximum number of failed starts in a row, over about 20 s; those on a full disk do not count. */
const MOST_FAILURES = 8
/** The same for damaged files, which do not repair themselves. */
const MOST_FAILURES_OF_DAMAGE = 3

/**
 * Watches the server of a cluster until `close`. Restarts it on its port after it was killed or crashed, with increasing pauses. On a full
 * disk it retries until there is space. Otherwise it gives up after `MOST_FAILURES`, or earlier if files are damaged.
 */
export function supervise(
  cluster: Cluster,
  settings: Record<string, string>,
  port: number,
  options: SupervisorOptions,
): { close(): Promise<void> } {
  const closing = new AbortController()
  const watched = { ...options, cluster, settings, port, signal: closing.signal }
  const watching = watch(watched).catch((error: unknown) => options.onGivenUp(String(error)))
  return {
    async close() {
      closing.abort()
      await watching
    },
  }
}

interface Watched extends SupervisorOptions {
  cluster: Cluster
  settings: Record<string, string>
  port: number
  /** Aborted by `close`. */
  signal: AbortSignal
}

/** Ends early once the signal is aborted. */
const pause = (ms: number, signal: AbortSignal) =>
  delay(ms, undefined, { signal, ref: false }).catch(() => {})

async function watch(watched: Watched): Promise<void> {
  const { cluster, port, signal, onGivenUp } = watched
  let seen = await sizeOf(cluster.log)
  while (!signal.aborted) {
    await pause(LOOK_EVERY_MS, signal)
    if (signal.aborted) return
    const running = await findRunning(cluster)
    if (running === port) {
      seen = await sizeOf(cluster.log)
      continue
    }
    if (running !== null)
      return onGivenUp(
        `another process has started it on port ${running}, as port ${port} was taken`,
      )
    if (!(await revive(watched, seen))) return
  }
}

/** False if it was given up, or `close` was called. */
async function revive(watched: Watched, seen: number): Promise<boolean> {
  const { cluster, settings, port, signal, onNotice } = watched
  const diedOf = await findReason(cluster, seen)
  onNotice(`The embedded PostgreSQL has stopped${diedOf ? ` (${diedOf})` : ''}; starting it again.`)
  let pauseMs = FIRST_PAUSE_MS
  for (let failures = 0; !signal.aborted; ) {
    const before = await sizeOf(cluster.log)
    try {
      await start(cluster, settings, port)
      onNotice('The embedded PostgreSQL runs again.')
      return true
    } catch (error) {
      // Another process was first, or recovery takes longer than pg_ctl waits.
      if ((await findRunning(cluster)) === port) return true
      const { reason, isFull, advice } = await faultOfStart(cluster, before, error)
      if (!isFull) failures++
      if (failures >= (isDamage(reason) ? MOST_FAILURES_OF_DAMAGE : MOST_FAILURES)) {
        await giveUp(watched, reason)
        return false
      }
      onNotice(
        `The embedded PostgreSQL did not start (${reason}). ${advice} Trying again in ${pauseMs / 1000} s.`,
      )
    }
    await pause(pauseMs, signal)
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
  }
  return false
}

async function giveUp({ cluster, port, onGivenUp }: Watched, reason: string): Promise<void> {
  const isTaken = (await findRunning(cluster)) === null && !(await isFree(port))
  onGivenUp(isTaken ? `port ${port} is taken by another program` : reason)
}
