import { partition, zip } from 'es-toolkit'
import { LRUCache } from 'lru-cache'
import { nameKey } from '../record/title-key.ts'
import { isGroupName } from '../reference/group-name.ts'
import { isCommonFamily, isCommonGiven } from './counts/common-names.ts'
import { isOfSyllables, isSyllable } from './counts/syllables.ts'
import { withAbdNames } from './spelling/abd-names.ts'
import { isInCapitals } from './spelling/capitals.ts'
import {
  isApartInVietnam,
  isFamilyFirst,
  isGivenThere,
  isRatherFamily,
} from './spelling/family-first.ts'
import { isSlavic } from './spelling/folds.ts'
import { partsOfGiven, withoutHyphens } from './spelling/hyphens.ts'
import { familyLengthInJapan } from './spelling/japanese.ts'
import { inLatin, withShortInitials } from './spelling/latin.ts'
import { takeNickname } from './spelling/nicknames.ts'
import { isOfSpain, placeOfFamily } from './spelling/two-families.ts'
import { speltOut, withPossibleUmlauts } from './spelling/umlauts.ts'

/** A name of a person in parts, in the spelling of `nameKey`. */
export interface PersonName {
  family: string
  /** Given and middle names, or their initials, in their order; one or more. */
  given: string[]
  /** Jr, Sr, II …, which distinguish a father from a son; absent if none is printed, which does not exclude one. */
  suffix?: string
  /** The part after a hyphen or apostrophe in the family name, which other lists print as a word: Maynard of Bonneau-Maynard. */
  familyEnd?: string
  /** A second family name, which other papers of the same person leave out: López of García López. */
  second?: string
  /** Another given name, which others print in its place: Shane of Shixiang (Shane) Gu. */
  nickname?: string
  /** The given names with the printed hyphens, "jia-nan"; absent if there are none. */
  parts?: string
  /** Words that were printed with ä, ö, ø, å, ü or đ, each with its spelt-out form: hakon with haakon. */
  spelt?: ReadonlyMap<string, string>
}

const SUFFIXES = new Set(['jr', 'sr', 'ii', 'iii', 'iv'])
/** Portuguese for a son, a grandson or a nephew. After two other names they are suffixes, otherwise family names. */
const SUFFIXES_OF_PORTUGAL = new Set(['junior', 'filho', 'neto', 'sobrinho'])
/** Words that rarely belong to people. Kept apart from those of placeholders and groups, because Bureau is also a family name. */
const UNLIKELY = /\b(?:authors?|bureau)\b/
/** Titles before a name. Not "MS" and "MD", which are also initials, nor Md, a given name. */
const TITLES =
  /^(?:(?:[Dd]r|DR|[Pp]rof(?:essor)?|[Mm]rs?|Ms|Sir|[Pp]h\.? ?[Dd])(?:\. *| +))+(?=\p{L})/u
const DEGREES =
  /(?:[\s,]+(?:Ph\.? ?D|PHD|phd|DPhil|M\.?Sc|MPH|(?:(?:Senior|Student|Life) )?(?:Member|Fellow) IEEE|IEEE)\.?)+$/

/** A printed name without academic titles, degrees and memberships: otherwise "Dr. Wei Zhang" would be a separate, rare name. */
export const withoutTitles = (name: string): string => name.replace(TITLES, '').replace(DEGREES, '')

/** "Mª Antònia" and "Ma. Elena". In pinyin, Ma is printed without a point. */
const OF_MARIA = /^(?:M\.?ª|Ma\.) *(?=\p{L})/u

/** Word limit: a name has fewer words, and a longer text is a whole byline in one field. */
const MOST_WORDS = 8

/** The parts of a printed name; null if it lacks a family name or a given name, or is the name of a group. */
export const parsePersonName = (text: string): PersonName | null => known.memo(text).name

/** Cached, because an import reads most names several times. */
const known = new LRUCache<string, { name: PersonName | null }>({
  max: 20_000,
  memoMethod: (text) => ({ name: readName(text) }),
})

function readName(text: string): PersonName | null {
  const { name: printed, nickname } = takeNickname(withoutTitles(text).replace(OF_MARIA, 'Maria '))
  // "KS" of "Ram KS" is a family name, not initials.
  const apart = withPrintedInitialsApart(withShortInitials(printed))
  const name = partsOf(apart) ?? (apart === printed ? null : partsOf(printed))
  if (name === null) return null
  const parts = partsOfGiven(printed, name.given)
  return { ...name, ...(nickname && { nickname }), ...(parts && { parts }) }
}

function partsOf(printed: string): PersonName | null {
  const own = keyOf(printed)
  if (isGroupName(own) || UNLIKELY.test(own)) return null
  const latin = inLatin(printed)
  const key = latin === printed ? own : keyOf(latin)
  if (EAST_ASIAN.test(key)) return eastAsianName(key.split(' '))
  // Some sources number people with the same name: "Wei Zhang 0001".
  const printedWords = key.split(' ').filter((word) => !/^\d+$/.test(word))
  const [suffixes, words] = suffixesOf(withAbdNames(printedWords))
  const family = words.pop()
  if (family === undefined || words.length === 0 || words.length >= MOST_WORDS) return null
  const [first = '', ...others] = words
  const last = [...others, family]
  const isKnown = () =>
    isRatherFamily(first) || isSlavic(first) || isLongFamily(first) || latin !== printed
  if (isInitial(family) && !(last.every(isInitial) && isKnown())) return null
  const spelt = speltIn(latin, key)
  const isFirst =
    isInitial(family) ||
    (suffixes.length === 0 && isFamilyFirst(first, last)) ||
    (KOREAN.test(printed) && isFamilyOnly(first)) ||
    (IN_CAPITALS.test(printed) && !isCommonGiven(first) && !isCommonFamily(family)) ||
    (isInCapitals(printed) && isSurelyGiven(family) && !isCommonGiven(first))
  if (isFirst) return { family: first, given: last, ...spelt }
  const [suffix] = suffixes
  return {
    ...familyOf(words, family, latin),
    ...(suffix !== undefined && { suffix }),
    ...spelt,
  }
}

/** In the south of India the father's name is printed as an initial, first or last: "S. Muthukrishnan" and "Muthukrishnan S". */
const isLongFamily = (word: string) => word.length >= LONG_FAMILY && !isCommonGiven(word)
const LONG_FAMILY = 8

/** The suffixes of a name, each in the form of `PersonName.suffix`, and its other words. */
function suffixesOf(all: string[]): [suffixes: string[], words: string[]] {
  const [suffixes, words] = partition(all, (word) => SUFFIXES.has(word))
  const [before = '', last = ''] = words.slice(-2)
  if (words.length < 3 || !SUFFIXES_OF_PORTUGAL.has(last)) return [suffixes, words]
  if (isInitial(before) || isCommonGiven(before)) return [suffixes, words]
  return [[...suffixes, last === 'junior' ? 'jr' : last], words.slice(0, -1)]
}

/** The family name, or both of García López, with the given names before it. */
function familyOf(
  words: string[],
  family: string,
  printed: string,
): Pick<PersonName, 'family' | 'given' | 'familyEnd' | 'second'> {
  const at = placeOfFamily(words)
  if (at > 0) return { family: words[at] ?? '', given: words.slice(0, at), second: family }
  const familyEnd = familyEndOf(printed)
  if (familyEnd === undefined) return { family, given: words }
  const start = family.slice(0, -familyEnd.length)
  // Some lists print the first of two family names alone, others both.
  return IS_HYPHENED.test(printed) &&
    (isOfSpain(start) || (start.length > 3 && isFamilyWithUmlaut(start)) || OF_WOMEN.test(start))
    ? { family: start, given: words, second: familyEnd }
    : { family, given: words, familyEnd }
}

function speltIn(printed: string, key: string): Pick<PersonName, 'spelt'> {
  const spelt = speltOut(printed)
  if (spelt === null) return {}
  const inWords = (one: string, other: string) => zip(one.split(' '), other.split(' '))
  const apart = inWords(nameKey(printed), nameKey(spelt))
  return { spelt: new Map([...apart, ...inWords(key, keyOf(spelt))]) }
}

/** "TANAKA Ichiro": capitals mark the family name. At least four letters, because fewer may be initials. */
const IN_CAPITALS = /^\p{Lu}{4,} \p{Lu}(?=\S*\p{Ll})\S+$/u

/** Shows the order of names in capitals, which lists print in either: AKERLIND ANDERS, ANDERS AKERLIND. */
const isSurelyGiven = (word: string) =>
  isGivenThere(word) || (isCommonGiven(word) && !isCommonFamily(word))

/** "Park Ji-sung". The lengths exclude family names with a hyphen, which are longer. */
const KOREAN = /^\p{L}+ (?!Al-|El-)\p{L}{1,6}\p{Pd}\p{L}{1,5}$/u

const isFamilyOnly = (word: string) =>
  isRatherFamily(word) || (isCommonFamily(word) && !isCommonGiven(word))

/** Mueller is Müller. */
const isFamilyWithUmlaut = (word: string) =>
  isFamilyOnly(word) || isFamilyOnly(withPossibleUmlauts(word))

/** Given names with a hyphen are one name: "Yu-Ping" is "Yuping", not "Yu" with a middle name. In Vietnam they are a middle and a given name. */
function keyOf(printed: string): string {
  const joined = nameKey(withoutHyphens(printed))
  const apart = nameKey(printed)
  const words = apart.split(' ')
  const family = words.pop() ?? ''
  return apart !== joined && isApartInVietnam(family, words) ? apart : joined
}

/** Two initials without points, "JP Serre"; not "XU Wei", "MD Rahman" or "WEI ZHANG". */
const INITIALS = /(?<!\p{L})(?!M[DS]|NG|SJ)[B-DF-HJ-NP-TV-XZ]{2}(?!\p{L})/gu

const withPrintedInitialsApart = (printed: string) =>
  /\p{Ll}/u.test(printed) ? printed.replace(INITIALS, (both) => [...both].join(' ')) : printed

/** Family names of Polish women, which precede those of their husbands. */
const OF_WOMEN = /[sc]ka$/
const IS_HYPHENED = /\p{L}{3}\p{Pd}\p{L}{3,}(?:,|$)/u
const FAMILY_END = /(?<=\p{L}[\p{Pd}'`´ʹ-ʽ‘’‛′＇])\p{L}{3,}$/u

function familyEndOf(printed: string): string | undefined {
  const [family = '', given] = printed.split(',')
  const [end] = FAMILY_END.exec(given === undefined ? printed : family) ?? []
  return end && nameKey(end)
}

export const EAST_ASIAN =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー]+(?: [\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー]+)*$/u
const UNSPACED = /^(?:\p{Script=Han}{2,4}|\p{Script=Hangul}{2,4})$/u
/** Chinese and Korean family names of two characters. */
const TWO_CHARACTERS =
  /^(?:欧阳|歐陽|上官|司马|司馬|诸葛|諸葛|皇甫|司徒|令狐|东方|東方|公孙|公孫|慕容|西门|西門|南宫|南宮|宇文|夏侯|端木|남궁|황보|제갈|선우|독고)/u
/** The commonest Chinese family names, which some lists print last. */
const CHINESE_FAMILY =
  /^[王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文]$/u

/** A name in Chinese characters, Hangul or kana: the family name comes first, unless a space shows it last. Null if the division is uncertain. */
function eastAsianName([one = '', other, ...more]: string[]): PersonName | null {
  if (more.length > 0) return null
  if (other !== undefined)
    return CHINESE_FAMILY.test(other) && !CHINESE_FAMILY.test(one)
      ? { family: other, given: [one] }
      : { family: one, given: [other] }
  const ofJapan = familyLengthInJapan(one)
  if (ofJapan === null && !UNSPACED.test(one)) return null
  const letters = [...one]
  // Four characters without a known family name are usually Japanese: 田中太郎.
  const ofOthers = letters.length === 4 || (letters.length > 2 && TWO_CHARACTERS.test(one)) ? 2 : 1
  const length = ofJapan ?? ofOthers
  return { family: letters.slice(0, length).join(''), given: [letters.slice(length).join('')] }
}

/** The key of a name without the spaces that some sources print in Chinese and Korean names. */
export const joinedNames = (key: string): string =>
  key.replace(/(?<=[\p{Script=Han}\p{Script=Hangul}]) (?=[\p{Script=Han}\p{Script=Hangul}])/gu, '')

/** Whether a word is an initial. A single East Asian character is a whole word. */
export const isInitial = (word: string) => [...word].length === 1 && !EAST_ASIAN.test(word)

const SYLLABLE =
  '(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ian|iao|ing|ong|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u|v)'
/** Chinese names have at most two syllables: "Soeren" is not one. */
export const IN_PINYIN = new RegExp(`^(?:${SYLLABLE}){1,2}$`)
const PINYIN = new RegExp(`^(?:${SYLLABLE}){1,3} ${SYLLABLE}$`)
const pinyin = new WeakMap<PersonName, boolean>()

/** The Chinese given names after an English one, which some papers leave out: Xin of Wayne Xin Zhao. Null for other names. */
export function ownInPinyin({ family, given }: PersonName): string[] | null {
  const [first = '', ...own] = given
  if (own.length === 0 || !isSyllable(family) || !isCommonFamily(family)) return null
  if (IN_PINYIN.test(first) || isInitial(first) || !isCommonGiven(first)) return null
  return own.every(isOfSyllables) ? own : null
}

/** Whether a name may be Chinese in Latin letters, where one spelling stands for many names in characters. */
export function isPinyin(name: PersonName): boolean {
  const known = pinyin.get(name)
  if (known !== undefined) return known
  const found =
    !isInitial(name.given[0] ?? '') && PINYIN.test(`${name.given.join('')} ${name.family}`)
  pinyin.set(name, found)
  return found
}

/** Whether a name is in pinyin with one given name, as in mainland China. "Jan de Jong", "Ka Wai Chan" and "Chia-Hao Lin" only look like pinyin. */
export const isJoinedPinyin = (name: PersonName): boolean =>
  name.given.length === 1 && isPinyin(name) && !OF_TAIWAN.test(name.given[0] ?? '')

/** Syllables of names in Taiwan that pinyin does not have: Chia, Chieh, Shiang. */
const OF_TAIWAN = /[cs]hi[aeou]/
