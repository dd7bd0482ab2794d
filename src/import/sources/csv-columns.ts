import { parse } from 'csv-parse/sync'

/**
 * Names of columns in reference managers, indexes and data sets, in lower case with spaces for underscores, by paperql's names. If
 * several columns match, the first filled one counts in each row. Names after a bar count only if no other name matches.
 */
const NAMES: Record<string, string> = {
  title:
    'title;document title;article title;item title;paper title;primary title;title primary;ti;display name',
  authors:
    'author full names;af;authorships.author.display name;authors;author;author(s);author/s;author names;authors, primary;primary authors;creators;creator;au;book author full names;bf;book authors;ba;book author',
  author_numbers: 'author(s) id',
  orcids: 'authorships.author.orcid',
  year: 'year;publication year;published year;pub year;pubyear;py;year published;publication date (year)',
  published:
    'published;date;date published;publication date;date of publication;pubdate;issue date;pd;online date',
  month: 'month;published month;pub month',
  day: 'day',
  venue:
    'venue;publication title;source title;journal;journal title;journal/book;full journal;periodical full;container title;publication;secondary title;title secondary;booktitle;book title;anthology title;so;conference name;journal name;conference;conf;primary location.source.display name|source',
  series: 'series;book series title;series title;se',
  volume: 'volume;vl;vol;journal volume;biblio.volume',
  number: 'issue;is;issue number;journal issue;biblio.issue;number',
  pages: 'pages;page range;pagination;page(s)',
  first_page: 'first page;start page;page start;startpage;bp;biblio.first page',
  last_page: 'last page;end page;page end;endpage;ep;other pages;biblio.last page',
  article_number: 'article number;art. no.;article no.;ar',
  edition: 'edition',
  editors: 'editors;editor;book editors;be;authors, secondary;conference editors',
  institution: 'institution;school;university',
  publisher: 'publisher;pu;book publisher;primary location.source.host organization name',
  publisher_place: 'place;place published;place of publication;publisher city;pi;address',
  isbn: 'isbn;isbns;bn;issn/isbn',
  issn: 'issn;issns;sn;primary location.source.issn;issn/isbn;eissn;ei',
  doi: 'doi;di;item doi;digital object identifier;ids.doi;doi link',
  arxiv: 'arxiv;arxiv id',
  pmid: 'pmid;pubmed id;medline pmid;pm;ids.pmid',
  pmcid: 'pmcid;pmc id;ids.pmcid',
  extra: 'extra',
  url: 'url;link;urls;article url;articleurl;primary location.landing page url;source linkout;external url;links;dimensions url;ee',
  source_urls: 'source urls',
  pdf_url: 'pdf url;pdf link;primary location.pdf url;fulltexturl;pdf;ee',
  code: 'code;code url;code link;code links;github;github url;github link;repository;repository url;repo;repo url;repositories',
  abstract: 'abstract;abstract note;ab',
  topics:
    'topics;author keywords;keywords;manual tags;tags;de;keywords.display name;index keywords;keywords plus;automatic tags;mesh terms;fields of study;ieee terms;subjects;topic',
  citations:
    'citations;cited by;cites;times cited;times cited, wos core;tc;citation count;cited by count;citing works count;article citation count',
  kind: 'kind;item type;document type;publication type;content type;reference type;doctype;dt;bibliographytype;type;pt',
  printed_in: 'pt',
  key: 'key;item key;ut (unique wos id);ut;eid;publication id;lens id;citation key;citekey;bibtexkey;identifier;central id;id;reference id;(internal) id',
  language: 'language;la;language of original document;article language;output language',
  retracted: 'retracted;is retracted',
  open_access:
    'open access;open access designations;open access.oa status;oa status;open access status;open access colour;open access color;oa;openaccess;open access.is oa;is open access;is oa',
  open_access_url:
    'open access.oa url;best oa location.pdf url;best oa location.landing page url;oa url;open access url',
  open_access_licence: 'best oa location.license;open access license;open access licence',
  open_access_version: 'best oa location.version',
}

const COLUMNS = Object.entries(NAMES).map(([own, names]) => {
  const [always = '', others = ''] = names.split('|')
  return { own, always: always.split(';'), others: others.split(';').filter(Boolean) }
})

export interface Columns {
  delimiter: string
  /** Positions of cells for each of paperql's columns, best first. */
  places: ReadonlyMap<string, readonly number[]>
  /** Name of each column in the table, in lower case. */
  printed: readonly string[]
  /** Whether paperql wrote the table, so that cells are in its notation. */
  isOwn: boolean
  /** Whether quotes are text, as in tables of Web of Science. */
  isUnquoted: boolean
}

const DELIMITERS = [',', ';', '\t', '|']

/** Finds the columns that a line names, with any delimiter; null if none is a title. */
function findColumns(line: string): Columns | null {
  const found = DELIMITERS.filter((delimiter) => line.includes(delimiter))
  for (const delimiter of found.length > 0 ? found : [',']) {
    const printed = cellsOf(line, { delimiter, isUnquoted: false }).map(printedName)
    const isOwn = printed.includes('title') && printed.some((name) => OWN.has(name))
    const places = isOwn ? ownPlaces(printed) : placesIn(printed)
    const isUnquoted =
      delimiter === '\t' && ['pt', 'au', 'ti'].every((tag) => printed.includes(tag))
    if (places.has('title')) return { delimiter, places, printed, isOwn, isUnquoted }
  }
  return null
}

/** Maximum number of lines before the column names, such as the search, its date and terms. */
const MOST_PREAMBLE = 20

/** Known names that a line after a preamble must have, so that it is not mistaken for a sentence. */
const LEAST_KNOWN = 3

/** Maximum length of a line of column names. Splitting longer lines at each delimiter would be slow. */
const LONGEST_HEADER = 20_000

/** Finds the columns named in a line that follows `before` other lines. */
export function findHeader(line: string, before: number): Columns | null {
  const isText = before > MOST_PREAMBLE || line.length > LONGEST_HEADER
  const columns = isText ? null : findColumns(line)
  return before === 0 || (columns && columns.places.size >= LEAST_KNOWN) ? columns : null
}

/** Finds the columns in the start of a table; null if the text is not a table. */
export function findHeaderIn(text: string): Columns | null {
  for (const [before, line] of text.split(/\r\n?|\n/, MOST_PREAMBLE + 1).entries()) {
    const columns = findHeader(line, before)
    if (columns) return columns
  }
  return null
}

/** Column names that only paperql uses. */
const OWN = new Set(['venue_kind', 'licence'])

const printedName = (cell: string) =>
  cell
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')

const ownPlaces = (printed: readonly string[]) =>
  new Map(printed.map((name) => [name, [printed.indexOf(name)]]))

/** Makes the columns of a table whose cells are already separated. */
export function columnsNamed(names: readonly string[]): Columns {
  const printed = names.map(printedName)
  return { delimiter: '', places: placesIn(printed), printed, isOwn: false, isUnquoted: false }
}

function placesIn(printed: readonly string[]): Map<string, number[]> {
  const placesOf = new Map<string, number[]>()
  for (const [place, one] of printed.entries()) {
    const name = one.replaceAll('_', ' ')
    placesOf.set(name, [...(placesOf.get(name) ?? []), place])
  }
  const all = (wanted: readonly string[]) => wanted.flatMap((name) => placesOf.get(name) ?? [])
  return new Map(
    COLUMNS.flatMap(({ own, always, others }) => {
      const found = all(always)
      const places = found.length > 0 ? found : all(others)
      return places.length > 0 ? [[own, places] as const] : []
    }),
  )
}

/** Maximum number of unread columns that are named. */
const MOST_TOLD = 20
/** A column that is used only to count authors. */
const COUNTED = 'author_numbers'
/** Names of columns with row numbers, as pandas and R write them. */
const NUMBERING = /^(?:unnamed: \d+|index|level_0|row\.?names|no\.?|#|)$/

/** Reports columns with unknown names, once per table. */
export function unreadColumns({ printed, places, isOwn }: Columns): string[] {
  const read = new Set([...places].flatMap(([own, of]) => (own === COUNTED ? [] : of)))
  const unread = printed.filter((name, place) => !read.has(place) && !NUMBERING.test(name))
  if (isOwn || unread.length === 0) return []
  const told = unread.slice(0, MOST_TOLD).map((name) => name.slice(0, 60).toWellFormed())
  const more = unread.length > MOST_TOLD ? ` and ${unread.length - MOST_TOLD} more` : ''
  return [`columns that are not read, in all rows: ${told.join(', ')}${more}`]
}

/** Stated explicitly, since the parser would detect them byte by byte. */
const LINE_ENDS = ['\r\n', '\n', '\r']

/** Splits a row into cells. Misplaced quotes are text. */
export function cellsOf(
  row: string,
  { delimiter, isUnquoted }: Pick<Columns, 'delimiter' | 'isUnquoted'>,
): string[] {
  if (isUnquoted) return row.split(delimiter)
  try {
    const [cells] = parse(row, {
      ...{ delimiter, record_delimiter: LINE_ENDS, relax_column_count: true },
    })
    return cells ?? []
  } catch {
    return looseCells(row, delimiter)
  }
}

/** Splits a row with misplaced quotes. A quoted cell ends at a quote before a delimiter. */
function looseCells(row: string, delimiter: string): string[] {
  const cells: string[] = []
  for (let at = 0; at <= row.length; ) {
    const close = row[at] === '"' ? closeOf(row, at + 1, delimiter) : null
    const end = close === null ? row.indexOf(delimiter, at) : close + 1
    const cell = row.slice(at, end === -1 ? row.length : end)
    cells.push(close === null ? cell : cell.slice(1, -1).replaceAll('""', '"'))
    at = (end === -1 ? row.length : end) + 1
  }
  return cells
}

function closeOf(row: string, from: number, delimiter: string): number | null {
  for (let at = row.indexOf('"', from); at !== -1; at = row.indexOf('"', at + 1)) {
    if (at + 1 === row.length || row[at + 1] === delimiter) return at
    // The quote opens another cell, so the quote at the start of this one was text.
    if (row[at - 1] === delimiter) return null
  }
  return null
}
