import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { AppError } from '../errors.ts'

const REJOIN_PAUSE_MS = 250
const GOODBYE_MS = 1_000

/** Advisory locks of one kind that this process holds until it lets go of them, or ends, however it ends. */
export interface SessionLocks {
  /** Takes the lock of a number from 1 to 2³¹ − 1; false where another process has it. */
  tryLock(number: number): Promise<boolean>
  unlock(number: number): Promise<void>
  /** Lets go of all. */
  close(): Promise<void>
}

/** Opens the connection that holds the locks. Rejects with an UNAVAILABLE `AppError` when there is no database. */
export async function openSessionLocks(url: string, kind: number): Promise<SessionLocks> {
  const held = new Set<number>()
  let isClosing = false
  const sql = postgres(url, {
    max: 1,
    connect_timeout: 10,
    idle_timeout: 0,
    // The locks live as long as the connection; the driver would recycle that after an hour.
    max_lifetime: null,
    // Its query of types, which nobody needs here, would bring the process down where the connection dies meanwhile.
    fetch_types: false,
    onnotice: () => {},
    onclose: () => {
      if (!isClosing && held.size > 0) void rejoin()
    },
    connection: {
      application_name: 'paperql import',
      statement_timeout: 0,
      idle_session_timeout: 0,
    },
  })
  const take = async (number: number) => {
    const [row] = await sql`select pg_try_advisory_lock(${kind}::int, ${number}::int) as taken`
    return row?.taken === true
  }
  const rejoin = async () => {
    await delay(REJOIN_PAUSE_MS, undefined, { ref: false })
    try {
      // What another process took meanwhile is its own; this one's next write finds that out.
      for (const number of held) if (!isClosing) await take(number)
    } catch {
      // The closing connection calls again; where none was opened, no write succeeds either.
    }
  }
  const close = async () => {
    isClosing = true
    // The driver's own end may never settle on a connection that the server closed.
    await Promise.race([sql.end({ timeout: 1 }).catch(() => {}), delay(GOODBYE_MS)])
  }
  try {
    await sql`select 1`
  } catch (cause) {
    await close()
    throw new AppError('UNAVAILABLE', 'The database cannot be reached; try again later.', { cause })
  }
  return {
    async tryLock(number) {
      const isTaken = await take(number)
      if (isTaken) held.add(number)
      return isTaken
    },
    async unlock(number) {
      held.delete(number)
      await sql`select pg_advisory_unlock(${kind}::int, ${number}::int)`
    },
    close,
  }
}
