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

/** A step on the way through the log: a change, or null where only the place has moved on. */
export interface ChangeStep {
  cursor: string
  change: Change | null
}

interface FollowOptions extends Omit<ChangeQuery, 'first'> {
  /** Gives the database for one look at it. */
  open: () => Database
  /** Ends it. */
  signal: AbortSignal
}

/** How long to wait before the next look at a log that had nothing new. */
const POLL_MS = 1_000

/** Looks that a database may refuse one after the other. */
const MOST_REFUSALS = 30

/** Changes held in memory, for who reads them one by one. */
const PAGE_SIZE = 50

/**
 * Follows the log from `since` on, or from now where it is null: each change as `readChanges` gives it, as fast as they are taken. Rejects at
 * once for what cannot be read.
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
    // Else who comes back after long would begin before all that a filter left out.
    if (cursor !== last) yield { cursor, change: null }
    if (!page.hasMore) await delay(POLL_MS, undefined, { signal: options.signal })
    page = await patiently(() => pageAfter(cursor, options), options.signal)
  }
}

const pageAfter = (since: string, { open, signal: _, ...query }: FollowOptions) =>
  readChanges(open(), { ...query, since, first: PAGE_SIZE })

/** A database that is started again, or has too much to do, is asked again. */
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
