import type { DatabaseOptions } from '../db/client.ts'
import type { Logger } from '../log.ts'

/** Maximum logged length of a statement. */
const LONGEST_TEXT = 1000

/** Logs each statement that takes at least this many milliseconds, without its values; 0 logs none. */
export function slowQueryLog(log: Logger, ms: number): DatabaseOptions['slow'] {
  if (ms === 0) return undefined
  return {
    ms,
    onSlow({ text, ms, request }) {
      const line = text.replace(/\s+/g, ' ').trim()
      const statement = line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT)}…` : line
      const { requestId, operationName } = request ?? {}
      log.warn(
        { requestId, operationName, durationMs: Math.round(ms), statement },
        'slow statement',
      )
    },
  }
}
