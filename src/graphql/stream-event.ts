import type { Database } from '../db/client.ts'

/** An item of a subscription: an event with its position in the stream, or null if only the position has advanced. */
export interface StreamEvent<T> {
  /** The position from which a client continues when it reconnects. */
  id: string
  value: T | null
}

/** What the source of a subscription uses. */
export interface StreamScope {
  /** The last event that the client received on an earlier connection; null on the first connection. */
  lastEventId: string | null
  /** Returns the database for a single poll, with its own deadline. */
  open: () => Database
  /** Aborted when the stream ends. */
  signal: AbortSignal
}
