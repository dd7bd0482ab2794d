import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../../db/client.ts'
import { isAppError } from '../../errors.ts'
import {
  type Change,
  type ChangePage,
  type ChangeQuery,
  newestCursor,
  readChanges,
} from './read.ts'

/** A step through the log: a change, or null if only the position has advanced. */
export interface ChangeStep {
  cursor: string
  change: Change | null
}

interface FollowOptions extends Omit<ChangeQuery, 'first'> {
  /** Returns the database for one read. */
  open: () => Database
  /** Ends it. */
  signal: AbortSignal
}

/** Pause before the next read of a log without news. */
const POLL_MS = 1_000

/** Maximum number of consecutive failed reads. */
const MOST_REFUSALS = 30

/** Number of changes held in memory while they are consumed one by one. */
const PAGE_SIZE = 50

/**
 * Follows the log from `since`, or from now if it is null. Yields each change as in `readChanges`, as fast as they are consumed. Rejects at once
 * for an invalid request.
 */
export async function followChanges(options: FollowOptions): Promise<AsyncGenerator<ChangeStep>> {
  const since = options.since ?? (await newestCursor(options.open()))
  return stepsFrom(since, await pageAfter(since, options), options)
}

async function* stepsFrom(
  since: string,
  first: ChangePage,
  options: FollowOptions,
): AsyncGenerator<ChangeStep> {
  let [cursor, page] = [since, first]
  yield { cursor, change: null }
  for (;;) {
    for (const change of page.changes) yield { cursor: change.cursor, change }
    const last = page.changes.at(-1)?.cursor ?? cursor
    cursor = page.endCursor
    // Otherwise a client that returns after a long time would start before all changes that a filter left out.
    if (cursor !== last) yield { cursor, change: null }
    if (!page.hasMore) await delay(POLL_MS, undefined, { signal: options.signal })
    page = await patiently(() => pageAfter(cursor, options), options.signal)
  }
}

const pageAfter = (since: string, { open, signal: _, ...query }: FollowOptions) =>
  readChanges(open(), { ...query, since, first: PAGE_SIZE })

/** Retries reads while the database restarts or is overloaded. */
async function patiently<T>(read: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let refusals = 1; ; refusals++) {
    try {
      return await read()
    } catch (error) {
      const isPassing = isAppError(error, 'UNAVAILABLE')
      if (!isPassing || refusals === MOST_REFUSALS) throw error
      await delay(POLL_MS, undefined, { signal })
    }
  }
}
