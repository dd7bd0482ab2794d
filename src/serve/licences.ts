import { setTimeout as delay } from 'node:timers/promises'
import { LOCKS } from '../db/locks/locks.ts'
import { openSharedLock, type SharedLock } from '../db/locks/shared-lock.ts'
import { leaveOut, leavesOut, missingLicences } from '../domain/write/rules.ts'
import { AppError } from '../errors.ts'

/** Servers with the same setting that start together wait for one another; a server with another setting is not waited for. */
const PATIENCE_MS = 3_000

interface LicencesOptions {
  url: string
  /** The value of PAPERQL_EXCLUDE_LICENCES. */
  licences: string[]
  onNotice: (message: string) => void
  /** Called when the catalogue no longer excludes what this server must not show. */
  onBroken: () => void
}

/**
 * Makes the catalogue exclude the licences before the server answers, and prevents other servers from changing that until `close`. Throws
 * CONFLICT if a server with another setting is running.
 */
export async function claimLicences(options: LicencesOptions): Promise<{ close(): Promise<void> }> {
  const { url, licences, onNotice, onBroken } = options
  const lock = openSharedLock(url, LOCKS.licences, async () => {
    if (!(await leavesOut(url, licences))) onBroken()
  })
  try {
    await agree(lock, options)
    const missing = await missingLicences(url, licences)
    if (missing) onNotice(`PAPERQL_EXCLUDE_LICENCES: ${missing}`)
  } catch (error) {
    await lock.close()
    throw error
  }
  return lock
}

async function agree(lock: SharedLock, { url, licences, onNotice }: LicencesOptions) {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    await lock.share()
    if (await leavesOut(url, licences)) return
    if (await lock.tryAlone()) {
      onNotice(
        licences.length > 0
          ? `Hiding the data under ${licences.join(', ')}; this may take a while.`
          : 'Showing the data under all licences again; this may take a while.',
      )
      await leaveOut(url, licences)
      await lock.share()
      return
    }
    if (Date.now() > deadline)
      throw new AppError(
        'CONFLICT',
        'PAPERQL_EXCLUDE_LICENCES: another paperql server answers from this database with another setting. Stop that one first, or give both the same.',
      )
    await delay(100)
  }
}
