import type { PaperKind } from '../db/tables/vocabulary.ts'
import type { CitablePaper } from '../domain/export/citable-paper.ts'
import type { PublicationClaim } from '../domain/record/paper-record.ts'
import { citationKey } from './citation-key.ts'
import {
  type CitedVersion,
  citedVersion,
  dateParts,
  identifierOf,
  isOfInstitution,
} from './cited.ts'
import { keywordsOf } from './keywords.ts'
import { mayBeLatex } from './latex.ts'
import { nameParts, type Person } from './names.ts'

/** A CSL-JSON item, as read by Zotero and other reference managers. */
export type CslItem = Record<string, unknown> & { id: string; type: string; author?: object[] }

const TYPES: Record<PaperKind, string> = {
  conference_paper: 'paper-conference',
  workshop_paper: 'paper-conference',
  demo: 'paper-conference',
  journal_article: 'article-journal',
  preprint: 'article',
  book: 'book',
  chapter: 'chapter',
  thesis: 'thesis',
  report: 'report',
  other: 'document',
}

/** Further authors, as Pandoc writes and reads `and others` of BibTeX; CSL has no form for them. */
const OTHERS = { literal: 'others' }

/** The paper as CSL-JSON, with keys in a fixed order. */
export function cslItem(paper: CitablePaper): CslItem {
  const cited = citedVersion(paper)
  const isPreprint = cited.kind === 'preprint'
  const item = citedItem(paper, cited)
  return withoutNulls({
    ...item,
    author: bylineOf(item, paper, OTHERS),
    PMID: identifierOf(paper, 'pmid'),
    PMCID: identifierOf(paper, 'pmcid'),
    language: paper.language,
    keyword: keywordsOf(paper).join(', ') || null,
    abstract: paper.abstract,
    // Not part of the citation; for a preprint, `number` contains it.
    note: isPreprint || cited.arxiv === null ? null : `arXiv:${cited.arxiv}`,
  }) as CslItem
}

/** The authors of the item, with a name for further ones if there are any. */
export const bylineOf = (
  { author }: CslItem,
  { hasMoreAuthors }: CitablePaper,
  others: { literal: string },
) => (author && hasMoreAuthors ? [...author, others] : author)

/**
 * The item with everything that CSL has no variable for under `custom`, which CSL reserves for this: importers that read it lose nothing.
 */
export function wholeCslItem(paper: CitablePaper): CslItem {
  const custom = customOf(paper, citedVersion(paper))
  return { ...cslItem(paper), ...(custom && { custom }) }
}

/** The input of a citation style, without anything that a reader would attribute to another version. */
export function citedItem(paper: CitablePaper, cited = citedVersion(paper)): CslItem {
  const { kind, publication, container, published, venue } = { ...cited, venue: paper.venue }
  const { articleNumber, reportNumber, isbns = [], issns = [], editors = [] } = publication
  const isPreprint = kind === 'preprint'
  const institution = isOfInstitution(kind) ? publication.institution : null
  const arxiv = isPreprint ? cited.arxiv : null
  const isEvent = venue?.kind === 'conference' || venue?.kind === 'workshop'
  return withoutNulls({
    id: citationKey(paper),
    type: TYPES[kind],
    title: paper.title,
    author: paper.authors.length > 0 ? paper.authors.map(cslName) : null,
    editor: editors.length > 0 ? editors.map((name) => cslName({ name })) : null,
    issued: published && { 'date-parts': [dateParts(published)] },
    'container-title': container,
    'collection-title': publication.series,
    'event-title': isEvent && venue.name !== container ? venue.name : null,
    volume: publication.volume,
    [isIssue(kind, publication) ? 'issue' : 'collection-number']: publication.number,
    // A hyphen is usual, except for page numbers that contain one.
    page: publication.pages?.includes('-')
      ? publication.pages
      : publication.pages?.replaceAll('\u2013', '-'),
    edition: publication.edition,
    publisher: institution ?? publication.publisher ?? (arxiv && 'arXiv'),
    'publisher-place': publication.publisherPlace,
    genre: publication.workType,
    number: isPreprint
      ? arxiv && `arXiv:${arxiv}`
      : kind === 'report'
        ? reportNumber
        : articleNumber,
    ISBN: isbns.join(' ') || null,
    ISSN: issns.join(' ') || null,
    DOI: cited.doi,
    URL: cited.url,
  }) as CslItem
}

/** Whether the number is that of an issue, as for journals and for proceedings in volumes; otherwise it is that of a series. */
const isIssue = (kind: PaperKind, { volume, series }: PublicationClaim) =>
  kind === 'journal_article' || (AT_EVENT.test(kind) && volume !== undefined && !series)

const AT_EVENT = /^(?:conference_paper|workshop_paper|demo)$/

/** The `custom` fields; null if there are none. */
function customOf(paper: CitablePaper, cited: CitedVersion) {
  const { kind, container, doi, arxiv, published } = cited
  const named = new Set([
    `doi:${doi}`,
    `arxiv:${arxiv}`,
    `pmid:${identifierOf(paper, 'pmid')}`,
    `pmcid:${identifierOf(paper, 'pmcid')}`,
  ])
  const identifiers = paper.identifiers
    .map(({ scheme, value }) => `${scheme}:${value}`)
    .filter((identifier) => !named.has(identifier))
  const publication = unnamedPublication(cited)
  const custom = withoutNulls({
    title: isMisread(paper.title) ? paper.title : null,
    abstract: isMisread(paper.abstract) ? paper.abstract : null,
    kind: isToldByType(paper.kind, kind) ? null : paper.kind,
    published: published === paper.published ? null : publishedText(paper),
    identifiers: identifiers.length > 0 ? identifiers : null,
    pdfUrl: paper.pdfUrl,
    publication: Object.keys(publication).length > 0 ? publication : null,
  })
  // Written even if null, because an importer would otherwise derive them from the container and the date.
  const isAtVenue = paper.venue !== null || container !== null
  const event = isAtVenue ? { venue: paper.venue, eventYear: paper.eventYear } : {}
  return Object.keys({ ...custom, ...event }).length > 0 ? { ...custom, ...event } : null
}

/** Whether a reader would find HTML tags, entities or LaTeX in the text, which items may contain. */
const isMisread = (value: unknown) =>
  typeof value === 'string' && (/<[a-z/!?]|&#?\w+;/i.test(value) || mayBeLatex(value))

/** The fields of a publication that have no variable in an item of its type. `container` is null if only the venue provides it. */
function unnamedPublication({ kind, container, publication }: CitedVersion) {
  const { year, journalRef, institution, publisher, articleNumber, reportNumber } = publication
  return {
    ...(container && !publication.container && { container: null }),
    ...(publication.container && !container && { container: publication.container }),
    ...Object.fromEntries(Object.entries(publication).filter(([, value]) => isMisread(value))),
    ...(year && { year }),
    ...(journalRef && { journalRef }),
    ...(institution && !isOfInstitution(kind) && { institution }),
    ...(publisher && isOfInstitution(kind) && institution && { publisher }),
    ...(articleNumber && (kind === 'report' || kind === 'preprint') && { articleNumber }),
    ...(reportNumber && kind !== 'report' && { reportNumber }),
  }
}

/** Whether the paper is cited as its own kind, and an importer would derive that kind from the type. */
const isToldByType = (kind: PaperKind, cited: PaperKind) =>
  kind === cited && kind !== 'workshop_paper' && kind !== 'demo'

/** The date to its known precision: `2021-08`. */
function publishedText({ published }: CitablePaper): string | null {
  if (!published) return null
  return published.on.slice(0, { year: 4, month: 7, day: 10 }[published.precision])
}

/** Particles that a source puts before the family name instead of in it: `Alexander von`. */
const DROPPED =
  /^(.+?)\s((?:(?:af|av|da|das|de|del|dela|della|den|der|des|di|do|dos|du|la|le|las|los|van|von|vom|zu|zum|zur|ter|ten|te)(?:\s|$))+)$/

function cslName({ name, familyName }: Person) {
  const parts = nameParts(name, familyName)
  if ('literal' in parts) return parts
  const { family, particle, suffix } = parts
  const [, given = parts.given, dropped] = DROPPED.exec(parts.given) ?? []
  return withoutNulls({
    family,
    given,
    'dropping-particle': dropped,
    'non-dropping-particle': particle || null,
    suffix: suffix || null,
  })
}

export const withoutNulls = (item: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(item).filter(([, value]) => value != null))
