import { nameKey } from '../../record/title-key.ts'
import { collaborationKey } from '../collaboration.ts'
import { isCommonFamily, isCommonGiven } from '../counts/common-names.ts'
import { GIVEN_NAMES } from '../counts/names.ts'
import { isOfSyllables, isSyllable } from '../counts/syllables.ts'
import { isInitial, joinedNames, withoutTitles } from '../person-name.ts'
import { APART_OR_JOINED } from '../spelling/particles.ts'
import { speltOut } from '../spelling/umlauts.ts'

/**
 * The key of a requested name, with each initial as a word and, if initials show the order, the given names first. "Thompson TW",
 * "Thompson, T.-W.", "T. W. Thompson" and "TW Thompson" have one key, as do printed names.
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
  // Before the initial, "Thompson Tommy W" has a given name, "García López J" a second family name.
  const family = first === 2 && isFirstOfTwo(words) ? 1 : first
  return [...words.slice(family), ...words.slice(0, family)].join(' ')
}

const isOneWord = (text: string) => !nameKey(text).includes(' ')

const isFirstOfTwo = ([first = '', second = '']: string[]) =>
  !APART_OR_JOINED.has(first) && !isCommonFamily(second)

/** The keys of a requested name: its `askedKey`, the same without spaces in names in characters, and that with umlauts spelt out. */
export function askedForms(text: string): string[] {
  const spelt = speltOut(text)
  const key = askedKey(text)
  return [...new Set([key, joinedNames(key), ...(spelt === null ? [] : [askedKey(spelt)])])]
}

/** `askedForms` with the `gluedForms` of each. */
export const allForms = (text: string): string[] =>
  askedForms(text).flatMap((form) => [form, ...gluedForms(form)])

/** The key with its initials as one word, first and last: the stored other names of authors are in lower case and do not show which words are initials. */
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
/** Initials in a text of any case. */
const CONSONANTS = /(?<![\p{L}'’])[b-df-hj-np-tv-xz]{2,3}(?![\p{L}'’.])/giu
/** Names, titles and suffixes without a vowel. */
const NOT_INITIALS = new Set('ng sj md ms mc st jr sr dr mr mrs phd kh th ph ii iii iv'.split(' '))

/** A name with its initials as separate words: "TW" as "T W". */
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
 * Whether a word in capitals is initials, since capitals also mark family names: "Yang LI". It is after a comma ("Smith, MA"), beside a family name that
 * is not a given name ("Smith MA"), and if it is not known as a family name.
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
