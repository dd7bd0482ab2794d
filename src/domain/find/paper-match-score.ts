import leven from 'leven'
import { nameKey, titleKey } from '../record/title-key.ts'

/** A description of a paper. */
export interface PaperClaim {
  titleKey: string
  /** Names as written; empty if there are none. */
  authors: readonly string[]
  /** Whether more authors are indicated, as by `et al.`. */
  hasOthers: boolean
  /** Possible years; empty if none is stated. */
  years: readonly number[]
}

/** The facts of a paper that may be the described one. */
export interface MatchCandidate {
  id: number
  titleKey: string
  years: readonly number[]
  authors: readonly string[]
}

export interface MatchScore {
  confidence: number
  titleSimilarity: number
  reasons: string[]
}

/** Similarity below which two titles are no more alike than any two titles of a field. */
const UNLIKE = 0.55
/** Similarity from which two titles differ only by typos. */
const ALIKE = 0.93

/**
 * Similarity of a title that is the beginning or the end of the other (without its subtitle, or without the name before the colon), or that
 * has the same words, relative to an equal title.
 */
const PART = 0.96
const SAME_WORDS = 0.95
/** Minimum number of words of such a part; shorter ones occur in many titles. */
const PART_WORDS = 3
const PART_LENGTH = 15

/** The confidence from an equal title alone. */
const BY_TITLE = 0.8
/** The same for a title of fewer than `SHORT_WORDS` words, which several papers may have. */
const BY_SHORT_TITLE = 0.5
const SHORT_WORDS = 3
/** Added if all authors match. */
const BY_AUTHORS = 0.17
const BY_AUTHORS_OF_SHORT_TITLE = 0.4
/** Added if no author matches. */
const BY_NO_AUTHOR = -0.5
/** Added for a matching year. Preprints appear a year or two before. */
const BY_YEAR = 0.03
const BY_NEAR_YEAR = 0
const BY_OTHER_YEAR = -0.15
const NEAR_YEARS = 1

/** The confidence, from 0 to 1, that a claim describes this paper, and the reasons. */
export function scoreMatch(claim: PaperClaim, candidate: MatchCandidate): MatchScore {
  const similarity = titleSimilarity(claim.titleKey, candidate.titleKey)
  const isShort = claim.titleKey.split(' ').length < SHORT_WORDS
  const authors = compareAuthors(claim, candidate)
  const year = compareYears(claim.years, candidate.years)
  const most = isShort ? BY_AUTHORS_OF_SHORT_TITLE : BY_AUTHORS
  const byAuthors = authors ? (authors.score < 0 ? BY_NO_AUTHOR : most * authors.score) : 0
  const base = (isShort ? BY_SHORT_TITLE : BY_TITLE) + byAuthors + (year?.effect ?? 0)
  const likeness = Math.min(1, Math.max(0, (similarity - UNLIKE) / (ALIKE - UNLIKE)))
  // Differing letters still rank two candidates whose titles are both similar.
  const confidence = Math.min(1, Math.max(0, base)) * likeness * (0.9 + 0.1 * similarity)
  return {
    confidence: Math.round(confidence * 1000) / 1000,
    titleSimilarity: Math.round(similarity * 1000) / 1000,
    reasons: [
      similarity === 1 ? 'title equal' : `title similar ${Math.floor(similarity * 100)}%`,
      ...(authors?.reasons ?? []),
      ...(year ? [year.reason] : []),
    ],
  }
}

/** The similarity of two title keys, from 0 to 1: letter by letter, as part and whole, or word by word in any order. */
function titleSimilarity(a: string, b: string): number {
  if (a === b) return 1
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  const isPart = short.length >= PART_LENGTH && short.split(' ').length >= PART_WORDS
  const ends = isPart ? [long.slice(0, short.length), long.slice(-short.length)] : []
  return Math.max(
    ratio(a, b),
    ...ends.map((end) => PART * ratio(short, end)),
    SAME_WORDS * sharedWords(a, b),
  )
}

const ratio = (a: string, b: string) => 1 - leven(a, b) / Math.max(a.length, b.length, 1)

/** The share of letters in words that both have, typos tolerated. */
function sharedWords(a: string, b: string): number {
  const left = b.split(' ')
  let shared = 0
  for (const word of a.split(' ')) {
    const at = left.findIndex((other) => isSameWord(word, other))
    if (at >= 0) shared += word.length + (left.splice(at, 1)[0]?.length ?? 0)
  }
  return shared / Math.max(1, a.replaceAll(' ', '').length + b.replaceAll(' ', '').length)
}

const isSameWord = (a: string, b: string) =>
  a === b || (Math.min(a.length, b.length) >= 5 && leven(a, b, { maxDistance: 2 }) <= 1)

function compareAuthors({ authors, hasOthers }: PaperClaim, candidate: MatchCandidate) {
  const given = authors.map(namesIn).filter((names) => names.length > 0)
  const known = candidate.authors.map((name) => nameKey(name).split(' '))
  if (given.length === 0 || known.length === 0) return null
  const isIn = (names: string[] | undefined, all: string[]) =>
    names?.some((name) => all.some((other) => isSameWord(name, other))) ?? false
  const matched = given.filter((names) => known.some((all) => isIn(names, all))).length
  const isFirst = isIn(given[0], known[0] ?? [])
  const outOf = hasOthers
    ? given.length
    : Math.max(given.length, Math.min(known.length, given.length + 1))
  const score = matched === 0 ? -1 : (isFirst ? 0.5 : 0) + (0.5 * matched) / outOf
  const reasons = [
    ...(isFirst ? ['first author matches'] : []),
    matched === 0 ? 'no author matches' : `${matched} of ${given.length} authors`,
  ]
  return { score, reasons }
}

/** Initials after the family name, as in `Zhu JY` or `Wilson, A. G.`. */
const INITIALS_BEHIND = /(?<=\p{Ll}),?\s+(?:\p{Lu}\.?[\s-]?){1,3}$/u

/** Words of a name that may be the family name, the last first, without initials. */
function namesIn(name: string): string[] {
  const words = nameKey(name.replace(/\bet\.? al\b\.?/i, '').replace(INITIALS_BEHIND, ''))
    .split(' ')
    .filter((word) => word.length > 1)
  return words.slice(-1)
}

function compareYears(given: readonly number[], known: readonly number[]) {
  if (given.length === 0 || known.length === 0) return null
  const apart = Math.min(...given.flatMap((year) => known.map((other) => Math.abs(year - other))))
  if (apart === 0) return { effect: BY_YEAR, reason: 'year equal' }
  if (apart <= NEAR_YEARS) return { effect: BY_NEAR_YEAR, reason: 'year near' }
  return { effect: BY_OTHER_YEAR, reason: 'year differs' }
}

/** A claim from separate fields. */
export function claimOf(
  title: string,
  authors: readonly string[],
  year: number | null,
): PaperClaim {
  return {
    titleKey: titleKey(title),
    authors,
    hasOthers: authors.some((name) => /\bet\.? al\b/i.test(name)),
    years: year === null ? [] : [year],
  }
}
