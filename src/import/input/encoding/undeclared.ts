import { isAscii, isUtf8 } from 'node:buffer'

/** The characters of Windows-1252 from 0x80 to 0x9F. (Node 20 decodes it as Latin-1, which has only control characters there.) */
const WINDOWS_CHARS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
/** Decodes Windows-1252. */
export const fromWindows = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (char) => WINDOWS_CHARS[char.charCodeAt(0) - 0x80] ?? char)

/** Bytes that Windows-1252 does not define. */
const UNDEFINED = /[\x81\x8d\x8f\x90\x9d]/
/** A multi-byte character of UTF-8, in bytes decoded as Latin-1. */
const MULTI_BYTE = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/

/** Encoding of a part of a text: `damaged` is UTF-8 with invalid bytes, `foreign` neither UTF-8 nor Windows-1252. */
export type Written = 'utf8' | 'windows' | 'damaged' | 'foreign'

/** Makes a function that decides the encoding of each part of a text that declares none, in order; `lineDecoder` describes the rules. */
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

/** Decodes bytes in a detected encoding; invalid bytes are replaced. */
export const decodedAs = (written: Written, bytes: Buffer): string =>
  written === 'windows' ? fromWindows(bytes) : bytes.toString('utf8')

/** Characters of Windows-1252 that often adjoin accented letters: quotation marks, dashes, spaces. */
const TYPOGRAPHY = '\\x80\\x84\\x85\\x91-\\x97\\x99\\xa0\\xa7\\xa9\\xab\\xae\\xb0\\xb4\\xb7\\xbb'
const RUNS = new RegExp(`(?:(?![${TYPOGRAPHY}])[\\x80-\\xff]){3,}`, 'g')
const OF_RUNS = new RegExp(`(?![${TYPOGRAPHY}])[\\x80-\\xff]`, 'g')
/** Maximum run of accented letters in European words, such as `jäääär` and `blóðæð`; only these letters, all in one case. */
const LONGEST_RUN = 5
const IN_ONE_CASE = /^(?:[äöüõåæøáéíóúýðþ]+|[ÄÖÜÕÅÆØÁÉÍÓÚÝÐÞ]+)$/
/** A text with this many bytes, and this share of them in runs of three or more, is foreign: it has short words of another alphabet. */
const LEAST_BYTES = 8
const LEAST_SHARE = 0.6
/** Three common characters of Big5, whose second byte may be ASCII. */
const BIG5 = /(?:[\xa4-\xc6][\x40-\x7e\xa1-\xfe]){3}/
/** The same for Shift-JIS. It also matches quotation marks such as `“A”–“C”`, which contain none of the `ODD` characters. */
const SHIFT_JIS = /(?:[\x81-\x83\x88-\x98][\x40-\x7e\x80-\xfc]){3,}/g
const ODD =
  /[\x81\x83\x86-\x8b\x8d\x8f\x90\x95\x98\x9b\x9d\xa4-\xa6\xa8\xac\xad\xaf\xb2\xb3\xb6\xb8\xb9\xbc-\xbe]/

/**
 * Whether bytes that are not UTF-8 would be gibberish as Windows-1252, because they are East Asian text or another alphabet such as
 * Cyrillic. Such text has long runs of bytes above ASCII, which are rare in languages with Latin alphabets.
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

/** Whether bytes are damaged UTF-8, or UTF-8 cut within a character: more than twice as many non-ASCII characters as invalid ones. */
export function isMostlyUtf8(bytes: Buffer): boolean {
  const text = bytes.toString('utf8')
  const lost = lengthOf(text, /\uFFFD/g)
  return lengthOf(text, /[\u0080-\uffff]/g) > 2 * lost
}

export const lengthOf = (text: string, pattern: RegExp): number =>
  (text.match(pattern) ?? []).reduce((sum, { length }) => sum + length, 0)
