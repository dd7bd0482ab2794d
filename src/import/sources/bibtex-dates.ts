import type { PaperRecord } from '../../domain/record/paper-record.ts'
import {
  lostDate,
  lostDates,
  lostMonth,
  lostYear,
  monthOf,
  publishedFromEdtf,
  publishedOf,
  UNREAD_PART,
} from '../fields/dates.ts'

type Field = (name: string) => string | null
type Published = PaperRecord['published']

/** Reads the date of publication, and the year of the conference if stated. Reports unreadable dates. */
export function datesOf(
  field: Field,
  lost: string[],
): { published: Published; eventYear: number | null } {
  const [date, eventDate] = ['date', 'eventdate'].map((name) => edtfIn(field(name), lost))
  const printed = printedIn(field, lost)
  const event = eventDate ? Number(eventDate.on.slice(0, 4)) : null
  return { published: date ?? printed, eventYear: event }
}

/** Reads a date of BibLaTeX. */
function edtfIn(date: string | null, lost: string[]): Published {
  const published = publishedFromEdtf(date ?? '')
  lost.push(...lostDate([date], published))
  return published
}

/** Reads year and month, also with days as in PMLR's `02--04 May`. */
function printedIn(field: Field, lost: string[]): Published {
  const [printed, month, ownDay] = ['year', 'month', 'day'].map(field)
  const year = /(?<!\d)\d{4}(?!\d)/.exec(printed ?? '')?.[0]
  const day =
    /^\W*(\d{1,2})(?:\s*[\u2013-]+\s*\d{1,2})?\W+\p{L}/u.exec(month ?? '')?.[1] ??
    /\p{L}\W*\s(\d{1,2})(?!\d)/u.exec(month ?? '')?.[1] ??
    ownDay
  const number = monthOf(month ?? '')
  const published =
    year === undefined ? null : publishedOf(Number(year), number, day ? Number(day) : undefined)
  // Fields for month or day are useless without a year, and not needed beside a complete date.
  const isOfDate = printed === null && field('date') !== null
  if (!isOfDate) lost.push(...lostYear(printed, published), ...lostMonth(month ?? null, day))
  if (year !== undefined && number !== undefined)
    lost.push(...lostDates([`${year}-${number}-${day ?? 0}`]))
  const lacksOther = number === undefined ? Boolean(day) : year === undefined
  if (lacksOther && !isOfDate) lost.push(UNREAD_PART)
  return published
}
