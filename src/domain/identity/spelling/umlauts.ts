import { nameKey } from '../../record/title-key.ts'
import { isCommonFamily, isCommonGiven } from '../counts/common-names.ts'
import { isOfSyllables } from '../counts/syllables.ts'

const SPELT_OUT: Record<string, string> = {
  ä: 'ae',
  ö: 'oe',
  ø: 'oe',
  å: 'aa',
  ü: 'ue',
  đ: 'dj',
}

/** A text with ä, ö, ø, å, ü and đ spelt out; null if it has none of them. */
export function speltOut(text: string): string | null {
  const lower = text.normalize('NFC').toLowerCase()
  if (!/[äöøåüđ]/.test(lower)) return null
  return lower.replace(/[äöøåüđ]/g, (letter) => SPELT_OUT[letter] ?? letter)
}

/**
 * Other keys for finding a printed name: Müller is also Mueller, and Mueller also Muller, which is the key of Müller. Michael is not Michal: ae
 * and aa are mostly not umlauts.
 */
export function otherSpellings(printed: string): string[] {
  const key = nameKey(printed)
  const spelt = speltOut(printed)
  const folded = /[ou]e/.test(key) ? key.split(' ').map(withLikelyUmlauts).join(' ') : key
  const all = [folded, ...(spelt === null ? [] : [nameKey(spelt)])]
  return [...new Set(all)].filter((other) => other !== key)
}

/** Minimum number of letters of a word with a spelt-out umlaut: shorter words are of other languages, such as Boes, Maes and Yue. */
export const SHORTEST_WITH_UMLAUT = 5
const MAY_BE_UMLAUT = /([ou])e(?=[b-df-hjkmnp-tvxz]|l\p{L})/gu
/** The same, but not in Rodrigues and Enriquez. */
const IS_UMLAUT = new RegExp(`(?<![gq])${MAY_BE_UMLAUT.source}`, 'gu')

/**
 * A word with one letter for each "oe" and "ue" that may be an umlaut. Only for comparing two names: if the other has the single letter, it is
 * an umlaut, so that Guenter is Gunter.
 */
export const withPossibleUmlauts = (word: string): string =>
  word.length < SHORTEST_WITH_UMLAUT ? word : word.replace(MAY_BE_UMLAUT, '$1')

/** The same for a name on its own, where an umlaut is likely: not in pinyin, nor in common names with these letters, such as Fuentes. */
function withLikelyUmlauts(word: string): string {
  if (word.length < SHORTEST_WITH_UMLAUT || isOfSyllables(word)) return word
  const folded = word.replace(IS_UMLAUT, '$1')
  const isOfOthers = isCommonFamily(word) || isCommonGiven(word)
  return isOfOthers && !isCommonFamily(folded) && !isCommonGiven(folded) ? word : folded
}
