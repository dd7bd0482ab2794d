import { isAscii, isUtf8 } from 'node:buffer'
import { hasHole } from './holes.ts'
import { REPAIRS } from './outcome.ts'

/** A line as text without NUL characters, and what had to be repaired for that. */
export interface DecodedLine {
  text: string
  repairs: string[]
}

/** How many lines at the start of a file may declare its encoding. */
const MOST_HEAD_LINES = 20

/** Bytes that are not characters of Windows-1252. */
const UNDEFINED = /[\x81\x8d\x8f\x90\x9d]/
/** A character of UTF-8 of several bytes, in bytes written as Latin-1. */
const MULTI_BYTE = /[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/

/**
 * Decodes the lines of a file whose format does not state its encoding, in their order. A line that is UTF-8 is read so; another
 * in the encoding that a comment at the start of the file declares. Without one, it is Windows-1252, unless it has whole
 * characters of UTF-8, or more lines before it were UTF-8 than were not: then bytes of it are damaged. Lines decide, and not the
 * file, because a file is read as a stream, in which the first such byte may come late, and because people join entries of
 * several encodings in one file. A line that is too long, null, is an empty one.
 */
export function lineDecoder(): (bytes: Buffer | null) => DecodedLine {
  const undeclared = undeclaredDecoder()
  let declared: Declared | null = null
  let count = 0
  return (bytes) => {
    if (bytes === null) return { text: '', repairs: [] }
    if (count++ < MOST_HEAD_LINES) declared = declaredIn(bytes) ?? declared
    if (declared === null) return undeclared(bytes)
    const isOwn =
      isShifted(declared, bytes) || !(isAscii(bytes) || isOtherThan(declared.name, bytes))
    const text = isOwn ? declared.decode(bytes) : null
    if (text !== null) return { text: plainLine(text), repairs: nulIn(bytes) }
    const read = undeclared(bytes)
    const isOther = read.repairs.length === 0 && read.text.length < bytes.length
    return isOther ? { text: read.text, repairs: [REPAIRS.otherEncoding] } : read
  }
}

/** Encodings whose characters have one byte. */
const SINGLE = /^(?:iso-8859|windows|koi8|macintosh|x-mac|ibm)/
/** As most of UTF-8 outside the Latin alphabets is written. */
const THREE_BYTES = /[\xe0-\xef][\x80-\xbf]{2}/

/**
 * Whether bytes can be nothing but UTF-8, although they are declared as another encoding. Two characters of two bytes, as those of GBK,
 * may be two of UTF-8 by chance.
 */
export const isOtherThan = (name: string, bytes: Buffer): boolean =>
  isUtf8(bytes) &&
  !isAscii(bytes) &&
  (SINGLE.test(name) || THREE_BYTES.test(bytes.toString('latin1')))

/** ISO 2022 switches its alphabets by escapes, and has no bytes above those of ASCII. */
const isShifted = ({ name }: Declared, bytes: Buffer) =>
  name.startsWith('iso-2022') && bytes.includes(0x1b)

const nulIn = (bytes: Buffer) =>
  bytes.includes(0) ? [hasHole(bytes) ? REPAIRS.hole : REPAIRS.nul] : []

function undeclaredDecoder(): (bytes: Buffer) => DecodedLine {
  let [inUtf8, inOthers] = [0, 0]
  return (bytes) => {
    const nul = nulIn(bytes)
    if (isUtf8(bytes)) {
      const text = bytes.toString('utf8')
      if (text.length < bytes.length) inUtf8++
      return { text: plainLine(text), repairs: nul }
    }
    const latin = bytes.toString('latin1')
    const isMixed = MULTI_BYTE.test(latin)
    const isDamaged = isMixed || UNDEFINED.test(latin) || inUtf8 > inOthers
    if (isMixed) inUtf8++
    else inOthers++
    return isDamaged
      ? { text: plainLine(bytes.toString('utf8')), repairs: [REPAIRS.encoding, ...nul] }
      : { text: plainLine(fromWindows(bytes)), repairs: [REPAIRS.windows, ...nul] }
  }
}

/** Separators that come with text from PDF files and word processors end no line, but `.` in a pattern does not match them. */
const plainLine = (text: string) => text.replaceAll('\0', '').replace(/[\u2028\u2029]/g, ' ')

/** An encoding that a file declares. */
interface Declared {
  /** As the WHATWG names it. */
  name: string
  /** Null for bytes that are not of the encoding. */
  decode(bytes: Buffer): string | null
}

/** The characters of Windows-1252 from 0x80 to 0x9F. (Node 20 decodes it as Latin-1, which has none there.) */
const WINDOWS_CHARS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
/** Text whose bytes are Windows-1252. */
export const fromWindows = (bytes: Buffer): string =>
  bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, (char) => WINDOWS_CHARS[char.charCodeAt(0) - 0x80] ?? char)

/**
 * A comment that declares the encoding: `% Encoding: Cp1252` of JabRef, `-*- coding: latin-9-unix -*-` of Emacs,
 * `% !TeX encoding = ISO-8859-1`.
 */
const IN_COMMENT =
  /^\s*%+\s*(?:!TeX\s+)?encoding\s*[:=]\s*([\w.:-]{2,30})|-\*-.{0,100}?\bcoding:\s*([\w.:-]{2,30}).{0,100}-\*-/i

/** The encoding that a line declares; null if none, or one that is not known. UTF-8 needs no declaration. */
export function declaredIn(line: Buffer): Declared | null {
  if (line.length > LONGEST_DECLARATION) return null
  const [, inComment, ofEmacs] = IN_COMMENT.exec(line.toString('latin1')) ?? []
  const label = inComment ?? ofEmacs
  return label === undefined ? null : encodingNamed(label)
}

const LONGEST_DECLARATION = 300

/** Parts of ISO 8859 by the number of their Latin alphabet. */
const LATIN = [1, 2, 3, 4, 9, 10, 13, 14, 15, 16]

const OTHERS: Record<string, string> = {
  macroman: 'macintosh',
  applemac: 'macintosh',
  mac: 'macintosh',
  ansinew: 'windows-1252',
  ascii: 'windows-1252',
  sjis: 'shift_jis',
  ms932: 'shift_jis',
  ms936: 'gbk',
}

/** Names of Java, Emacs and TeX as those that `TextDecoder` knows. */
function labelOf(printed: string): string {
  const name = printed
    .toLowerCase()
    .replace(/-(?:unix|dos|mac)$/, '')
    .replaceAll('_', '-')
  const [, alphabet] = /^(?:iso-)?latin-?(\d{1,2})$/.exec(name) ?? []
  const part = alphabet === undefined ? undefined : LATIN[Number(alphabet) - 1]
  if (part !== undefined) return `iso-8859-${part}`
  return (
    OTHERS[name] ??
    name.replace(/^cp-?(?=125\d$)/, 'windows-').replace(/^iso-?8859-?(?=\d)/, 'iso-8859-')
  )
}

function encodingNamed(printed: string): Declared | null {
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(labelOf(printed), { fatal: true })
  } catch {
    return null
  }
  const name = decoder.encoding
  if (/^utf-/.test(name)) return null
  if (name === 'windows-1252') return { name, decode: fromWindows }
  const decode = (bytes: Buffer) => {
    try {
      const text = decoder.decode(bytes)
      // Node gives bytes that GBK and Big5 do not have a place in the private use area.
      return /[\uE000-\uF8FF]/.test(text) ? null : text
    } catch {
      return null
    }
  }
  return { name, decode }
}

/** An encoding whose characters have two or four bytes. */
export type WideEncoding = 'utf-16le' | 'utf-16be' | 'utf-32le' | 'utf-32be'

const MARKS: [bytes: number[], encoding: WideEncoding][] = [
  // Before UTF-16, whose mark is the start of this one.
  [[0xff, 0xfe, 0, 0], 'utf-32le'],
  [[0, 0, 0xfe, 0xff], 'utf-32be'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
]

/** The encoding of a text by its byte order mark; null for one of single bytes. */
export function wideEncodingOf(head: Buffer): WideEncoding | null {
  return MARKS.find(([mark]) => mark.every((byte, at) => head[at] === byte))?.[1] ?? null
}

/** A decoder of pieces of a text; null ends it. The byte order mark is left out. */
export function wideDecoder(encoding: WideEncoding): (bytes: Buffer | null) => string {
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return utf32Decoder(encoding)
  return streamDecoder(encoding)
}

/** A decoder of pieces of a text in an encoding of the WHATWG; null ends it. */
export function streamDecoder(encoding: string): (bytes: Buffer | null) => string {
  const decoder = new TextDecoder(encoding)
  return (bytes) => (bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode())
}

/** `TextDecoder` does not know UTF-32. */
function utf32Decoder(encoding: 'utf-32le' | 'utf-32be') {
  let rest = Buffer.alloc(0)
  let isStart = true
  return (bytes: Buffer | null): string => {
    if (bytes === null) return rest.length > 0 ? '\uFFFD' : ''
    const all = Buffer.concat([rest, bytes])
    let text = ''
    let at = 0
    for (; at + 4 <= all.length; at += 4) {
      const code = encoding === 'utf-32le' ? all.readUInt32LE(at) : all.readUInt32BE(at)
      const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
      if (!isStart || code !== 0xfeff) text += isCharacter ? String.fromCodePoint(code) : '\uFFFD'
      isStart = false
    }
    rest = all.subarray(at)
    return text
  }
}
