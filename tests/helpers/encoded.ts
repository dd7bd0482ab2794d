/** The text in an encoding of one or two bytes for each letter, by decoding each byte or pair of bytes. */
export function encodedIn(encoding: string, text: string): Buffer {
  const decoder = new TextDecoder(encoding)
  const bytesOf = new Map<string, number[]>()
  for (let lead = 0x80; lead <= 0xff; lead++) {
    for (let trail = 0x40; trail <= 0xff; trail++)
      bytesOf.set(decoder.decode(Buffer.from([lead, trail])), [lead, trail])
    bytesOf.set(decoder.decode(Buffer.from([lead])), [lead])
  }
  return Buffer.from(
    [...text].flatMap((letter) =>
      letter < '\x80' ? letter.charCodeAt(0) : (bytesOf.get(letter) ?? []),
    ),
  )
}
