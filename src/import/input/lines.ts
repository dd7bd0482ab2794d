/** Maximum size of a record in bytes. Longer records are skipped, so that memory does not depend on the file. */
export const MAX_RECORD_BYTES = 16 * 1024 * 1024

/** Reason for rejecting a longer record. */
export const TOO_LONG = `longer than ${MAX_RECORD_BYTES / 2 ** 20} MB`

/** A line without its line end; `bytes` is null if it is too long. Positions count from 1. */
export interface Line {
  position: number
  bytes: Buffer | null
}

/** A line, or a part of a long one. */
export interface Piece extends Line {
  bytes: Buffer
  /** Whether the piece begins a line; `isEnd` says whether it ends one. */
  isStart: boolean
  isEnd: boolean
}

const [LINE_FEED, CARRIAGE_RETURN, COMMA, SPACE] = [0x0a, 0x0d, 0x2c, 0x20]

/** Lines of this many bytes or more are split into pieces. */
const PIECE_BYTES = 2 ** 20

interface LineOptions {
  limit?: number
  /** Whether a carriage return alone also ends a line, as old programs write it. Otherwise it is a part of the line. */
  isAnyEnd?: boolean
}

/** Splits a text into lines. Lines longer than `limit` are dropped, so that memory stays constant. */
export function readLines(
  text: AsyncIterable<Buffer>,
  { limit = MAX_RECORD_BYTES, isAnyEnd = false }: LineOptions = {},
): AsyncGenerator<Line> {
  return readParts(text, { limit, isAnyEnd, pieceBytes: Number.POSITIVE_INFINITY })
}

/** Splits a text into lines with any line ends, and long lines into pieces, for formats that may have all records in one line. */
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
    // A line feed at the start belongs to the carriage return at the end of the last chunk.
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

/** End of a piece: after a comma or space, whose bytes occur in no multi-byte character, or before a UTF-8 character. */
function cutOf(bytes: Buffer): number {
  const after = Math.max(bytes.lastIndexOf(COMMA), bytes.lastIndexOf(SPACE)) + 1
  if (after > 0) return after
  let lead = bytes.length - 1
  while (lead > bytes.length - 4 && ((bytes[lead] ?? 0) & 0xc0) === 0x80) lead--
  return (bytes[lead] ?? 0) >= 0xc0 ? lead : bytes.length
}

/** Positions of line ends in a chunk of text. */
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
