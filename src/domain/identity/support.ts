import type { Place } from './evidence.ts'
import { signalCounter } from './pairs/signals.ts'
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

/** Says whether two places have enough in common, besides their names, to be compared. */
export function supporter(
  places: readonly Supported[],
  { expectedOf, nameOf, fitOf }: NamesOfPlaces,
): (i: number, j: number) => boolean {
  const splitOff = places.flatMap((place, i) => (place.isSplitOff ? (nameOf[i] ?? 0) : []))
  const expected = places.map((_, i) =>
    splitOff.some((name) => fitOf(nameOf[i] ?? 0, name) !== null)
      ? Math.max(RARE, expectedOf(i))
      : expectedOf(i),
  )
  const initial = places.map(({ name }) => isInitial(name.given[0] ?? ''))
  const pinyin = places.map(({ name }) => isPinyin(name))
  const signals = signalCounter(places)
  return (i, j) => {
    if (places[i]?.isSplitOff || places[j]?.isSplitOff) return signals(i, j) >= 2
    const people = Math.max(expected[i] ?? 0, expected[j] ?? 0)
    if (initial[i] || initial[j]) return signals(i, j) >= (people <= FEW_OF_INITIAL ? 1 : 2)
    const rare = pinyin[i] && pinyin[j] ? RARE_IN_PINYIN : RARE
    return people < rare || signals(i, j) >= (people <= FEW ? 1 : 2)
  }
}
