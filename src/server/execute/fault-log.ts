import type { Logger } from '../../log.ts'

/** How long errors of one kind are counted before they are logged again. */
const INTERVAL_MS = 10_000

/** Maximum kinds counted at a time; others are logged each time. */
const MOST_KINDS = 1000

const counts = new WeakMap<Logger, Map<string, number>>()

/**
 * Logs the first error of a kind at once, and those of the next 10 s as one line with their count. Otherwise an unavailable database would
 * fill the log with repetitions of one line.
 */
export function logFault(
  log: Logger,
  level: 'warn' | 'error',
  fields: { err: unknown; requestId: string } & Record<string, unknown>,
  message: string,
): void {
  const kinds = counts.get(log) ?? new Map<string, number>()
  counts.set(log, kinds)
  const kind = kindOf(message, fields.err)
  const known = kinds.get(kind)
  if (known !== undefined) {
    kinds.set(kind, known + 1)
    return
  }
  log[level](fields, message)
  if (kinds.size >= MOST_KINDS) return
  kinds.set(kind, 0)
  setTimeout(() => {
    const repeated = kinds.get(kind) ?? 0
    kinds.delete(kind)
    if (repeated > 0) log[level]({ repeated, seconds: INTERVAL_MS / 1000 }, message)
  }, INTERVAL_MS).unref()
}

/** Errors with the same message and causes are of one kind. */
function kindOf(message: string, error: unknown): string {
  const texts = [message]
  for (let one = error; one instanceof Error && texts.length < 6; one = one.cause)
    texts.push(one.name, one.message)
  return texts.join('\n')
}
