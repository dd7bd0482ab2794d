import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

export type { Logger }

/** The process's log: JSON lines on standard error, so that standard output stays for what was asked for. */
export function createLog(level: Config['logLevel']): Logger {
  return pino({ level, base: null }, pino.destination({ fd: 2, sync: true }))
}
