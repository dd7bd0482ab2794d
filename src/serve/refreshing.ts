import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setPriority } from 'node:os'
import { createInterface } from 'node:readline'
import { isRefreshed } from '../domain/write/precedence.ts'
import type { Logger } from '../log.ts'

/** A value of `nice`: everything else that wants the processor comes first. */
const LOW_PRIORITY = 10

/**
 * Applies new rules to papers and authors while the server answers. It runs in a separate process, because comparing authors keeps a
 * processor busy for minutes. The returned function ends it; the next start continues.
 */
export function startRefreshing(url: string, log: Logger): () => Promise<void> {
  const ending = new AbortController()
  const refreshing = refresh(url, log, ending.signal).catch((error: unknown) => {
    log.warn({ err: error }, 'the newest rules could not be applied to papers')
  })
  return async () => {
    ending.abort()
    await refreshing
  }
}

/** Catalogues to which rules are being applied. */
const running = new Set<string>()

/** Like `startRefreshing`, but resolves when done. Does nothing if it is already running. */
export async function refresh(url: string, log: Logger, signal: AbortSignal): Promise<void> {
  if (running.has(url)) return
  running.add(url)
  try {
    if (!(await isRefreshed(url)) && !signal.aborted) await refreshAside(url, log, signal)
  } finally {
    running.delete(url)
  }
}

async function refreshAside(url: string, log: Logger, signal: AbortSignal): Promise<void> {
  const [, program = ''] = process.argv
  const child = spawn(process.execPath, [program, 'refresh'], {
    env: { DATABASE_URL: url },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const end = () => child.kill()
  signal.addEventListener('abort', end, { once: true })
  try {
    if (child.pid !== undefined) setPriority(child.pid, LOW_PRIORITY)
    let last = ''
    // The process reports its progress, and possibly an error at the end.
    createInterface(child.stderr).on('line', (line) => {
      last = line
      log.info(line)
    })
    const [code] = await once(child, 'close')
    if (code !== 0 && !signal.aborted) throw new Error(last || `it ended with ${code}`)
  } finally {
    signal.removeEventListener('abort', end)
  }
}
