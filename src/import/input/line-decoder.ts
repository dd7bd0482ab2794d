import { isAscii, isUtf8 } from 'node:buffer'
import { type Declared, declaredIn, MOST_HEAD_LINES } from './encoding/declared.ts'
import { decodedAs, encodingJudge } from './encoding/undeclared.ts'
import { hasHole } from './holes.ts'
import { REPAIRS, REPAIRS_OF } from './outcome.ts'

/** A line as text without NUL characters, and its repairs. */
export interface DecodedLine {
  text: string
  repairs: string[]
}

/**
 * Decodes, in order, the lines of a file whose format does not state its encoding. A UTF-8 line is read as UTF-8. Any other line is read
 * in the encoding that a comment at the start of the file declares. Without such a comment it is read as Windows-1252, or as damaged
 * UTF-8 if it has complete multi-byte characters of UTF-8, or if most earlier lines were UTF-8. The decision is made per line, because
 * a file is read as a stream, in which the first such byte may come late, and because people join entries of several encodings in one
 * file. A null line, which was too long, becomes an empty one.
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
      isShifted(declared, bytes) || !(isAscii(bytes) || isUtf8Despite(declared.name, bytes))
    const text = isOwn ? declared.decode(bytes) : null
    if (text !== null) return { text: plainLine(text), repairs: nulIn(bytes) }
    const read = undeclared(bytes)
    const isOther = read.repairs.length === 0 && read.text.length < bytes.length
    return isOther ? { text: read.text, repairs: [REPAIRS.otherEncoding] } : read
  }
}

/** Encodings whose characters have one byte. */
const SINGLE = /^(?:iso-8859|windows|koi8|macintosh|x-mac|ibm)/
/** Most characters outside the Latin alphabets have three bytes in UTF-8. */
const THREE_BYTES = /[\xe0-\xef][\x80-\xbf]{2}/

/**
 * Whether bytes can only be UTF-8, although another encoding is declared. Characters of two bytes do not prove it in encodings such as
 * GBK, whose characters may be valid UTF-8 by chance.
 */
export const isUtf8Despite = (name: string, bytes: Buffer): boolean =>
  isUtf8(bytes) &&
  !isAscii(bytes) &&
  (SINGLE.test(name) || THREE_BYTES.test(bytes.toString('latin1')))

/** ISO 2022 switches alphabets by escape sequences and uses only ASCII bytes. */
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

/** Replaces Unicode line separators, which come from PDF files and word processors: they do not end a line, but `.` does not match them. */
const plainLine = (text: string) => text.replaceAll('\0', '').replace(/[\u2028\u2029]/g, ' ')
