import { createHash } from 'node:crypto'
import type { PaperIdentifier, PaperRecord } from './paper-record.ts'
import { familyKey, nameKey, titleKey } from './title-key.ts'

/** A record with all that comparing it needs, worked out once. */
export interface Comparable {
  /** Records of different match keys are never one paper by their titles; null when the title tells nothing. */
  matchKey: string | null
  identifiers: PaperIdentifier[]
  title: string
  words: number
  hasAuthors: boolean
  family: string
  byline: string
  year: number | null
}

/** Fewer words than these are the titles of many papers: the byline has to agree, or there has to be one. */
const [WORDS_FOR_BYLINE, WORDS_ALONE] = [3, 5]

/** Prepares a record for being compared with others. */
export function comparable(record: PaperRecord): Comparable {
  const title = titleKey(record.title)
  const words = title === '' ? 0 : title.split(' ').length
  const family = familyKey(record.authors[0]?.name ?? '')
  const byline =
    words < WORDS_FOR_BYLINE ? record.authors.map(({ name }) => nameKey(name)).join('\n') : ''
  const hasAuthors = record.authors.length > 0
  return {
    matchKey: keyOf(title, words, hasAuthors ? (words < WORDS_FOR_BYLINE ? byline : family) : null),
    identifiers: record.identifiers,
    title,
    words,
    hasAuthors,
    family,
    byline,
    year: record.published ? Number(record.published.on.slice(0, 4)) : record.eventYear,
  }
}

function keyOf(title: string, words: number, people: string | null): string | null {
  if (title === '') return null
  if (words >= WORDS_ALONE) return title
  return people === null ? null : `${title}\n${people}`
}

/** What `source_records.match_hash` holds for a record whose title tells nothing. */
const NO_MATCH = '0'

/** The match key as a number of 64 bits, for an index: equal keys have equal hashes. */
export function matchHash({ matchKey }: Comparable): string {
  if (matchKey === null) return NO_MATCH
  return createHash('sha256').update(matchKey).digest().readBigInt64BE().toString()
}

/**
 * Whether two records describe one paper: they share an identifier; or title and first author's family name
 * agree, the years are at most one apart, and no scheme gives them different identifiers. A title of fewer
 * than three words needs the whole byline to agree; where a record names no author, the title needs five.
 */
export function isSamePaper(a: Comparable, b: Comparable): boolean {
  if (a.identifiers.some((id) => b.identifiers.some((other) => equalIds(id, other)))) return true
  if (a.title === '' || a.title !== b.title || !yearsAgree(a, b) || conflict(a, b)) return false
  if (!a.hasAuthors || !b.hasAuthors) return a.words >= WORDS_ALONE
  return a.words < WORDS_FOR_BYLINE ? a.byline === b.byline : a.family === b.family
}

const equalIds = (a: PaperIdentifier, b: PaperIdentifier) =>
  a.scheme === b.scheme && a.value === b.value

/** Only reached when no identifier is shared, so any scheme that both know is a conflict. */
function conflict(a: Comparable, b: Comparable): boolean {
  return a.identifiers.some((id) => b.identifiers.some((other) => id.scheme === other.scheme))
}

function yearsAgree(a: Comparable, b: Comparable): boolean {
  return a.year === null || b.year === null || Math.abs(a.year - b.year) <= 1
}
