import { Console } from 'node:console'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setFlagsFromString } from 'node:v8'

interface InsideOptions {
  env?: Record<string, string>
  cwd?: string
  input?: string
}

interface Ended {
  code: number
  stdout: string
  stderr: string
}

let last: Promise<unknown> = Promise.resolve()

/**
 * Runs `paperql` in this process as if in its own: with separate standard streams, folder, exit code and listeners. One at a time, because
 * a process has one of each; other calls wait.
 */
export function runInside(args: string[], options: InsideOptions = {}): Promise<Ended> {
  const running = last.then(() => run(args, options))
  last = running.catch(() => {})
  return running
}

async function run(args: string[], { env = {}, cwd, input = '' }: InsideOptions): Promise<Ended> {
  const { runCli } = await import('../../src/cli/program.ts')
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const written = Promise.all([text(stdout), text(stderr)])
  const restore = takePlace({ stdin: Readable.from([Buffer.from(input)]), stdout, stderr }, cwd)
  let code: number
  try {
    await runCli(args, { PATH: process.env.PATH, HOME: process.env.HOME, ...env })
  } finally {
    code = Number(process.exitCode ?? 0)
    restore()
    stdout.end()
    stderr.end()
  }
  const [out, err] = await written
  return { code, stdout: out, stderr: err }
}

interface Streams {
  stdin: Readable
  stdout: PassThrough
  stderr: PassThrough
}

/** Replaces the streams and the folder of the process, and returns a function that restores them. */
function takePlace(streams: Streams, cwd: string | undefined): () => void {
  const before = { folder: process.cwd(), console: globalThis.console, exitCode: process.exitCode }
  const own = Object.keys(streams).map(
    (name) => [name, Object.getOwnPropertyDescriptor(process, name)] as const,
  )
  const { exit } = process
  const listeners = listenersNow()
  for (const [name, value] of Object.entries(streams))
    Object.defineProperty(process, name, { value, configurable: true })
  globalThis.console = new Console(streams.stdout, streams.stderr)
  process.exitCode = undefined
  process.exit = (code) => {
    throw new Error(`A command ended the process of the test, with code ${code}.`)
  }
  if (cwd) process.chdir(cwd)
  return () => {
    for (const [name, descriptor] of own)
      if (descriptor) Object.defineProperty(process, name, descriptor)
    process.exit = exit
    process.exitCode = before.exitCode
    globalThis.console = before.console
    process.chdir(before.folder)
    removeNew(listeners)
    // An import sets this for its process.
    setFlagsFromString('--heap-growing-percent=0')
  }
}

const EVENTS = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP', 'unhandledRejection', 'uncaughtException']

type Listener = (...args: unknown[]) => void

const listenersNow = () => EVENTS.map((event) => process.listeners(event as 'exit') as Listener[])

/** Removes the listeners that were added since then; those for the exit are called, because this is the end. */
function removeNew(before: Listener[][]): void {
  for (const [i, event] of EVENTS.entries())
    for (const listener of process.listeners(event as 'exit') as Listener[]) {
      if (before[i]?.includes(listener)) continue
      process.off(event, listener)
      if (event === 'exit') listener(process.exitCode)
    }
}
