import { badInput, quote } from '../errors.ts'

/** Days as `YYYY-MM-DD`, in UTC, both ends included. */
export interface Days {
  from: string
  until: string
}

const DAY_MS = 86_400_000

export const today = (): string => dayOf(Date.now())

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)

/** The day a number of days later, or earlier. */
export const addDays = (day: string, count: number): string =>
  dayOf(Date.parse(day) + count * DAY_MS)

/** A day as a person writes it. Throws BAD_USER_INPUT when it is none. */
export function parseDay(text: string, argument: string): string {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN
  if (!Number.isNaN(day) && dayOf(day) === text) return text
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
