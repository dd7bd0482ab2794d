import { nameKey, simplified } from '../../record/title-key.ts'
import { isCommonFamily, isCommonGiven } from '../counts/common-names.ts'
import { isSyllable, syllablesOf } from '../counts/syllables.ts'
import { IN_CAPITALS } from './particles.ts'

/** Whether a text has no lower-case letter. */
export const isInCapitals = (text: string): boolean => text === text.toUpperCase()

/** Words shorter than this may be initials: "SMITH JA". */
const SHORT_WORD = 3
const SUFFIXES = new Set(['jr', 'sr', 'ii', 'iii', 'iv'])

/**
 * Whether a text in capitals is certainly a name with the family name last or before a comma, such as "JOHN SMITH" and "J. SMITH". Lists also print
 * "LI W" and "SMITH JA", whose words may be initials, and organisations such as "JPL".
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

/** The words of a text, with points as spaces and hyphenated names joined: "J.P." and "J-P" are two words, "JI-HOON" is one. */
const wordsOf = (text: string) =>
  nameKey(text.replace(HYPHENED, '').replaceAll('.', ' ')).split(' ').filter(Boolean)
const HYPHENED = /(?<=\p{L}{2})\p{Pd}(?=\p{L}{2})/gu

/** Whether a word is certainly not initials: it has a vowel or, with three letters, is a known name. */
const isWord = (word: string) =>
  word.length > SHORT_WORD
    ? /[aeiouy]/.test(simplified(word))
    : word.length === SHORT_WORD && (isCommonFamily(word) || isCommonGiven(word))

/** "XIAOMING LI" in either order: a word beside a given name of two syllables is not initials. */
const isOfMandarin = (one: string, other: string) =>
  (isSyllable(one) && syllablesOf(other) !== null) ||
  (isSyllable(other) && syllablesOf(one) !== null)
