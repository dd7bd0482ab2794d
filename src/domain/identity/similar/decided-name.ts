import { mayBeOnePerson } from '../../record/merge/aligned.ts'
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

const decidedName = (name: string, place: number): string =>
  place === 1 ? name : `${name} (${place})`

/**
 * The index in a byline of the person whom a decision names, in the form of `decidedNames` or as its key. The byline may print the name otherwise now; -1
 * if it fits nobody, or several.
 */
export function decidedPlace(names: readonly string[], decided: string): number {
  const key = nameKey(decided)
  const equal = decidedNames(names).findIndex((name) => nameKey(name) === key)
  if (equal >= 0) return equal
  const [, name = key, number] = NUMBERED.exec(key) ?? []
  const fitting = names.flatMap((printed, at) => (mayBeOnePerson(printed, name) ? at : []))
  if (number === undefined) return fitting.length === 1 ? (fitting[0] ?? -1) : -1
  // The second of two people of one name is neither the only one left nor one of two with different names.
  const isOneName = new Set(fitting.map((at) => nameKey(names[at] ?? ''))).size === 1
  return isOneName ? (fitting[Number(number) - 1] ?? -1) : -1
}

/** The key of a name with its position among people of that name. */
const NUMBERED = /^(.+) (\d+)$/
