import {
  PAPER_KINDS,
  type PaperKind,
  VENUE_KINDS,
  type VenueKind,
} from '../../db/tables/vocabulary.ts'
import type { AuthorClaim, PaperRecord } from '../../domain/record/paper-record.ts'
import { findAuthorIdentifier } from '../../domain/reference/author-ref.ts'
import { arxivIdOf, arxivMentionedIn } from '../fields/arxiv-mention.ts'
import {
  lostDate,
  partsAsText,
  publishedFromEdtf,
  publishedFromIso,
  publishedFromParts,
  publishedFromText,
} from '../fields/dates.ts'
import { readIdentifiers } from '../fields/identifiers.ts'
import { languageTag } from '../fields/languages.ts'
import { libraryKey } from '../fields/library-key.ts'
import { markupToText } from '../fields/markup.ts'
import { printedText } from '../fields/printed/printed-text.ts'
import { type PublicationParts, publicationOf } from '../fields/publication.ts'
import { eventYearOf, isPreprintServer, venueNamed } from '../fields/venues.ts'
import { count, type Json, jsonAdapter, list, object, text } from '../input/json.ts'
import { cleanText, type Refusal, recordOf, repositoriesIn } from '../input/outcome.ts'
import { lostAuthors, personOfInverted, personOfParts, type StatedName } from '../names/names.ts'
import { asDecisions, decisionsIn } from './decision-mention.ts'
import { lostOfCslItem } from './json-shapes.ts'
import { keywordItems, topicsOf } from './keywords.ts'

const KINDS: Record<string, PaperKind> = {
  article: 'preprint',
  'article-journal': 'journal_article',
  'article-magazine': 'journal_article',
  'article-newspaper': 'other',
  'paper-conference': 'conference_paper',
  speech: 'conference_paper',
  chapter: 'chapter',
  book: 'book',
  thesis: 'thesis',
  report: 'report',
  manuscript: 'preprint',
  review: 'journal_article',
  'review-book': 'journal_article',
  entry: 'chapter',
  'entry-dictionary': 'chapter',
  'entry-encyclopedia': 'chapter',
  collection: 'book',
  standard: 'report',
  // CSL-JSON of registration agencies, to which DOIs resolve, also has other types.
  'journal-article': 'journal_article',
  'proceedings-article': 'conference_paper',
  'posted-content': 'preprint',
  'book-chapter': 'chapter',
  dissertation: 'thesis',
}

/** Reads CSL-JSON, as reference managers export it: a JSON array of items. */
export const readCslJson = jsonAdapter('csl-json', readItem, lostOfCslItem)

/** Makes the record of a CSL-JSON item in this file. */
export function readItem(item: Json, file: string): PaperRecord | Refusal {
  const id = typeof item.id === 'number' ? String(item.id) : text(item.id)
  const custom = object(item.custom)
  const title =
    cleanText(custom.title) ?? printedText(firstText(item.title) || firstText(item['title-short']))
  if (title === null) return { key: id || null, reason: 'the item has no title' }
  const kind = PAPER_KINDS.find((word) => word === custom.kind) ?? kindOf(item)
  const abstract = cleanText(custom.abstract) ?? printedText(text(item.abstract))
  const venue = venueOf(item, kind)
  const published = publishedFromIso(text(custom.published)) ?? issuedOn(item)
  const eventYear =
    'eventYear' in custom ? count(custom.eventYear) : eventYearOf({ venue, published })
  const { identifiers, lost } = readIdentifiers(refsOf(item))
  return recordOf({
    source: 'csl-json',
    key: libraryKey(file, id, title),
    licence: null,
    title,
    abstract,
    kind,
    published,
    eventYear,
    language: languageTag(text(item.language)),
    landingUrl: text(item.URL) || null,
    pdfUrl: text(custom.pdfUrl) || null,
    identifiers,
    authors: list(item.author).flatMap(authorOf),
    venue,
    ...publicationIn(item, kind, lost),
    ...topicsOf(title, abstract, [item.keyword].flat().map(text).flatMap(keywordItems)),
    repositories: repositoriesIn([abstract, item.note].map((part) => part ?? '').join('\n')),
    ...asDecisions(decisionsIn(text(item.note), { venue, eventYear })),
    lost: [...lost, ...lostOf(item, published)],
  })
}

const textOrNumber = (value: unknown) => (typeof value === 'number' ? String(value) : text(value))

/** Some programs write a single value as a list, as Crossref does. */
const firstText = (value: unknown) => text(Array.isArray(value) ? value[0] : value)

/** Kind of an item. An `article` is a preprint, unless it is in a volume of a journal. */
function kindOf(item: Json): PaperKind {
  const type = text(item.type)
  const kind = Object.hasOwn(KINDS, type) ? (KINDS[type] ?? 'other') : 'other'
  const container = firstText(item['container-title'])
  if (kind === 'journal_article' && isPreprintServer(container)) return 'preprint'
  const isInVolume = container !== '' && !isPreprintServer(container) && item.volume !== undefined
  return type === 'article' && isInVolume ? 'journal_article' : kind
}

function venueOf(item: Json, kind: PaperKind) {
  const { venue } = object(item.custom)
  if (venue === null) return null
  const own = object(venue)
  const ownKind = VENUE_KINDS.find((word) => word === own.kind)
  if (ownKind) return venueNamed(cleanText(own.name), ownKind, cleanText(own.acronym))
  const kinds: Partial<Record<PaperKind, VenueKind>> = {
    journal_article: 'journal',
    conference_paper: 'conference',
    workshop_paper: 'conference',
    demo: 'conference',
  }
  const venueKind = kinds[kind]
  if (venueKind === undefined) return null
  const name = firstText(item['container-title']) || text(item['event-title']) || text(item.event)
  return venueNamed(printedText(name), venueKind)
}

/**
 * Reads the publication. The publisher of a thesis or report is its school or institution. `custom` has fields that CSL lacks, as
 * paperql exports them.
 */
function publicationIn(item: Json, kind: PaperKind, lost: string[]) {
  const field = (name: string) =>
    typeof item[name] === 'number' ? String(item[name]) : markupToText(firstText(item[name]))
  const isOfInstitution = kind === 'thesis' || kind === 'report'
  const number = /^arxiv:/i.test(field('number')) ? '' : field('number')
  const publisher = kind === 'preprint' && field('publisher') === 'arXiv' ? '' : field('publisher')
  const parts = {
    container: isPreprintServer(field('container-title')) ? '' : field('container-title'),
    series: field('collection-title'),
    volume: field('volume'),
    number: field('issue') || field('collection-number'),
    pages: field('page'),
    articleNumber: kind === 'report' ? null : number,
    edition: field('edition'),
    editors: list(item.editor).flatMap((editor) => authorOf(editor).map(({ name }) => name)),
    institution: isOfInstitution ? publisher : null,
    publisher: isOfInstitution ? null : publisher,
    publisherPlace: field('publisher-place'),
    isbns: [field('ISBN')],
    issns: [field('ISSN')],
    reportNumber: kind === 'report' ? number : null,
    workType: field('genre'),
    ...ownPublication(object(object(item.custom).publication)),
  }
  return publicationOf(parts, lost)
}

function ownPublication(own: Json): PublicationParts {
  const texts = Object.entries(own).filter(
    ([, value]) => value === null || typeof value === 'string',
  )
  return { ...Object.fromEntries(texts), ...('year' in own && { year: count(own.year) }) }
}

/** Reads the date, with numbers or texts as parts, or as one text. */
function issuedOn(item: Json): PaperRecord['published'] {
  for (const name of ['issued', 'published', 'event-date', 'submitted']) {
    const date = object(item[name])
    const raw = text(date.raw) || text(date.literal) || textOrNumber(item[name])
    const parts = publishedFromParts(date['date-parts'])
    const published = parts ?? publishedFromEdtf(raw) ?? publishedFromText(raw)
    if (published) return published
  }
  return null
}

/** Repairs to report about values that the record cannot have. */
function lostOf(item: Json, published: PaperRecord['published']): string[] {
  const issued = object(item.issued)
  const raw = text(issued.raw) || text(issued.literal) || textOrNumber(item.issued)
  const isText = list(item.author).some((author) => typeof author === 'string')
  return [
    ...lostDate([partsAsText(issued['date-parts']), raw], published),
    ...lostAuthors(item.author, (author) => authorOf(author).length > 0),
    ...(isText ? ['authors that are texts, not objects, were read as names'] : []),
  ]
}

/** Puts the scheme as prefix before an identifier or its URL; empty when absent. */
export function prefixed(scheme: string, value: unknown): string[] {
  const id = typeof value === 'number' ? String(value) : text(value)
  return id === '' ? [] : [`${scheme}:${id}`]
}

function refsOf(item: Json): string[] {
  const note = text(item.note)
  const isAtArxiv = /^arxiv/i.test(text(item.archive))
  const arxiv =
    arxivMentionedIn(text(item.number)) ??
    arxivIdOf(isAtArxiv ? text(item.archive_location) : '') ??
    note
      .split('\n')
      .map(arxivMentionedIn)
      .find((id) => id !== null)
  const inNote = (name: string) => new RegExp(`^\\s*${name}:\\s*(\\S+)`, 'im').exec(note)?.[1]
  return [
    ...prefixed('doi', text(item.DOI) || (inNote('doi') ?? /\bdoi:\s*(10\.\S+)/i.exec(note)?.[1])),
    ...prefixed('pmid', item.PMID ?? inNote('pmid')),
    ...prefixed('pmcid', item.PMCID ?? inNote('pmcid')),
    ...prefixed('arxiv', arxiv),
    ...list(object(item.custom).identifiers).map(text),
    ...(text(item.URL) === '' ? [] : [text(item.URL)]),
  ]
}

function authorOf(author: unknown): AuthorClaim[] {
  const claim = (person: StatedName | null, orcid = '') => {
    const found = findAuthorIdentifier(orcid)
    const identifiers = found?.scheme === 'orcid' ? [found] : []
    return person === null ? [] : [{ ...person, identifiers, affiliation: null }]
  }
  if (typeof author === 'string') return claim(personOfInverted(markupToText(author)))
  const part = (name: string) => markupToText(text(object(author)[name]))
  const person = personOfParts({
    family: [part('non-dropping-particle'), part('family') || part('literal') || part('name')]
      .filter(Boolean)
      .join(' '),
    given: part('given'),
    particle: part('dropping-particle'),
    suffix: part('suffix'),
  })
  return claim(person, part('ORCID'))
}
