import type { PaperKind } from '../../db/tables/vocabulary.ts'
import type { PaperRecord } from '../../domain/record/paper-record.ts'
import { lostBeside, lostDates, monthOf, publishedFromIso, publishedOf } from '../fields/dates.ts'
import { findIdentifiers, readIdentifiers, reportLinks } from '../fields/identifiers.ts'
import { languageIn } from '../fields/languages.ts'
import { libraryKey } from '../fields/library-key.ts'
import { printedText } from '../fields/printed/printed-text.ts'
import { publicationOf } from '../fields/publication.ts'
import { isRetractedType } from '../fields/titles.ts'
import { eventYearOf, venueNamed } from '../fields/venues.ts'
import {
  cleanText,
  type Outcome,
  type Refusal,
  recordOf,
  repositoriesIn,
} from '../input/outcome.ts'
import {
  elementsAt,
  incompleteRecord,
  parseXmlEntry,
  readXmlRecords,
  type XmlElement,
} from '../input/xml-records.ts'
import { namesInField } from '../names/byline.ts'
import { authorNamed } from '../names/names.ts'
import { namesOfEditors } from '../names/strays.ts'
import { asDecisions, decisionsIn } from './decision-mention.ts'
import { topicsOf } from './keywords.ts'

/** Reads the XML export of EndNote, which other reference managers also write, one record element at a time. */
export async function* readEndnoteXml(
  text: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Outcome> {
  for await (const found of readXmlRecords(text, 'record')) {
    const { position, xml, repairs } = found
    const reading =
      xml === null ? incompleteRecord(found, 'record (<record>)') : readRecord(xml, file)
    if ('reason' in reading) yield { position, reject: reading }
    else yield { position, record: reading, repairs }
  }
}

/** Kinds by the name of EndNote's reference type; the first match counts. */
const KINDS: [RegExp, PaperKind][] = [
  [/^(?:journal|electronic|magazine) article$/i, 'journal_article'],
  [/^conference/i, 'conference_paper'],
  [/book section|chapter|encyclopedia|dictionary/i, 'chapter'],
  [/book$/i, 'book'],
  [/^thesis$/i, 'thesis'],
  [/^(?:report|standard|government document)$/i, 'report'],
  [/^(?:unpublished work|manuscript|preprint)$/i, 'preprint'],
]

/** Names of reference types by number, for programs that write only numbers. */
const TYPES: Record<string, string> = {
  '17': 'Journal Article',
  '43': 'Electronic Article',
  '19': 'Magazine Article',
  '10': 'Conference Proceedings',
  '47': 'Conference Paper',
  '5': 'Book Section',
  '6': 'Book',
  '28': 'Edited Book',
  '44': 'Electronic Book',
  '32': 'Thesis',
  '27': 'Report',
  '34': 'Unpublished Work',
  '36': 'Manuscript',
}

function readRecord(xml: string, file: string): PaperRecord | Refusal {
  const record = parseXmlEntry(xml, 'record')
  if ('reason' in record) return record
  const first = firstIn(record)
  const id = first('rec-number', 'foreign-keys/key')
  const title = printedText(first('titles/title') ?? '')
  if (title === null) return { key: id, reason: 'the record has no title' }
  return paperOf(record, libraryKey(file, id ?? '', title), title)
}

const textsAt = (record: XmlElement, path: string) =>
  elementsAt(record, path).flatMap(({ text }) => cleanText(text) ?? [])

/** Makes a function that returns the first text at the first of several paths that has one. */
const firstIn =
  (record: XmlElement) =>
  (...paths: string[]) =>
    paths.flatMap((path) => textsAt(record, path))[0] ?? null

function paperOf(record: XmlElement, key: string, title: string): PaperRecord {
  const first = firstIn(record)
  const kind = kindOf(record)
  const abstract = printedText(first('abstract') ?? '')
  const urls = elementsAt(record, 'urls').flatMap(({ children }) =>
    children.flatMap((group) => linesOf(group, 'url')),
  )
  const printed = first('titles/secondary-title', 'periodical/full-title', 'titles/alt-title')
  const keywords = linesOf(record, 'keywords/keyword').map((term) => term.replace(/^\*|\*$/g, ''))
  const [year, days] = [first('dates/year'), textsAt(record, 'dates/pub-dates/date')]
  const published = dateOf(year, days)
  const venue = venueOf(printed, kind)
  const eventYear = eventYearOf({ venue, published })
  const notes = textsAt(record, 'notes')
  const { identifiers, lost } = readIdentifiers([...refsOf(record), ...urls])
  reportLinks(urls, lost)
  lost.push(...lostDates([year]), ...lostBeside(year, days))
  return recordOf({
    source: 'endnote-xml',
    key,
    licence: null,
    ...{ title, abstract, kind, published, lost },
    eventYear,
    language: languageIn(textsAt(record, 'language').join('; '), lost),
    isRetracted: isRetractedType(first('work-type') ?? ''),
    landingUrl: urls.find((url) => /^https?:/.test(url)) ?? null,
    pdfUrl: linesOf(record, 'urls/pdf-urls/url').find((url) => /^https?:/.test(url)) ?? null,
    identifiers,
    authors: elementsAt(record, 'contributors/authors/author').flatMap(({ text }) =>
      namesInField(text, lost).flatMap(authorNamed),
    ),
    venue,
    ...publicationIn(record, { kind, printed, lost }),
    ...topicsOf(title, abstract, keywords),
    repositories: repositoriesIn([abstract, ...notes, ...urls].join('\n')),
    ...asDecisions(notes.flatMap((note) => decisionsIn(note, { venue, eventYear }))),
  })
}

/** Lines of the texts at a path, since EndNote separates several values by carriage returns. */
function linesOf(record: XmlElement, path: string): string[] {
  return elementsAt(record, path).flatMap(({ text }) =>
    text.split(/[\r\n]+/).flatMap((line) => cleanText(line) ?? []),
  )
}

function kindOf(record: XmlElement): PaperKind {
  const [type] = elementsAt(record, 'ref-type')
  const number = type?.text.trim() ?? ''
  const name = type?.attributes.name ?? TYPES[number] ?? ''
  return KINDS.find(([form]) => form.test(name))?.[1] ?? 'other'
}

function venueOf(printed: string | null, kind: PaperKind) {
  if (kind === 'journal_article') return venueNamed(printed, 'journal')
  return kind === 'conference_paper' ? venueNamed(printed, 'conference') : null
}

function publicationIn(
  record: XmlElement,
  { kind, printed, lost }: { kind: PaperKind; printed: string | null; lost: string[] },
) {
  const first = (...paths: string[]) => paths.flatMap((path) => linesOf(record, path))[0]
  const isOfInstitution = kind === 'thesis' || kind === 'report'
  const isBook = kind === 'book'
  const standard = linesOf(record, 'isbn')
  const editors = isOfInstitution ? [] : linesOf(record, 'contributors/secondary-authors/author')
  const parts = {
    container: isBook || isOfInstitution || kind === 'preprint' ? null : printed,
    series: first('titles/tertiary-title') ?? (isBook ? printed : null),
    volume: first('volume'),
    number: kind === 'report' ? null : first('number', 'issue'),
    pages: first('pages'),
    // Some programs store the day on which a record was added as the edition.
    edition: /^\d{4}\/\d{2}\/\d{2}$/.test(first('edition') ?? '') ? null : first('edition'),
    editors: namesOfEditors((own) => editors.flatMap((line) => namesInField(line, own)), lost).map(
      ({ name }) => name,
    ),
    institution: isOfInstitution ? first('publisher') : null,
    publisher: isOfInstitution ? null : first('publisher'),
    publisherPlace: first('pub-location'),
    isbns: standard,
    reportNumber: kind === 'report' ? first('number') : null,
    workType: isOfInstitution ? first('work-type') : null,
  }
  return publicationOf(parts, lost)
}

/** Reads a date such as `Sep 18`, `Dec`, `2019-09-18` or `May-Jun` beside the year. */
function dateOf(year: string | null, dates: readonly string[]): PaperRecord['published'] {
  const whole = dates.map(publishedFromIso).find((date) => date !== null)
  const digits = /\b\d{4}\b/.exec(year ?? '')?.[0]
  if (digits === undefined) return whole ?? null
  if (whole?.on.startsWith(digits)) return whole
  const [, month = '', day] = /^([A-Za-z]+)\S*(?:\s+(\d{1,2}))?/.exec(dates[0] ?? '') ?? []
  return publishedOf(Number(digits), monthOf(month), day === undefined ? undefined : Number(day))
}

/**
 * Finds references in fields for identifiers and in custom fields, whose meaning depends on the database. PubMed ids are recognised by
 * the database of the record.
 */
function refsOf(record: XmlElement): string[] {
  const lines = (path: string) => linesOf(record, path)
  const databases = [...lines('remote-database-name'), ...lines('remote-database-provider')].join(
    ' ',
  )
  const isPubmed = /\b(?:medline|pubmed|nlm|ncbi)\b/i.test(databases)
  const numbers = (path: string) => lines(path).filter((id) => /^\d{5,8}$/.test(id))
  const custom = [
    'custom1',
    'custom2',
    'custom3',
    'custom5',
    'custom6',
    'custom7',
    'notes',
  ].flatMap(lines)
  return [
    ...lines('electronic-resource-num').flatMap((doi) =>
      /^https?:/.test(doi) && findIdentifiers([doi]).length > 0
        ? doi
        : `doi:${doi.replace(/^doi:\s*/i, '')}`,
    ),
    ...(isPubmed ? numbers('accession-num').map((id) => `pmid:${id}`) : []),
    ...(/\bembase\b/i.test(databases) ? numbers('custom5').map((id) => `pmid:${id}`) : []),
    ...custom.flatMap((text) => {
      const pmc = /^(?:PMCID:?\s*)?(PMC\d{4,9})\b/.exec(text)?.[1]
      const pmid = /\b(?:PUBMED|PMID:?)\s+(\d{5,8})\b/.exec(text)?.[1]
      return [...(pmc ? [`pmcid:${pmc}`] : []), ...(pmid ? [`pmid:${pmid}`] : [])]
    }),
  ]
}
