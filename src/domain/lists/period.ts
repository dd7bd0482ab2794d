import { addDays, DAY_MS, type Days } from '../../day.ts'
import { parseMonth } from '../analysis/month.ts'

/** The kind of a period, named after its argument. */
export type PeriodKind = 'date' | 'week' | 'month'

const MONDAY = 1
const THURSDAY = 4

/** The days of a period such as `2026-11-28`, `2026-W48` or `2026-11`; null if there is no such period. */
export function daysOf(kind: PeriodKind, name: string): Days | null {
  if (kind === 'date') return { from: name, until: name }
  return kind === 'week' ? daysOfWeek(name) : daysOfMonth(name)
}

/** The period that contains a day. */
export function periodOf(kind: PeriodKind, day: string): string {
  if (kind === 'date') return day
  return kind === 'week' ? weekOf(day) : day.slice(0, 7)
}

function daysOfMonth(month: string): Days | null {
  if (parseMonth(month) === null) return null
  const from = `${month}-01`
  let until = addDays(from, 27)
  for (let next = until; next.startsWith(month); next = addDays(next, 1)) until = next
  return { from, until }
}

/** A week of ISO 8601 begins on Monday and belongs to the year of its Thursday. */
function daysOfWeek(week: string): Days | null {
  const [, year, number] = /^(?!0000)(\d{4})-W(\d\d)$/.exec(week) ?? []
  if (!year || !number) return null
  // 4 January is always in week 1.
  const fourth = `${year}-01-04`
  const from = addDays(fourth, (Number(number) - 1) * 7 + MONDAY - weekdayOf(fourth))
  return weekOf(from) === week ? { from, until: addDays(from, 6) } : null
}

function weekOf(day: string): string {
  const thursday = addDays(day, THURSDAY - weekdayOf(day))
  const year = thursday.slice(0, 4)
  const daysBefore = (Date.parse(thursday) - Date.parse(`${year}-01-01`)) / DAY_MS
  return `${year}-W${String(Math.floor(daysBefore / 7) + 1).padStart(2, '0')}`
}

/** 1 for Monday to 7 for Sunday. */
const weekdayOf = (day: string): number => new Date(day).getUTCDay() || 7
