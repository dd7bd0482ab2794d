import type { PaperKind } from '../../db/tables/vocabulary.ts'
import type { PaperRecord } from '../../domain/record/paper-record.ts'
import { monthOf, publishedFromIso, publishedFromText, publishedOf } from '../fields/dates.ts'
import { cleanText } from '../input/outcome.ts'

/** A cell without the apostrophe, or the formula, that keeps a spreadsheet from taking a text for something else. */
export const plainCell = (cell: string): string =>
  cell.replace(/^'(?='*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, '').replace(/^="(.*)"$/s, '$1')

/** The items of a cell; null for one that is empty. A backslash before a semicolon makes it a part of its item. */
export function itemsIn(cell: string): (string | null)[] {
  const parts = cell.match(/(?:\\.|[^;\\])+|(?<=;)(?=;|$)|^(?=;)|\\$/gs) ?? []
  return parts.map((part) => cleanText(part.replace(/\\([\\;])/g, '$1')))
}

/** As `itemsIn`, of cells that others wrote: with semicolons, bars or, where there are neither, commas between. */
export function printedItems(cell: string): string[] {
  const separator = [';', '|'].find((sign) => cell.includes(sign)) ?? ','
  return cell.split(separator).flatMap((item) => cleanText(item) ?? [])
}

/** Words of types that journals give to what they print. */
const OF_JOURNALS =
  /journal|^(?:original|research|review|short)?article|magazine|^jour$|^j$|review|letter|^note$|editorial|survey|erratum|correct|casereport|datapaper|meetingabstract/

/** `journalArticle`, `Conference Paper`, `Proceedings Paper`, `Article` and the like; by the name of the venue's column where no type is told. */
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

/** The types of OpenOffice, which JabRef's tables have. */
const OPEN_OFFICE: Record<string, PaperKind> = {
  ...{ '1': 'book', '3': 'book', '4': 'chapter', '5': 'chapter', '6': 'conference_paper' },
  ...{ '7': 'journal_article', '9': 'thesis', '11': 'thesis', '13': 'report' },
}

/** As `kindNamed`, of a number in a column `BibliographyType`. */
export const kindNumbered = (number: string | null): PaperKind =>
  OPEN_OFFICE[number ?? ''] ?? 'other'

/** When a paper appeared, from what a table has in several columns. A date that cannot be read does not hide the year. */
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
  // Another year is that of an early or late publication on the web.
  const isOfYear = year === undefined || dated?.on.startsWith(year) === true
  if (dated !== null && isOfYear) return dated
  if (year === undefined) return null
  // `MAY 12` beside `2019`, as Web of Science has it.
  const named = month ?? (dated === null && /\p{L}{3}/u.test(date) ? date : null)
  const inDate = /(?<!\d)\d{1,2}(?!\d)/.exec(date)?.[0]
  if (named !== null) return publishedOf(Number(year), monthOf(named), Number(day ?? inDate ?? NaN))
  return publishedFromIso(cells.year ?? '') ?? publishedOf(Number(year))
}

/** Whose they are cannot be told. */
export const UNEQUAL =
  'what is stated of each author, for more or fewer than there are, was left out'

/** Parts of names that a capital letter follows without a space: `McNamara`, `DeVries`. */
const INNER = '(?<!(?:^|[\\s-])(?:Mc|Mac|De|Di|Du|Da|Del|Des|La|Le|Van|Fitz|O))'
const RUN_TOGETHER = new RegExp(`${INNER}(?<=[\\p{Ll})])(?=\\p{Lu}[\\p{L}.])`, 'u')

/** `Ann BeeCarl Dee` as Springer writes it, with semicolons; null where no names ran together. */
export function separatedNames(cell: string): string | null {
  const names = cell.split(RUN_TOGETHER)
  return names.length > 1 && names.every((name) => /\S\s\S/.test(name)) ? names.join('; ') : null
}
