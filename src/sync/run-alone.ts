import { LOCKS } from '../db/locks/locks.ts'
import { openSessionLocks } from '../db/locks/session-locks.ts'
import { AppError } from '../errors.ts'

/** Numbers of the advisory locks that limit each source to one sync at a time. */
const SOURCES = { arxiv: 1, 'hf-daily': 2, github: 3 } as const

/** Runs `work`, or throws CONFLICT if another process is syncing the same source into this database. */
export async function runAlone<T>(
  url: string,
  source: keyof typeof SOURCES,
  work: () => Promise<T>,
): Promise<T> {
  const locks = await openSessionLocks(url, LOCKS.sync)
  try {
    if (await locks.tryLock(SOURCES[source])) return await work()
    throw new AppError(
      'CONFLICT',
      `Another paperql sync ${source} is running on this database; wait until it has finished.`,
    )
  } finally {
    await locks.close()
  }
}
