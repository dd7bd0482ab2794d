import { addDays, DAY_MS, type Days, isDay, today } from '../day.ts'
import { badInput, quote } from '../errors.ts'

/** A day as a person writes it. Throws BAD_USER_INPUT when it is none. */
export function parseDay(text: string, argument: string): string {
  if (isDay(text)) return text
  throw badInput(
    `${argument}: ${quote(text)} is not a day; expected YYYY-MM-DD, such as 2025-06-30.`,
  )
}

/** Throws BAD_USER_INPUT for days that end before they begin, or lie in the future. */
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

/** Both days, and those between them. */
export function eachDay({ from, until }: Days): string[] {
  const count = Math.round((Date.parse(until) - Date.parse(from)) / DAY_MS) + 1
  return Array.from({ length: Math.max(0, count) }, (_, i) => addDays(from, i))
}
