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

/** How a part of a text is written; damaged is UTF-8 with bytes that are not. */
export type Written = 'utf8' | 'windows' | 'damaged'

/** Decides for each part of a text that declares no encoding, in their order, how it is written, as `lineDecoder` does for lines. */
export function encodingJudge(): (bytes: Buffer) => Written {
  let [inUtf8, inOthers] = [0, 0]
  return (bytes) => {
    if (isUtf8(bytes)) {
      if (!isAscii(bytes)) inUtf8++
      return 'utf8'
    }
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
