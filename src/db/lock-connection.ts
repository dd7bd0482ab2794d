import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'

const REJOIN_PAUSE_MS = 250
const GOODBYE_MS = 1_000

interface LockConnectionOptions {
  applicationName: string
  /** Whether a connection that closes now takes locks with it. */
  isHeld: () => boolean
  /** Takes them again; when it fails, the connection that closes calls again. */
  retake: () => Promise<void>
}

export interface LockConnection {
  sql: postgres.Sql
  close(): Promise<void>
}

/** A connection whose advisory locks live as long as this process: one that is lost is opened again. */
export function openLockConnection(
  url: string,
  { applicationName, isHeld, retake }: LockConnectionOptions,
): LockConnection {
  let isClosing = false
  const rejoin = async () => {
    await delay(REJOIN_PAUSE_MS, undefined, { ref: false })
    if (!isClosing) await retake().catch(() => {})
  }
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 10,
    idle_timeout: 0,
    // The driver would recycle the connection after an hour, and the locks with it.
    max_lifetime: null,
    // Its query of types, which nobody needs here, would bring the process down where the connection dies meanwhile.
    fetch_types: false,
    onnotice: () => {},
    onclose: () => {
      if (!isClosing && isHeld()) void rejoin()
    },
    connection: {
      application_name: applicationName,
      statement_timeout: 0,
      idle_session_timeout: 0,
    },
  })
  return {
    sql,
    async close() {
      isClosing = true
      // The driver's own end may never settle on a connection that the server closed.
      await Promise.race([sql.end({ timeout: 1 }).catch(() => {}), delay(GOODBYE_MS)])
    },
  }
}
