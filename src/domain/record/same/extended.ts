import { simplified } from '../title-key.ts'
import type { BylineVerdict } from './byline.ts'
import { type Comparable, publicationOf } from './comparable.ts'
import { placesDiffer } from './place.ts'
import { isOnlySites } from './site-title.ts'
import { isOtherPiece } from './title.ts'
import { comparableTitle } from './title-words.ts'
import { comparableVenue } from './venue.ts'

/**
 * Whether the title of one record is that of the other with a subtitle, or with text that a site adds to the titles of its pages. Only
 * for records that share an identifier: a short title with a subtitle is too little evidence alone.
 */
export function isExtended(a: Comparable, b: Comparable, byline: BylineVerdict): boolean {
  if (a.title.isRecurring || b.title.isRecurring || isOtherPiece(a.title, b.title)) return false
  const [short, long] = a.title.squashed.length < b.title.squashed.length ? [a, b] : [b, a]
  const rest = restOf(long, short)
  if (rest === null) return false
  if (byline === 'same' && !ADDED.test(rest) && isOneText(a, b)) return true
  return (byline === 'unknown' || byline === 'same') && isOfPage(rest, short, long)
}

/** Separators at which a title may end and other text begin. */
const BREAK = /\s*[:;?!.,]\s+|\s+[-‐-―|·•»/]+\s+|\s*[:—―]+\s*|\s+(?=[([])/gu

/** The text of a longer title after the shorter title; null if it does not begin with that title. */
function restOf({ record, title }: Comparable, short: Comparable): string | null {
  const wanted = short.title.squashed
  if (wanted === '' || !title.squashed.startsWith(wanted)) return null
  const found = [...record.title.matchAll(BREAK)].find(
    ({ index }) => comparableTitle(record.title.slice(0, index)).squashed === wanted,
  )
  return found ? record.title.slice(found.index + found[0].length) : null
}

/** Text at the beginning of a part of a paper, or of an addition to it. */
const ADDED =
  /^\W*(?:figures? (?!\d+\.?$)|tables?\b|data\b|dataset|slides|poster|code\b|updat|supp|correct|withdraw|expression of concern)/i

/** Whether two records are of one text: printed at one place or, without pages, by several people and not in a book, whose parts share its identifier. */
function isOneText(a: Comparable, b: Comparable): boolean {
  const { volume, pages } = placesDiffer(a, b)
  if (volume === true || pages === true) return false
  if (a.year !== null && b.year !== null && Math.abs(a.year - b.year) > 1) return false
  if (pages === false) return true
  return (
    a.byline.names.length > 1 &&
    [a, b].every(({ record: { kind } }) => kind !== 'book' && kind !== 'chapter')
  )
}

/** Separators of the parts in the title of a page. */
const PARTS = /\s+[-‐-―|·•»]+\s+|\s*::?\s+/u

/** `Vol 48, No 6`, a year or a day */
const COUNTED =
  /^(?:vol(?:ume)?\.? ?\w+)?,? ?(?:(?:no|issue|iss|number)\.? ?[\w-]+)?$|^(?:\d\d? )?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? )?\d{4}$/i

/** Whether the text after the title of a paper consists only of its site, journal, volume, authors and year. */
function isOfPage(rest: string, paper: Comparable, page: Comparable): boolean {
  const venues = [paper, page].flatMap(({ record, venue }) => [
    ...[venue, comparableVenue(record.venue?.name, record.venue?.kind ?? null)],
    ...[comparableVenue(publicationOf(record).container, null)],
  ])
  const isVenue = (part: string) => {
    const words = comparableVenue(part, null)?.words ?? []
    return words.length > 0 && venues.some((venue) => venue && isAmong(words, venue.words))
  }
  const people = new Set(
    [paper, page].flatMap(({ record }) => record.authors.map(({ name }) => simplified(name))),
  )
  const areNames = (part: string) =>
    part
      .split(/[,;&]| and /)
      .map(simplified)
      .every((name) => people.has(name) || /^(?:\d{4}|et al)?$/.test(name))
  return rest
    .split(PARTS)
    .every((part) => COUNTED.test(part) || isOnlySites(part) || isVenue(part) || areNames(part))
}

/** Whether all words are words of a venue or abbreviations of them. */
const isAmong = (words: readonly string[], venue: readonly string[]) =>
  words.every((word) =>
    venue.some((other) => other === word || (word.length > 2 && other.startsWith(word))),
  )
