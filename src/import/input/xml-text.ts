import { isAscii } from 'node:buffer'
import { peekBytes } from './decompress.ts'
import { fromWindows } from './encoding/undeclared.ts'
import { isOtherThan } from './line-decoder.ts'

/** No XML declaration is longer. */
const DECLARATION_BYTES = 300

/** What an XML declaration states, at the start of a text. */
const DECLARED = /^\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([^"'>]{1,40})["']/

/** A piece of the text of an XML file. */
export interface XmlPiece {
  text: string
  /** Whether it was read as UTF-8, although the file declares another encoding. */
  isOther: boolean
}

/**
 * The text of an XML file, in the encoding that it declares, or UTF-8; what can be nothing but UTF-8 is read as such, since programs
 * copy declarations. UTF-16 is decoded earlier, by its byte order mark, since a declaration in it could not be read here. Throws a plain
 * error for an encoding that is not known.
 */
export async function* xmlText(bytes: AsyncIterable<Buffer>): AsyncGenerator<XmlPiece> {
  const { head, all } = await peekBytes(bytes, DECLARATION_BYTES)
  const decode = xmlDecoder(head)
  for await (const chunk of all) yield* decode(chunk)
  yield* decode(null)
}

/** A decoder for XML that begins with these bytes; null ends the text. */
function xmlDecoder(head: Buffer): (bytes: Buffer | null) => XmlPiece[] {
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
  const isWhole = /^(?:utf-|iso-2022)/.test(decoder.encoding)
  const decode = (bytes: Buffer | null) =>
    bytes ? decoder.decode(bytes, { stream: isWhole }) : isWhole ? decoder.decode() : ''
  if (isWhole) return (bytes) => [{ text: decode(bytes), isOther: false }]
  return byTags(decoder.encoding, (bytes) =>
    decoder.encoding === 'windows-1252' ? fromWindows(bytes) : decode(bytes),
  )
}

/** Text without a tag for longer than this is not looked at as a whole. */
const LONGEST_KEPT = 1_000_000

/** Reads the text up to each `>`, which is part of no other character of these encodings, in the one or the other way. */
function byTags(encoding: string, decode: (bytes: Buffer) => string) {
  let rest = Buffer.alloc(0)
  return (bytes: Buffer | null): XmlPiece[] => {
    const all = bytes === null ? rest : Buffer.concat([rest, bytes])
    const isKept = bytes !== null && all.length < LONGEST_KEPT
    const end = isKept ? all.lastIndexOf('>') + 1 : all.length
    rest = all.subarray(end)
    const whole = all.subarray(0, end)
    if (isAscii(whole)) return [{ text: whole.toString('latin1'), isOther: false }]
    const pieces: (XmlPiece & { from: number; to: number })[] = []
    for (let from = 0; from < end; ) {
      const close = whole.indexOf('>', from) + 1
      const to = close === 0 ? end : close
      const isOther = isOtherThan(encoding, whole.subarray(from, to))
      const last = pieces.at(-1)
      if (last?.isOther === isOther) last.to = to
      else pieces.push({ text: '', isOther, from, to })
      from = to
    }
    return pieces.map(({ isOther, from, to }) => {
      const part = whole.subarray(from, to)
      return { text: isOther ? part.toString('utf8') : decode(part), isOther }
    })
  }
}
