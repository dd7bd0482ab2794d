import type { PaperRecord } from '../../domain/record/paper-record.ts'
import {
  lostDate,
  lostDates,
  lostMonth,
  monthOf,
  publishedFromText,
  publishedOf,
} from '../fields/dates.ts'
import type { PubmedField } from './pubmed-record.ts'

/** Dates of a citation: the issue, online publication (`20190918`), and the contribution to a book. */
function statedIn(fields: readonly PubmedField[]) {
  const textOf = (name: string) => fields.find(([tag]) => tag === name)?.[1].trim() ?? null
  return { printed: textOf('DP'), online: textOf('DEP'), contributed: textOf('CTDT') }
}

/**
 * Reads a date such as `2019 Sep 18`, `2018 May-Jun`, `1998 Spring`, `2000 Dec 23-30` or `Spring 1998`. The day of online publication
 * counts if it is in the same month or year. A contribution to a book that grows over years has a separate date.
 */
export function dateOf(fields: readonly PubmedField[]): PaperRecord['published'] {
  const { printed, online, contributed } = statedIn(fields)
  const own = publishedFromText(contributed ?? '')
  if (own !== null) return own
  const issue = issueOf(printed ?? '')
  const day = dayOf(online)
  if (issue === null || day === null) return issue ?? day
  const prefix = issue.on.slice(0, { day: 10, month: 7, year: 4 }[issue.precision])
  return day.on.startsWith(prefix) ? day : issue
}

function issueOf(printed: string): PaperRecord['published'] {
  const [, year, month = '', day] =
    /^(\d{4})(?:\s?[-/]\s?\d{4})?(?:\s+([A-Za-z]+|\d{1,2})(?:[-/][A-Za-z]+)?(?:\s+(\d{1,2}))?)?/.exec(
      printed.replace(/^.*\s(?=(?:19|20)\d\d$)/, ''),
    ) ?? []
  if (year === undefined) return null
  return publishedOf(Number(year), monthOf(month), day === undefined ? undefined : Number(day))
}

const partsOf = (online: string | null) => /^(\d{4})(\d{2})(\d{2})$/.exec(online ?? '')?.slice(1)

function dayOf(online: string | null): PaperRecord['published'] {
  const [year, month, day] = partsOf(online) ?? []
  return year === undefined ? null : publishedOf(Number(year), Number(month), Number(day))
}

/** Parts of a year, which are ignored like seasons: `1998 1st Half`, `2000 2nd-3rd Trimest`. */
const PART_OF_YEAR = /\b\d(?:st|nd|rd|th)\b(?:-\d\w\w)? +(?:half|quarter|qtr|trimest|semest)\w*/gi

/** Repairs to report about the printed date, whose month is a word, and about the other dates. */
export function datesLost(fields: readonly PubmedField[]): string[] {
  const { printed, online, contributed } = statedIn(fields)
  const issue = printed?.replace(PART_OF_YEAR, '') ?? null
  return [
    ...lostDates([issue, contributed]),
    ...lostMonth(/^\d{4}\S*\s+(\p{L}+)/u.exec(issue ?? '')?.[1] ?? null),
    ...lostDate([partsOf(online)?.join('-') ?? online], dayOf(online)),
  ]
}
