/** The most bytes of a record; longer ones are skipped, whatever the size of the file. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024

/** A line without its line end; null if it is too long. Lines count from 1. */
export interface Line {
  position: number
  bytes: Buffer | null
}

const [LINE_FEED, CARRIAGE_RETURN] = [0x0a, 0x0d]

interface LineOptions {
  limit?: number
  /** Whether a carriage return ends a line as well, as old programs write it; else it is a part of the line. */
  isAnyEnd?: boolean
}

/** The lines of a text. Lines longer than `limit` are not kept, so that memory stays constant. */
export async function* readLines(
  text: AsyncIterable<Buffer>,
  { limit = MAX_RECORD_BYTES, isAnyEnd = false }: LineOptions = {},
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
  let isAfterReturn = false
  for await (const chunk of text) {
    // A line feed at the start ends the same line as the carriage return before it.
    let from = isAfterReturn && chunk[0] === LINE_FEED ? 1 : 0
    isAfterReturn = isAnyEnd && chunk.at(-1) === CARRIAGE_RETURN
    for (const at of endsIn(chunk, isAnyEnd)) {
      if (at < from) continue
      add(chunk.subarray(from, at))
      from = at + (chunk[at] === CARRIAGE_RETURN && chunk[at + 1] === LINE_FEED ? 2 : 1)
      yield take()
    }
    if (from < chunk.length) add(chunk.subarray(from))
  }
  if (length > 0) yield take()
}

/** Where lines end in a chunk of text. */
function* endsIn(chunk: Buffer, isAnyEnd: boolean): Generator<number> {
  let feed = chunk.indexOf(LINE_FEED)
  let back = isAnyEnd ? chunk.indexOf(CARRIAGE_RETURN) : -1
  while (feed !== -1 || back !== -1) {
    const isFeed = back === -1 || (feed !== -1 && feed < back)
    yield isFeed ? feed : back
    if (isFeed) feed = chunk.indexOf(LINE_FEED, feed + 1)
    else back = chunk.indexOf(CARRIAGE_RETURN, back + 1)
  }
}
