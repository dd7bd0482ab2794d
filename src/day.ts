/** A range of days, both ends included, as `YYYY-MM-DD` in UTC. */
export interface Days {
  from: string
  until: string
}

export const DAY_MS = 86_400_000

/** The UTC day of a timestamp in milliseconds. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

const DAY = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/

/** Whether a text is a valid date as `YYYY-MM-DD`. PostgreSQL has no year 0, and ISO 8601 has no four-digit year above 9999. */
export const isDay = (text: string): boolean =>
  DAY.test(text) && dayOf(Date.parse(text)).startsWith(text)

/** The days of a year, a month or a day, such as `2024`, `2024-05` or `2024-05-31`; null if invalid. */
export function daysIn(text: string): Days | null {
  const [year = '', month, day] = text.split('-')
  const from = `${year}-${month ?? '01'}-${day ?? '01'}`
  if (!isDay(from)) return null
  if (day !== undefined) return { from, until: from }
  const last = new Date(`${year}-${month ?? '12'}-01`)
  last.setUTCMonth(last.getUTCMonth() + 1, 0)
  return { from, until: dayOf(last.getTime()) }
}

/** The current day in UTC. */
export const today = (): string => dayOf(Date.now())

/** The day `count` days later; earlier if negative. */
export const addDays = (day: string, count: number): string =>
  dayOf(Date.parse(day) + count * DAY_MS)
