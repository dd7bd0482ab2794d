import { isAscii, isUtf8 } from 'node:buffer'
import { type Declared, declaredIn, MOST_HEAD_LINES } from './encoding/declared.ts'
import { decodedAs, encodingJudge } from './encoding/undeclared.ts'
import { hasHole } from './holes.ts'
import { REPAIRS, REPAIRS_OF } from './outcome.ts'

/** A line as text without NUL characters, and what had to be repaired for that. */
export interface DecodedLine {
  text: string
  repairs: string[]
}

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
  const judge = encodingJudge()
  return (bytes) => {
    const written = judge(bytes)
    const text = plainLine(decodedAs(written, bytes))
    return { text, repairs: [...REPAIRS_OF[written], ...nulIn(bytes)] }
  }
}

/** Separators that come with text from PDF files and word processors end no line, but `.` in a pattern does not match them. */
const plainLine = (text: string) => text.replaceAll('\0', '').replace(/[\u2028\u2029]/g, ' ')
