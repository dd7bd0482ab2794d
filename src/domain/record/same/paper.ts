import type { ApartReason, PaperKind } from '../../../db/tables/vocabulary.ts'
import type { PaperIdentifier } from '../paper-record.ts'
import { sameAbstract } from './abstract.ts'
import { type BylineVerdict, compareBylines } from './byline.ts'
import {
  arePresentedApart,
  type Comparable,
  claimRank,
  equalIds,
  hasIssued,
  indexConflict,
  issuerConflict,
} from './comparable.ts'
import { isExtended } from './extended.ts'
import { areInTwoLanguages } from './language.ts'
import { areInTwoIssues, differInPlace, isSamePlace, placesDiffer, spansPages } from './place.ts'
import { compareTitles, ownWords, type TitleVerdict, WORDS_FOR_BYLINE } from './title.ts'
import { compareVenues, type VenueVerdict } from './venue.ts'

/** Raise this with every change of the rules below, so that existing catalogues are grouped again. */
export const MATCHING_VERSION = 12

/** The verdict on whether two records are one paper. */
export interface Judgement {
  /** Certainty that they are one paper, the higher the stronger; 0 if nothing joins them. */
  strength: number
  /** Whether a byline or an identifier supports the verdict, and not the title alone. */
  isFirm: boolean
  /** Whether they are two papers, even if other records would join them. */
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
 * Whether two records describe one paper. A shared identifier is evidence, not proof: if title and byline contradict it,
 * they are two. Without one, title, byline, year and venue must agree; the less the title says, the more of them.
 */
export function judge(a: Comparable, b: Comparable): Judgement {
  // A record without a title only adds to others, and names its paper by an identifier.
  if (a.record.title === '' || b.record.title === '') return judgeAddition(a, b)
  if (issuerConflict(a, b)) return apart('other_identifier')
  if (differInPlace(a, b)) return apart('other_place')
  const isPlaced = isSamePlace(a, b)
  const shared = a.identifiers.filter((id) => hasIssued(b, id))
  const title = compareTitles(a.title, b.title)
  const byline = compareBylines(a.byline, b.byline)
  if (shared.length > 0) return judgeShared(a, b, { shared, title, byline })
  if (areInTwoIssues(a, b)) return apart('other_place')
  if (isPlaced && isPrintedThere(a, b, title, byline)) return joined(2)
  if (title === 'contrary' || (title === 'equal' && byline === 'none')) return APART
  if (title === 'different' && byline === 'none') return APART
  if (byline === 'none' || byline === 'some') return NOTHING
  const isShownTwice = title === 'equal' && byline === 'same' && arePresentedApart(a, b)
  if (indexConflict(a, b, isShownTwice)) return NOTHING
  return judgeTexts(a, b, title, byline)
}

function judgeAddition(a: Comparable, b: Comparable): Judgement {
  const shared = a.identifiers.filter((id) => hasIssued(b, id))
  return shared.length > 0 ? joined(3 + sureness(shared, a, b)) : NOTHING
}

/** Whether two records describe one paper, without other evidence. */
export const isSamePaper = (a: Comparable, b: Comparable): boolean => judge(a, b).strength > 0

/**
 * Whether two records with the same volume and first page are one paper. Meeting abstracts, letters and reviews by the same authors may share a page.
 * A text of several pages shares them with no other, and its title may be translated or cut.
 */
function isPrintedThere(
  a: Comparable,
  b: Comparable,
  title: TitleVerdict,
  byline: BylineVerdict,
): boolean {
  if (title === 'equal' && byline === 'some') return true
  if (title === 'contrary' || !AGREEING.has(byline)) return false
  if ((title !== 'alike' && title !== 'different') || sameAbstract(a, b)) return true
  const areLong = spansPages(a) && spansPages(b)
  const { shared, left, right } = ownWords(a.title, b.title)
  const fewer = Math.min(left, right)
  if (title === 'alike') return areLong || fewer === 0
  const isAboutIt = shared >= WORDS_OF_PLACE && shared >= fewer
  return areLong && isAboutIt && byline === 'same' && a.byline.names.length > 2
}

/** Minimum number of words in common, besides half of the shorter title, for titles that differ in most words. */
const WORDS_OF_PLACE = 3

const AGREEING: ReadonlySet<BylineVerdict> = new Set(['same', 'part', 'most'])

interface Shared {
  shared: PaperIdentifier[]
  title: TitleVerdict
  byline: BylineVerdict
}

function judgeShared(a: Comparable, b: Comparable, { shared, title, byline }: Shared): Judgement {
  // If two versions have different identifiers, their titles must agree.
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
  if (isExtended(a, b, byline)) return joined(strength)
  // A later version of a preprint may have other numbers in its title; a part or a reply is another paper.
  if (title === 'contrary')
    return isOwn && byline === 'same' && sameAbstract(a, b) ? joined(strength) : APART
  if (title === 'alike') return byline === 'none' && !sameAbstract(a, b) ? APART : joined(strength)
  if (!AGREEING.has(byline))
    return sameAbstract(a, b) && byline !== 'none' ? joined(strength) : APART
  // Versions may have different titles. But chapters by one author may also carry the DOI of their book.
  const isVersion = a.isPreprint || b.isPreprint || isOwn
  const isTranslation = byline === 'same' && isTranslated(a, b)
  return isVersion || isTranslation || sameAbstract(a, b) ? joined(strength) : APART
}

/** Whether a title is a translation. Contributions in two languages that carry the DOI of one volume have different pages. */
const isTranslated = (a: Comparable, b: Comparable) =>
  areInTwoLanguages(a.title, b.title) && placesDiffer(a, b).pages !== true

/** From 0 to 1: a record's own identifier is stronger evidence than one that it links to. */
function sureness(shared: PaperIdentifier[], a: Comparable, b: Comparable): number {
  const claims = shared.map((id) => claimRank(a.record, id) + claimRank(b.record, id))
  return 1 - Math.min(...claims) / 2
}

/** Titles with fewer words than this are shared by many papers. */
const WORDS_ALONE = 5
/** Maximum years between a preprint and its publication under the same title. */
const YEARS_TO_PRINT = 2

/** The comparison of two records apart from their titles. */
interface Around {
  byline: BylineVerdict
  venue: VenueVerdict
  /** Years between them; null if one states none. */
  years: number | null
  /** Names of the shorter byline. */
  people: number
  /** Words of the shorter title. */
  size: number
  bothPublished: boolean
  isVersion: boolean
}

function judgeTexts(
  a: Comparable,
  b: Comparable,
  title: TitleVerdict,
  byline: BylineVerdict,
): Judgement {
  const around: Around = {
    byline,
    venue: compareVenues(a.venue, b.venue),
    years: a.year === null || b.year === null ? null : Math.abs(a.year - b.year),
    people: Math.min(a.byline.names.length, b.byline.names.length),
    size: Math.min(a.title.size, b.title.size),
    bothPublished: !a.isPreprint && !b.isPreprint,
    isVersion: a.isPreprint !== b.isPreprint,
  }
  const { venue, years, bothPublished, isVersion } = around
  if (years !== null && years > (isVersion ? YEARS_TO_PRINT : 1)) return NOTHING
  if (bothPublished && venue !== 'same' && placesDiffer(a, b).volume === true) return NOTHING
  if (bothPublished && differsAsVersions(a, b, venue, years))
    return title === 'equal' ? APART : NOTHING
  if (a.title.isRecurring || b.title.isRecurring) {
    const isOne = title === 'equal' && byline === 'same' && venue === 'same' && years === 0
    return isOne && !isOneList(a, b) ? joined(0.5, false) : NOTHING
  }
  return title === 'equal' ? judgeEqualTitles(a, b, around) : judgeLikeTitles(a, b, title, around)
}

function judgeEqualTitles(a: Comparable, b: Comparable, around: Around): Judgement {
  const { byline, venue, years, people, size, bothPublished } = around
  if (byline === 'unknown')
    return size >= WORDS_ALONE && (years ?? 0) <= 1 ? joined(0.5, false) : NOTHING
  if (bothPublished && years !== 0) {
    if (byline !== 'same' || (a.venue && b.venue && venue !== 'same')) return NOTHING
    if (people < 2 && size < WORDS_ALONE) return NOTHING
  }
  if (bothPublished && venue === 'different' && (people < 2 || years !== 0)) return NOTHING
  // A column has the same short title in each issue.
  if (size < WORDS_FOR_BYLINE && placesDiffer(a, b).pages === true) return NOTHING
  if (size < WORDS_FOR_BYLINE)
    return byline === 'same' && (people > 1 || size > 1 || venue === 'same') ? joined(1) : NOTHING
  if (byline === 'most' && size < WORDS_ALONE && years !== 0) return NOTHING
  // One name of several may be the author of a column, or the first author alone.
  if (byline === 'part' && people === 1) return joined(0.8, false)
  return joined(byline === 'same' ? 2 : 1.5)
}

function judgeLikeTitles(
  a: Comparable,
  b: Comparable,
  title: TitleVerdict,
  around: Around,
): Judgement {
  const { byline, venue, years, people, size, bothPublished, isVersion } = around
  if (byline === 'unknown' || (title === 'different' && !isVersion)) return NOTHING
  if (byline === 'most')
    return title === 'near' && years === 0 && size >= WORDS_FOR_BYLINE ? joined(1) : NOTHING
  if (bothPublished && (venue === 'different' || years !== 0)) return NOTHING
  if (title === 'near')
    return size >= WORDS_FOR_BYLINE && (byline === 'same' || people > 1) ? joined(1.2) : NOTHING
  if (byline !== 'same') return NOTHING
  if (title === 'within') return people > 1 && size >= WORDS_ALONE ? joined(1.1) : NOTHING
  if (title === 'subtitle') return people > 1 || size >= WORDS_ALONE ? joined(1.1) : NOTHING
  return people > 1 && sameAbstract(a, b) ? joined(1) : NOTHING
}

/** Whether both are in one list, which then lists them as two: keys begin with the list. */
function isOneList({ record: a }: Comparable, { record: b }: Comparable): boolean {
  const listOf = (key: string) => key.slice(0, Math.max(0, key.lastIndexOf('/')))
  return a.source === b.source && listOf(a.key) === listOf(b.key)
}

/** Whether one is a paper of a meeting and the other its longer version in a journal. */
function differsAsVersions(
  a: Comparable,
  b: Comparable,
  venue: VenueVerdict,
  years: number | null,
): boolean {
  const kinds: PaperKind[] = [a.record.kind, b.record.kind]
  if (a.venue?.kind && b.venue?.kind && a.venue.kind !== b.venue.kind) return true
  const isBoth =
    kinds.includes('journal_article') &&
    kinds.some((kind) => kind === 'conference_paper' || kind === 'workshop_paper')
  return isBoth && venue !== 'same' && years !== 0
}
