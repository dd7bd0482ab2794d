import { MAX_RECORD_BYTES } from './lines.ts'

/** An item of a JSON text as bytes; null if it is too long. Positions count from 0. */
export interface JsonItem {
  position: number
  /** Name of the member that contains the item, as JSON, in the layout `members`. */
  label: string
  bytes: Buffer | null
}

/**
 * Location of the items. `elements`: in the array that forms the text. `members`: `"name": value` pairs, two objects deep.
 * `documents`: in an array under one of `LISTS` in each document; without one, each document is an item.
 */
export type JsonLayout = 'elements' | 'members' | 'documents'

/** Members under which public APIs and dumps list their records. */
const LISTS = /"(?:items|notes|results|data|recommendedPapers)"\s*:\s*$/
const LISTS_DEPTH = 2
/** Bytes kept to find the name of a member just before its value. */
const NAME_BYTES = 64

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]

/**
 * Splits a JSON text into items without parsing them: a broken item does not affect the next, and one longer than `limit` is
 * dropped. (Streaming parsers stop at the first error and keep items of any size.)
 */
export async function* splitJson(
  text: AsyncIterable<Buffer>,
  layout: JsonLayout,
  limit = MAX_RECORD_BYTES,
): AsyncGenerator<JsonItem> {
  const splitter = createSplitter(layout, limit)
  for await (const chunk of text) yield* splitter.feed(chunk)
  if (splitter.isInside()) throw new Error('the JSON ends in the middle of a record')
}

/** The complete items at the start of a text. */
export function splitHead(head: Buffer, layout: JsonLayout): JsonItem[] {
  return createSplitter(layout, head.length).feed(head)
}

function createSplitter(layout: JsonLayout, limit: number) {
  const kept = createKeeper(limit)
  const home = layout === 'elements' ? 1 : layout === 'members' ? 2 : 0
  /** Depth of the container of the items. */
  let wanted = home
  let depth = 0
  let position = 0
  let label = ''
  let isString = false
  let isEscape = false
  /** Whether the list of items in the document has ended; the rest of the document is ignored. */
  let isPast = false
  let items: JsonItem[] = []

  const close = (chunk: Buffer, end: number) => {
    const bytes = kept.take(chunk, end)
    if (bytes === null || !isBlank(bytes)) items.push({ position: position++, label, bytes })
  }
  const open = (chunk: Buffer, at: number) => {
    const isLists =
      layout === 'documents' && wanted === 0 && !isPast && depth > 0 && depth <= LISTS_DEPTH
    if (isLists && chunk[at] === OPEN_LIST && LISTS.test(kept.tail(chunk, at))) wanted = depth + 1
    if (depth === 0 && wanted === 0) kept.start(at)
    depth++
    if (depth === wanted) {
      label = kept.take(chunk, at)?.toString('utf8') ?? ''
      kept.start(at + 1)
    } else if (depth === wanted - 1) kept.start(at + 1)
  }
  const shut = (chunk: Buffer, at: number) => {
    if (depth === wanted && wanted > 0) {
      close(chunk, at)
      if (wanted !== home) isPast = true
      wanted = home
    }
    depth = Math.max(0, depth - 1)
    if (depth > 0) return
    if (layout === 'documents' && !isPast) close(chunk, at + 1)
    isPast = false
  }
  /** Skips the rest of a string and returns the position after it. */
  const skipString = (chunk: Buffer, from: number): number => {
    let at = from
    for (; at < chunk.length; at++) {
      const byte = chunk[at]
      if (isEscape) isEscape = false
      else if (byte === BACKSLASH) isEscape = true
      else if (byte === QUOTE) {
        isString = false
        return at + 1
      }
    }
    return at
  }
  const step = (chunk: Buffer, at: number) => {
    const byte = chunk[at]
    if (byte === QUOTE) isString = true
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) open(chunk, at)
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) shut(chunk, at)
    else if (byte === COMMA && depth === wanted && wanted > 0) {
      close(chunk, at)
      kept.start(at + 1)
    } else if (byte === COMMA && depth === wanted - 1) kept.start(at + 1)
  }
  return {
    isInside: () => depth > 0 || isString,
    feed(chunk: Buffer): JsonItem[] {
      items = []
      kept.next()
      for (let at = 0; at < chunk.length; ) {
        if (isString) at = skipString(chunk, at)
        else step(chunk, at++)
      }
      kept.rest(chunk)
      return items
    },
  }
}

/** Keeps the bytes of the item that is being read, across chunks, up to a limit. */
export function createKeeper(limit: number) {
  let parts: Buffer[] = []
  let length = 0
  /** Start of the item in this chunk; -1 when no item is being read. */
  let from = -1
  const add = (part: Buffer) => {
    length += part.length
    if (length > limit) parts = []
    else parts.push(part)
  }
  return {
    start(at: number) {
      parts = []
      length = 0
      from = at
    },
    next() {
      if (from !== -1) from = 0
    },
    rest(chunk: Buffer) {
      if (from !== -1 && from < chunk.length) add(chunk.subarray(from))
    },
    /** Returns the item, which ends before `end`; null when it is longer than the limit. */
    take(chunk: Buffer, end: number): Buffer | null {
      if (from !== -1) add(chunk.subarray(from, end))
      const bytes = length > limit ? null : Buffer.concat(parts)
      parts = []
      length = 0
      from = -1
      return bytes
    },
    /** The last bytes before `end`, as text. */
    tail(chunk: Buffer, end: number): string {
      const found = [chunk.subarray(Math.max(0, end - NAME_BYTES), end)]
      let size = end
      for (let i = parts.length - 1; i >= 0 && size < NAME_BYTES; i--) {
        const part = parts[i]?.subarray(-NAME_BYTES) ?? chunk.subarray(0, 0)
        found.unshift(part)
        size += part.length
      }
      return Buffer.concat(found).toString('latin1')
    },
  }
}

const isBlank = (bytes: Buffer) => bytes.every((byte) => byte === 0x20 || (byte > 8 && byte < 14))
