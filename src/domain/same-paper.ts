import { createHash } from 'node:crypto'
import type { ApartReason, PaperKind } from '../db/vocabulary.ts'
import type { PaperIdentifier, PaperRecord, PublicationClaim } from './paper-record.ts'
import {
  type BylineVerdict,
  bylineKey,
  type ComparableByline,
  comparableByline,
  compareBylines,
} from './same-byline.ts'
import {
  type ComparableTitle,
  comparableTitle,
  compareTitles,
  type TitleVerdict,
  titleInitials,
} from './same-title.ts'
import { type ComparableVenue, comparableVenue, compareVenues } from './same-venue.ts'

/** Raised with every change of the rules below, so that catalogues made before are grouped again. */
export const MATCHING_VERSION = 2

/** A record with all that comparing it needs, worked out once. */
export interface Comparable {
  record: PaperRecord
  identifiers: PaperIdentifier[]
  /** By publisher or host: where both of two records have ids of one, and none in common, they are two papers. */
  issued: Map<string, Set<string>>
  title: ComparableTitle
  byline: ComparableByline
  venue: ComparableVenue | null
  year: number | null
  isPreprint: boolean
  isPublished: boolean
}

/** Prepares a record for being compared with others. */
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

const publicationOf = ({ publication }: PaperRecord): PublicationClaim => publication ?? {}

/** Prefixes of DOIs of archives, where preprints and data are deposited. */
const ARCHIVES = new Set(
  '10.48550,10.1101,10.64898,10.21203,10.2139,10.20944,10.31234,10.31235,10.31219,10.26434,10.5281,10.36227,10.22541,10.6084,10.17605,10.31222,10.35542,10.7287,10.14293,10.32388,10.55458,10.33774,10.12688,10.51094'.split(
    ',',
  ),
)

const registrantOf = (doi: string) => doi.slice(0, doi.indexOf('/'))
const isPreprintId = ({ scheme, value }: PaperIdentifier) =>
  scheme === 'arxiv' || (scheme === 'doi' && ARCHIVES.has(registrantOf(value)))

/** Versions of one work have DOIs of their own at Cochrane, F1000 and the archives. */
const versionless = (doi: string) =>
  doi.replace(
    /(?:\.pub\d+|(?<=^10\.(?:12688|21203|20944|14293|31234|36227|22541|26434)\/.+)[./-]?v\d+(?:\/\d+)?)$/,
    '',
  )

/** Catalogues of others, who may have one paper twice: two of their ids keep papers apart that nothing else joins. */
const INDEXES = new Set(['openalex', 's2', 'corpusid', 'pwc', 'hf', 'neurips:event'])

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
  // DBLP has a record of the preprint beside that of the published paper.
  if (scheme === 'dblp') return [value.startsWith('journals/corr/') ? 'dblp:corr' : 'dblp', value]
  // A paper is shown at several events of its conference.
  if (scheme === 'neurips') return [value.length > 30 ? 'neurips' : 'neurips:event', value]
  return [scheme, value]
}

/** What two records are to each other. */
export interface Judgement {
  /** How sure it is that they are one paper, above 0; 0 where nothing joins them. */
  strength: number
  /** Whether a byline or an identifier is behind that, and not the title alone. */
  isFirm: boolean
  /** Whether they are two papers, whatever joins them with others. */
  isApart: boolean
  /** Why nothing joins them. */
  reason: ApartReason
}

const apart = (reason: ApartReason): Judgement => ({ ...NOTHING, isApart: true, reason })
const NOTHING: Judgement = { strength: 0, isFirm: false, isApart: false, reason: 'doubt' }
const APART = apart('contradiction')
const joined = (strength: number, isFirm = true): Judgement => ({
  ...NOTHING,
  strength,
  isFirm,
})

/**
 * Whether two records describe one paper. A shared identifier is evidence, not proof: where title and byline contradict,
 * they are two. Without one, title, byline, year and venue have to agree, the more of them the less the title says.
 */
export function judge(a: Comparable, b: Comparable): Judgement {
  // A record that only adds to others names its paper by an identifier.
  if (a.record.title === '' || b.record.title === '') return judgeAddition(a, b)
  if (issuerConflict(a, b, false)) return apart('other_identifier')
  if (differInPlace(a, b)) return apart('other_place')
  const isPlaced = isSamePlace(a, b)
  const shared = a.identifiers.filter((id) => hasIssued(b, id))
  const title = compareTitles(a.title, b.title)
  const byline = compareBylines(a.byline, b.byline)
  if (shared.length > 0) return judgeShared(a, b, { shared, title, byline })
  if (isPlaced && isPrintedThere(a, b, title, byline)) return joined(2)
  if (title === 'contrary' || (title === 'equal' && byline === 'none')) return APART
  if (title === 'different') return byline === 'none' ? APART : NOTHING
  if (issuerConflict(a, b, true) || byline === 'none' || byline === 'some') return NOTHING
  return judgeTexts(a, b, title, byline)
}

function judgeAddition(a: Comparable, b: Comparable): Judgement {
  const shared = a.identifiers.filter((id) => hasIssued(b, id))
  return shared.length > 0 ? joined(3 + sureness(shared, a, b)) : NOTHING
}

/** Whether two records describe one paper, with nothing else to tell. */
export const isSamePaper = (a: Comparable, b: Comparable): boolean => judge(a, b).strength > 0

const equalIds = (a: PaperIdentifier, b: PaperIdentifier) =>
  a.scheme === b.scheme && a.value === b.value

/** Whether a record has an identifier, or that of another version of the same. */
function hasIssued({ issued }: Comparable, id: PaperIdentifier): boolean {
  const [by, value] = issuerOf(id)
  return issued.get(by)?.has(value) ?? false
}

/** Whether one publisher, host or archive gave them different ids; or one of the indexes, where these are asked. */
function issuerConflict(a: Comparable, b: Comparable, ofIndexes: boolean): boolean {
  for (const [by, values] of a.issued) {
    if (INDEXES.has(by) !== ofIndexes) continue
    const others = b.issued.get(by)
    if (others && ![...values].some((value) => others.has(value))) return true
  }
  return ofIndexes && publishedDoisDiffer(a, b)
}

/** DOIs of two publishers, none of them of an archive. */
function publishedDoisDiffer(a: Comparable, b: Comparable): boolean {
  const [own, others] = [a, b].map(({ issued }) =>
    [...issued.keys()].filter((by) => by.startsWith('doi:') && !ARCHIVES.has(by.slice(4))),
  )
  return own !== undefined && others !== undefined && own.length > 0 && others.length > 0
}

/** What two records say of where they were printed: null where one says nothing. */
function placesDiffer(a: Comparable, b: Comparable) {
  const [one, other] = [publicationOf(a.record), publicationOf(b.record)]
  const differs = (field: 'volume' | 'number' | 'pages') => {
    const [x, y] = [startOf(one[field]), startOf(other[field])]
    return x === null || y === null ? null : x !== y
  }
  const [x, y] = [one, other].map(({ volume, number }) => /suppl/i.test(`${volume} ${number}`))
  const isKnown = one.volume !== undefined && other.volume !== undefined
  return {
    volume: isKnown && x !== y ? true : differs('volume'),
    number: differs('number'),
    pages: differs('pages'),
  }
}

/** The first number or word: of pages the first, of a volume that without its supplement. */
const startOf = (text: string | undefined) =>
  /[\p{L}\p{N}]+/u.exec(text ?? '')?.[0].toLowerCase() ?? null

/** The same volume and first page within a year: one place, where one paper is printed. */
function isSamePlace(a: Comparable, b: Comparable): boolean {
  const { volume, pages } = placesDiffer(a, b)
  return volume === false && pages === false && Math.abs((a.year ?? 0) - (b.year ?? 0)) <= 1
}

/** Volume, number and pages that all differ; of what was printed twice, volume and pages do. */
function differInPlace(a: Comparable, b: Comparable): boolean {
  if (a.isPreprint || b.isPreprint) return false
  const { volume, number, pages } = placesDiffer(a, b)
  return volume === true && pages === true && number !== false
}

/** Whether two records of one place are of one paper: abstracts of a meeting may share a page, a translated title is another. */
function isPrintedThere(
  a: Comparable,
  b: Comparable,
  title: TitleVerdict,
  byline: BylineVerdict,
): boolean {
  if (title === 'equal' && byline === 'some') return true
  if (title === 'contrary' || !AGREEING.has(byline)) return false
  if (title !== 'different') return true
  const isRange = [a, b].every(({ record }) =>
    /\d\s*[-–‐]+\s*\w*\d/.test(publicationOf(record).pages ?? ''),
  )
  return isRange && byline === 'same' && a.byline.names.length > 2
}

const AGREEING: ReadonlySet<BylineVerdict> = new Set(['same', 'part', 'most'])

interface Shared {
  shared: PaperIdentifier[]
  title: TitleVerdict
  byline: BylineVerdict
}

function judgeShared(a: Comparable, b: Comparable, { shared, title, byline }: Shared): Judgement {
  // Of two versions that have identifiers of their own, the title has to stay.
  const isOtherVersion = !shared.some((id) => b.identifiers.some((other) => equalIds(id, other)))
  if (isOtherVersion && title !== 'equal' && title !== 'near') return NOTHING
  const strength = 3 + sureness(shared, a, b)
  const isOwn = shared.some(({ scheme }) => scheme !== 'doi')
  if (title === 'equal' || title === 'near' || title === 'subtitle' || title === 'within') {
    const isGeneric =
      a.title.isRecurring ||
      b.title.isRecurring ||
      Math.min(a.title.size, b.title.size) < WORDS_ALONE
    return byline === 'none' && isGeneric ? APART : joined(strength)
  }
  // Another version of a preprint may count anew; a part, or a reply, is another paper.
  if (title === 'contrary')
    return isOwn && byline === 'same' && sameAbstract(a, b) ? joined(strength) : APART
  if (title === 'alike') return byline === 'none' && !sameAbstract(a, b) ? APART : joined(strength)
  if (!AGREEING.has(byline))
    return sameAbstract(a, b) && byline !== 'none' ? joined(strength) : APART
  // The title changed from version to version. Chapters of one author carry the DOI of their book as well.
  const isVersion = a.isPreprint || b.isPreprint || isOwn
  return isVersion || sameAbstract(a, b) ? joined(strength) : APART
}

/** From 0 to 1: an identifier of the records' own says more than one that is linked. */
function sureness(shared: PaperIdentifier[], a: Comparable, b: Comparable): number {
  const claims = shared.map((id) => claimRank(a.record, id) + claimRank(b.record, id))
  return 1 - Math.min(...claims) / 2
}

/** Schemes whose ids the source itself gives, or keys its records by. */
const OWN_SCHEMES: Record<string, readonly string[]> = {
  arxiv: ['arxiv'],
  'arxiv-atom': ['arxiv'],
  crossref: ['doi'],
  openalex: ['openalex'],
  s2: ['corpusid', 's2'],
  's2-abstracts': ['corpusid'],
  's2-tldrs': ['corpusid'],
  pwc: ['pwc'],
  'pwc-links': ['pwc'],
  'hf-daily': ['arxiv', 'hf'],
  'cv-daily': ['arxiv'],
}

/** 0 for an identifier that is the record's own: of its source, or of its page; 1 for one that is linked in it. */
export function claimRank(record: PaperRecord, { scheme, value }: PaperIdentifier): 0 | 1 {
  if (OWN_SCHEMES[record.source]?.includes(scheme)) return 0
  const bare = value.slice(value.lastIndexOf('/') + 1)
  const pages = [record.landingUrl, record.pdfUrl, record.key]
  return pages.some((page) => page?.toLowerCase().includes(bare.toLowerCase())) ? 0 : 1
}

/** Titles of fewer words are those of many papers; of fewer still, the byline and the venue have to agree as well. */
const [WORDS_FOR_BYLINE, WORDS_ALONE] = [3, 5]
/** Most years between a preprint and its publication under the same title. */
const YEARS_TO_PRINT = 2

function judgeTexts(
  a: Comparable,
  b: Comparable,
  title: TitleVerdict,
  byline: BylineVerdict,
): Judgement {
  const years = a.year === null || b.year === null ? null : Math.abs(a.year - b.year)
  const isVersion = a.isPreprint !== b.isPreprint
  if (years !== null && years > (isVersion ? YEARS_TO_PRINT : 1)) return NOTHING
  const venue = compareVenues(a.venue, b.venue)
  const bothPublished = !a.isPreprint && !b.isPreprint
  const people = Math.min(a.byline.names.length, b.byline.names.length)
  if (bothPublished && venue !== 'same' && placesDiffer(a, b).volume === true) return NOTHING
  if (bothPublished && differsAsVersions(a, b, venue, years))
    return title === 'equal' ? APART : NOTHING
  if (a.title.isRecurring || b.title.isRecurring)
    return title === 'equal' &&
      byline === 'same' &&
      venue === 'same' &&
      years === 0 &&
      !isOneList(a, b)
      ? joined(0.5, false)
      : NOTHING
  const size = Math.min(a.title.size, b.title.size)
  if (title === 'equal') {
    if (byline === 'unknown')
      return size >= WORDS_ALONE && (years ?? 0) <= 1 ? joined(0.5, false) : NOTHING
    if (
      bothPublished &&
      years !== 0 &&
      (byline !== 'same' || (a.venue && b.venue && venue !== 'same'))
    )
      return NOTHING
    if (bothPublished && venue === 'different' && (people < 2 || years !== 0)) return NOTHING
    if (bothPublished && years !== 0 && people < 2 && size < WORDS_ALONE) return NOTHING
    if (size < WORDS_FOR_BYLINE)
      return byline === 'same' && (people > 1 || size > 1 || venue === 'same') ? joined(1) : NOTHING
    if (byline === 'most' && size < WORDS_ALONE && years !== 0) return NOTHING
    // One name of several is that of whoever writes a column, or of the first author alone.
    if (byline === 'part' && people === 1) return joined(0.8, false)
    return joined(byline === 'same' ? 2 : 1.5)
  }
  if (byline === 'unknown') return NOTHING
  if (byline === 'most')
    return title === 'near' && years === 0 && size >= WORDS_FOR_BYLINE ? joined(1) : NOTHING
  if (bothPublished && (venue === 'different' || years !== 0)) return NOTHING
  if (title === 'near')
    return size >= WORDS_FOR_BYLINE && (byline === 'same' || people > 1) ? joined(1.2) : NOTHING
  if (title === 'within')
    return byline === 'same' && people > 1 && size >= WORDS_ALONE ? joined(1.1) : NOTHING
  if (title === 'subtitle')
    return byline === 'same' && (people > 1 || size >= WORDS_ALONE) ? joined(1.1) : NOTHING
  return byline === 'same' && people > 1 && sameAbstract(a, b) ? joined(1) : NOTHING
}

/** Whether one list has both, each under a key of its own: keys begin with the list. */
function isOneList({ record: a }: Comparable, { record: b }: Comparable): boolean {
  const listOf = (key: string) => key.slice(0, Math.max(0, key.lastIndexOf('/')))
  return a.source === b.source && listOf(a.key) === listOf(b.key)
}

/** A paper of a meeting and its longer version in a journal. */
function differsAsVersions(
  a: Comparable,
  b: Comparable,
  venue: string,
  years: number | null,
): boolean {
  const kinds: PaperKind[] = [a.record.kind, b.record.kind]
  if (a.venue?.kind && b.venue?.kind && a.venue.kind !== b.venue.kind) return true
  const isBoth =
    kinds.includes('journal_article') &&
    kinds.some((kind) => kind === 'conference_paper' || kind === 'workshop_paper')
  return isBoth && venue !== 'same' && years !== 0
}

/** Parts of five words that two abstracts share, of those of the shorter. */
const SHARED_PARTS = 0.4

function sameAbstract(a: Comparable, b: Comparable): boolean {
  const [one, other] = [a, b].map(({ record }) => shinglesOf(record.abstract))
  if (!one || !other || one.size < 20 || other.size < 20) return false
  const [small, large] = one.size <= other.size ? [one, other] : [other, one]
  let shared = 0
  for (const part of small) if (large.has(part)) shared++
  return shared >= SHARED_PARTS * small.size
}

const SHINGLE = 5

function shinglesOf(abstract: string | null): Set<string> | null {
  if (abstract === null) return null
  const words =
    abstract
      .slice(0, 3000)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  return new Set(words.slice(SHINGLE - 1).map((_, i) => words.slice(i, i + SHINGLE).join(' ')))
}

/** Hashes by which records that may be one paper find one another; fewer where the record says little. */
export interface MatchHashes {
  /** Of the title; of a title that many papers have, with the byline. */
  title: string | null
  /** Of the byline. */
  byline: string | null
  /** Of the first letters of the title's words, with one author where there are few of them. */
  initials: string | null
}

/** So many initials are those of few titles. */
const INITIALS_ALONE = 7

export function matchHashes({ title, byline }: Comparable): MatchHashes {
  const people = byline.names.map(({ words }) => words.join(' ')).sort()
  const needsPeople = title.isRecurring || title.size < WORDS_FOR_BYLINE
  const isTitled = title.squashed !== '' && !(needsPeople && people.length === 0)
  const initials = needsPeople ? null : titleInitials(title)
  const families = byline.names.map(({ family }) => family).sort()
  const isShort = initials !== null && initials.length < INITIALS_ALONE
  return {
    title: isTitled
      ? hashOf(`${title.squashed}${needsPeople ? `\n${people.join(',')}` : ''}`)
      : null,
    byline: hashed('byline', bylineKey(byline)),
    initials:
      isShort && families.length === 0
        ? null
        : hashed('initials', initials && initials + (isShort ? `\n${families[0]}` : '')),
  }
}

const hashed = (sort: string, key: string | null) =>
  key === null ? null : hashOf(`${sort}\n${key}`)
const hashOf = (key: string) =>
  createHash('sha256').update(key).digest().readBigInt64BE().toString()
