import {
  PAPER_KINDS,
  type PaperKind,
  VENUE_KINDS,
  type VenueKind,
} from '../../db/tables/vocabulary.ts'
import { PUBLICATION_COLUMNS } from '../../domain/entity/publication.ts'
import { categoryCodes, categoryTopics } from '../../domain/record/arxiv-categories.ts'
import type { AuthorClaim, PaperRecord } from '../../domain/record/paper-record.ts'
import { findTopics } from '../../domain/record/topic-vocabulary.ts'
import { badInput } from '../../errors.ts'
import { publishedFromIso, publishedOf } from '../fields/dates.ts'
import { findIdentifiers } from '../fields/identifiers.ts'
import { libraryKey } from '../fields/library-key.ts'
import { nameOfInverted } from '../fields/names.ts'
import { publicationOf } from '../fields/publication.ts'
import { venueNamed } from '../fields/venues.ts'
import { readRows } from '../input/csv-rows.ts'
import {
  cleanText,
  type Outcome,
  type Refusal,
  recordOf,
  repositoriesIn,
} from '../input/outcome.ts'
import { prefixed } from './csl-json.ts'
import { type Columns, cellsOf, findColumns } from './csv-columns.ts'

type Row = Record<string, string>

/**
 * Reads a table of papers: with the columns that `paperql export csv` writes, or those of reference managers and indexes. All but
 * the title may be missing.
 */
export async function* readCsv(text: AsyncIterable<Buffer>, file: string): AsyncGenerator<Outcome> {
  let columns: Columns | null = null
  const delimiterOf = (line: string) => {
    columns = findColumns(line)
    if (columns) return columns.delimiter
    throw badInput(`${file} has no column title; expected a first line with the names of columns.`)
  }
  let isHead = true
  for await (const { position, text: row, fault, repairs } of readRows(text, delimiterOf)) {
    if (isHead) {
      isHead = false
      continue
    }
    const { names, delimiter, isOwn } = columns as unknown as Columns
    const cells = fault === null ? cellsOf(row, delimiter) : null
    if (cells === null) {
      yield { position, reject: { key: null, reason: fault ?? 'the row is not valid CSV' } }
      continue
    }
    const reading = readRow(rowOf(names, cells), file, isOwn)
    if ('reason' in reading) yield { position, reject: reading }
    else yield { position, record: reading, repairs }
  }
}

const rowOf = (names: (string | null)[], cells: string[]): Row =>
  Object.fromEntries(names.flatMap((name, i) => (name === null ? [] : [[name, cells[i] ?? '']])))

/** Without the apostrophe that keeps a spreadsheet from taking a text for a formula. */
const plain = (cell: string) => cell.replace(/^'(?='*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, '')

function readRow(row: Row, file: string, isOwn: boolean): PaperRecord | Refusal {
  const cell = (name: string) => cleanText(plain(row[name] ?? ''))
  const items = (name: string) => listIn(plain(row[name] ?? '')).flatMap((part) => part ?? [])
  const count = (name: string) => (/^\d+$/.test(cell(name) ?? '') ? Number(cell(name)) : null)
  const title = cell('title')
  const key = cell('key')
  if (title === null) return { key, reason: 'the row has no title' }
  const abstract = cell('abstract')
  const kind = wordOf(PAPER_KINDS, cell('kind')) ?? kindNamed(cell('kind'))
  const refs = ['doi', 'arxiv', 'pmid'].flatMap((scheme) => prefixed(scheme, cell(scheme)))
  const url = cell('url')
  const upvoteCount = count('upvotes')
  const topics = items('topics')
  const codes = categoryCodes(topics.map((name) => ({ name, kind: 'category', score: null })))
  const publicationCell = (column: string, field: string) =>
    field === 'year' ? count(column) : LIST_FIELDS.has(field) ? items(column) : cell(column)
  return recordOf({
    source: 'csv',
    key: libraryKey(file, key ?? '', title),
    licence: cell('licence'),
    title,
    abstract,
    kind,
    // A date that cannot be read does not hide a year that can.
    published: publishedFromIso(cell('published') ?? '') ?? publishedInYear(cell('year')),
    eventYear: Number(cell('event_year')) || null,
    language: cell('language'),
    isRetracted: cell('retracted')?.toLowerCase() === 'true',
    landingUrl: url,
    pdfUrl: cell('pdf_url'),
    citationCount: count('citations'),
    ...(upvoteCount !== null && { upvoteCount }),
    identifiers: findIdentifiers([...items('identifiers'), ...refs, ...(url ? [url] : [])]),
    authors: isOwn ? authorsIn(row) : printedAuthors(plain(row.authors ?? '')),
    venue: venueNamed(
      cell('venue'),
      wordOf(VENUE_KINDS, cell('venue_kind')) ??
        VENUE_KIND_OF[kind] ??
        ('other' satisfies VenueKind),
      cell('venue_acronym'),
    ),
    ...publicationOf(
      Object.fromEntries(
        Object.entries(PUBLICATION_COLUMNS).map(([column, field]) => [
          field,
          publicationCell(column, field),
        ]),
      ),
    ),
    topics: [
      ...categoryTopics(codes),
      ...findTopics(
        title,
        abstract,
        topics.filter(
          (name) => categoryCodes([{ name, kind: 'category', score: null }]).length === 0,
        ),
      ),
    ],
    repositories: repositoriesIn(items('repositories').join('\n')),
  })
}

const VENUE_KIND_OF: Partial<Record<PaperKind, VenueKind>> = {
  journal_article: 'journal',
  conference_paper: 'conference',
}

/** `journalArticle`, `Conference Paper`, `Proceedings Paper`, `Article` and the like. */
function kindNamed(printed: string | null): PaperKind {
  const type = (printed ?? '').toLowerCase().replace(/[^a-z]/g, '')
  if (/preprint/.test(type)) return 'preprint'
  if (/conference|proceedings|inproceedings/.test(type)) return 'conference_paper'
  if (/journal|^article$|magazine|^jour$/.test(type)) return 'journal_article'
  if (/section|chapter/.test(type)) return 'chapter'
  if (/thesis|dissertation/.test(type)) return 'thesis'
  if (/report/.test(type)) return 'report'
  return /book/.test(type) ? 'book' : 'other'
}

/** Also of a year that a spreadsheet made a number of: `2019.0`. */
function publishedInYear(printed: string | null): PaperRecord['published'] {
  const year = /^(\d{4})(?:\.0+)?(?![\d.])/.exec(printed ?? '')?.[1]
  return year === undefined ? null : (publishedFromIso(printed ?? '') ?? publishedOf(Number(year)))
}

/**
 * The names in a cell that others wrote: separated by semicolons or "and", each with the family name first or last; or by commas.
 * Two parts of which one is a single word are one name.
 */
function printedAuthors(cell: string): AuthorClaim[] {
  return namesIn(cell).flatMap((printed) => {
    const name = nameOfInverted(printed)
    return name === null ? [] : [{ name, identifiers: [], affiliation: null }]
  })
}

function namesIn(cell: string): string[] {
  if (/[;|]/.test(cell)) return cell.split(/[;|]/)
  if (/\sand\s.*,|,.*\sand\s/.test(cell) && !/,\s*and\s/.test(cell)) return cell.split(/\s+and\s+/)
  const parts = cell.split(/\s*,\s*(?:and\s+)?/).filter((part) => part !== '')
  const isInitials = (part: string) => /^(?:\p{Lu}\.?[ -]?){1,4}$/u.test(part)
  if (parts.length % 2 === 0 && parts.every((part, i) => i % 2 === 0 || isInitials(part)))
    return parts.flatMap((part, i) => (i % 2 === 0 ? `${part}, ${parts[i + 1]}` : []))
  return parts.length === 2 && parts.some((part) => !part.includes(' ')) ? [cell] : parts
}

const LIST_FIELDS = new Set<string>(['editors', 'isbns', 'issns'])

/** The items of a cell; null for one that is empty. A backslash before a semicolon makes it a part of its item. */
function listIn(cell: string): (string | null)[] {
  const parts = cell.match(/(?:\\.|[^;\\])+|(?<=;)(?=;|$)|^(?=;)|\\$/gs) ?? []
  return parts.map((part) => cleanText(part.replace(/\\([\\;])/g, '$1')))
}

/** The n-th affiliation is the n-th author's, where there are as many. */
function authorsIn(row: Row): AuthorClaim[] {
  const names = listIn(plain(row.authors ?? ''))
  const affiliations = listIn(plain(row.affiliations ?? ''))
  return names.flatMap((name, i) => {
    const affiliation = affiliations.length === names.length ? (affiliations[i] ?? null) : null
    return name === null ? [] : [{ name, identifiers: [], affiliation }]
  })
}

const wordOf = <Word extends string>(words: readonly Word[], text: string | null) =>
  words.find((word) => word === text?.toLowerCase())
