import { isUtf8 } from 'node:buffer'
import { peekBytes } from './decompress.ts'
import { hasHole } from './holes.ts'
import { REPAIRS } from './outcome.ts'

/** A line as text without NUL characters, and what had to be repaired for that. */
export interface DecodedLine {
  text: string
  repairs: string[]
}

/** The characters of Windows-1252 from 0x80 to 0x9F. (Node 20 decodes it as Latin-1, which has none there.) */
const WINDOWS_CHARS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
/** Bytes that are not characters of Windows-1252. */
const UNDEFINED = /[\x81\x8d\x8f\x90\x9d]/
/** A character of UTF-8 of several bytes, in bytes written as Latin-1. */
const MULTI_BYTE = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/

/** Text whose bytes are Windows-1252. */
const fromWindows = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (char) => WINDOWS_CHARS[char.charCodeAt(0) - 0x80] ?? char)

/**
 * Decodes the lines of a file whose format does not state its encoding, in their order. A line that is not UTF-8 is
 * Windows-1252, unless it has whole characters of UTF-8, or more lines before it were UTF-8 than were not: then bytes of it
 * are damaged. Lines decide, and not the file, because a file is read as a stream, in which the first such byte may come
 * late, and because people join entries of several encodings in one file. A line that is too long, null, is an empty one.
 */
export function lineDecoder(): (bytes: Buffer | null) => DecodedLine {
  let [inUtf8, inOthers] = [0, 0]
  return (bytes) => {
    if (bytes === null) return { text: '', repairs: [] }
    const nul = bytes.includes(0) ? [hasHole(bytes) ? REPAIRS.hole : REPAIRS.nul] : []
    if (isUtf8(bytes)) {
      const text = bytes.toString('utf8')
      if (text.length < bytes.length) inUtf8++
      return { text: withoutNul(text), repairs: nul }
    }
    const latin = bytes.toString('latin1')
    const isMixed = MULTI_BYTE.test(latin)
    const isDamaged = isMixed || UNDEFINED.test(latin) || inUtf8 > inOthers
    if (isMixed) inUtf8++
    else inOthers++
    return isDamaged
      ? { text: withoutNul(bytes.toString('utf8')), repairs: [REPAIRS.encoding, ...nul] }
      : { text: withoutNul(fromWindows(bytes)), repairs: [REPAIRS.windows, ...nul] }
  }
}

const withoutNul = (text: string) => text.replaceAll('\0', '')

/** No XML declaration is longer. */
const DECLARATION_BYTES = 300

/** What an XML declaration states, at the start of a text. */
const DECLARED = /^\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([^"'>]{1,40})["']/

/**
 * The text of an XML file, in the encoding that it declares, or UTF-8. UTF-16 is decoded earlier, by its byte order mark, since a
 * declaration in it could not be read here. Throws a plain error for an encoding that is not known.
 */
export async function* xmlText(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const { head, all } = await peekBytes(bytes, DECLARATION_BYTES)
  const decode = xmlDecoder(head)
  for await (const chunk of all) yield decode(chunk)
  yield decode(null)
}

/** A decoder for XML that begins with these bytes; null ends the text. */
function xmlDecoder(head: Buffer): (bytes: Buffer | null) => string {
  const label = DECLARED.exec(head.toString('latin1'))?.[1] ?? 'utf-8'
  const name = /^(?:utf-?16|ucs-?2|iso-10646)/i.test(label) ? 'utf-8' : label
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(name)
  } catch {
    throw new Error(
      `it declares the encoding ${label.replace(/[^\w.:-]/g, '')}, which is not known`,
    )
  }
  if (decoder.encoding === 'windows-1252') return (bytes) => (bytes ? fromWindows(bytes) : '')
  return (bytes) => (bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode())
}
