import { fileFault } from '../../file-fault.ts'
import type { Logger } from '../../log.ts'

/**
 * Exit codes after signals. SIGPIPE must not be among them: with a listener, it arrives for every socket whose peer hung up, such as a
 * client or the database, and not only for standard output.
 */
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/** Maximum time for an orderly shutdown. */
const STOP_PATIENCE_MS = 30_000

const LATE = `The work in progress did not end within ${STOP_PATIENCE_MS / 1000} s of the signal; exiting without waiting for it.`
const tellLate = (message: string) => console.error(`error: ${message}`)

const ORDERLY = 0
const FAILURE = 1

export interface Ending {
  /** Closes the resources of the command. */
  stop(): Promise<void>
  /** Whether the command runs until it is stopped: a signal is its ordinary end, and a closed standard output does not end it. */
  isServer?: boolean
  /** Called when the shutdown takes too long. Default: prints a message on standard error. */
  onLate?: (message: string) => void
}

let onOutputClosed: (exitCode: number) => void = (exitCode) => process.exit(exitCode)
let isOutputLost = false

/**
 * Ends the process in order when the reader of standard output, such as head, closes it, and with a failure when writing fails, such as on
 * a full disk. Errors of standard error are ignored, and the work continues.
 */
export function watchOutput(): void {
  isOutputLost = false
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return onOutputClosed(ORDERLY)
    isOutputLost = true
    console.error(`error: ${fileFault('Standard output', 'written', error).message}`)
    onOutputClosed(FAILURE)
  })
  process.stderr.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') process.exitCode ||= FAILURE
  })
}

/** Whether it was reported that standard output cannot be written; further errors may follow from that. */
export const hasLostOutput = () => isOutputLost

/**
 * Ends the process in order at the first signal. Later signals are ignored, because npm repeats the Ctrl-C that the terminal has already
 * sent.
 */
export function endInOrder({ stop, isServer = false, onLate = tellLate }: Ending): void {
  let isStopping = false
  const end = (exitCode: number) => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => {
      onLate(LATE)
      process.exit(FAILURE)
    }, STOP_PATIENCE_MS).unref()
    stop()
      .catch(() => {})
      .finally(() => process.exit(exitCode))
  }
  for (const [signal, exitCode] of Object.entries(SIGNALS))
    process.on(signal, () => end(isServer ? ORDERLY : exitCode))
  onOutputClosed = isServer ? () => {} : end
}

/** Keeps a server running after an uncaught error in one request, which would otherwise end all others. */
export function surviveErrors(log: Logger): void {
  process.on('uncaughtException', (error) => {
    log.error({ err: error }, 'Uncaught error; the server continues')
  })
}
