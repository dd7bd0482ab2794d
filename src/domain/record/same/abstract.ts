import type { Comparable } from './comparable.ts'

/** Minimum share of the five-word sequences of the shorter abstract that the other has too. */
const SHARED_PARTS = 0.4

export function sameAbstract(a: Comparable, b: Comparable): boolean {
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
