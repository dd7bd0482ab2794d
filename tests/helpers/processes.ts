import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'

/** A program that was compiled for this run. */
export const programPath = (name: string) => join(inject('programs'), `${name}.mjs`)

/** Ends a child process with the test run, even if vitest is killed in the middle of a test. */
export function tracked<Child extends ChildProcess>(child: Child): Child {
  // In the temporary folder of the run, which `cleaner.mjs` searches.
  const folder = join(tmpdir(), 'processes')
  const file = join(folder, String(child.pid))
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, startOf(child.pid))
  child.once('exit', () => rmSync(file, { force: true }))
  return child
}

/** Start time of a process, which distinguishes it from a later one with the same number; empty without /proc. */
const startOf = (pid: number | undefined): string => statOf(pid)[20] ?? ''

/** Fields of a process, from the bracket after the name of its program, which may contain spaces; empty if it does not exist, and without /proc. */
function statOf(pid: number | undefined): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')')).split(' ')
  } catch {
    return []
  }
}

/** Whether a process has not ended. A zombie has: before it becomes one, it gives back the space of files that are deleted and still open. */
export function isRunning(pid: number): boolean {
  const [, state = 'X'] = statOf(pid)
  return state !== 'Z' && state !== 'X'
}

/** Ends a process and waits for it; resolves to its exit code, null if the signal killed it. */
export async function finish(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
  return child.exitCode
}

/** The process id in the data folder of an embedded PostgreSQL; null if it is stopped. */
export async function postgresPid(dataDir: string): Promise<number | null> {
  const path = join(dataDir, 'postgres', 'data', 'postmaster.pid')
  const text = await readFile(path, 'utf8').catch(() => '')
  return Number(text.split('\n')[0]) || null
}
