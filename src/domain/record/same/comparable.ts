import { IDENTIFIER_SCHEMES, type IdentifierScheme } from '../../../db/tables/vocabulary.ts'
import type {
  DecisionClaim,
  PaperIdentifier,
  PaperRecord,
  PublicationClaim,
} from '../paper-record.ts'
import { type ComparableByline, comparableByline } from './byline.ts'
import { type ComparableTitle, comparableTitle } from './title-words.ts'
import { type ComparableVenue, comparableVenue } from './venue.ts'

/** A record with everything that comparison needs, computed once. */
export interface Comparable {
  record: PaperRecord
  identifiers: PaperIdentifier[]
  /** Ids by publisher or host. If two records have ids of one publisher, and none in common, they are two papers. */
  issued: Map<string, Set<string>>
  title: ComparableTitle
  byline: ComparableByline
  venue: ComparableVenue | null
  year: number | null
  isPreprint: boolean
  isPublished: boolean
}

/** Prepares a record for comparison. */
export function comparable(record: PaperRecord): Comparable {
  const { identifiers, kind, venue, published, eventYear } = record
  const isPreprint = kind === 'preprint' || (kind === 'other' && identifiers.some(isPreprintId))
  return {
    record,
    identifiers,
    issued: issuedTo(identifiers),
    title: comparableTitle(record.title),
    byline: comparableByline(record.authors.map(({ name }) => name)),
    venue: comparableVenue(publicationOf(record).container ?? venue?.name, venue?.kind ?? null),
    year: published ? Number(published.on.slice(0, 4)) : eventYear,
    isPreprint,
    isPublished: !isPreprint && kind !== 'other' && kind !== 'report',
  }
}

export const publicationOf = ({ publication }: PaperRecord): PublicationClaim => publication ?? {}

/** DOI prefixes of archives of preprints and data. */
const ARCHIVES = new Set(
  '10.48550,10.1101,10.64898,10.21203,10.2139,10.20944,10.31234,10.31235,10.31219,10.26434,10.5281,10.36227,10.22541,10.6084,10.17605,10.31222,10.35542,10.7287,10.14293,10.32388,10.55458,10.33774,10.12688,10.51094'.split(
    ',',
  ),
)

const registrantOf = (doi: string) => doi.slice(0, doi.indexOf('/'))
const isPreprintId = ({ scheme, value }: PaperIdentifier) =>
  scheme === 'arxiv' || (scheme === 'doi' && ARCHIVES.has(registrantOf(value)))

/** A DOI without its version: at Cochrane, F1000 and the archives each version of a work has a DOI. */
const versionless = (doi: string) =>
  doi.replace(
    /(?:\.pub\d+|(?<=^10\.(?:12688|21203|20944|14293|31234|36227|22541|26434)\/.+)[./-]?v\d+(?:\/\d+)?)$/,
    '',
  )

/**
 * Who assigns the ids of a scheme: a publisher or host, which gives each paper one id, or an index of others' papers, which may list a
 * paper twice. Different ids of an index separate two papers only if no shared identifier joins them.
 */
const GIVEN_BY: Record<IdentifierScheme, 'publisher' | 'index'> = {
  ...{ doi: 'publisher', arxiv: 'publisher', pmid: 'publisher', pmcid: 'publisher' },
  ...{ acl: 'publisher', dblp: 'publisher', openreview: 'publisher', pmlr: 'publisher' },
  ...{ neurips: 'publisher', openalex: 'index', s2: 'index', corpusid: 'index' },
  ...{ pwc: 'index', hf: 'index' },
}

/** Ids of presentations at NeurIPS: a paper may have one for a poster and another for a talk. */
const EVENT = 'neurips:event'

const INDEXES = new Set<string>([
  ...IDENTIFIER_SCHEMES.filter((scheme) => GIVEN_BY[scheme] === 'index'),
  EVENT,
])

function issuedTo(identifiers: readonly PaperIdentifier[]): Map<string, Set<string>> {
  const issued = new Map<string, Set<string>>()
  for (const id of identifiers) {
    const [by, value] = issuerOf(id)
    issued.set(by, (issued.get(by) ?? new Set()).add(value))
  }
  return issued
}

function issuerOf({ scheme, value }: PaperIdentifier): [string, string] {
  if (scheme === 'doi') return [`doi:${registrantOf(value)}`, versionless(value)]
  // DBLP has separate records for a preprint and the published paper.
  if (scheme === 'dblp') return [value.startsWith('journals/corr/') ? 'dblp:corr' : 'dblp', value]
  if (scheme === 'neurips') return [value.length > 30 ? 'neurips' : EVENT, value]
  return [scheme, value]
}

export const equalIds = (a: PaperIdentifier, b: PaperIdentifier) =>
  a.scheme === b.scheme && a.value === b.value

/** Whether a record has an identifier, or one for another version of the same work. */
export function hasIssued({ issued }: Comparable, id: PaperIdentifier): boolean {
  const [by, value] = issuerOf(id)
  return issued.get(by)?.has(value) ?? false
}

/** Whether a publisher, host or archive gave them different ids. */
export const issuerConflict = (a: Comparable, b: Comparable): boolean =>
  idsDiffer(a, b, (by) => !INDEXES.has(by) && !(by === 'openreview' && mayBeSubmittedAnew(a, b)))

/** Whether an index gave them different ids, or two publishers gave them DOIs. With `isShownTwice`, two events may belong to one paper. */
export const indexConflict = (a: Comparable, b: Comparable, isShownTwice: boolean): boolean =>
  idsDiffer(a, b, (by) => INDEXES.has(by) && !(by === EVENT && isShownTwice)) ||
  publishedDoisDiffer(a, b)

function idsDiffer(a: Comparable, b: Comparable, isAsked: (by: string) => boolean): boolean {
  for (const [by, values] of a.issued) {
    const others = isAsked(by) ? b.issued.get(by) : undefined
    if (others && ![...values].some((value) => others.has(value))) return true
  }
  return false
}

/** Whether one meeting presented both in different forms, such as a poster and a talk. */
export function arePresentedApart({ record: a }: Comparable, { record: b }: Comparable): boolean {
  const isOther = (one: DecisionClaim, other: DecisionClaim) =>
    one.venue?.slug === other.venue?.slug &&
    one.year === other.year &&
    one.presentation !== undefined &&
    other.presentation !== undefined &&
    one.presentation !== other.presentation
  return (a.decisions ?? []).some((one) => b.decisions?.some((other) => isOther(one, other)))
}

/** OpenReview lists a rejected paper once for each meeting to which it was submitted. */
const mayBeSubmittedAnew = (a: Comparable, b: Comparable) => a.isPreprint || b.isPreprint

/** Whether two publishers, neither of them an archive, gave them DOIs. */
function publishedDoisDiffer(a: Comparable, b: Comparable): boolean {
  const [own, others] = [a, b].map(({ issued }) =>
    [...issued.keys()].filter((by) => by.startsWith('doi:') && !ARCHIVES.has(by.slice(4))),
  )
  return own !== undefined && others !== undefined && own.length > 0 && others.length > 0
}

/** Schemes whose ids a source assigns, or uses as keys of its records. */
const OWN_SCHEMES: Record<string, readonly string[]> = {
  'acl-anthology': ['acl'],
  arxiv: ['arxiv'],
  'arxiv-atom': ['arxiv'],
  'arxiv-oai': ['arxiv'],
  crossref: ['doi'],
  datacite: ['doi'],
  openalex: ['openalex'],
  openreview: ['openreview'],
  s2: ['corpusid', 's2'],
  's2-abstracts': ['corpusid'],
  's2-tldrs': ['corpusid'],
  pwc: ['pwc'],
  'pwc-links': ['pwc'],
  'hf-daily': ['arxiv', 'hf'],
  'cv-daily': ['arxiv'],
}

/** 0 for a record's own identifier, by its source or its page; 1 for one that it links to. */
export function claimRank(record: PaperRecord, { scheme, value }: PaperIdentifier): 0 | 1 {
  if (OWN_SCHEMES[record.source]?.includes(scheme)) return 0
  const bare = value.slice(value.lastIndexOf('/') + 1)
  const pages = [record.landingUrl, record.pdfUrl, record.key]
  return pages.some((page) => page?.toLowerCase().includes(bare.toLowerCase())) ? 0 : 1
}
