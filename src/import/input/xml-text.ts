import { isAscii } from 'node:buffer'
import { peekBytes } from './decompress.ts'
import { fromWindows } from './encoding/undeclared.ts'
import { isUtf8Despite } from './line-decoder.ts'

/** Bytes in which an XML declaration must end. */
const DECLARATION_BYTES = 300

/** Matches the encoding in an XML declaration at the start of a text. */
const DECLARED = /^\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([^"'>]{1,40})["']/

/** A piece of the text of an XML file. */
export interface XmlPiece {
  text: string
  /** Whether the piece was read as UTF-8, although the file declares another encoding. */
  isOther: boolean
}

/**
 * Decodes an XML file in the encoding that it declares; the default is UTF-8. Text that can only be UTF-8 is read as UTF-8, since
 * programs copy declarations. UTF-16 is decoded earlier, by its byte order mark, since a declaration in it could not be read here.
 * Throws a plain error for an unknown encoding.
 */
export async function* xmlText(bytes: AsyncIterable<Buffer>): AsyncGenerator<XmlPiece> {
  const { head, all } = await peekBytes(bytes, DECLARATION_BYTES)
  const decode = xmlDecoder(head)
  for await (const chunk of all) yield* decode(chunk)
  yield* decode(null)
}

/** Makes a decoder for XML that begins with these bytes; null ends the text. */
function xmlDecoder(head: Buffer): (bytes: Buffer | null) => XmlPiece[] {
  const label = DECLARED.exec(head.toString('latin1'))?.[1] ?? 'utf-8'
  const name = /^(?:utf-?16|ucs-?2|iso-10646)/i.test(label) ? 'utf-8' : label
  let decoder: TextDecoder
  try {
    decoder = new TextDecoder(name)
  } catch {
    throw new Error(`it declares the unknown encoding ${label.replace(/[^\w.:-]/g, '')}`)
  }
  const isWhole = /^(?:utf-|iso-2022)/.test(decoder.encoding)
  const decode = (bytes: Buffer | null) =>
    bytes ? decoder.decode(bytes, { stream: isWhole }) : isWhole ? decoder.decode() : ''
  if (isWhole) return (bytes) => [{ text: decode(bytes), isOther: false }]
  return byTags(decoder.encoding, (bytes) =>
    decoder.encoding === 'windows-1252' ? fromWindows(bytes) : decode(bytes),
  )
}

/** Text without a tag is kept up to this length, in bytes, before it is decoded. */
const LONGEST_KEPT = 1_000_000

/** Decodes the text up to each `>` either as declared or as UTF-8. In these encodings the byte of `>` is part of no other character. */
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
      const isOther = isUtf8Despite(encoding, whole.subarray(from, to))
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
