import { isShortForm } from './pairs/short-names.ts'
import { IN_PINYIN, isInitial, type PersonName } from './person-name.ts'

/**
 * How two names fit: `equal`, one with fewer `middle` names, one with a `short` form or another spelling of the first name, or one with an
 * `initial` for it. Null where they cannot be one person's. The order of family and given name is taken as printed.
 */
export type NameFit = 'equal' | 'middle' | 'short' | 'initial'

export function fitNames(a: PersonName, b: PersonName): NameFit | null {
  if (familyKey(a.family) !== familyKey(b.family)) return null
  if (a.suffix && b.suffix && a.suffix !== b.suffix) return null
  // "Hai-Xin" is also printed "Hai Xin".
  if (a.given.join('') === b.given.join(''))
    return isInitial(a.given[0] ?? '') ? 'initial' : 'equal'
  const [first, ...others] = pairsOf(...withoutCommonEnd(a.given, b.given))
  if (!first || !others.every(fits)) return null
  if (!fits(first)) return isShortForm(...first) || isDoubled(...first) ? 'short' : null
  if (first.some(isInitial)) return 'initial'
  return a.given.length === b.given.length && others.every(([x, y]) => !isShorter(x, y))
    ? 'equal'
    : 'middle'
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

const fits = ([a, b]: [string, string]) => isSame(a, b) || isShorter(a, b)

const isShorter = (a: string, b: string) => isInitial(a) !== isInitial(b) && a[0] === b[0]

/** "Jürgen" is also printed "Juergen", "Håkon" "Haakon". "Xue" and "Xu" are two names. */
function isSame(a: string, b: string): boolean {
  if (a === b) return true
  if (a.length === b.length || isInitial(a) || isInitial(b)) return false
  return withoutUmlauts(a) === withoutUmlauts(b) && !(IN_PINYIN.test(a) && IN_PINYIN.test(b))
}

/** "Philippe" is also printed "Phillippe". In pinyin other letters are other names. */
function isDoubled(a: string, b: string): boolean {
  return (
    a.length !== b.length && single(a) === single(b) && !(IN_PINYIN.test(a) && IN_PINYIN.test(b))
  )
}

const single = (word: string) => word.replace(/(.)\1/gu, '$1')

const withoutUmlauts = (word: string) => word.replace(/([aou])e|(a)a/g, '$1$2')

/** Shorter names are spelt so in other languages: Boes, Maes. */
const SHORTEST_WITH_UMLAUT = 5

/** The family name as others of one person may be compared: "Schütze" is also printed "Schuetze". "Xue" and "Xu" are two names. */
export function familyKey(family: string): string {
  return family.length < SHORTEST_WITH_UMLAUT || IN_PINYIN.test(family)
    ? family
    : withoutUmlauts(family)
}
