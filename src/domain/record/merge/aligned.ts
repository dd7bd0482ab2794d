import { zip } from 'es-toolkit'
import { fitNames } from '../../identity/name-fit.ts'
import { isInitial, type PersonName, parsePersonName } from '../../identity/person-name.ts'
import { isTypo } from '../same/word-difference.ts'
import { nameKey } from '../title-key.ts'

/** Limit of names without an equal in the other byline up to which all are compared. Longer lists are of collaborations, whose names are printed alike. */
const MOST_COMPARED = 100

/** A name of a byline. */
interface Place {
  key: string
  /** Its words in alphabetical order: "Wei Duanmu" is also printed "Duanmu Wei". */
  words: string
  printed: string
}

/**
 * For each name of a byline, the index of the same person in another byline of the paper; null if uncertain. If all names fit in order, they are the
 * same people, as in "J. Smith, J. Smith" and "John Smith, Jane Smith". Otherwise people match by equal names that are unique in both bylines, or by
 * names that fit one another and none of the others left.
 */
export function placesIn(one: readonly string[], other: readonly string[]): (number | null)[] {
  const [own, theirs] = [one.map(placeOf), other.map(placeOf)]
  if (own.length === theirs.length && own.every((place, at) => mayBeOne(place, theirs[at])))
    return own.map((_, at) => at)
  const places = byUniqueKey(own, theirs)
  const taken = new Set(places)
  const left = own.flatMap((_, at) => (places[at] === null ? at : []))
  const free = theirs.flatMap((_, at) => (taken.has(at) ? [] : at))
  if (left.length > MOST_COMPARED || free.length > MOST_COMPARED) return places
  const fitting = left.map((at) => free.filter((to) => mayBeOne(own[at], theirs[to])))
  for (const [index, to] of fitting.entries()) {
    const [only, ...more] = to
    const isSure =
      more.length === 0 && fitting.filter((all) => all.includes(only ?? -1)).length === 1
    if (only !== undefined && isSure) places[left[index] as number] = only
  }
  return places
}

/** Whether two printed names may be one person's, in any order of words and with a typo in a long word. */
export const mayBeOnePerson = (one: string, other: string): boolean =>
  mayBeOne(placeOf(one), placeOf(other))

function placeOf(printed: string): Place {
  const key = nameKey(printed)
  return { key, words: key.split(' ').sort().join(' '), printed }
}

function mayBeOne(a: Place | undefined, b: Place | undefined): boolean {
  if (!a || !b) return false
  if (a.key === b.key || a.words === b.words || isMistyped(a.key, b.key)) return true
  const [one, other] = [parsePersonName(a.printed), parsePersonName(b.printed)]
  return one !== null && other !== null && fitNames(one, other) !== null
}

/** Minimum number of letters of a word in which one may be a typo or another spelling: "Katharine" is also printed "Katherine", "Zhang" is not Zheng. */
const SHORTEST_MISTYPED = 7

function isMistyped(a: string, b: string): boolean {
  const [words, others] = [a.split(' '), b.split(' ')]
  if (words.length !== others.length) return false
  const differing = zip(words, others).filter(([x, y]) => x !== y)
  const [[x = '', y = ''] = [], ...more] = differing
  return more.length === 0 && Math.min(x.length, y.length) >= SHORTEST_MISTYPED && isTypo(x, y)
}

/** Matches equal names. A name that two people on one paper share matches neither. */
function byUniqueKey(own: readonly Place[], theirs: readonly Place[]): (number | null)[] {
  const [ours, others] = [uniqueKeys(own), uniqueKeys(theirs)]
  return own.map(({ key }) => (ours.has(key) ? (others.get(key) ?? null) : null))
}

function uniqueKeys(places: readonly Place[]): Map<string, number> {
  const byKey = new Map<string, number>()
  const twice = new Set<string>()
  for (const [at, { key }] of places.entries()) {
    if (byKey.has(key)) twice.add(key)
    byKey.set(key, at)
  }
  for (const key of twice) byKey.delete(key)
  return byKey
}

/**
 * The name to show for a person, from the names in records by precedence: the first, unless it has an initial for the first name and all others that print
 * the first name in full agree on it.
 */
export function fullestName([first, ...others]: readonly [string, ...string[]]): string {
  if (others.length === 0) return first
  const own = parsePersonName(first)
  if (own === null || !startsWithInitial(own)) return first
  const full = others.flatMap((printed) => {
    const name = parsePersonName(printed)
    return name && !startsWithInitial(name) && fitNames(own, name) === 'initial'
      ? [{ printed, name }]
      : []
  })
  const [best, ...more] = full
  return best && more.every(({ name }) => fitNames(best.name, name) !== null) ? best.printed : first
}

const startsWithInitial = ({ given }: PersonName) => isInitial(given[0] ?? '')
