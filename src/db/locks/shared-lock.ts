import { openLockConnection } from './lock-connection.ts'

/** An advisory lock that several processes share, or that one of them holds exclusively, until they end. */
export interface SharedLock {
  /** Shares the lock; waits while another process holds it exclusively. Gives up exclusive ownership. */
  share(): Promise<void>
  /** Holds the lock exclusively, unless another process holds it: then returns false and holds nothing. */
  tryAlone(): Promise<boolean>
  close(): Promise<void>
}

/**
 * Connects to the server at `url` for the lock with the number `key`. PostgreSQL releases a lock with its connection. A lost connection is
 * opened again, and `onRegained` is called once the lock is held again.
 */
export function openSharedLock(
  url: string,
  key: number,
  onRegained: () => Promise<void>,
): SharedLock {
  let isShared = false
  let isAlone = false
  const { query, close } = openLockConnection(url, {
    applicationName: 'paperql',
    isHeld: () => isShared,
    async retake() {
      await query('select pg_advisory_lock_shared($1::bigint)', [key])
      await onRegained()
    },
  })
  return {
    async share() {
      await query('select pg_advisory_lock_shared($1::bigint)', [key])
      isShared = true
      // Only now, so that no other process gets the lock in between.
      if (isAlone) await query('select pg_advisory_unlock($1::bigint)', [key])
      isAlone = false
    },
    async tryAlone() {
      isShared = false
      await query('select pg_advisory_unlock_shared($1::bigint)', [key])
      const [row] = await query<{ taken: boolean }>(
        'select pg_try_advisory_lock($1::bigint) as taken',
        [key],
      )
      isAlone = row?.taken === true
      return isAlone
    },
    close,
  }
}
