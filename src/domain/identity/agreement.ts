import { sum } from 'es-toolkit'
import { BY_BEST } from './cluster.ts'
import { type EvidenceKind, measure, type Place } from './evidence.ts'
import { LONGEST_CAREER } from './pairs/contradictions.ts'
import { differingIds } from './pairs/differing-ids.ts'
import type { PersonName } from './person-name.ts'
import type { PrintedPlace } from './profiles.ts'

/** Two papers, the evidence that they share an author, and its weight. */
interface AgreeingPair<T extends Place> {
  x: T
  y: T
  measured: Record<EvidenceKind, number>
  weight: number
}

/** How well two groups of papers agree. */
interface Agreement<T extends Place> {
  /** The pair that agrees best. */
  best: AgreeingPair<T>
  /** The logarithm of the odds, from the best pair and the mean of all pairs. Imports join two clusters by the same score. */
  score: number
}

interface Weighing {
  givenNames: number
  weigh: (measured: Record<EvidenceKind, number>) => number
}

/** The evidence that two groups of papers are by one person; null if no two of their names fit. */
export function agreementOf<T extends Place>(
  one: readonly T[],
  other: readonly T[],
  { givenNames, weigh }: Weighing,
): Agreement<T> | null {
  const pairs = one.flatMap((x) =>
    other.flatMap((y) => {
      const measured = measure(x, y, givenNames)
      return measured ? { x, y, measured, weight: weigh(measured) } : []
    }),
  )
  const [first, ...more] = pairs
  if (!first) return null
  const best = more.reduce((most, pair) => (pair.weight > most.weight ? pair : most), first)
  // Sorted, because the sum of floating-point numbers depends on their order.
  const weights = pairs.map(({ weight }) => weight).sort((x, y) => x - y)
  const mean = sum(weights) / weights.length
  return { best, score: BY_BEST * best.weight + (1 - BY_BEST) * mean }
}

/** The papers of one person, with their name and identifiers. */
interface Papers {
  places: readonly PrintedPlace[]
  name?: PersonName
  identifiers?: readonly string[]
}

/** Why two groups of papers cannot be by one person, whatever they have in common; null if nothing contradicts it. */
export function contradictionBetween(one: Papers, other: Papers): string | null {
  const papers = new Set(one.places.map(({ paperId }) => paperId))
  if (other.places.some(({ paperId }) => papers.has(paperId)))
    return 'Both are authors of one paper.'
  const years = [...one.places, ...other.places].flatMap(({ year }) => year ?? [])
  const span = Math.max(...years) - Math.min(...years)
  if (span > LONGEST_CAREER) return `Their papers are ${span} years apart.`
  return differingIds(identifiedBy(one), identifiedBy(other))
}

/** An author's identifiers and names, with those of their papers: an identifier may be on a paper only. */
const identifiedBy = ({ name, identifiers = [], places }: Papers) => ({
  identifiers: [...identifiers, ...places.flatMap((place) => place.identifiers)],
  names: [...(name ? [name] : []), ...places.map((place) => place.name)],
})
