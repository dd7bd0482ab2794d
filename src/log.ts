import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'
import { AppError, codeOf } from './errors.ts'

export type { Logger }

/** The process's log: JSON lines on standard error, so that standard output stays for what was asked for. */
export function createLog(level: Config['logLevel']): Logger {
  const destination = pino.destination({ fd: 2, sync: true })
  // Lines that a full disk does not take are lost, which must not end a server.
  destination.on('error', () => {})
  return pino(LOG_OPTIONS(level), destination)
}

/** How every line is written, for tests that read them. */
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
 * What a log may hold of an error. PostgreSQL repeats values of a statement in details and hints, in the context of a
 * function, and in quotes in the messages about data; drivers add the statement's parameters. None of that is written.
 */
function describeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'Not an error' }
  const { code } = error as { code?: unknown }
  const told: LoggedError = { type: error.name, message: withoutValues(error) }
  if (typeof code === 'string') told.code = code
  if (error.cause instanceof Error && depth < DEEPEST)
    told.cause = describeError(error.cause, depth + 1)
  // What the database says has the stack of the driver, which is the same each time, and what is meant for clients needs none.
  if (depth === 0 && !isOfDatabase(error) && !(error instanceof AppError))
    told.stack = stackOf(error)
  return told
}

const isOfDatabase = (error: Error) => SQLSTATE.test(codeOf(error))

function withoutValues(error: Error): string {
  const message = error.message.split('\nparams:')[0] ?? ''
  return isOfDatabase(error) ? message.replace(/"(?:[^"]|"")*"?/g, '"…"') : message
}

/** Where it happened, without the message, which may be of several lines. */
function stackOf(error: Error): string {
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim())
  return lines.filter((line) => line.startsWith('at ')).join('\n')
}
