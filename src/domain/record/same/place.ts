import type { PaperKind } from '../../../db/tables/vocabulary.ts'
import { type Comparable, publicationOf } from './comparable.ts'
import { meantBy } from './title.ts'
import { compareVenues } from './venue.ts'

/** Whether volume, number and pages of two records differ; each is null if one of them does not state it. */
export function placesDiffer(a: Comparable, b: Comparable) {
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

/** The first number or word: the first page, or the volume without its supplement. */
const startOf = (text: string | undefined) =>
  /[\p{L}\p{N}]+/u.exec(text ?? '')?.[0].toLowerCase() ?? null

/** Whether two records have the same volume and first page, and years at most one apart. */
export function isSamePlace(a: Comparable, b: Comparable): boolean {
  const { volume, pages } = placesDiffer(a, b)
  return volume === false && pages === false && Math.abs((a.year ?? 0) - (b.year ?? 0)) <= 1
}

/** Whether a record states that its paper is longer than a page: `99–101`, but not `A12–A12`. */
export function spansPages({ record }: Comparable): boolean {
  const range = /(\w*\d)\s*[-\u2010-\u2014]+\s*(\w*\d)/.exec(publicationOf(record).pages ?? '')
  return range !== null && !(range[1] ?? '').endsWith(range[2] ?? '')
}

/**
 * Whether volume, number and pages all differ: two printings of one paper may differ in volume and pages only. Without a volume the year
 * replaces it. Chapters of one book differ in pages alone, and editions of a book in nothing else.
 */
export function differInPlace(a: Comparable, b: Comparable): boolean {
  if (a.isPreprint || b.isPreprint) return false
  const kinds = [a.record.kind, b.record.kind]
  const areAll = (kind: PaperKind) => kinds.every((one) => one === kind)
  const { volume, number, pages } = placesDiffer(a, b)
  if (areAll('book') && editionsDiffer(a, b)) return true
  if (pages !== true) return false
  if (areAll('chapter')) return true
  if (volume === true) return number !== false
  return number === true && volume === null && yearsDiffer(a, b)
}

/**
 * Whether two records are of articles in different issues or volumes of one journal, on different pages: columns and reports have
 * the same title and author in each. Only plain numbers count: pages may be counted from 1, or be the number of an article.
 */
export function areInTwoIssues(a: Comparable, b: Comparable): boolean {
  if (a.record.kind !== 'journal_article' || b.record.kind !== 'journal_article') return false
  if (compareVenues(a.venue, b.venue) !== 'same') return false
  const [one, other] = [publicationOf(a.record), publicationOf(b.record)]
  const [x, y] = [plainPages(one.pages), plainPages(other.pages)]
  if (x === null || y === null || (x.first <= y.last && y.first <= x.last)) return false
  const differ = (field: 'volume' | 'number') => {
    const [own, its] = [plainNumber(one[field]), plainNumber(other[field])]
    return own !== null && its !== null && own !== its
  }
  return differ('number') || differ('volume')
}

const plainNumber = (text: string | undefined) =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) : null

/** First and last page; `230-5` ends at 235. Null unless both are plain numbers. */
function plainPages(text: string | undefined): { first: number; last: number } | null {
  const [, first, end = first] = /^(\d+)(?:\s*[-\u2013\u2014]+\s*(\d+))?$/.exec(text ?? '') ?? []
  if (first === undefined || end === undefined) return null
  const last = Number(first.slice(0, Math.max(0, first.length - end.length)) + end)
  return { first: Number(first), last: Math.max(Number(first), last) }
}

const yearsDiffer = (a: Comparable, b: Comparable) =>
  a.year !== null && b.year !== null && a.year !== b.year

function editionsDiffer(a: Comparable, b: Comparable): boolean {
  const [one, other] = [a, b].map(({ record }) => editionOf(publicationOf(record).edition))
  return Boolean(one && other && one !== other)
}

/** The number of an edition: `Second`, `2nd ed.` and `2` are equal. */
const editionOf = (text: string | undefined) => {
  const word = startOf(text)
  return word === null ? null : (/^\d+/.exec(meantBy(word))?.[0] ?? word)
}
