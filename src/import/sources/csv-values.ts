import type { PaperKind } from '../../db/tables/vocabulary.ts'
import type { PaperRecord } from '../../domain/record/paper-record.ts'
import { monthOf, publishedFromIso, publishedFromText, publishedOf } from '../fields/dates.ts'
import { cleanText } from '../input/outcome.ts'

/** Removes the apostrophe or formula that prevents spreadsheets from converting a text. */
export const plainCell = (cell: string): string =>
  cell.replace(/^'(?='*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, '').replace(/^="(.*)"$/s, '$1')

/** Splits a cell into items; null for an empty one. A semicolon after a backslash is a part of the item. */
export function itemsIn(cell: string): (string | null)[] {
  const parts = cell.match(/(?:\\.|[^;\\])+|(?<=;)(?=;|$)|^(?=;)|\\$/gs) ?? []
  return parts.map((part) => cleanText(part.replace(/\\([\\;])/g, '$1')))
}

/** Splits a cell of other programs into items, at semicolons and bars or, without these, at commas. */
export function printedItems(cell: string): string[] {
  const separator = [';', '|'].find((sign) => cell.includes(sign)) ?? ','
  return cell.split(separator).flatMap((item) => cleanText(item) ?? [])
}

/** Words in types of journal articles. */
const OF_JOURNALS =
  /journal|^(?:original|research|review|short)?article|magazine|^jour$|^j$|review|letter|^note$|editorial|survey|erratum|correct|casereport|datapaper|meetingabstract/

/** Kind of a paper by its stated type, such as `journalArticle` or `Conference Paper`, or else by the column of its venue. */
export function kindNamed(printed: string | null, venueColumn: string | null): PaperKind {
  const type = (printed ?? '').toLowerCase().replace(/[^a-z]/g, '')
  if (/preprint/.test(type)) return 'preprint'
  if (/conference|proceedings?|inproceedings|^c$/.test(type)) return 'conference_paper'
  if (/section|chapter|inbook|incollection/.test(type)) return 'chapter'
  if (/thesis|dissertation/.test(type)) return 'thesis'
  if (/report/.test(type)) return 'report'
  if (OF_JOURNALS.test(type)) return 'journal_article'
  if (/book|monograph|^b$/.test(type)) return 'book'
  if (type !== '' && !/^(?:pdf|html|citation|other|misc|generic)$/.test(type)) return 'other'
  if (/journal|periodical/.test(venueColumn ?? '')) return 'journal_article'
  return /booktitle|proceedings|conference/.test(venueColumn ?? '') ? 'conference_paper' : 'other'
}

/** Kinds by numbers of OpenOffice, which tables of JabRef use. */
const OPEN_OFFICE: Record<string, PaperKind> = {
  ...{ '1': 'book', '3': 'book', '4': 'chapter', '5': 'chapter', '6': 'conference_paper' },
  ...{ '7': 'journal_article', '9': 'thesis', '11': 'thesis', '13': 'report' },
}

/** Kind of a paper by the number in a column `BibliographyType`. */
export const kindNumbered = (number: string | null): PaperKind =>
  OPEN_OFFICE[number ?? ''] ?? 'other'

/** Reads the date of publication from several columns. The year counts even if a date is unreadable. */
export function publishedIn(cells: {
  published: string | null
  year: string | null
  month: string | null
  day: string | null
}): PaperRecord['published'] {
  const { published, month, day } = cells
  const year = /(?<!\d)(\d{4})(?:\.0+)?(?![\d.])/.exec(cells.year ?? '')?.[1]
  const date = published ?? ''
  const dated = publishedFromIso(date) ?? publishedFromText(date)
  // A date in another year is that of an earlier or later publication on the web.
  const isOfYear = year === undefined || dated?.on.startsWith(year) === true
  if (dated !== null && isOfYear) return dated
  if (year === undefined) return null
  // Web of Science writes `MAY 12` beside `2019`.
  const named = month ?? (dated === null && /\p{L}{3}/u.test(date) ? date : null)
  const inDate = /(?<!\d)\d{1,2}(?!\d)/.exec(date)?.[0]
  if (named !== null) return publishedOf(Number(year), monthOf(named), Number(day ?? inDate ?? NaN))
  return publishedFromIso(cells.year ?? '') ?? publishedOf(Number(year))
}

/** Repair of values in number unequal to the authors, which cannot be assigned to them. */
export const UNEQUAL = 'values for more or fewer authors than the byline has were left out'

/** Parts of names that are followed by a capital letter without a space: `McNamara`, `DeVries`. */
const INNER = '(?<!(?:^|[\\s-])(?:Mc|Mac|De|Di|Du|Da|Del|Des|La|Le|Van|Fitz|O))'
const RUN_TOGETHER = new RegExp(`${INNER}(?<=[\\p{Ll})])(?=\\p{Lu}[\\p{L}.])`, 'u')

/** Puts semicolons between names that Springer runs together (`Ann BeeCarl Dee`); null if there are none. */
export function separatedNames(cell: string): string | null {
  const names = cell.split(RUN_TOGETHER)
  return names.length > 1 && names.every((name) => /\S\s\S/.test(name)) ? names.join('; ') : null
}
