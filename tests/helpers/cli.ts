import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { runInside } from './cli-inside.ts'
import { programPath, tracked } from './processes.ts'

const SOURCE = fileURLToPath(new URL('../../src/bin.mjs', import.meta.url))

/** The compiled `paperql`. */
export const BIN = programPath('paperql')

export interface CliOptions {
  env?: Record<string, string>
  cwd?: string
  /** Standard input; empty when absent. */
  input?: string
  /** Runs the TypeScript source, as users do, instead of the version compiled for the tests. */
  isSource?: boolean
}

/** Starts `paperql` in a separate environment. */
export function spawnCli(args: string[], options: CliOptions = {}): ChildProcess {
  const { env = {}, cwd, input, isSource = false } = options
  const child = spawn(process.execPath, [isSource ? SOURCE : BIN, ...args], {
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    ...(cwd && { cwd }),
  })
  child.stdin?.end(input)
  return tracked(child)
}

export interface CliResult {
  /** Null if a signal ended it. */
  code: number | null
  stdout: string
  stderr: string
}

/** Progress lines, which a command on a busy machine may write before it does anything. */
const PROGRESS = /^\S.*: (?:starting|[\d,]+ records(?: \(\d+% of the file\))?|\d+%|\d+ s)\n/gm

/** The standard error of a command without its progress. */
export const withoutLines = (stderr: string) => stderr.replace(PROGRESS, '')

const withoutProgress = ({ stderr, ...result }: CliResult): CliResult => ({
  ...result,
  stderr: withoutLines(stderr),
})

/**
 * Runs a command to its end in the process of the test, with its own streams: starting a process takes more CPU time than most commands.
 * Its standard error is without progress.
 */
export const runCli = async (args: string[], options?: Omit<CliOptions, 'isSource'>) =>
  withoutProgress(await runInside(args, options))

/** `runCli` in a separate process: for behaviour of a process, such as its exit, and for servers. */
export async function runProcess(args: string[], options?: CliOptions): Promise<CliResult> {
  const child = spawnCli(args, options)
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    once(child, 'exit'),
  ])
  return withoutProgress({ code, stdout, stderr })
}
