import type { PaperRecord } from '../domain/paper-record.ts'

type Published = NonNullable<PaperRecord['published']>

/** Years in which a paper may have appeared: what lies outside is a slip or a placeholder. */
const [FIRST_YEAR, LAST_YEAR] = [1500, 2100]

/** Whether a paper may have appeared in that year. */
export const isYear = (year: number): boolean =>
  Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR

/** The day, month or year that parts of a date tell, as far as they make sense; null when not even the year does. */
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

/** As `publishedOf`, of `2021`, `2021-08`, `2021-08-01` or an ISO instant. */
export function publishedFromIso(text: string): Published | null {
  const [, year, month, day] = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?![\d-])/.exec(text) ?? []
  return year === undefined ? null : publishedOf(Number(year), numberOf(month), numberOf(day))
}

const numberOf = (part: string | undefined) => (part === undefined ? undefined : Number(part))

/** As `publishedOf`, of the `date-parts` that Crossref and CSL write: numbers or texts, some of them missing. */
export function publishedFromParts(value: unknown): Published | null {
  const parts = Array.isArray(value) && Array.isArray(value[0]) ? value[0] : []
  const [year, month, day] = parts.map((part) =>
    typeof part === 'number' || typeof part === 'string' ? Number(part) : undefined,
  )
  return year === undefined ? null : publishedOf(year, month, day)
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** The number of a month that is named, abbreviated or a number already. */
export function monthOf(text: string): number | undefined {
  if (/^\s*\d{1,2}\s*$/.test(text)) return Number(text)
  const name = /[a-z]{3}/i.exec(text)?.[0].toLowerCase() ?? ''
  const at = MONTHS.indexOf(name)
  return at === -1 ? undefined : at + 1
}
