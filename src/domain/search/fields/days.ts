import { addDays, daysIn } from '../../../day.ts'
import { alias, type Sql, sql } from '../../../db/sql.ts'
import { papers } from '../../../db/tables/papers.ts'
import { updatedSince } from '../../entity/paper.ts'
import { type Doubt, plainValue, type SearchField, turnedRange } from './field.ts'

const p = alias(papers, 'p')

/** A range of days as YYYY-MM-DD, both ends included; null for an open end. */
interface Days {
  from: string | null
  to: string | null
}

/** A field that compares a day of the paper. */
function dated(
  examples: [string, string][],
  condition: (from: string | null, to: string | null) => Sql,
): SearchField<Days> {
  return {
    expected: 'a day, month or year such as 2024-05-31, >=2024-05 or 2023..2024-05',
    examples,
    read: (term, doubt) => readDays(plainValue(term), doubt),
    print: ({ from, to }) => (from === to ? String(from) : `${from ?? ''}..${to ?? ''}`),
    meaning: ({ from, to }) => ({ condition: condition(from, to) }),
  }
}

export const published = dated(
  [['published:>=2024-05', 'published since then; also a day, or `2023..2024-05`']],
  (from, to) =>
    sql`(${p.publishedSort} between ${from ?? '0001-01-01'}::date and ${to ?? 'infinity'}::date)`,
)

export const updated = dated(
  [['updated:>=2025-01-31', 'whose entry in this catalogue changed since then']],
  (from, to) =>
    updatedSince(
      sql`${from ?? '-infinity'}::date::timestamp at time zone 'UTC'`,
      sql`(${to ?? 'infinity'}::date + 1)::timestamp at time zone 'UTC'`,
    ),
)

function readDays(value: string, doubt?: Doubt): Days | null {
  const [, operator = '=', one] = /^([<>]=?|=)?(\d{4}(?:-\d\d){0,2})$/.exec(value) ?? []
  if (one) return compared(operator, daysOf(one))
  const [, first, last] = /^(\d{4}(?:-\d\d){0,2})?\.\.(\d{4}(?:-\d\d){0,2})?$/.exec(value) ?? []
  if (!first && !last) return null
  const [from, to] = [first, last].map((part) => (part ? daysOf(part) : OPEN))
  if (!from || !to) return null
  if (!first || !last || (from.from ?? '') <= (to.to ?? '')) return { from: from.from, to: to.to }
  doubt?.(turnedRange(first, last))
  return { from: to.from, to: from.to }
}

const OPEN: Days = { from: null, to: null }

function compared(operator: string, days: Days | null): Days | null {
  if (!days?.from || !days.to) return null
  switch (operator) {
    case '>':
      return open(addDays(days.to, 1), null)
    case '>=':
      return open(days.from, null)
    case '<':
      return open(null, addDays(days.from, -1))
    case '<=':
      return open(null, days.to)
    default:
      return days
  }
}

/** A range with the given ends; null if a day does not exist. */
const open = (from: string | null, to: string | null): Days | null =>
  daysOf(from ?? to ?? '') === null ? null : { from, to }

/** The first and last day of a year, a month or a day; null for other texts. */
function daysOf(text: string): Days | null {
  const days = text < '1000' ? null : daysIn(text)
  return days && { from: days.from, to: days.until }
}
