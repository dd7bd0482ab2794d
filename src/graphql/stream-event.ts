import type { Database } from '../db/client.ts'

/** What a subscription yields: an event with its place in the stream, or null where only the place has moved on. */
export interface StreamEvent<T> {
  /** By which the client goes on when it connects again. */
  id: string
  value: T | null
}

/** What the source of a subscription works with. */
export interface StreamScope {
  /** The last event that the client got of an earlier connection; null in a first one. */
  lastEventId: string | null
  /** Gives the database for one look at it, with a deadline of its own. */
  open: () => Database
  /** Aborted when the stream ends. */
  signal: AbortSignal
}
