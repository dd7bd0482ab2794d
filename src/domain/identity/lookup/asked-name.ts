import { nameKey } from '../../record/title-key.ts'
import { collaborationKey } from '../collaboration.ts'
import { isCommonFamily, isCommonGiven } from '../counts/common-names.ts'
import { GIVEN_NAMES } from '../counts/names.ts'
import { isOfSyllables, isSyllable } from '../counts/syllables.ts'
import { isInitial, joinedNames, withoutTitles } from '../person-name.ts'
import { APART_OR_JOINED } from '../spelling/particles.ts'
import { speltOut } from '../spelling/umlauts.ts'

/**
 * The key of a name by which somebody asks, each initial a word of its own and, where initials show it, the given names first: one of
 * "Thompson TW", "Thompson, T.-W.", "T. W. Thompson" and "TW Thompson". Names that papers print have the same.
 */
export function askedKey(text: string): string {
  const group = collaborationKey(text)
  if (group !== null) return group
  const plain = withoutTitles(text)
  const key = nameKey(isOneWord(plain) ? plain : withAskedInitialsApart(plain))
  const words = key.split(' ')
  const first = words.findIndex(isInitial)
  const isFamilyFirst = first > 0 && words.slice(first).every(isInitial)
  if (!isFamilyFirst) return key
  // "Thompson Tommy W" has a given name before the initial, "García López J" another family name.
  const family = first === 2 && isFirstOfTwo(words) ? 1 : first
  return [...words.slice(family), ...words.slice(0, family)].join(' ')
}

const isOneWord = (text: string) => !nameKey(text).includes(' ')

const isFirstOfTwo = ([first = '', second = '']: string[]) =>
  !APART_OR_JOINED.has(first) && !isCommonFamily(second)

/** The keys of a name by which somebody asks: as it is, without spaces in names in characters, and with umlauts spelt out. */
export function askedForms(text: string): string[] {
  const spelt = speltOut(text)
  const key = askedKey(text)
  return [...new Set([key, joinedNames(key), ...(spelt === null ? [] : [askedKey(spelt)])])]
}

/** Also those that only keys have. */
export const allForms = (text: string): string[] =>
  askedForms(text).flatMap((form) => [form, ...gluedForms(form)])

/** The key with initials in one word, first and last, as other names of authors have them, whose capitals are not known any more. */
export function gluedForms(key: string): string[] {
  const words = key.split(' ')
  const count = words.findIndex((word) => !isInitial(word))
  if (count < 2 || count > MOST_INITIALS) return []
  const glued = words.slice(0, count).join('')
  const family = words.slice(count).join(' ')
  return GIVEN_NAMES.has(glued) ? [] : [`${glued} ${family}`, `${family} ${glued}`]
}

const MOST_INITIALS = 3
/** "T.-W." are two initials. */
const HYPHEN_OF_INITIALS = /(?<=(?<!\p{L})\p{L}\.?)\p{Pd}(?=\p{L}(?!\p{L}))/gu
const CAPITALS = /(?<![\p{L}'’])\p{Lu}{2,3}(?![\p{L}'’.])/gu
/** Initials also where nothing is in capitals. */
const CONSONANTS = /(?<![\p{L}'’])[b-df-hj-np-tv-xz]{2,3}(?![\p{L}'’.])/giu
/** Names, titles and suffixes without a vowel. */
const NOT_INITIALS = new Set('ng sj md ms mc st jr sr dr mr mrs phd kh th ph ii iii iv'.split(' '))

/** A name with "TW" as "T W". */
function withAskedInitialsApart(text: string): string {
  const plain = text.replace(HYPHEN_OF_INITIALS, ' ')
  const isMixed = /\p{Lu}{2}/u.test(plain) && /\p{Ll}/u.test(plain)
  const apart = (word: string) => (NOT_INITIALS.has(word.toLowerCase()) ? word : lettersOf(word))
  const own = plain.replace(CONSONANTS, apart)
  if (!isMixed) return own
  return own.replace(CAPITALS, (word, at: number) =>
    areInitials(word.toLowerCase(), own, at) ? apart(word) : word,
  )
}

const lettersOf = (word: string) => [...word].join(' ')

/**
 * Capitals also mark family names: "Yang LI". They are initials behind a comma ("Smith, MA"), beside a family name that is no given name ("Smith
 * MA"), and where nobody has them for a family name.
 */
function areInitials(word: string, text: string, at: number): boolean {
  if (/,\s*$/.test(text.slice(0, at))) return true
  if (!isCommonFamily(word) && !isSyllable(word)) return true
  const others = nameKey(text)
    .split(' ')
    .filter((other) => other !== word)
  return (
    others.length === 1 &&
    others.every((other) => isCommonFamily(other) && !isCommonGiven(other) && !isOfSyllables(other))
  )
}
