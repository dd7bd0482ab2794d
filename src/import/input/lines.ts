/** The most bytes of a record; longer ones are skipped, whatever the size of the file. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024

/** Why a longer one is rejected. */
export const TOO_LONG = `longer than ${MAX_RECORD_BYTES / 2 ** 20} MB`

/** A line without its line end; null if it is too long. Lines count from 1. */
export interface Line {
  position: number
  bytes: Buffer | null
}

/** A line, or a part of a long one. */
export interface Piece extends Line {
  bytes: Buffer
  /** Whether it begins a line, and whether it ends one. */
  isStart: boolean
  isEnd: boolean
}

const [LINE_FEED, CARRIAGE_RETURN, COMMA, SPACE] = [0x0a, 0x0d, 0x2c, 0x20]

/** Lines of this many bytes or more come in pieces. */
const PIECE_BYTES = 2 ** 20

interface LineOptions {
  limit?: number
  /** Whether a carriage return ends a line as well, as old programs write it; else it is a part of the line. */
  isAnyEnd?: boolean
}

/** The lines of a text. Lines longer than `limit` are not kept, so that memory stays constant. */
export function readLines(
  text: AsyncIterable<Buffer>,
  { limit = MAX_RECORD_BYTES, isAnyEnd = false }: LineOptions = {},
): AsyncGenerator<Line> {
  return readParts(text, { limit, isAnyEnd, pieceBytes: Number.POSITIVE_INFINITY })
}

/** As `readLines` with any line ends, for formats in which one line may hold any number of records: no line is too long. */
export function readPieces(text: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  const options = { limit: Number.POSITIVE_INFINITY, isAnyEnd: true, pieceBytes: PIECE_BYTES }
  return readParts(text, options) as AsyncGenerator<Piece>
}

async function* readParts(
  text: AsyncIterable<Buffer>,
  { limit, isAnyEnd, pieceBytes }: Required<LineOptions> & { pieceBytes: number },
): AsyncGenerator<Line & Omit<Piece, 'bytes'>> {
  let position = 1
  let parts: Buffer[] = []
  let length = 0
  let isStart = true
  const add = (part: Buffer) => {
    length += part.length
    if (length > limit) parts = []
    else parts.push(part)
  }
  const take = (isEnd: boolean) => {
    const all = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)
    const cut = isEnd ? all.length : cutOf(all)
    const bytes = length > limit ? null : all.subarray(0, cut)
    const piece = { position, bytes, isStart, isEnd }
    parts = cut < all.length ? [all.subarray(cut)] : []
    length = all.length - cut
    isStart = isEnd
    if (isEnd) position++
    return piece
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
      yield take(true)
    }
    if (from < chunk.length) add(chunk.subarray(from))
    if (length >= pieceBytes) yield take(false)
  }
  if (length > 0 || !isStart) yield take(true)
}

/** Where a piece ends: after a comma or space, which are in no other character of any encoding, or before a character of UTF-8. */
function cutOf(bytes: Buffer): number {
  const after = Math.max(bytes.lastIndexOf(COMMA), bytes.lastIndexOf(SPACE)) + 1
  if (after > 0) return after
  let lead = bytes.length - 1
  while (lead > bytes.length - 4 && ((bytes[lead] ?? 0) & 0xc0) === 0x80) lead--
  return (bytes[lead] ?? 0) >= 0xc0 ? lead : bytes.length
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
