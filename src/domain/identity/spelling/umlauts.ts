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

/** A text with ä, ö, ø, å, ü and đ spelt out; null where it has none. */
export function speltOut(text: string): string | null {
  const lower = text.normalize('NFC').toLowerCase()
  if (!/[äöøåüđ]/.test(lower)) return null
  return lower.replace(/[äöøåüđ]/g, (letter) => SPELT_OUT[letter] ?? letter)
}

/**
 * Other keys by which a printed name is found: Müller is also Mueller, and Mueller also Muller, which is the key of Müller. Michael is not Michal: ae
 * and aa are mostly no umlauts.
 */
export function otherSpellings(printed: string): string[] {
  const key = nameKey(printed)
  const spelt = speltOut(printed)
  const folded = /[ou]e/.test(key) ? key.split(' ').map(withoutGerman).join(' ') : key
  const all = [folded, ...(spelt === null ? [] : [nameKey(spelt)])]
  return [...new Set(all)].filter((other) => other !== key)
}

/** Shorter words are names of other languages, as are those in pinyin and common ones that are spelt so: Boes, Yue, Fuentes, Rodrigues. */
const SHORTEST = 5
const GERMAN = /(?<![gq])([ou])e(?=[b-df-hjkmnp-tvxz]|l\p{L})/gu

function withoutGerman(word: string): string {
  if (word.length < SHORTEST || isOfSyllables(word)) return word
  const folded = word.replace(GERMAN, '$1')
  const isOfOthers = isCommonFamily(word) || isCommonGiven(word)
  return isOfOthers && !isCommonFamily(folded) && !isCommonGiven(folded) ? word : folded
}
