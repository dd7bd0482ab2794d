/** Number of months since January of year 0. */
export type MonthNumber = number

const FORM = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])$/

/** Parses a month written as `YYYY-MM`; null for other texts. */
export function parseMonth(text: string): MonthNumber | null {
  if (!FORM.test(text)) return null
  return Number(text.slice(0, 4)) * 12 + Number(text.slice(5)) - 1
}

/** A month as `YYYY-MM`. */
export function formatMonth(month: MonthNumber): string {
  const year = String(Math.floor(month / 12)).padStart(4, '0')
  return `${year}-${String((month % 12) + 1).padStart(2, '0')}`
}
