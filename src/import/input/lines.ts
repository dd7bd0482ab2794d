/** A record may have so many bytes; a longer one is left out, whatever the file's size. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024

/** One line without its end; null in place of one that is too long. Lines count from 1. */
export interface Line {
  position: number
  bytes: Buffer | null
}

const NEWLINE = 0x0a

/** The lines of a text. Of one that is longer than `limit` nothing is kept, so memory stays flat. */
export async function* readLines(
  text: AsyncIterable<Buffer>,
  limit = MAX_RECORD_BYTES,
): AsyncGenerator<Line> {
  let position = 1
  let parts: Buffer[] = []
  let length = 0
  const add = (part: Buffer) => {
    length += part.length
    if (length > limit) parts = []
    else parts.push(part)
  }
  const take = (): Line => {
    const bytes = length > limit ? null : parts.length === 1 ? parts[0] : Buffer.concat(parts)
    parts = []
    length = 0
    return { position: position++, bytes: bytes ?? null }
  }
  for await (const chunk of text) {
    let from = 0
    for (let at = chunk.indexOf(NEWLINE); at !== -1; at = chunk.indexOf(NEWLINE, from)) {
      add(chunk.subarray(from, at))
      from = at + 1
      yield take()
    }
    if (from < chunk.length) add(chunk.subarray(from))
  }
  if (length > 0) yield take()
}
