import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const BIN = fileURLToPath(new URL('../../src/bin.mjs', import.meta.url))

export interface CliOptions {
  env?: Record<string, string>
  cwd?: string
  /** What stands on its standard input; nothing without it. */
  input?: string
}

/** Starts `paperql` as a user does, in an environment of its own. */
export function spawnCli(args: string[], { env = {}, cwd, input }: CliOptions = {}): ChildProcess {
  const child = spawn(process.execPath, [BIN, ...args], {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    ...(cwd && { cwd }),
  })
  child.stdin?.end(input)
  return child
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
