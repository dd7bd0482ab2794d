import { nameKey, simplified } from '../../record/title-key.ts'
import { isCommonFamily, isCommonGiven } from '../counts/common-names.ts'
import { isSyllable, syllablesOf } from '../counts/syllables.ts'
import { IN_CAPITALS } from './particles.ts'

/** Whether a text has no letter in lower case. */
export const isInCapitals = (text: string): boolean => text === text.toUpperCase()

/** Shorter words may be initials: "SMITH JA". */
const SHORT_WORD = 3
const SUFFIXES = new Set(['jr', 'sr', 'ii', 'iii', 'iv'])

/**
 * Whether a text in capitals is a name as others print it, "JOHN SMITH" and "J. SMITH", of which each word but the given ones is surely no initial: lists also print
 * "LI W" and "SMITH JA", and organisations as "JPL".
 */
export function isNameInCapitals(printed: string): boolean {
  if (/(?<!\p{L})AND(?!\p{L})/u.test(printed)) return false
  const [family = '', given] = printed.split(',')
  if (given !== undefined) return wordsOf(family).every(isWord) && wordsOf(given).length > 0
  const words = wordsOf(printed).filter((word) => !SUFFIXES.has(word))
  const last = words.pop() ?? ''
  if (words.length === 1 && isOfMandarin(words[0] ?? '', last)) return true
  return (
    isWord(last) &&
    words.length > 0 &&
    words.every(
      (word, at) => isWord(word) || word.length === 1 || (at > 0 && IN_CAPITALS.has(word)),
    )
  )
}

/** With points after initials as spaces, and names with hyphens in one: "J.P." and "J-P" are two, "JI-HOON" is one. */
const wordsOf = (text: string) =>
  nameKey(text.replace(HYPHENED, '').replaceAll('.', ' ')).split(' ').filter(Boolean)
const HYPHENED = /(?<=\p{L}{2})\p{Pd}(?=\p{L}{2})/gu

/** A word that has a vowel; of three letters only names that are known. */
const isWord = (word: string) =>
  word.length > SHORT_WORD
    ? /[aeiouy]/.test(simplified(word))
    : word.length === SHORT_WORD && (isCommonFamily(word) || isCommonGiven(word))

/** "XIAOMING LI", either way round: initials do not stand beside a given name of two syllables. */
const isOfMandarin = (one: string, other: string) =>
  (isSyllable(one) && syllablesOf(other) !== null) ||
  (isSyllable(other) && syllablesOf(one) !== null)
