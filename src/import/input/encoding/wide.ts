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
