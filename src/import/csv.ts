import { parse } from 'csv-parse'
import { PAPER_KINDS, type PaperKind, VENUE_KINDS, type VenueKind } from '../db/vocabulary.ts'
import { categoryCodes, categoryTopics } from '../domain/arxiv-categories.ts'
import type { AuthorClaim, PaperRecord } from '../domain/paper-record.ts'
import { PUBLICATION_COLUMNS } from '../domain/publication.ts'
import { findTopics } from '../domain/topic-vocabulary.ts'
import { badInput } from '../errors.ts'
import { publishedFromIso } from './dates.ts'
import { findIdentifiers } from './identifiers.ts'
import { libraryKey } from './library-key.ts'
import { MAX_RECORD_BYTES } from './lines.ts'
import { cleanText, type Outcome, type Refusal, recordOf, repositoriesIn } from './outcome.ts'
import { publicationOf } from './publication.ts'
import { venueNamed } from './venues.ts'

type Row = Record<string, string>

/** Reads CSV with the columns that `paperql export csv` writes; all but `title` may be missing. */
export async function* readCsv(text: AsyncIterable<Buffer>, file: string): AsyncGenerator<Outcome> {
  const parser = parse({
    columns: (names: string[]) => headOf(names, file),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_BYTES,
  })
  const feeding = feed(text, parser)
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: Row; info: Info }>) {
      const position = info.lines
      const reading = readRow(record, file)
      if ('reason' in reading) yield { position, reject: reading }
      else yield { position, record: reading }
    }
  } finally {
    parser.destroy()
    await feeding
  }
}

interface Info {
  lines: number
}

/** Also hands on what is wrong with the text. */
async function feed(text: AsyncIterable<Buffer>, parser: ReturnType<typeof parse>) {
  try {
    for await (const chunk of text) {
      if (parser.destroyed) return
      if (!parser.write(chunk)) await drained(parser)
    }
    parser.end()
  } catch (error) {
    parser.destroy(error as Error)
  }
}

const drained = (parser: ReturnType<typeof parse>) =>
  new Promise<void>((resolve) => {
    const finish = () => {
      parser.off('drain', finish).off('close', finish)
      resolve()
    }
    parser.on('drain', finish).on('close', finish)
  })

function headOf(names: string[], file: string): string[] {
  const columns = names.map((name) => name.trim().toLowerCase())
  if (columns.includes('title')) return columns
  throw badInput(
    `${file} has no column title; expected a first line with the names of columns as paperql export csv writes them.`,
  )
}

/** Without the apostrophe that keeps a spreadsheet from taking a text for a formula. */
const plain = (cell: string) => cell.replace(/^'(?='*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/, '')

function readRow(row: Row, file: string): PaperRecord | Refusal {
  const cell = (name: string) => cleanText(plain(row[name] ?? ''))
  const items = (name: string) => listIn(plain(row[name] ?? '')).flatMap((part) => part ?? [])
  const count = (name: string) => (/^\d+$/.test(cell(name) ?? '') ? Number(cell(name)) : null)
  const title = cell('title')
  const key = cell('key')
  if (title === null) return { key, reason: 'the row has no title' }
  const abstract = cell('abstract')
  const kind = wordOf(PAPER_KINDS, cell('kind')) ?? ('other' satisfies PaperKind)
  const refs = ['doi', 'arxiv'].flatMap((scheme) =>
    cell(scheme) ? [`${scheme}:${cell(scheme)}`] : [],
  )
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
    published: publishedFromIso(cell('published') ?? cell('year') ?? ''),
    eventYear: Number(cell('event_year')) || null,
    language: cell('language'),
    isRetracted: cell('retracted')?.toLowerCase() === 'true',
    landingUrl: url,
    pdfUrl: cell('pdf_url'),
    citationCount: count('citations'),
    ...(upvoteCount !== null && { upvoteCount }),
    identifiers: findIdentifiers([...items('identifiers'), ...refs, ...(url ? [url] : [])]),
    authors: authorsIn(row),
    venue: venueNamed(
      cell('venue'),
      wordOf(VENUE_KINDS, cell('venue_kind')) ?? ('other' satisfies VenueKind),
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
