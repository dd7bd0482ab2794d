import { addDays, DAY_MS, type Days, isDay, today } from '../day.ts'
import { badInput, quote } from '../errors.ts'

/** Parses a day that a user entered. Throws BAD_USER_INPUT if it is not a day. */
export function parseDay(text: string, argument: string): string {
  if (isDay(text)) return text
  throw badInput(
    `${argument}: ${quote(text)} is not a day; expected YYYY-MM-DD, such as 2025-06-30.`,
  )
}

/** Throws BAD_USER_INPUT if the range ends before it begins, or begins in the future. */
export function checkDays({
  from,
  until,
}: {
  from?: string | undefined
  until?: string | undefined
}): void {
  const now = today()
  if (from !== undefined && from > now) throw badInput(`--from ${from} is in the future.`)
  if (from !== undefined && until !== undefined && from > until)
    throw badInput(`--from ${from} is after --until ${until}.`)
}

/** All days of the range, both ends included. */
export function eachDay({ from, until }: Days): string[] {
  const count = Math.round((Date.parse(until) - Date.parse(from)) / DAY_MS) + 1
  return Array.from({ length: Math.max(0, count) }, (_, i) => addDays(from, i))
}
