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

/** Repositories written together: at most this many are asked for again after a kill. */
const BATCH_SIZE = 50

/** This many consecutive repositories without an answer mean that GitHub is at fault. */
const MOST_FAILURES = 3

export interface GithubSyncOptions {
  /** The Postgres to write to; its migrations must have run. */
  url: string
  apiUrl: string
  token: string | undefined
  userAgent: string
  /** Repositories checked more recently than this are left alone. */
  olderThanMs: number
  /** Most repositories that are asked for; all that are due without it. */
  limit?: number | undefined
  /** For tests; never faster against GitHub itself. */
  pace?: Pace
  /** Gets sentences about waits for GitHub. */
  onNotice?: ((message: string) => void) | undefined
  /** Called after each batch. */
  onProgress?: (progress: GithubSyncProgress) => void
}

interface GithubSyncCounts extends CheckCounts {
  /** Repositories for which GitHub gave an answer, including that they are gone. */
  checked: number
  /** Unchanged among those. */
  unchanged: number
  gone: number
  /** Repositories without a readable answer; the next run asks for them first. */
  failed: number
}

export interface GithubSyncProgress extends GithubSyncCounts {
  due: number
}

export interface GithubSyncReport extends GithubSyncProgress {
  /** Of those due, how many were not asked for. */
  left: number
  /** ISO instant from which on GitHub answers again; null unless its limit ended the run. */
  retryAt: string | null
  seconds: number
}

/**
 * Refreshes the catalogue's repositories from GitHub. Answers are written in batches; the next run continues one that ended
 * half-way. Throws CONFLICT while another run is active, BAD_USER_INPUT when GitHub refuses the token, UNAVAILABLE when it
 * does not answer.
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

/** Asks, and gives null where GitHub has no answer, unless it has none for anybody. */
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

/** Keeps the answers whatever follows. Returns when GitHub may be asked again if its limit is reached. */
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
