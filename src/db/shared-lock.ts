import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'

const REJOIN_PAUSE_MS = 250
const GOODBYE_MS = 1_000

/** An advisory lock that processes hold together, or one of them alone, until they end. */
export interface SharedLock {
  /** Holds it together with others; waits while one has it alone, and gives up to have it alone. */
  share(): Promise<void>
  /** Holds it alone, unless another holds it: then false, and it is not held at all. */
  tryAlone(): Promise<boolean>
  close(): Promise<void>
}

/**
 * Connects to the server at `url` for the lock of the number `key`. A lock falls with its connection: one that is lost
 * is opened again, and after it was without the lock for a moment, `onRegained` is called.
 */
export function openSharedLock(
  url: string,
  key: number,
  onRegained: () => Promise<void>,
): SharedLock {
  let isShared = false
  let isAlone = false
  let isClosing = false
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 10,
    idle_timeout: 0,
    // The driver would recycle the connection after an hour, and the lock with it.
    max_lifetime: null,
    onnotice: () => {},
    onclose: () => {
      if (isShared && !isClosing) void regain()
    },
    connection: { application_name: 'paperql', statement_timeout: 0, idle_session_timeout: 0 },
  })
  const regain = async () => {
    await delay(REJOIN_PAUSE_MS, undefined, { ref: false })
    if (isClosing) return
    try {
      await sql`select pg_advisory_lock_shared(${key})`
      await onRegained()
    } catch {
      // The connection that closes calls again.
    }
  }
  return {
    async share() {
      await sql`select pg_advisory_lock_shared(${key})`
      isShared = true
      // Only then, so that nobody comes between.
      if (isAlone) await sql`select pg_advisory_unlock(${key})`
      isAlone = false
    },
    async tryAlone() {
      isShared = false
      await sql`select pg_advisory_unlock_shared(${key})`
      const [row] = await sql`select pg_try_advisory_lock(${key}) as taken`
      isAlone = row?.taken === true
      return isAlone
    },
    async close() {
      isClosing = true
      // The driver's own end may never settle on a connection that the server closed.
      await Promise.race([sql.end({ timeout: 1 }).catch(() => {}), delay(GOODBYE_MS)])
    },
  }
}
