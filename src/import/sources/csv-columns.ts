import { parse } from 'csv-parse/sync'

/** What reference managers, indexes and data sets call the columns, in lower case, by paperql's names; the first that is there counts. */
const NAMES: Record<string, string> = {
  title: 'document title;article title;item title;paper title;primary title;ti',
  authors: 'author;author full names;author(s);author names;au;creators;creator',
  year: 'publication year;pubyear;py;publication date (year);year published',
  published: 'date;publication date;date published;pubdate',
  venue:
    'publication title;source title;journal;journal/book;journal title;container title;secondary title;booktitle;source;so;conference name;journal name',
  doi: 'di;doi link;digital object identifier',
  arxiv: 'arxiv id;arxiv_id',
  url: 'link;urls;article url;articleurl;dimensions url',
  abstract: 'abstract note;ab',
  topics: 'keywords;author keywords;manual tags;tags;de;topic',
  citations: 'cited by;cites;times cited;tc;citation count;times cited, wos core',
  kind: 'item type;document type;publication type;reference type;type;dt',
  key: 'id;item key;ut (unique wos id);ut;eid;publication id;key',
  container: '',
  volume: 'vl;vol',
  number: 'issue;is;number',
  pages: 'page range;pages;pagination',
  publisher: 'pu',
  issn: 'sn',
  pmid: 'pubmed id;pm',
  language: 'la',
}

const ALIASES = new Map(
  Object.entries(NAMES).flatMap(([own, others]) =>
    others.split(';').map((other, rank) => [other, { own, rank }] as const),
  ),
)

export interface Columns {
  delimiter: string
  /** By place; null of a column that says nothing here. */
  names: (string | null)[]
  /** Whether paperql wrote the table: each cell is as it writes it. */
  isOwn: boolean
}

const DELIMITERS = [',', ';', '\t', '|']

/** What the first line of a table says of its columns, whatever separates them; null where none is a title. */
export function findColumns(line: string): Columns | null {
  for (const delimiter of DELIMITERS) {
    const cells = cellsOf(line, delimiter)
    const names = cells && namesOf(cells)
    if (names?.includes('title')) {
      const isOwn = names.includes('venue_kind') || names.includes('licence')
      return { delimiter, names, isOwn }
    }
  }
  return null
}

function namesOf(cells: string[]): (string | null)[] {
  const printed = cells.map((cell) =>
    cell
      .replace(/^\uFEFF/, '')
      .trim()
      .toLowerCase()
      .replace(/\s+/g, ' '),
  )
  const ranked = printed.map((name) =>
    name in NAMES || !ALIASES.has(name) ? { own: name, rank: -1 } : ALIASES.get(name),
  )
  return ranked.map((column, i) => {
    if (!column) return null
    const better = ranked.findIndex(
      (other) => other?.own === column.own && other.rank < column.rank,
    )
    const earlier = ranked.findIndex(
      (other) => other?.own === column.own && other.rank === column.rank,
    )
    return better === -1 && earlier === i ? column.own : null
  })
}

/** The cells of one row; null where it cannot be told where they end. */
export function cellsOf(row: string, delimiter: string): string[] | null {
  try {
    const [cells] = parse(row, { delimiter, relax_quotes: true, relax_column_count: true })
    return cells ?? []
  } catch {
    return null
  }
}
