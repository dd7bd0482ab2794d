/** Precision of a date; null if unknown. */
export type Precision = 'DAY' | 'MONTH' | 'YEAR' | null

const FORMATS = {
  DAY: new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' }),
  MONTH: new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' }),
}

/** A date to its known precision: `3 Jan 2025`, `Jan 2025` or `2025`. */
export function dayText(day: string, precision: Precision = 'DAY'): string {
  if (precision === 'YEAR' || precision === null) return String(Number(day.slice(0, 4)))
  return FORMATS[precision].format(new Date(`${day}T00:00:00Z`))
}

/** The known part of a date, for `<time>` and metadata: `2025-01-03`, `2025-01` or `2025`. */
export function knownDay(day: string, precision: Precision): string {
  return day.slice(0, precision === 'DAY' ? 10 : precision === 'MONTH' ? 7 : 4)
}

const NUMBERS = new Intl.NumberFormat('en-GB')

/** A number with thousands separators. */
export const numberText = (value: number): string => NUMBERS.format(value)

/** A number with its noun: `1 paper`, `2,000 papers`. */
export const count = (value: number, singular: string, plural = `${singular}s`): string =>
  `${numberText(value)} ${value === 1 ? singular : plural}`
