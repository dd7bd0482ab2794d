import { nameKey } from '../../record/title-key.ts'

/**
 * The names of a byline as decisions have them: of two people of one name, the second is "Wei Zhang (2)", as a decision on one is not about
 * the other.
 */
export function decidedNames(names: readonly string[]): string[] {
  const counts = new Map<string, number>()
  return names.map((name) => {
    const place = (counts.get(nameKey(name)) ?? 0) + 1
    counts.set(nameKey(name), place)
    return decidedName(name, place)
  })
}

/** The name of one of them: `place` is which of its name they are in the byline, from 1. */
export const decidedName = (name: string, place: number): string =>
  place === 1 ? name : `${name} (${place})`
