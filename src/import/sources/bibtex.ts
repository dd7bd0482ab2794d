import { PAPER_KINDS, type PaperKind } from '../../db/tables/vocabulary.ts'
import type { PaperIdentifier, PaperRecord } from '../../domain/record/paper-record.ts'
import { entitiesInLatex } from '../fields/entities.ts'
import { readIdentifiers } from '../fields/identifiers.ts'
import { withJournalName } from '../fields/journal-macros.ts'
import { languageIn } from '../fields/languages.ts'
import { latexToText } from '../fields/latex.ts'
import { libraryKey } from '../fields/library-key.ts'
import { markupToText } from '../fields/markup.ts'
import { withoutConditionals } from '../fields/printed/latex-conditionals.ts'
import { publicationOf } from '../fields/publication.ts'
import { withSubtitle } from '../fields/titles.ts'
import { eventYearOf, isPreprintServer, venueNamed } from '../fields/venues.ts'
import {
  cleanText,
  type Outcome,
  REPAIRS,
  type Refusal,
  recordOf,
  repositoriesIn,
} from '../input/outcome.ts'
import { authorNamed } from '../names/names.ts'
import { namesOfEditors } from '../names/strays.ts'
import { datesOf } from './bibtex-dates.ts'
import { decisionsInBibtex } from './bibtex-decisions.ts'
import { type RawEntry, readEntries } from './bibtex-entries.ts'
import {
  type Abbreviations,
  type BibtexEntry,
  defineAbbreviations,
  readBibtexEntry,
} from './bibtex-fields.ts'
import { openVolume, parentsOf, withInherited } from './bibtex-inheritance.ts'
import { namesInBibtex } from './bibtex-names.ts'
import { lostEprints, refsInBibtex, unescapeAddress } from './bibtex-refs.ts'
import { withXdata } from './bibtex-xdata.ts'
import { asDecisions } from './decision-mention.ts'
import { keywordItems, topicsOf } from './keywords.ts'
import { asLinks, linksNamed } from './links.ts'

const KINDS: Record<string, PaperKind> = {
  article: 'journal_article',
  suppperiodical: 'journal_article',
  review: 'journal_article',
  inproceedings: 'conference_paper',
  conference: 'conference_paper',
  phdthesis: 'thesis',
  mastersthesis: 'thesis',
  masterthesis: 'thesis',
  bachelorthesis: 'thesis',
  bachelorsthesis: 'thesis',
  thesis: 'thesis',
  techreport: 'report',
  report: 'report',
  standard: 'report',
  book: 'book',
  mvbook: 'book',
  collection: 'book',
  mvcollection: 'book',
  reference: 'book',
  mvreference: 'book',
  inbook: 'chapter',
  bookinbook: 'chapter',
  suppbook: 'chapter',
  incollection: 'chapter',
  suppcollection: 'chapter',
  inreference: 'chapter',
  unpublished: 'preprint',
}

/** Types that contain definitions or comments. */
const NO_ENTRIES = new Set(['comment', 'preamble', 'string'])

/** Types that are not papers. */
const NO_PAPERS = /^(?:mv)?proceedings$|^periodical$|^set$|^xdata$/

/** The text of an entry, and the parsed entry. */
interface Pending {
  raw: RawEntry
  entry: BibtexEntry
}

/** Reads BibTeX and BibLaTeX. Abbreviations and fields of parent entries are resolved; LaTeX becomes Unicode. */
export async function* readBibtex(
  text: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Outcome> {
  const known: Abbreviations = new Map()
  const library = openLibrary()
  const addVolume = openVolume()
  const waiting: Pending[] = []
  for await (const raw of readEntries(text)) {
    if (raw.type === 'string') defineAbbreviations(raw.text, known)
    if (NO_ENTRIES.has(raw.type)) continue
    const entry = raw.fault === null ? readBibtexEntry(raw.text, known) : null
    if (entry === null) yield outcomeOf(raw, refusalOf(raw))
    else {
      addVolume(entry)
      library.add(entry)
      // In BibTeX, parents come after their children.
      const isWaiting = library.hasMissing(entry) && waiting.length < MOST_WAITING
      if (isWaiting) waiting.push({ raw, entry })
      else yield read({ raw, entry }, library, file)
    }
  }
  for (const pending of waiting) yield read(pending, library, file)
}

/** Maximum number of entries that wait for parents that may come later. */
const MOST_WAITING = 100_000
/** Maximum characters of entries kept for others to inherit from. */
const MOST_KEPT = 100_000_000

function openLibrary() {
  const entries = new Map<string, BibtexEntry>()
  let size = 0
  const find = (key: string) => entries.get(key.toLowerCase())
  const missingOf = (entry: BibtexEntry, depth = 0): string[] =>
    parentsOf(entry).flatMap((key) => {
      const parent = find(key)
      if (!parent) return [key]
      return depth < 10 ? missingOf(parent, depth + 1) : []
    })
  return {
    find,
    missingOf: (entry: BibtexEntry) => [...new Set(missingOf(entry))],
    hasMissing: (entry: BibtexEntry) => missingOf(entry).length > 0,
    add({ type, key, fields: all }: BibtexEntry) {
      if (key === '' || size > MOST_KEPT) return
      const fields = new Map(
        [...all].filter(
          ([name]) => type === 'xdata' || !/^(?:abstract|keywords|file|annot|note)/.test(name),
        ),
      )
      for (const [name, value] of fields) size += name.length + value.length
      const ids = (all.get('ids') ?? '').split(',').flatMap((id) => id.trim() || [])
      for (const id of [key, ...ids])
        if (!entries.has(id.toLowerCase()))
          entries.set(id.toLowerCase(), { type, key, fields, repairs: [] })
    },
  }
}

function read(
  { raw, entry }: Pending,
  library: ReturnType<typeof openLibrary>,
  file: string,
): Outcome {
  if (NO_PAPERS.test(entry.type))
    return outcomeOf(raw, { key: entry.key || null, reason: `@${entry.type} is not a paper` })
  const missing = library.missingOf(entry)
  const repairs = [...raw.repairs, ...entry.repairs]
  const whole = withXdata(withInherited(entry, library.find), library.find, repairs)
  const reading = asRecord(whole, file)
  if (missing.length > 0)
    repairs.push(
      `the entry that it refers to is not in the file: ${missing.join(', ').slice(0, 200)}`,
    )
  return outcomeOf(raw, reading, repairs)
}

function outcomeOf(
  { position, text }: RawEntry,
  reading: PaperRecord | Refusal,
  repairs: string[] = [],
): Outcome {
  if ('reason' in reading) return { position, reject: reading }
  // A program that read damaged bytes wrote these characters.
  const isDamaged = text.includes('\uFFFD') && !repairs.includes(REPAIRS.encoding)
  return {
    position,
    record: reading,
    repairs: isDamaged ? [REPAIRS.encoding, ...repairs] : repairs,
  }
}

function refusalOf({ text, fault }: RawEntry): Refusal {
  const key = cleanText(/[{(]\s*([^\s,{}()=]+)\s*,/.exec(text)?.[1])
  const isEmpty = /^@\s*\w+\s*[{(]\s*[^\s,{}()=]*\s*,?\s*[)}]?\s*$/.test(text)
  return {
    key,
    reason: fault ?? (isEmpty ? 'the entry has no title' : 'the entry is not valid BibTeX'),
  }
}

type Field = (name: string) => string | null

/** Accessors of the fields of an entry: as written, as text, and as URLs. */
function fieldsIn(printed: BibtexEntry['fields']) {
  const fields = new Map(
    [...printed].map(([name, value]) => [name, withoutConditionals(entitiesInLatex(value))]),
  )
  const raw = (name: string) => fields.get(name) ?? ''
  return {
    raw,
    field: (name: string) => cleanText(latexToText(markupToText(withJournalName(raw(name))))),
    verbatim: (name: string) => unescapeAddress(raw(name)),
  }
}

function asRecord(
  { type, key, fields: printed }: BibtexEntry,
  file: string,
): PaperRecord | Refusal {
  const { raw, field, verbatim } = fieldsIn(printed)
  const title = withSubtitle(field('title'), field('subtitle'))
  if (title === null) return { key: key || null, reason: 'the entry has no title' }
  const abstract = field('abstract') ?? field('abstractnote')
  const { identifiers, lost } = readIdentifiers(refsInBibtex(verbatim))
  lost.push(...lostEprints(verbatim, identifiers))
  const kind = kindOf(type, field, identifiers)
  const venue = venueOf(field, kind)
  const { published, eventYear: statedYear } = datesOf(field, lost)
  const eventYear = statedYear ?? eventYearOf({ venue, published })
  const links = ['code', 'note', 'howpublished', 'annote', 'url'].map(verbatim)
  const editors = namesOfEditors((own) => namesInBibtex(raw('editor'), own), lost)
  return recordOf({
    source: 'bibtex',
    key: libraryKey(file, key, title),
    licence: null,
    ...{ title, abstract, kind, published, lost, eventYear },
    language: languageOf(field, lost),
    landingUrl: verbatim('url') || null,
    pdfUrl: verbatim('pdf') || null,
    identifiers,
    authors: namesInBibtex(raw('author'), lost).flatMap(authorNamed),
    venue,
    ...publicationIn({ type, kind, field, editors: editors.map(({ name }) => name) }, lost),
    ...topicsOf(title, abstract, keywordItems(field('keywords') ?? '')),
    repositories: repositoriesIn([abstract, ...links].join('\n')),
    ...asLinks(linksNamed(verbatim)),
    ...asDecisions(decisionsInBibtex(field, { venue, eventYear })),
  })
}

const AT_VENUE = /^(?:journal_article|conference_paper|workshop_paper|demo)$/

function venueOf(field: Field, kind: PaperKind) {
  const event = field('eventtitle')
  if (event === null && !AT_VENUE.test(kind)) return null
  return venueNamed(
    event ?? containerOf(field),
    kind === 'journal_article' ? 'journal' : 'conference',
  )
}

function containerOf(field: Field): string | null {
  const journal = field('journal') ?? field('journaltitle') ?? field('shortjournal')
  return journal === null
    ? withSubtitle(field('booktitle'), field('booksubtitle'))
    : withSubtitle(journal, field('journalsubtitle'))
}

/** Reads the language, from `langid`, a name of Babel, or `language`, a name for people. */
function languageOf(field: Field, lost: string[]): string | null {
  const stated = ['langid', 'language'].map((name) => languageIn(field(name) ?? '', lost))
  return stated.find((tag) => tag !== null) ?? null
}

/** Words for keys that BibLaTeX prints in the language of the document. */
const WORDS: Record<string, string> = {
  phdthesis: 'PhD thesis',
  mathesis: "Master's thesis",
  candthesis: 'Candidate thesis',
  bathesis: "Bachelor's thesis",
  techreport: 'Technical report',
  resreport: 'Research report',
  newseries: 'new series',
  oldseries: 'old series',
  software: 'Software',
}

const worded = (text: string | null) => (text === null ? null : (WORDS[text] ?? text))

const MASTERS = /^masters|^mastersthesis$/

function publicationIn(
  {
    type,
    kind,
    field,
    editors,
  }: { type: string; kind: PaperKind; field: Field; editors: readonly string[] },
  lost: string[],
) {
  // paperql exports a report without an institution as `@misc`.
  const isReport = /report$/.test(type) || kind === 'report'
  const number = field('number') ?? field('issue')
  const parts = {
    container: isPreprintServer(containerOf(field)) ? null : containerOf(field),
    series: worded(field('series')),
    volume: field('volume'),
    number: isReport ? field('issue') : number,
    pages: field('pages') === field('eid') ? null : field('pages'),
    articleNumber: field('eid') ?? field('articleno') ?? field('article-number'),
    edition: field('edition'),
    editors,
    institution: field('school') ?? field('institution'),
    publisher: field('publisher') ?? field('organization'),
    publisherPlace: field('address') ?? field('location'),
    isbns: [field('isbn')],
    issns: [field('issn')],
    reportNumber: isReport ? field('number') : null,
    workType: worded(field('type')) ?? (MASTERS.test(type) ? "Master's thesis" : null),
  }
  return publicationOf(parts, lost)
}

function kindOf(type: string, field: Field, identifiers: readonly PaperIdentifier[]): PaperKind {
  const subtype = field('entrysubtype')?.replaceAll('-', '_')
  const own = PAPER_KINDS.find((word) => word === subtype)
  if (own !== undefined) return own
  const printed = containerOf(field)
  const isOnArxiv = identifiers.some(({ scheme }) => scheme === 'arxiv')
  const kind = Object.hasOwn(KINDS, type) ? (KINDS[type] ?? 'other') : kindByFields(type, field)
  if (isPreprintServer(printed) || (isOnArxiv && kind === 'other')) return 'preprint'
  const isUnpublished = printed === null && field('volume') === null
  if (isOnArxiv && kind === 'journal_article' && isUnpublished) return 'preprint'
  return kind === 'conference_paper' && /\bworkshop/i.test(printed ?? '') ? 'workshop_paper' : kind
}

/** Kind of an entry with a rare type, such as `@journal-paper`, by its fields. */
function kindByFields(type: string, field: Field): PaperKind {
  if (
    /^(?:misc|online|electronic|www|web_?page|software|dataset|manual|booklet|patent)$/.test(type)
  )
    return 'other'
  if (field('journal') ?? field('journaltitle')) return 'journal_article'
  const book = field('booktitle')
  if (book !== null)
    return /\b(?:proc|conf|workshop|symposium|meeting)/i.test(book) ? 'conference_paper' : 'chapter'
  if (field('school') !== null) return 'thesis'
  return field('institution') === null ? 'other' : 'report'
}
