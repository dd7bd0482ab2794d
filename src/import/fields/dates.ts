import type { PaperRecord } from '../../domain/record/paper-record.ts'

type Published = NonNullable<PaperRecord['published']>

/** Plausible years of publication; others are typos or placeholders. */
const [FIRST_YEAR, LAST_YEAR] = [1500, 2100]

/** Whether a year is a plausible year of publication. */
export const isYear = (year: number): boolean =>
  Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR

/** Makes a day, month or year of the parts of a date, as precise as they are valid; null without a valid year. */
export function publishedOf(year: number, month?: number, day?: number): Published | null {
  if (!isYear(year)) return null
  const isMonth = month !== undefined && Number.isInteger(month) && month >= 1 && month <= 12
  if (!isMonth) return { on: `${year}-01-01`, precision: 'year' }
  const isDay = day !== undefined && Number.isInteger(day) && day >= 1 && day <= daysOf(year, month)
  const on = `${year}-${two(month)}-${isDay ? two(day) : '01'}`
  return { on, precision: isDay ? 'day' : 'month' }
}

const two = (part: number) => String(part).padStart(2, '0')
const daysOf = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** Reads `2021`, `2021-08`, `2021-08-01` or an ISO 8601 instant. */
export function publishedFromIso(text: string): Published | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?![\d-])/.exec(text) ?? []
  return year === undefined ? null : publishedOf(Number(year), numberOf(month), numberOf(day))
}

/** Whether a text is exactly one day, in a plausible year of publication. */
export const isDayOfPaper = (text: string): boolean =>
  text.length === 10 && publishedFromIso(text)?.precision === 'day'

const numberOf = (part: string | undefined) => (part === undefined ? undefined : Number(part))

/** Reads the `date-parts` of Crossref and CSL: numbers or texts, some of them missing. */
export function publishedFromParts(value: unknown): Published | null {
  const parts = Array.isArray(value) && Array.isArray(value[0]) ? value[0] : []
  const [year, month, day] = parts.map((part) =>
    typeof part === 'number' || typeof part === 'string' ? Number(part) : undefined,
  )
  if (year === undefined) return null
  // Some sources write the whole date in place of the year.
  return Number.isNaN(year) ? publishedFromIso(String(parts[0])) : publishedOf(year, month, day)
}

/**
 * Reads a date in the notation of BibLaTeX (EDTF). A range gives its start, a season (`2004-21`) its year. Marks of uncertain and
 * approximate dates (`1997~`, `2004-06?`) are ignored. Null when the year is incomplete (`199u`).
 */
export function publishedFromEdtf(text: string): Published | null {
  const date = text
    .trim()
    .replace(/^(?:\.\.|open|unknown)?\//, '')
    .replace(/(?<=^\d{4}(?:-\d{2})?)(?:-[uUxX]{2})+/, '')
  return /^\d{4}[uUxX]|^\d{1,3}[uUxX]/.test(date)
    ? null
    : publishedFromIso(date.replace(/[~?%]/g, ''))
}

/**
 * Reads a date as people write it: `2021/08/05`, `5 May 2021`, `May 5, 2021`, `2021 May-Jun`, `Spring 2021`. Day and month in numbers
 * before the year give only the year, as their order differs between countries.
 */
export function publishedFromText(text: string): Published | null {
  const date = text.trim()
  const [, year, month, day] =
    /^(\d{4})(?:[/.-](\d{1,2})(?:[/.-](\d{1,2}))?)?(?![\d])/.exec(date) ?? []
  if (month !== undefined) return publishedOf(Number(year), Number(month), numberOf(day))
  const anyYear = year ?? /(?<!\d)(\d{4})(?!\d)/.exec(date)?.[1]
  if (anyYear === undefined) return null
  const rest = date.replace(anyYear, ' ')
  const named = /\p{L}/u.test(rest) || /[月월]/.test(rest) ? monthOf(rest) : undefined
  const inDays = /(?<!\d)(\d{1,2})(?!\d|\s*[月월])/.exec(rest)?.[1]
  return publishedOf(Number(anyYear), named, numberOf(inDays))
}

const UNREADABLE = 'the date of publication cannot be read; left out'
export const UNREAD_PART = 'a month or day of publication that cannot be read was left out'

const UNDATED = 'words in place of a date, such as "in press", were left out'

/**
 * Repairs to report about the stated dates of publication, from which `published` was read: unreadable digits, words in place of a
 * date, or a month or day that does not exist.
 */
export function lostDate(
  stated: readonly (string | null | undefined)[],
  published: Published | null,
): string[] {
  if (published === null && stated.some((date) => /[1-9]/.test(date ?? ''))) return [UNREADABLE]
  if (published === null && stated.some(isWorded)) return [UNDATED]
  const isWrong = stated.some((date) => hasWrongPart(date ?? ''))
  return isWrong ? ['a month or day of publication that does not exist was left out'] : []
}

/** Placeholders in fields without a date. */
const NOTHING = /^(?:none|null|n\/?a|nan|:?un(?:av|known|al|ap|kn)|[\s\p{P}0]*)$/iu
/** Words in a field for the year of a paper that has not appeared or whose year is unknown. Other words there are mistakes. */
const NO_YEAR =
  /^[[(]?(?:in press|in print|im druck|sous presse|en prensa|forthcoming|(?:to appear|to be published|accepted|submitted|unpublished|online first|early access|(?:e-?pub )?ahead of print|in preparation|under review)(?! \p{L}*\d)[^\d]*|(?:n|s)\.?\s*d\.?|s\.?\s*a\.?|o\.?\s*j\.?|no date|sine anno|undated)[\])]?\.?$/iu

/** Whether a field for a date contains words and no year. */
const isWorded = (stated: string | null | undefined): boolean => {
  const text = stated?.trim() ?? ''
  return /\p{L}/u.test(text) && !/[1-9]/.test(text) && !NOTHING.test(text)
}

/** `2019-2020`, `2019/20`; numbers up to 12 are months. */
const RANGE_OF_YEARS = /(?<!\d)\d{4}\s*[-\u2013\u2014/]+\s*(?:\d{4}|1[3-9]|[2-9]\d)(?![\d/.-])/u
const ESTIMATE = /(?:^|\P{L})(?:c|ca|circa|about|around|approx\p{L}*|before|after)(?!\p{L})|[?~]/iu

/** Repairs to report about a field for the year: it has no year, or one year was read from a range or an estimate. */
export function lostYear(stated: string | null | undefined, published: Published | null): string[] {
  const text = stated?.trim() ?? ''
  if (NOTHING.test(text)) return []
  if (published === null) return [NO_YEAR.test(text) ? UNDATED : UNREADABLE]
  if (RANGE_OF_YEARS.test(text) || ESTIMATE.test(text))
    return ['only the first year of a range or an estimate was read']
  return []
}

/** Repairs to report about texts with one date each, as people write it. Numbers beside a year must be its month or day. */
export function lostDates(stated: readonly (string | null | undefined)[]): string[] {
  return stated.flatMap((text) => {
    const published = publishedFromText(text ?? '')
    const lost = lostDate([text], published)
    if (published === null || published.precision === 'day' || lost.length > 0) return lost
    const month = published.precision === 'month' ? Number(published.on.slice(5, 7)) : 0
    const numbers = (text ?? '').match(/(?<!\d)\d{1,2}(?!\d)/g) ?? []
    return numbers.every((number) => [0, month].includes(Number(number))) ? [] : [UNREAD_PART]
  })
}

/** Repairs to report about dates beside a field for the year, which may omit the year: `Sep 18`, `May-Jun`, `2019-09-18`. */
export const lostBeside = (year: string | null, dates: readonly string[]): string[] =>
  dates.flatMap((date) => {
    if (NO_YEAR.test(date.trim())) return [UNDATED]
    if (/\d{4}/.test(date)) return lostDates([date])
    const month = /\p{L}[\p{L}\p{M}.]*/u.exec(date)?.[0] ?? null
    return [...lostDates([`${date} ${year ?? ''}`]), ...lostMonth(month)]
  })

/** Words in place of a month: seasons, or placeholders for an unknown month. */
const NO_MONTH =
  /^[^\p{L}\p{N}]*(?:spr(?:ing)?|sum(?:mer)?|autumn|fall?|win(?:ter)?|in press|forthcoming|to appear|n\/?a|none|null|unknown|n\.?\s*d\.?|0+)?[^\p{L}\p{N}]*$/iu

/** Repairs to report about a field for the month, and a field for the day beside it. */
export function lostMonth(month: string | null, day: string | null = null): string[] {
  const isMonth = (monthOf(month ?? '') ?? 13) <= 12
  const isDay = /^(?:0*|0?[1-9]|[12]\d|3[01])$/.test(day?.trim() ?? '')
  return (isMonth || NO_MONTH.test(month ?? '')) && isDay ? [] : [UNREAD_PART]
}

/** Whether a month or day does not exist. Months from 13 to 41 without a day are seasons in CSL and EDTF; zeros mean unknown. */
function hasWrongPart(date: string): boolean {
  const [, year, month, day] =
    /^\s*(\d{4})[-/.](\d{1,3})(?:[-/.](\d{1,3}))?(?![\d-])/.exec(date) ?? []
  const [m, d] = [Number(month ?? 0), Number(day ?? 0)]
  if (m > 12) return m > 41 || d > 0
  return m > 0 && d > daysOf(Number(year), m)
}

/** Writes `date-parts` as a text for `lostDate`, with 999 in place of an invalid month or day. */
export function partsAsText(value: unknown): string {
  const isParts = Array.isArray(value) && Array.isArray(value[0])
  if (!isParts) return value === undefined || value === null ? '' : '1'
  const [year = '', ...rest] = (value[0] as unknown[]).slice(0, 3)
  const numbers = rest.map((part) => {
    const number =
      typeof part === 'object' || part === ''
        ? Number(part === null || part === '' ? 0 : NaN)
        : Number(part)
    return Number.isInteger(number) && number >= 0 && number < 999 ? number : 999
  })
  return [String(year ?? ''), ...numbers].join('-')
}

const LOCALES =
  'en de fr es it pt nl pl cs sk sv da nb fi et hu ro ca gl eu tr hr sl lt lv ru uk bg el id vi ja zh ko'.split(
    ' ',
  )

const wordOf = (name: string) =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\.$/, '').toLowerCase()

/** Numbers of months by their names and abbreviations. */
const ENGLISH_MONTHS = monthNames(['en'])
/** Built only when a month has no English name, because it takes a while. */
let allMonths: Map<string, number> | undefined

function monthNamed(name: string): number | undefined {
  const english = ENGLISH_MONTHS.get(name)
  if (english !== undefined) return english
  allMonths ??= monthNames(LOCALES)
  return allMonths.get(name) ?? ENGLISH_MONTHS.get(name.slice(0, 3))
}

function monthNames(locales: readonly string[]): Map<string, number> {
  const names = new Map<string, number>()
  for (const locale of locales)
    for (const month of ['long', 'short'] as const)
      for (const day of [undefined, 'numeric'] as const) {
        // Some languages put the month in the genitive beside a day.
        const format = new Intl.DateTimeFormat(locale, { month, day, timeZone: 'UTC' })
        for (let number = 1; number <= 12; number++) {
          const parts = format.formatToParts(Date.UTC(2001, number - 1, 5))
          const name = wordOf(parts.find(({ type }) => type === 'month')?.value ?? '')
          if (/\p{L}/u.test(name) && !names.has(name)) names.set(name, number)
        }
      }
  return names
}

/** The number of a month that is named in any common language, also abbreviated, or given as a number. */
export function monthOf(text: string): number | undefined {
  if (/^\s*\d{1,2}\s*$/.test(text)) return Number(text)
  for (const [word] of text.matchAll(/\d{1,2}[月월]|\p{L}[\p{L}\p{M}]+/gu)) {
    const name = wordOf(word.replace(/월$/, '월'))
    const number = monthNamed(name) ?? numberBefore(word)
    if (number !== undefined) return number
  }
  return undefined
}

const numberBefore = (word: string) => (/^\d/.test(word) ? Number.parseInt(word, 10) : undefined)
