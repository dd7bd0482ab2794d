import { categoryTopics, isCategory } from '../../domain/record/arxiv-categories.ts'
import { linksIn } from '../../domain/record/links.ts'
import type {
  AuthorClaim,
  EventClaim,
  PaperIdentifier,
  PaperRecord,
} from '../../domain/record/paper-record.ts'
import { compare } from '../../domain/record/precedence.ts'
import { findTopics } from '../../domain/record/topic-vocabulary.ts'
import { normaliseIdentifier } from '../../domain/reference/identifier.ts'
import { publishedOf } from '../fields/dates.ts'
import { findIdentifiers, lostIdentifier } from '../fields/identifiers.ts'
import { parseJournalReference } from '../fields/journal-reference.ts'
import { accentsToUnicode, latexToText } from '../fields/latex.ts'
import { publicationOf } from '../fields/publication.ts'
import { venueNamed } from '../fields/venues.ts'
import { cleanText, type Refusal, recordOf, repositoriesIn } from '../input/outcome.ts'
import { nameOfParts } from '../names/names.ts'
import { asDecisions, decisionsIn } from './decision-mention.ts'
import { asKeywords } from './keywords.ts'
import { asEvents, asLinks } from './links.ts'
import { licenceNamed } from './open-access.ts'

/** The metadata of a paper at arXiv, from any of its interfaces. */
export interface ArxivEntry {
  source: string
  id: string
  title: unknown
  abstract: unknown
  authors: AuthorClaim[]
  /** What was left out of their names. */
  lost: string[]
  /** Date of the first version; null when not stated. */
  firstOn: Date | null
  /** Categories, the primary one first. */
  categories: string[]
  doi: string
  comments: string
  journalRef: string
  /** URL of the licence of the text; empty if not stated. */
  licence: string
  /** Versions that the interface states; number and day are null if not stated. */
  versions: { number: number | null; on: Date | null }[]
  /** Days of the entry and its versions as stated, to report unreadable ones. */
  statedDays: unknown[]
  /** Names of categories, if the interface does not state the categories themselves. */
  keywords?: string[]
}

/** arXiv's metadata is in the public domain, regardless of the licence of the paper. */
const LICENCE = 'CC0-1.0'

/** Makes the record of a paper at arXiv. Links to code are read from comments and abstract. */
export function readArxivEntry(entry: ArxivEntry): PaperRecord | Refusal {
  const id = normaliseIdentifier('arxiv', entry.id)
  if (id === null) return { key: null, reason: 'the entry has no arXiv id' }
  const title = cleanText(accentsToUnicode(cleanText(entry.title) ?? ''))
  if (title === null) return { key: id, reason: 'the entry has no title' }
  const abstract = cleanText(accentsToUnicode(cleanText(entry.abstract) ?? ''))
  const venue = venueNamed(knownVenue(entry.journalRef), 'conference')
  const eventYear = venue ? yearIn(entry.journalRef) : null
  const dois = findIdentifiers(doisOf(entry.doi))
  const comments = accentsToUnicode(cleanText(entry.comments) ?? '')
  return recordOf({
    source: entry.source,
    key: id,
    licence: LICENCE,
    title,
    abstract,
    kind: 'preprint',
    published: firstDay(entry.firstOn) ?? monthOfId(id),
    lost: lostOf(entry, dois),
    eventYear,
    landingUrl: `https://arxiv.org/abs/${id}`,
    pdfUrl: `https://arxiv.org/pdf/${id}`,
    identifiers: [{ scheme: 'arxiv', value: id }, ...dois],
    authors: entry.authors,
    venue,
    ...publicationOf(parseJournalReference(entry.journalRef)),
    topics: [...categoryTopics(entry.categories), ...findTopics(title, abstract)],
    ...asKeywords(entry.keywords ?? []),
    repositories: repositoriesIn(`${entry.comments}\n${abstract ?? ''}`),
    ...asLinks(linksIn(entry.comments)),
    ...asEvents(eventsOf(entry, id)),
    ...accessTo(id, entry.licence),
    ...asDecisions(decisionsIn(comments, { venue, eventYear })),
  })
}

/** Repairs to report about values that the record cannot have. */
function lostOf(
  { statedDays, doi, categories, lost }: ArxivEntry,
  dois: readonly PaperIdentifier[],
): string[] {
  const isDay = (stated: unknown) =>
    typeof stated === 'string' && firstDay(new Date(stated)) !== null
  const stated = statedDays.filter((day) => day !== undefined && day !== null && day !== '')
  const isDoi = doi.trim() === '' || dois.length > 0
  return [
    ...lost,
    ...(stated.every(isDay) ? [] : ['the day of a version cannot be read; left out']),
    ...(isDoi ? [] : [lostIdentifier('doi')]),
    ...(categories.every(isCategory) ? [] : ['a category that is not one of arXiv was left out']),
  ]
}

/** Open access if the text has a Creative Commons licence. The licence of arXiv itself allows reading there alone, as for all papers. */
function accessTo(id: string, address: string): Pick<PaperRecord, 'openAccess'> {
  const licence = licenceNamed(address.trim())
  const url = `https://arxiv.org/pdf/${id}`
  return licence === null ? {} : { openAccess: { status: 'open', url, licence, version: null } }
}

/** Versions, and a withdrawal, which arXiv publishes as a version whose comments give the reason. */
function eventsOf({ versions, comments }: ArxivEntry, id: string): EventClaim[] {
  const events = versions.map(
    ({ number, on }): EventClaim => ({
      kind: 'version',
      on: firstDay(on)?.on ?? null,
      ...(number !== null && { number }),
      notice: `https://arxiv.org/abs/${id}${number === null ? '' : `v${number}`}`,
    }),
  )
  const reason = cleanText(accentsToUnicode(cleanText(comments) ?? ''))
  if (reason === null || !WITHDRAWN.test(reason)) return events
  const { on = null, notice } = events.toSorted((a, b) => compare(b.on ?? '', a.on ?? ''))[0] ?? {}
  return [...events, { kind: 'withdrawal', on, reason, ...(notice && { notice }) }]
}

/** Comment of a withdrawal. It does not match comments about a withdrawn part or another withdrawn paper. */
const WITHDRAWN =
  /^(?:\W*(?:this|the) )?(?:paper|article|submission|manuscript|preprint|work)?,?\s*(?:has been|is|was|have been|being)?\s*(?:temporarily |hereby )?(?:withdrawn|retracted)\b|\b(?:paper|article|submission|manuscript|preprint) (?:has been|is|was) (?:temporarily |hereby )?(?:withdrawn|retracted)\b/i

/** Makes an author of the parts that arXiv states: family name, given names, suffix, then affiliations. */
export function personOf(parts: string[], lost: string[]): AuthorClaim[] {
  const [family = '', given = '', suffix = '', ...affiliations] = parts.map((part) =>
    latexToText(part.trim()),
  )
  const name = nameOfParts({ family, given, suffix }, lost)
  if (name === null) return []
  return [
    { name, identifiers: [], affiliation: cleanText(affiliations.filter(Boolean).join('; ')) },
  ]
}

/** Splits a field of DOIs at commas and spaces. A DOI may itself contain commas and semicolons. */
const doisOf = (text: string) =>
  (text.match(/10\.\d{4,9}\/\S+?(?=[,;]?(?:\s|$)|[,;]\s*(?:doi:\s*)?10\.\d{4})/gi) ?? []).map(
    (doi) => `doi:${doi}`,
  )

function firstDay(date: Date | null): PaperRecord['published'] {
  if (date === null || Number.isNaN(date.getTime())) return null
  return publishedOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
}

/** Year and month of submission in an arXiv id, also in `hep-th/9901001`. */
export function monthOfId(id: string): PaperRecord['published'] {
  const [, short = '', month = ''] = /^(?:[a-z.-]+\/)?(\d{2})(\d{2})/i.exec(id) ?? []
  const year = Number(short) + (Number(short) >= 91 ? 1900 : 2000)
  return publishedOf(year, Number(month))
}

/** A known conference in a journal reference, which is free text such as `Phys.Rev.D76:013009`; null for others. */
function knownVenue(reference: string): string | null {
  const name = reference.split(/[,;:]/)[0]?.trim() ?? ''
  return venueNamed(name, 'other')?.acronym ? name : null
}

function yearIn(text: string): number | null {
  const year = /\b((?:19|20)\d\d)\b/.exec(text)?.[1]
  return year === undefined ? null : Number(year)
}
