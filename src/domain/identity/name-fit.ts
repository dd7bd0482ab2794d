import { isShortForm, letterOf } from './pairs/short-names.ts'
import { IN_PINYIN, isInitial, ownInPinyin, type PersonName } from './person-name.ts'
import { isOfVietnam, OF_TWO_SYLLABLES } from './spelling/family-first.ts'
import { areSlavic, foldFamily, foldOf, LU, slavicLettersOf } from './spelling/folds.ts'
import { areInOtherParts, inSameWords } from './spelling/hyphens.ts'
import { APART_OR_JOINED } from './spelling/particles.ts'
import { SHORTEST_WITH_UMLAUT, withPossibleUmlauts } from './spelling/umlauts.ts'

/**
 * How two names fit: `equal`, `middle` if one has fewer middle names, `short` if one has a short form or another spelling of the first name, or
 * `initial` if one has an initial for it. Null if they cannot be one person's. Family and given names are compared in the order printed.
 */
export type NameFit = 'equal' | 'middle' | 'short' | 'initial'

export function fitNames(one: PersonName, other: PersonName): NameFit | null {
  if (one.suffix && other.suffix && one.suffix !== other.suffix) return null
  if (areInOtherParts(one, other)) return null
  const [a, b] = withOneFamily(one, other) ?? []
  if (a && b) return fitGiven(a, b)
  const found = READINGS.flatMap((read) => [
    ...pairIf(read(one), other),
    ...pairIf(read(other), one),
  ]).flatMap(([x, y]) => fitGiven(x, y) ?? [])
  // Without the other family name, fewer names say less.
  return found[0] === 'equal' ? 'middle' : (found[0] ?? null)
}

/** "García López" is also García or López alone, and "G. López"; "Bonneau-Maynard" is also Bonneau or Maynard. */
const READINGS: ((name: PersonName) => PersonName | null)[] = [
  ({ family, given, second, familyEnd, ...rest }) =>
    second === undefined ? null : { ...rest, family: second, given: [...given, family] },
  ({ family, given, second, familyEnd, ...rest }) =>
    familyEnd === undefined ? null : { ...rest, family: familyEnd, given },
  ({ family, given, second, familyEnd, ...rest }) => {
    const start = family.slice(0, -(familyEnd?.length ?? 0))
    return !familyEnd || start.length < SHORTEST_OF_TWO ? null : { ...rest, family: start, given }
  },
]

/** Minimum number of letters of the first of two family names: "Ben" of Ben-David is not a family name. */
const SHORTEST_OF_TWO = 4

function pairIf(one: PersonName | null, other: PersonName): [PersonName, PersonName][] {
  return one && isSame(one.family, other.family, spelling(one, other)) ? [[one, other]] : []
}

/** How two names with the same family name fit, by given names, nicknames and second family names. */
function fitGiven(a: PersonName, b: PersonName): NameFit | null {
  const fit =
    fitInOrder(a, b) ?? fitInVietnam(a, b) ?? fitInChina(a, b) ?? fitCalled(a, b) ?? fitCalled(b, a)
  return fit === 'equal' && (a.second === undefined) !== (b.second === undefined) ? 'middle' : fit
}

function fitInOrder(a: PersonName, b: PersonName): NameFit | null {
  // "Hai-Xin" is also printed "Hai Xin".
  if (a.given.join('') === b.given.join(''))
    return isInitial(a.given[0] ?? '') ? 'initial' : 'equal'
  const spelt = spelling(a, b)
  const fits = ([x, y]: [string, string]) => isSame(x, y, spelt) || isShorter(x, y, spelt)
  const [one, other] = inSameWords(a, b, (words, word) => areJoined(words, word, spelt))
  const [first, ...others] = pairsOf(...withoutCommonEnd(one, other))
  if (!first || !others.every(fits)) return null
  if (!fits(first)) return isShortForm(...first) || isDoubled(...first) ? 'short' : null
  if (first.some(isInitial)) return 'initial'
  if (isFolded(first, spelt)) return 'short'
  return one.length === other.length && others.every(([x, y]) => !isShorter(x, y, spelt))
    ? 'equal'
    : 'middle'
}

/** "Quoc Khanh Tran" is also printed "Khanh Quoc Tran", and "Khanh Tran". */
function fitInVietnam(a: PersonName, b: PersonName): NameFit | null {
  if ((a.given.length < 2 && b.given.length < 2) || a.family !== b.family) return null
  if (![a, b].every(({ family, given }) => isOfVietnam(family, given))) return null
  const [few, many] = a.given.length < b.given.length ? [a.given, b.given] : [b.given, a.given]
  if (few.length === 1) return few[0] === many.at(-1) && !isInitial(few[0] ?? '') ? 'middle' : null
  if (few.length < many.length) return null
  if (few.toSorted().join(' ') === many.toSorted().join(' ')) return 'short'
  const isOfInitials = few.every(isInitial) !== many.every(isInitial)
  return isOfInitials && initialsOf(few) === initialsOf(many) ? 'initial' : null
}

/** "Wayne Xin Zhao" is also printed "Xin Zhao". */
function fitInChina(a: PersonName, b: PersonName): NameFit | null {
  if (a.given.length < 2 && b.given.length < 2) return null
  const [one, other] = [ownInPinyin(a), ownInPinyin(b)]
  if ((one === null) === (other === null)) return null
  return (one ?? a.given).join('') === (other ?? b.given).join('') ? 'middle' : null
}

/** "Shixiang (Shane) Gu" is also printed "Shane Gu". */
function fitCalled({ nickname, parts, ...one }: PersonName, other: PersonName): NameFit | null {
  if (nickname === undefined) return null
  const fit = fitInOrder({ ...one, given: [nickname, ...one.given.slice(1)] }, other)
  return fit === null || fit === 'initial' ? fit : 'short'
}

const initialsOf = (words: string[]) =>
  words
    .map(([letter]) => letter)
    .toSorted()
    .join(' ')

/** Both names with the family name in the same words: "García López" is also printed "García-López", "van Dijk" "Vandijk". Null if the family names differ. */
function withOneFamily(a: PersonName, b: PersonName): [PersonName, PersonName] | null {
  if (a.family === b.family && a.second === b.second) return [a, b]
  const spelt = spelling(a, b)
  if (isSame(a.family, b.family, spelt))
    return a.second === undefined || b.second === undefined || isSame(a.second, b.second, spelt)
      ? [a, b]
      : null
  const joined = joinedAs(a, b)
  if (joined) return [joined, b]
  const other = joinedAs(b, a)
  return other && [a, other]
}

/** Maximum number of words that lists join to the beginning of a family name: "de la" of "de la Torre". */
const MOST_JOINED = 2

/** A name with the words before its family name joined to it, if that gives the other's family name. Not in pinyin: "Xin Li An" is not "Xin Lian". */
function joinedAs(name: PersonName, other: PersonName): PersonName | null {
  const { family, given } = other
  if (!OF_TWO_SYLLABLES.has(family) && arePinyin(family, given[0] ?? '')) return null
  const spelt = spelling(name, other)
  const { second = '', ...alone } = name
  if (second !== '' && isSame(name.family + second, family, spelt)) return { ...alone, family }
  for (let at = name.given.length - 1; at > 0 && at >= name.given.length - MOST_JOINED; at--)
    if (isSame(name.given.slice(at).join('') + name.family, family, spelt))
      return { ...name, family, given: name.given.slice(0, at) }
  return null
}

/**
 * Given names without the last ones that both have in full, because one may lack a middle name before them: "Aad W. van der Vaart". The first
 * given names stay.
 */
function withoutCommonEnd(a: string[], b: string[]): [string[], string[]] {
  const most = Math.min(a.length, b.length) - 1
  let common = 0
  while (common < most && isFullIn(b.at(-1 - common), a.at(-1 - common))) common++
  return [a.slice(0, a.length - common), b.slice(0, b.length - common)]
}

const isFullIn = (word = '', other = '') => word === other && !isInitial(word)

/** Pairs of the words at the same position, up to the length of the shorter list. */
function pairsOf(a: string[], b: string[]): [string, string][] {
  return a.slice(0, b.length).map((word, i): [string, string] => [word, b[i] ?? ''])
}

/** "R. Frank" may be Bob Frank, and "E. Stoyanets" Yevhen Stoyanets. */
function isShorter(a: string, b: string, spelt: Spelling): boolean {
  if (isInitial(a) === isInitial(b)) return false
  if (a[0] === b[0] || letterOf(a) === letterOf(b)) return true
  const [initial, word] = isInitial(a) ? [a, b] : [b, a]
  return spelt.areSlavic && slavicLettersOf(word).includes(initial)
}

/** Ways in which words of two names may differ in spelling and still be equal. */
interface Spelling {
  /** Words that were printed with ä, ö, ø, å, ü or đ, each with its spelt-out form: hakon with haakon. */
  spelt: ReadonlyMap<string, string>
  fold: ReturnType<typeof foldOf>
  /** Whether both names are of Eastern Europe, where initials differ with the transliteration. */
  areSlavic: boolean
}

const NONE = new Map<string, string>()

function spelling(a: PersonName, b: PersonName): Spelling {
  const [one, other] = [a.spelt, b.spelt]
  const spelt = one && other ? new Map([...one, ...other]) : (one ?? other ?? NONE)
  return { spelt, fold: foldOf(a, b), areSlavic: areSlavic(a, b) }
}

/**
 * "Håkon" is also printed "Hakon" and "Haakon", "Jürgen" also "Jurgen" and "Juergen". If neither name was printed with such letters, only "ue" and
 * most "oe" count as German umlauts: "Michael" and "Michal", "Daehyun" and "Dahyun", "Aalto" and "Alto", "Joel" and "Jol" are two people, in pinyin
 * also "Xue" and "Xu".
 */
function isSame(a: string, b: string, { spelt, fold }: Spelling): boolean {
  if (a === b) return true
  if (isInitial(a) || isInitial(b)) return false
  if (fold?.(a, b)) return true
  if (LU.has(a) || LU.has(b))
    return [a, b].every((word) => LU.has(word) || (word === 'lu' && spelt.get(word) === 'lue'))
  if (a.length === b.length) return false
  if (spelt.get(a) === b || spelt.get(b) === a) return true
  if (a.replace(MC, 'mac') === b.replace(MC, 'mac')) return true
  return withPossibleUmlauts(a) === withPossibleUmlauts(b) && !arePinyin(a, b)
}

/** Whether words of one name are one word of another: Hans Juergen, Hans-Jürgen. Not for initials, which nobody prints as one word. */
function areJoined(words: readonly string[], word: string, spelt: Spelling): boolean {
  if (words.some(isInitial)) return false
  const speltOut = words.map((one) => spelt.spelt.get(one) ?? one)
  return isSame(words.join(''), word, spelt) || isSame(speltOut.join(''), word, spelt)
}

/** Whether two names have a word in common, in any order and spelling, or a short form of one: the minimum for names of one person. */
export function haveWordInCommon(one: PersonName, other: PersonName): boolean {
  if (fitNames(one, other) !== null) return true
  const spelt = spelling(one, other)
  const isAlike = (a: string, b: string) =>
    a.startsWith(b) ||
    b.startsWith(a) ||
    isSame(a, b, spelt) ||
    isShortForm(a, b) ||
    isDoubled(a, b) ||
    foldFamily(a) === foldFamily(b)
  const [words, others] = [wordsOf(one), wordsOf(other)]
  return words.some((a) => others.some((b) => isAlike(a, b)))
}

const wordsOf = ({ family, given, second, familyEnd, nickname }: PersonName) =>
  [family, second, familyEnd, nickname, ...given].filter((word) => word !== undefined)

/** Whether two words differ only in sounds that their language spells in several ways: Yuki may be Yūki, or another name. */
const isFolded = ([a, b]: [string, string], { fold }: Spelling) => a !== b && fold?.(a, b)

/** McNamara is also printed MacNamara. */
const MC = /^mc(?=\p{L}{3})/u

const arePinyin = (a: string, b: string) => IN_PINYIN.test(a) && IN_PINYIN.test(b)

/** "Philippe" is also printed "Phillippe". In pinyin, different letters mean different names. */
function isDoubled(a: string, b: string): boolean {
  return a.length !== b.length && single(a) === single(b) && !arePinyin(a, b)
}

const single = (word: string) => word.replace(/([^aeiou])\1/gu, '$1')

export const withoutUmlauts = (word: string) => word.replace(/([aou])e|(a)a/g, '$1$2')

/** The family name by which names are looked up and grouped before they are compared: "Schütze" is also printed "Schuetze". */
export function familyKey(spelt: string): string {
  const family = foldFamily(spelt)
  return family.length < SHORTEST_WITH_UMLAUT || IN_PINYIN.test(family)
    ? family
    : withoutUmlauts(family)
}

/** The family name joined with its particles: "dewit" of Peter de Wit. */
export function wholeFamily({ family, given }: PersonName): string {
  let start = given.length
  while (start > 1 && APART_OR_JOINED.has(given[start - 1] ?? '')) start--
  return given.slice(start).join('') + family
}

/** Whether one of two `wholeFamily` names may be the other without its beginning or end, or with Mc for Mac: O'Brien and Brien. */
export function isFamilyInPart(one: string, other: string): boolean {
  if (one === other) return false
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return (
    long.startsWith(short) ||
    long.endsWith(short) ||
    short.replace(MC, 'mac') === long.replace(MC, 'mac')
  )
}
