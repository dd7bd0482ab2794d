import { openLockConnection } from './lock-connection.ts'

/** An advisory lock that processes hold together, or one of them alone, until they end. */
export interface SharedLock {
  /** Holds it together with others; waits while one has it alone, and gives up to have it alone. */
  share(): Promise<void>
  /** Holds it alone, unless another holds it: then false, and it is not held at all. */
  tryAlone(): Promise<boolean>
  close(): Promise<void>
}

/**
 * Connects to the server at `url` for the lock of the number `key`. A lock is released with its connection: one that is lost
 * is opened again, and after it was without the lock for a moment, `onRegained` is called.
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
      // Only then, so that nobody comes between.
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
