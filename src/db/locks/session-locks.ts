import { unreachable } from '../connection.ts'
import { openLockConnection } from './lock-connection.ts'

/** Advisory locks of one kind. This process holds them until it releases them or ends, however it ends. */
export interface SessionLocks {
  /** Takes the lock of a number from 1 to 2³¹ − 1; false if another process has it. */
  tryLock(number: number): Promise<boolean>
  unlock(number: number): Promise<void>
  /** Releases all locks. */
  close(): Promise<void>
}

/** Opens the connection that holds the locks. Rejects with an UNAVAILABLE `AppError` if there is no database. */
export async function openSessionLocks(
  url: string,
  kind: number,
  applicationName = 'paperql import',
): Promise<SessionLocks> {
  const held = new Set<number>()
  const { query, close } = openLockConnection(url, {
    applicationName,
    isHeld: () => held.size > 0,
    async retake() {
      // A lock that another process took meanwhile stays with that process; this one's next write fails.
      for (const number of held) await take(number)
    },
  })
  const take = async (number: number) => {
    const text = 'select pg_try_advisory_lock($1::int, $2::int) as taken'
    const [row] = await query<{ taken: boolean }>(text, [kind, number])
    return row?.taken === true
  }
  try {
    await query('select 1')
  } catch (cause) {
    await close()
    throw unreachable(cause)
  }
  return {
    async tryLock(number) {
      const isTaken = await take(number)
      if (isTaken) held.add(number)
      return isTaken
    },
    async unlock(number) {
      held.delete(number)
      await query('select pg_advisory_unlock($1::int, $2::int)', [kind, number])
    },
    close,
  }
}
