import { nameKey } from '../../record/title-key.ts'

/**
 * The names of a byline in the form that decisions use: the second of two people called Wei Zhang is "Wei Zhang (2)", because a decision on one does
 * not affect the other.
 */
export function decidedNames(names: readonly string[]): string[] {
  const counts = new Map<string, number>()
  return names.map((name) => {
    const place = (counts.get(nameKey(name)) ?? 0) + 1
    counts.set(nameKey(name), place)
    return decidedName(name, place)
  })
}

/** One such name: `place` is the position among people of that name in the byline, from 1. */
export const decidedName = (name: string, place: number): string =>
  place === 1 ? name : `${name} (${place})`
