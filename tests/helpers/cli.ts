import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../src/bin.mjs', import.meta.url))

export interface CliOptions {
  env?: Record<string, string>
  cwd?: string
}

/** Starts `paperql` as a user does, in an environment of its own. */
export function spawnCli(args: string[], { env = {}, cwd }: CliOptions = {}): ChildProcess {
  return spawn(process.execPath, [BIN, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    ...(cwd && { cwd }),
  })
}

export interface CliResult {
  /** Null when a signal ended it. */
  code: number | null
  stdout: string
  stderr: string
}

/** Runs `paperql` to its end. */
export async function runCli(args: string[], options?: CliOptions): Promise<CliResult> {
  const child = spawnCli(args, options)
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'exit'),
  ])
  return { code, stdout, stderr }
}
