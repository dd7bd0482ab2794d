import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Ends a process and waits for it; resolves to its exit code, null when the signal killed it. */
export async function finish(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
  return child.exitCode
}

/** The process that the embedded Postgres of a data folder says it has; null when it says that it is stopped. */
export async function postgresPid(dataDir: string): Promise<number | null> {
  const path = join(dataDir, 'postgres', 'data', 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => '')
  return Number(text.split('\n')[0]) || null
}
