import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'
import { AppError, codeOf } from './errors.ts'

export type { Logger }

/** Creates the log: JSON lines on standard error, so that standard output contains only the requested output. */
export function createLog(level: Config['logLevel']): Logger {
  const destination = pino.destination({ fd: 2, sync: true })
  // Lines that cannot be written, such as on a full disk, are lost; that must not end a server.
  destination.on('error', () => {})
  return pino(LOG_OPTIONS(level), destination)
}

/** The format of log lines, exported for tests. */
export const LOG_OPTIONS = (level: Config['logLevel']) => ({
  level,
  base: null,
  serializers: { err: describeError },
})

interface LoggedError {
  type: string
  message: string
  code?: string
  stack?: string
  cause?: LoggedError
}

/** Maximum depth of nested errors in the log. */
const DEEPEST = 5

const SQLSTATE = /^[0-9A-Z]{5}$/

/**
 * The parts of an error that are safe to log. PostgreSQL repeats values of a statement in details, hints and function contexts, and in
 * quotes in messages about data; drivers add the parameters. All of these are left out.
 */
function describeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'Not an error' }
  const { code } = error as { code?: unknown }
  const told: LoggedError = { type: error.name, message: withoutValues(error) }
  if (typeof code === 'string') told.code = code
  if (error.cause instanceof Error && depth < DEEPEST)
    told.cause = describeError(error.cause, depth + 1)
  // Database errors have the driver's stack, which is always the same, and errors meant for clients need none.
  if (depth === 0 && !isOfDatabase(error) && !(error instanceof AppError))
    told.stack = stackOf(error)
  return told
}

const isOfDatabase = (error: Error) => SQLSTATE.test(codeOf(error))

function withoutValues(error: Error): string {
  const message = error.message.split('\nparams:')[0] ?? ''
  return isOfDatabase(error) ? message.replace(/"(?:[^"]|"")*"?/g, '"…"') : message
}

/** The stack without the message, which may span several lines. */
function stackOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim())
  return lines.filter((line) => line.startsWith('at ')).join('\n')
}
