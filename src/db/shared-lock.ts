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
  const { sql, close } = openLockConnection(url, {
    applicationName: 'paperql',
    isHeld: () => isShared,
    async retake() {
      await sql`select pg_advisory_lock_shared(${key})`
      await onRegained()
    },
  })
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
    close,
  }
}
