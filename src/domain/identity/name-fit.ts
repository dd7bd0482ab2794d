import { OF_TWO_SYLLABLES } from './counts/family-first.ts'
import { isShortForm, letterOf } from './pairs/short-names.ts'
import { IN_PINYIN, isInitial, type PersonName } from './person-name.ts'

/**
 * How two names fit: `equal`, one with fewer `middle` names, one with a `short` form or another spelling of the first name, or one with an
 * `initial` for it. Null where they cannot be one person's. The order of family and given name is taken as printed.
 */
export type NameFit = 'equal' | 'middle' | 'short' | 'initial'

export function fitNames(one: PersonName, other: PersonName): NameFit | null {
  const [a, b] = withOneFamily(one, other) ?? []
  if (!a || !b) return null
  if (a.suffix && b.suffix && a.suffix !== b.suffix) return null
  // "Hai-Xin" is also printed "Hai Xin".
  if (a.given.join('') === b.given.join(''))
    return isInitial(a.given[0] ?? '') ? 'initial' : 'equal'
  const spelt = speltOf(a, b)
  const fits = ([x, y]: [string, string]) => isSame(x, y, spelt) || isShorter(x, y)
  const [first, ...others] = pairsOf(...withoutCommonEnd(a.given, b.given))
  if (!first || !others.every(fits)) return null
  if (!fits(first)) return isShortForm(...first) || isDoubled(...first) ? 'short' : null
  if (first.some(isInitial)) return 'initial'
  return a.given.length === b.given.length && others.every(([x, y]) => !isShorter(x, y))
    ? 'equal'
    : 'middle'
}

/** Both names with the family name in the same words: "García López" is also printed "García-López", "van Dijk" "Vandijk". Null where it is another. */
function withOneFamily(a: PersonName, b: PersonName): [PersonName, PersonName] | null {
  if (isSame(a.family, b.family, speltOf(a, b))) return [a, b]
  const joined = joinedAs(a, b)
  if (joined) return [joined, b]
  const other = joinedAs(b, a)
  return other && [a, other]
}

/** Words before the last one that lists join to a family name, at most: "de la Torre". */
const MOST_JOINED = 2

/** A name with words before the family name joined to it, where that is the family name of another; not in pinyin, as "Xin Li An" is not "Xin Lian". */
function joinedAs(name: PersonName, other: PersonName): PersonName | null {
  const { family, given } = other
  if (!OF_TWO_SYLLABLES.has(family) && arePinyin(family, given[0] ?? '')) return null
  const spelt = speltOf(name, other)
  for (let at = name.given.length - 1; at > 0 && at >= name.given.length - MOST_JOINED; at--)
    if (isSame(name.given.slice(at).join('') + name.family, family, spelt))
      return { ...name, family, given: name.given.slice(0, at) }
  return null
}

/**
 * Given names without the last ones that both have in full, as one may lack a middle name before them: "Aad W. van der Vaart". The first
 * ones stay.
 */
function withoutCommonEnd(a: string[], b: string[]): [string[], string[]] {
  const most = Math.min(a.length, b.length) - 1
  let common = 0
  while (common < most && isFullIn(b.at(-1 - common), a.at(-1 - common))) common++
  return [a.slice(0, a.length - common), b.slice(0, b.length - common)]
}

const isFullIn = (word = '', other = '') => word === other && !isInitial(word)

/** Words at the same place, as far as both go. */
function pairsOf(a: string[], b: string[]): [string, string][] {
  return a.slice(0, b.length).map((word, i): [string, string] => [word, b[i] ?? ''])
}

/** "R. Frank" may be Bob Frank. */
const isShorter = (a: string, b: string) =>
  isInitial(a) !== isInitial(b) && (a[0] === b[0] || letterOf(a) === letterOf(b))

/** Words of a name that were printed with ä, ö, ø, å or ü, and how others spell them out: hakon, which is also Haakon. */
type Spelt = ReadonlyMap<string, string>

const NONE: Spelt = new Map()

const speltOf = ({ spelt: one }: PersonName, { spelt: other }: PersonName): Spelt =>
  one && other ? new Map([...one, ...other]) : (one ?? other ?? NONE)

/**
 * "Håkon" is also printed "Hakon" and "Haakon", "Jürgen" also "Jurgen" and "Juergen". Of names without such letters, "ue" and most "oe" are of German: "Michael" and
 * "Michal", "Daehyun" and "Dahyun", "Aalto" and "Alto", "Joel" and "Jol" are two people, in pinyin also "Xue" and "Xu".
 */
function isSame(a: string, b: string, spelt: Spelt): boolean {
  if (a === b) return true
  if (a.length === b.length || isInitial(a) || isInitial(b)) return false
  if (spelt.get(a) === b || spelt.get(b) === a) return true
  return withoutGerman(a) === withoutGerman(b) && !arePinyin(a, b)
}

const withoutGerman = (word: string) =>
  word.length < SHORTEST_WITH_UMLAUT
    ? word
    : word.replace(/([ou])e(?=[b-df-hjkmnp-tvxz]|l\p{L})/gu, '$1')

const arePinyin = (a: string, b: string) => IN_PINYIN.test(a) && IN_PINYIN.test(b)

/** "Philippe" is also printed "Phillippe". In pinyin other letters are other names. */
function isDoubled(a: string, b: string): boolean {
  return a.length !== b.length && single(a) === single(b) && !arePinyin(a, b)
}

const single = (word: string) => word.replace(/([^aeiou])\1/gu, '$1')

const withoutUmlauts = (word: string) => word.replace(/([aou])e|(a)a/g, '$1$2')

/** Shorter names are spelt so in other languages: Boes, Maes. */
const SHORTEST_WITH_UMLAUT = 5

/** The family name by which names are looked up and grouped before they are compared: "Schütze" is also printed "Schuetze". */
export function familyKey(family: string): string {
  return family.length < SHORTEST_WITH_UMLAUT || IN_PINYIN.test(family)
    ? family
    : withoutUmlauts(family)
}
