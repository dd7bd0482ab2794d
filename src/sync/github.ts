import { transaction } from '../db/transaction.ts'
import {
  type CheckCounts,
  type RepositoryCheck,
  writeRepositoryChecks,
} from '../domain/repositories/facts.ts'
import {
  listDueRepositories,
  type QueuedRepository,
  queuedRepositories,
} from '../domain/repositories/queue.ts'
import { isAppError } from '../errors.ts'
import { GITHUB_PACE, type Github, type GithubAnswer, openGithub } from './github-api.ts'
import { ComeBackLater, type Pace } from './http.ts'
import { runAlone } from './run-alone.ts'

const HOST = 'github.com'

/** Repositories written together: at most this many are requested again after a kill. */
const BATCH_SIZE = 50

/** This many consecutive repositories without an answer mean that GitHub is at fault. */
const MOST_FAILURES = 3

export interface GithubSyncOptions {
  /** URL of the Postgres database; its migrations must have run. */
  url: string
  apiUrl: string
  token: string | undefined
  userAgent: string
  /** Repositories checked more recently than this are skipped. */
  olderThanMs: number
  /** Maximum number of requested repositories; default all that are due. */
  limit?: number | undefined
  /** For tests; never faster against GitHub itself. */
  pace?: Pace
  /** Receives messages about waits for GitHub. */
  onNotice?: ((message: string) => void) | undefined
  /** Called after each batch. */
  onProgress?: (progress: GithubSyncProgress) => void
}

interface GithubSyncCounts extends CheckCounts {
  /** Repositories for which GitHub gave an answer, including gone ones. */
  checked: number
  /** Checked repositories that have not changed. */
  unchanged: number
  gone: number
  /** Repositories without a readable answer; the next run requests them first. */
  failed: number
}

export interface GithubSyncProgress extends GithubSyncCounts {
  due: number
}

export interface GithubSyncReport extends GithubSyncProgress {
  /** Due repositories that were not requested. */
  left: number
  /** Time in ISO 8601 at which the rate limit ends; null unless the limit ended the run. */
  retryAt: string | null
  seconds: number
}

/**
 * Refreshes the repositories of the catalogue from GitHub. Answers are written in batches, so that the next run continues after an
 * interruption. Throws CONFLICT while another run is active, BAD_USER_INPUT when GitHub refuses the token, UNAVAILABLE when it does not
 * answer.
 */
export async function syncGithub(options: GithubSyncOptions): Promise<GithubSyncReport> {
  return runAlone(options.url, 'github', () => refresh(options))
}

async function refresh(options: GithubSyncOptions): Promise<GithubSyncReport> {
  const startedAt = performance.now()
  const { url, olderThanMs, limit, pace = GITHUB_PACE, onProgress } = options
  const ask = tolerant(openGithub({ ...options, pace }))
  const due = await transaction(url, (tx) => listDueRepositories(tx, HOST, olderThanMs))
  const ids = due.slice(0, limit)
  const counts = noCounts()
  let retryAt: string | null = null
  for (let at = 0; at < ids.length && retryAt === null; at += BATCH_SIZE) {
    retryAt = await refreshBatch(url, ids.slice(at, at + BATCH_SIZE), ask, counts)
    onProgress?.({ ...counts, due: due.length })
  }
  const left = due.length - counts.checked - counts.failed
  const seconds = (performance.now() - startedAt) / 1000
  return { ...counts, due: due.length, left, retryAt, seconds }
}

type Ask = (known: QueuedRepository) => Promise<GithubAnswer | null>

/** Requests repositories, and returns null for one without an answer, unless several in a row have none. */
function tolerant(github: Github): Ask {
  let failures = 0
  return async (known) => {
    try {
      const answer = await github.ask(known)
      failures = 0
      return answer
    } catch (error) {
      const isPassing = isAppError(error, 'UNAVAILABLE')
      if (isPassing && ++failures < MOST_FAILURES) return null
      throw error
    }
  }
}

/** Refreshes a batch, and writes its answers even after an error. Returns the end of the rate limit if it is reached. */
async function refreshBatch(
  url: string,
  ids: number[],
  ask: Ask,
  counts: GithubSyncCounts,
): Promise<string | null> {
  const checks: RepositoryCheck[] = []
  try {
    for (const known of await transaction(url, (tx) => queuedRepositories(tx, ids))) {
      const answer = await ask(known)
      if (answer === null) counts.failed++
      else checks.push({ id: known.id, ...answer })
    }
    return null
  } catch (error) {
    if (!(error instanceof ComeBackLater)) throw error
    return error.retryAt.toISOString()
  } finally {
    await write(url, checks, counts)
  }
}

const noCounts = (): GithubSyncCounts => ({
  ...{ checked: 0, updated: 0, unchanged: 0, renamed: 0, merged: 0, gone: 0, failed: 0 },
})

async function write(
  url: string,
  checks: RepositoryCheck[],
  counts: GithubSyncCounts,
): Promise<void> {
  if (checks.length === 0) return
  const written = await transaction(url, (tx) => writeRepositoryChecks(tx, HOST, checks))
  const gone = checks.filter(({ kind }) => kind === 'gone').length
  counts.checked += checks.length
  counts.gone += gone
  counts.updated += written.updated
  counts.renamed += written.renamed
  counts.merged += written.merged
  counts.unchanged += checks.length - gone - written.updated
}
