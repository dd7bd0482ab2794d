/** Days in a row, both included, as `YYYY-MM-DD` in UTC. */
export interface Days {
  from: string
  until: string
}

export const DAY_MS = 86_400_000

/** The day of an instant in milliseconds, in UTC. */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** The day that it is, in UTC. */
export const today = (): string => dayOf(Date.now())

/** The day a number of days later, or earlier. */
export const addDays = (day: string, count: number): string =>
  dayOf(Date.parse(day) + count * DAY_MS)
