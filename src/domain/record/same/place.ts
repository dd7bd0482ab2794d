import { type Comparable, publicationOf } from './comparable.ts'

/** Where two records were printed: null where one states nothing. */
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

/** The first number or word: of pages the first, of a volume that without its supplement. */
const startOf = (text: string | undefined) =>
  /[\p{L}\p{N}]+/u.exec(text ?? '')?.[0].toLowerCase() ?? null

/** The same volume and first page within a year: one place, where one paper is printed. */
export function isSamePlace(a: Comparable, b: Comparable): boolean {
  const { volume, pages } = placesDiffer(a, b)
  return volume === false && pages === false && Math.abs((a.year ?? 0) - (b.year ?? 0)) <= 1
}

/**
 * Volume, number and pages that all differ; of what was printed twice, volume and pages do. Where one states no volume, the
 * year tells it.
 */
export function differInPlace(a: Comparable, b: Comparable): boolean {
  if (a.isPreprint || b.isPreprint) return false
  const { volume, number, pages } = placesDiffer(a, b)
  if (pages !== true || number === false || volume === false) return false
  return (
    volume === true || (number === true && a.year !== null && b.year !== null && a.year !== b.year)
  )
}
