import type { Place } from './evidence.ts'
import { isInitial, isPinyin, type NameFit } from './person-name.ts'

interface Supported extends Place {
  isSplitOff: boolean
}

interface NamesOfPlaces {
  /** By place: which of the different names it has. */
  nameOf: readonly number[]
  fitOf: (a: number, b: number) => NameFit | null
  /** How many people to expect of the name of a place. */
  expectedOf: (place: number) => number
}

/**
 * People of a name that are expected: where fewer than `RARE` are, it takes nothing in common but the score; up to `FEW`, one
 * thing; else two that have nothing to do with each other, as two people called Yang Yang share a co-author. Names in pinyin are those of
 * several in characters. Initials alone join nobody. What an operator split off shows that the name is not rare.
 */
const RARE = 1
const RARE_IN_PINYIN = 0.01
const FEW = 4
const FEW_OF_INITIAL = 8

/** What decides how much the bearer of a name has to have in common with another. */
export interface Bearer {
  /** People of the name that are expected. */
  people: number
  isInitial: boolean
  isPinyin: boolean
  isSplitOff: boolean
}

/** Of all places of a block. */
export function bearersOf(
  places: readonly Supported[],
  { expectedOf, nameOf, fitOf }: NamesOfPlaces,
): Bearer[] {
  const splitOff = places.flatMap((place, i) => (place.isSplitOff ? (nameOf[i] ?? 0) : []))
  return places.map((place, i) => {
    const isKnownOfMore = splitOff.some((name) => fitOf(nameOf[i] ?? 0, name) !== null)
    return {
      people: isKnownOfMore ? Math.max(RARE, expectedOf(i)) : expectedOf(i),
      isInitial: isInitial(place.name.given[0] ?? ''),
      isPinyin: isPinyin(place.name),
      isSplitOff: place.isSplitOff,
    }
  })
}

/** How many things that have nothing to do with each other two places must have in common. */
export function signalsWanted(one: Bearer, other: Bearer): number {
  if (one.isSplitOff || other.isSplitOff) return 2
  const people = Math.max(one.people, other.people)
  if (one.isInitial || other.isInitial) return people <= FEW_OF_INITIAL ? 1 : 2
  const rare = one.isPinyin && other.isPinyin ? RARE_IN_PINYIN : RARE
  if (people < rare) return 0
  return people <= FEW ? 1 : 2
}
