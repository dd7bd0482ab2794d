import { decodeHTMLStrict } from 'entities'
import {
  PAPER_KINDS,
  type PaperKind,
  VENUE_KINDS,
  type VenueKind,
} from '../../db/tables/vocabulary.ts'
import { PUBLICATION_COLUMNS } from '../../domain/entity/publication.ts'
import type { PaperRecord } from '../../domain/record/paper-record.ts'
import { badInput } from '../../errors.ts'
import { arxivMentionedIn } from '../fields/arxiv-mention.ts'
import { publishedFromIso } from '../fields/dates.ts'
import { withLetters } from '../fields/entities.ts'
import { readIdentifiers } from '../fields/identifiers.ts'
import { languageIn } from '../fields/languages.ts'
import { libraryKey } from '../fields/library-key.ts'
import { printedText } from '../fields/printed/printed-text.ts'
import { publicationOf } from '../fields/publication.ts'
import { isRetractedType } from '../fields/titles.ts'
import { venueNamed } from '../fields/venues.ts'
import { type RawRow, readAhead, readRows } from '../input/csv-rows.ts'
import {
  cleanText,
  type Outcome,
  type ReadRecord,
  type Refusal,
  recordOf,
  repositoriesIn,
} from '../input/outcome.ts'
import { namesInByline, type Separator, WHOLE_BYLINE } from '../names/byline.ts'
import { namesOfEditors } from '../names/strays.ts'
import { codeIn } from './code-column.ts'
import { prefixed } from './csl-json.ts'
import { nameOfPrinted, printedAuthors, separatorIn } from './csv-authors.ts'
import { type Columns, cellsOf, findHeader, unreadColumns } from './csv-columns.ts'
import { countIn, lostItems, lostOfRow } from './csv-losses.ts'
import { ownAccess, ownByline, ownDecisions, ownEvent, ownLink, wordOf } from './csv-own.ts'
import { withoutConference } from './csv-titles.ts'
import {
  itemsIn,
  kindNamed,
  kindNumbered,
  plainCell,
  printedItems,
  publishedIn,
  separatedNames,
} from './csv-values.ts'
import { asKeywords, topicsNamed, topicsOf } from './keywords.ts'
import { asEvents, asLinks } from './links.ts'
import { accessClaim, accessNamed, versionIn } from './open-access.ts'

/** Text in one of paperql's columns; empty when absent. */
type Row = (name: string) => string

/**
 * Reads a table of papers with the columns of `paperql export csv`, reference managers or indexes. Only the title is required. Lines
 * before the column names are skipped.
 */
export async function* readCsv(text: AsyncIterable<Buffer>, file: string): AsyncGenerator<Outcome> {
  let columns: Columns | null = null
  const headerOf = (line: string, before: number) => {
    columns = findHeader(line, before)
    return columns
  }
  const first = await readAhead(readRows(text, headerOf))
  const separator = columns === null ? null : separatorOf(columns, first.rows)
  let isFirst = true
  for await (const { position, text: row, fault, repairs } of first.all()) {
    if (fault !== null) {
      yield { position, reject: { key: null, reason: fault } }
      continue
    }
    const found = columns as unknown as Columns
    const mended = [...repairs]
    const cells = cellsOf(row, found)
    if (cells.slice(found.printed.length).some((cell) => cell.trim() !== ''))
      mended.push('cells beyond the last column were left out')
    const reading = readRow(rowOf(found, cells), file, { ...found, separator }, mended)
    if ('reason' in reading) {
      yield { position, reject: reading }
      continue
    }
    if (isFirst) mended.push(...unreadColumns(found))
    isFirst = false
    yield { position, record: reading, repairs: mended }
  }
  if (columns === null)
    throw badInput(`${file} has no column title; expected a line with the names of columns.`)
}

/** Separator of authors, decided by the column in which the first rows have them. */
function separatorOf(columns: Columns, rows: readonly RawRow[]): Separator | null {
  if (columns.isOwn) return null
  const cells = rows.flatMap(({ text, fault }) =>
    fault === null ? [rowOf(columns, cellsOf(text, columns))('authors')] : [],
  )
  return separatorIn(cells)
}

interface Table extends Columns {
  separator: Separator | null
}

/** Makes a function that returns the text in a row by the name of paperql's column. */
export function rowOf({ places, isOwn }: Columns, cells: readonly string[]): Row {
  return (name) => {
    const filled = places
      .get(name)
      ?.find((place) => cells[place]?.trim() && (isOwn || !NOTHING.test(cells[place] ?? '')))
    if (filled === undefined) return ''
    const cell = plainCell(cells[filled] ?? '')
    // The semicolon in `J&#246;rg` does not separate names.
    return isOwn || /^https?:/.test(cell) ? cell : decodeHTMLStrict(withLetters(cell))
  }
}

/** Placeholders of R, pandas and spreadsheets for an empty cell. */
const NOTHING = /^\s*(?:NA|N\/A|#N\/A|NaN|nan|NULL|null|None)\s*$/

/** Makes the record of a row, and adds to `repairs`. */
export function readRow(
  row: Row,
  file: string,
  columns: Table,
  repairs: string[],
): ReadRecord | Refusal {
  const { isOwn } = columns
  const { cell, items, shown } = formsOf(row, isOwn)
  const title = titleIn(shown('title'), row, columns, repairs)
  if (title === null) return { key: cell('key'), reason: 'the row has no title' }
  const abstract = NO_ABSTRACT.test(cell('abstract') ?? '') ? null : shown('abstract')
  const kind = kindOf(row, columns)
  const refs = [...items('identifiers'), ...refsOf(cell, row, isOwn)]
  const { identifiers, lost } = readIdentifiers(refs)
  const count = (name: string) => countIn(cell(name), name, lost)
  lost.push(...lostOfRow(cell, columns), ...lostItems(items, columns))
  const upvoteCount = count('upvotes')
  const venue = venueIn(cell, kind)
  const read: ReadCells = { row, cell, items, count, columns, title, abstract, venue, lost }
  return recordOf({
    source: 'csv',
    key: libraryKey(file, cell('key') ?? '', title),
    licence: cell('licence'),
    ...{ title, abstract },
    ...summariesIn(cell),
    ...{ kind, published: publishedOfRow(cell, isOwn), lost },
    eventYear: Number(cell('event_year')) || null,
    language: languageIn(row('language'), lost),
    isRetracted: cell('retracted')?.toLowerCase() === 'true' || isRetractedType(cell('kind') ?? ''),
    landingUrl: cell('url'),
    pdfUrl: pdfOf(cell('pdf_url'), isOwn),
    citationCount: count('citations'),
    ...(upvoteCount !== null && { upvoteCount }),
    identifiers,
    ...(isOwn ? ownByline(row, lost) : foreignByline(row, columns, { repairs, lost })),
    venue,
    ...(isOwn ? ownParts(read) : foreignParts(read)),
  })
}

/** Accessors of the cells of a row: as text, as a list of items, or as printed text. */
function formsOf(row: Row, isOwn: boolean) {
  const cell = (name: string) => cleanText(row(name))
  return {
    cell,
    items: (name: string) => itemsIn(row(name)).flatMap((part) => part ?? []),
    shown: (name: string) => (isOwn ? cell(name) : printedText(cell(name) ?? '')),
  }
}

/** The cells of a row, and values read from them. */
interface ReadCells {
  row: Row
  cell: Cell
  items: (name: string) => string[]
  count: (name: string) => number | null
  columns: Table
  title: string
  abstract: string | null
  venue: PaperRecord['venue']
  lost: string[]
}

/** Fields of a record from paperql's own columns: the publication, and fields that other tables lack. */
function ownParts({ cell, items, count, columns, title, abstract, venue, lost }: ReadCells) {
  return {
    ...publicationOf(ownPublication(cell, items, count), lost),
    ...topicsNamed(title, abstract, items('topics')),
    ...asKeywords(items('keywords')),
    ...ownRepositories(items, columns),
    ...ownDecisions(items('decisions'), venue),
    ...asLinks(items('links').flatMap(ownLink)),
    ...asEvents(items('events').flatMap(ownEvent)),
    ...ownAccess(cell),
  }
}

function foreignParts({ row, cell, title, abstract, lost }: ReadCells) {
  return {
    ...publicationOf(foreignPublication(cell, row, lost), lost),
    ...topicsOf(title, abstract, printedItems(row('topics'))),
    ...foreignCode(row, lost),
    ...foreignAccess(cell),
  }
}

/** The title, without the conference that The Lens puts before it. */
const titleIn = (printed: string | null, row: Row, columns: Table, repairs: string[]) =>
  printed !== null && columns.printed.includes('lens id')
    ? withoutConference(printed, row('source_urls'), repairs)
    : printed

function summariesIn(cell: Cell) {
  const [authorSummary, tldr] = ['author_summary', 'tldr'].map(cell)
  return { ...(authorSummary && { authorSummary }), ...(tldr && { tldr }) }
}

function venueIn(cell: Cell, kind: PaperKind) {
  const stated = wordOf(VENUE_KINDS, cell('venue_kind'))
  return venueNamed(venueOf(cell), stated ?? VENUE_KIND_OF[kind] ?? 'other', cell('venue_acronym'))
}

const NO_ABSTRACT = /^\[?no abstract available\.?\]?$/i

type Cell = (name: string) => string | null

/** Repositories. A separate column lists those by the authors; older tables lack it, and all repositories count as theirs. */
function ownRepositories(items: (name: string) => string[], { places }: Columns) {
  const official = places.has('official_repositories') ? items('official_repositories') : null
  const repositories = repositoriesIn(items('repositories').join('\n')).map((repository) => ({
    ...repository,
    isOfficial: official?.includes(repository.url) ?? true,
  }))
  return { repositories }
}

function foreignCode(row: Row, lost: string[]) {
  const { repositories, links } = codeIn(row('code'), lost)
  return { repositories, ...asLinks(links) }
}

/** Open access as indexes name it. A URL or licence alone does not state it. */
function foreignAccess(cell: Cell): Pick<PaperRecord, 'openAccess'> {
  const named = accessNamed(cell('open_access') ?? '')
  if (named === null) return {}
  const version = versionIn([cell('open_access_version') ?? '']) ?? named.version
  const [url, licence] = [cell('open_access_url'), cell('open_access_licence')]
  return accessClaim({ status: named.status, url, licence, version })
}

const VENUE_KIND_OF: Partial<Record<PaperKind, VenueKind>> = {
  journal_article: 'journal',
  conference_paper: 'conference',
}

function kindOf(row: Row, { places, printed }: Columns): PaperKind {
  const type = cleanText(row('kind'))
  const own = wordOf(PAPER_KINDS, type)
  if (own !== undefined) return own
  if (printed.includes('bibliographytype')) return kindNumbered(type)
  const [place] = places.get('venue') ?? []
  // In tables of Web of Science, a paper of a meeting that a journal published as an article.
  if (row('printed_in').trim() === 'J' && /^article\b/i.test(type ?? '')) return 'journal_article'
  const hasVenue = place !== undefined && row('venue').trim() !== ''
  return kindNamed(type, hasVenue ? (printed[place] ?? null) : null)
}

function publishedOfRow(cell: Cell, isOwn: boolean): PaperRecord['published'] {
  const own = isOwn ? publishedFromIso(cell('published') ?? '') : null
  const [published, year, month, day] = ['published', 'year', 'month', 'day'].map(cell)
  return own ?? publishedIn({ published, year, month, day } as Parameters<typeof publishedIn>[0])
}

/** The venue, unless Google Scholar truncated its name, since a truncated name would be another venue. */
const venueOf = (cell: Cell) => (/(?:…|\.{3})$/.test(cell('venue') ?? '') ? null : cell('venue'))

/** The URL of the PDF. Other programs put any URL of a full text into this column. */
const pdfOf = (url: string | null, isOwn: boolean) => (isOwn || /pdf/i.test(url ?? '') ? url : null)

function refsOf(cell: Cell, row: Row, isOwn: boolean): string[] {
  // Text after an identifier in its cell is not part of it.
  const refs = ['doi', 'arxiv', 'pmid', 'pmcid'].flatMap((scheme) =>
    prefixed(
      scheme,
      row(scheme)
        .trim()
        .split(/\s{2,}/)[0],
    ),
  )
  const extra = row('extra').split('\n')
  const named = extra.flatMap((line) => {
    const [, scheme = '', id] = /^\s*(doi|pmid|pmcid)\s*:\s*(\S+)/i.exec(line) ?? []
    return [...prefixed(scheme.toLowerCase(), id), ...prefixed('arxiv', arxivMentionedIn(line))]
  })
  const pages = [cell('url'), cell('key'), isOwn ? null : cell('pdf_url')].filter(
    (page) => page !== null && /^https?:/.test(page),
  )
  return [...refs, ...named, ...(pages as string[])].filter((ref) => !/^pmid:0*$/.test(ref))
}

const LIST_FIELDS = new Set<string>(['editors', 'isbns', 'issns'])

function ownPublication(
  cell: Cell,
  items: (name: string) => string[],
  count: (name: string) => number | null,
) {
  return Object.fromEntries(
    Object.entries(PUBLICATION_COLUMNS).map(([column, field]) => [
      field,
      field === 'year' ? count(column) : LIST_FIELDS.has(field) ? items(column) : cell(column),
    ]),
  )
}

function foreignPublication(cell: Cell, row: Row, lost: string[]) {
  const [first, last] = [cell('first_page'), cell('last_page')]
  const isRange = first !== null && last !== null && first !== last
  const range = isRange ? `${first}\u2013${last}` : (first ?? last)
  return {
    ...{ container: venueOf(cell), series: cell('series') },
    ...{ volume: cell('volume'), number: cell('number'), pages: cell('pages') ?? range },
    ...{ articleNumber: cell('article_number'), edition: cell('edition') },
    editors: namesOfEditors((own) => namesInByline(row('editors'), WHOLE_BYLINE, own), lost).map(
      (name) => nameOfPrinted(name, lost),
    ),
    ...{ institution: cell('institution'), publisher: cell('publisher') },
    ...{ publisherPlace: cell('publisher_place'), isbns: [cell('isbn')], issns: [cell('issn')] },
  }
}

function foreignByline(
  row: Row,
  { printed, separator }: Table,
  { repairs, lost }: { repairs: string[]; lost: string[] },
): Pick<PaperRecord, 'authors'> {
  const authors = row('authors')
  const separated =
    printed.includes('item title') && !/[;|,]/.test(authors) ? separatedNames(authors) : null
  if (separated !== null) repairs.push('names of authors that ran together were separated')
  const [orcids, numbers] = [row('orcids'), row('author_numbers')]
  const context = { separator, orcids, numbers }
  return { authors: printedAuthors(separated ?? authors, context, lost) }
}
