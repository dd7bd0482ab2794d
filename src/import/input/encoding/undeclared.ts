import { isAscii, isUtf8 } from 'node:buffer'

/** The characters of Windows-1252 from 0x80 to 0x9F. (Node 20 decodes it as Latin-1, which has none there.) */
const WINDOWS_CHARS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
/** Text whose bytes are Windows-1252. */
export const fromWindows = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (char) => WINDOWS_CHARS[char.charCodeAt(0) - 0x80] ?? char)

/** Bytes that are not characters of Windows-1252. */
const UNDEFINED = /[\x81\x8d\x8f\x90\x9d]/
/** A character of UTF-8 of several bytes, in bytes written as Latin-1. */
const MULTI_BYTE = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/

/** How a part of a text is written; damaged is UTF-8 with bytes that are not, foreign neither UTF-8 nor Windows-1252. */
export type Written = 'utf8' | 'windows' | 'damaged' | 'foreign'

/** Decides for each part of a text that declares no encoding, in their order, how it is written, as `lineDecoder` does for lines. */
export function encodingJudge(): (bytes: Buffer) => Written {
  let [inUtf8, inOthers] = [0, 0]
  return (bytes) => {
    if (isUtf8(bytes)) {
      if (!isAscii(bytes)) inUtf8++
      return 'utf8'
    }
    if (isForeign(bytes) && !isMostlyUtf8(bytes)) return 'foreign'
    const latin = bytes.toString('latin1')
    const isMixed = MULTI_BYTE.test(latin)
    const isDamaged = isMixed || UNDEFINED.test(latin) || inUtf8 > inOthers
    if (isMixed) inUtf8++
    else inOthers++
    return isDamaged ? 'damaged' : 'windows'
  }
}

/** Text of bytes that are written so; bytes that are not characters are replaced. */
export const decodedAs = (written: Written, bytes: Buffer): string =>
  written === 'windows' ? fromWindows(bytes) : bytes.toString('utf8')

/** Signs of Windows-1252 that stand beside letters with accents: quotation marks, dashes, spaces. */
const TYPOGRAPHY = '\\x80\\x84\\x85\\x91-\\x97\\x99\\xa0\\xa7\\xa9\\xab\\xae\\xb0\\xb4\\xb7\\xbb'
const RUNS = new RegExp(`(?:(?![${TYPOGRAPHY}])[\\x80-\\xff]){3,}`, 'g')
const OF_RUNS = new RegExp(`(?![${TYPOGRAPHY}])[\\x80-\\xff]`, 'g')
/** Words of Europe have as many letters with accents side by side: `jäääär`, `blóðæð`; of these, and in one case. */
const LONGEST_RUN = 5
const IN_ONE_CASE = /^(?:[äöüõåæøáéíóúýðþ]+|[ÄÖÜÕÅÆØÁÉÍÓÚÝÐÞ]+)$/
/** Bytes, of which this share is in runs of three and more, as are short words in another alphabet. */
const LEAST_BYTES = 8
const LEAST_SHARE = 0.6
/** Three common characters of Big5, whose second byte may be of ASCII. */
const BIG5 = /(?:[\xa4-\xc6][\x40-\x7e\xa1-\xfe]){3}/
/** The same of Shift-JIS, which begin as quotation marks do: `“A”–“C”` has none of the signs that no word has. */
const SHIFT_JIS = /(?:[\x81-\x83\x88-\x98][\x40-\x7e\x80-\xfc]){3,}/g
const ODD =
  /[\x81\x83\x86-\x8b\x8d\x8f\x90\x95\x98\x9b\x9d\xa4-\xa6\xa8\xac\xad\xaf\xb2\xb3\xb6\xb8\xb9\xbc-\xbe]/

/**
 * Whether bytes that are not UTF-8 are letters without sense as Windows-1252: of East Asia, or of an alphabet such as the Cyrillic.
 * Those have bytes above ASCII side by side; in languages of Europe few are.
 */
export function isForeign(bytes: Buffer): boolean {
  const latin = bytes.toString('latin1')
  const runs = latin.match(RUNS) ?? []
  const odd = runs.filter((run) => run.length > LONGEST_RUN || !IN_ONE_CASE.test(run))
  if (odd.some((run) => run.length > 3) || BIG5.test(latin)) return true
  const inRuns = odd.reduce((sum, { length }) => sum + length, 0)
  const all = (latin.match(OF_RUNS) ?? []).length
  if (all >= LEAST_BYTES && inRuns >= LEAST_SHARE * all) return true
  return (latin.match(SHIFT_JIS) ?? []).some((part) => ODD.test(part))
}

/** Whether it is UTF-8 with damaged bytes, or cut within a character: more characters can be read than not. */
export function isMostlyUtf8(bytes: Buffer): boolean {
  const text = bytes.toString('utf8')
  const lost = lengthOf(text, /\uFFFD/g)
  return lengthOf(text, /[\u0080-\uffff]/g) > 2 * lost
}

export const lengthOf = (text: string, pattern: RegExp): number =>
  (text.match(pattern) ?? []).reduce((sum, { length }) => sum + length, 0)
