import { badInput } from '../../errors.ts'
import { LISTED_WITH } from '../input/json.ts'
import { createKeeper, type JsonItem } from '../input/json-items.ts'
import { MAX_RECORD_BYTES } from '../input/lines.ts'

/** Lists of papers that are not those of the file, but belong to one of them. */
const OF_A_PAPER =
  /^(?:references?|citations?|cit(?:es|ed|ing)(?:_?by)?|bibliography|related\w*|recommend\w*)$/i

/** Lists by year are one place. */
const YEAR = /^(?:19|20)\d\d$/

/** A list or object that is open; `key` is the name under which the next value stands. */
interface Frame {
  isList: boolean
  key: string
  /** Of an object: the names in it that tell a paper. */
  names: Set<string>
}

const NAMES = new Set(['title', 'author', 'authors', ...LISTED_WITH])
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]
/** Longer names are none of lists. */
const MOST_OF_KEY = 200

interface Events {
  /** After a list or object has opened. */
  opened?(frames: readonly Frame[], chunk: Buffer, at: number): void
  /** Before it is closed. */
  closing?(frames: readonly Frame[], chunk: Buffer, at: number): void
  comma?(frames: readonly Frame[], chunk: Buffer, at: number): void
}

/** Walks through JSON chunk by chunk and tells where its lists and objects are; what is in them is not parsed. */
function createWalker({ opened, closing, comma }: Events) {
  const frames: Frame[] = []
  let isString = false
  let isEscape = false
  let string: number[] = []
  const close = (chunk: Buffer, at: number) => {
    closing?.(frames, chunk, at)
    frames.pop()
  }
  const step = (chunk: Buffer, at: number) => {
    const byte = chunk[at]
    const top = frames.at(-1)
    if (byte === QUOTE) {
      isString = true
      string = []
    } else if (byte === COLON && top && !top.isList) {
      top.key = Buffer.from(string).toString('utf8')
      const name = top.key.toLowerCase()
      if (NAMES.has(name)) top.names.add(name)
    } else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      frames.push({ isList: byte === OPEN_LIST, key: '', names: new Set() })
      opened?.(frames, chunk, at)
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) close(chunk, at)
    else if (byte === COMMA) comma?.(frames, chunk, at)
  }
  return {
    frames,
    feed(chunk: Buffer): void {
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at] as number
        if (!isString) step(chunk, at)
        else if (isEscape) isEscape = false
        else if (byte === BACKSLASH) isEscape = true
        else if (byte === QUOTE) isString = false
        else if (string.length < MOST_OF_KEY) string.push(byte)
      }
    },
  }
}

/** Where the newest list is: `data.items`, `sessions[].papers`, `<year>`. */
const placeOf = (frames: readonly Frame[]): string =>
  frames
    .slice(0, -1)
    .map(({ isList, key }) => (isList ? '[]' : `.${YEAR.test(key) ? '<year>' : key}`))
    .join('')
    .replace(/^\./, '')

const isPaper = ({ names }: Frame) =>
  names.has('title') &&
  (names.has('author') || names.has('authors')) &&
  LISTED_WITH.some((name) => names.has(name))

/** The place of the list that holds an object, where that is a paper, and no part of another. */
function placeOfPaper(frames: readonly Frame[]): string | null {
  const [list, object] = [frames.at(-2), frames.at(-1)]
  if (!list?.isList || !object || object.isList || !isPaper(object)) return null
  const above = frames.slice(0, -2)
  const isPart = above.some((frame) => OF_A_PAPER.test(frame.key) || isTitled(frame))
  return isPart ? null : placeOf(frames.slice(0, -1))
}

/** A session has a title, too. */
const isTitled = ({ names }: Frame) =>
  names.has('title') && (names.has('author') || names.has('authors'))

/** The places of lists of papers in the start of a JSON text; none where the text is such a list itself, or papers one after the other. */
export function placesInHead(head: Buffer): string[] {
  const places = new Set<string>()
  const look = (frames: readonly Frame[]) => {
    const isAlone = frames.length === 1 && frames[0] && isPaper(frames[0])
    const place = isAlone ? '' : placeOfPaper(frames)
    if (place !== null) places.add(place)
  }
  const walker = createWalker({ closing: look })
  walker.feed(head)
  // The last one may be longer than the start.
  for (let depth = walker.frames.length; depth > 0; depth--) look(walker.frames.slice(0, depth))
  return places.has('') ? [] : [...places]
}

export const severalPlaces = (places: readonly string[]) =>
  `JSON with papers in several lists: ${places.slice(0, 5).join(', ')}${places.length > 5 ? ' …' : ''}; keep one of them in it`

/** The items of the lists at one place, in bounded memory. Throws BAD_USER_INPUT where there are papers elsewhere. */
export async function* itemsAt(
  text: AsyncIterable<Buffer>,
  place: string,
  file: string,
): AsyncGenerator<JsonItem> {
  const kept = createKeeper(MAX_RECORD_BYTES)
  let items: JsonItem[] = []
  let position = 0
  let other: string | null = null
  /** Depth of the list whose items are read; 0 outside. */
  let home = 0
  const take = (chunk: Buffer, at: number, frames: readonly Frame[]) => {
    const bytes = kept.take(chunk, at)
    if (bytes?.toString('latin1').trim() === '') return
    const year = frames.find(({ key }) => YEAR.test(key))?.key
    const dated = bytes && year ? withYear(bytes, year) : bytes
    items.push({ position: position++, label: '', bytes: dated })
  }
  const walker = createWalker({
    opened(frames, _, at) {
      if (home > 0 || !frames.at(-1)?.isList || placeOf(frames) !== place) return
      home = frames.length
      kept.start(at + 1)
    },
    comma(frames, chunk, at) {
      if (home === 0 || frames.length !== home) return
      take(chunk, at, frames)
      kept.start(at + 1)
    },
    closing(frames, chunk, at) {
      if (home === 0) {
        other ??= placeOfPaper(frames)
      } else if (frames.length === home) {
        take(chunk, at, frames)
        home = 0
      }
    },
  })
  for await (const chunk of text) {
    kept.next()
    walker.feed(chunk)
    kept.rest(chunk)
    yield* items
    items = []
    if (other !== null) throw badInput(`${file} is ${severalPlaces([place, other])}.`)
  }
  if (walker.frames.length > 0)
    throw badInput(`${file} cannot be read to its end: the JSON ends in the middle of a record.`)
}

/** A paper of a list by years is of that year, unless it states one itself: of two equal names the last counts. */
function withYear(bytes: Buffer, year: string): Buffer {
  const start = /^\s*\{(?=\s*")/.exec(bytes.subarray(0, 200).toString('latin1'))?.[0]
  return start === undefined
    ? bytes
    : Buffer.concat([Buffer.from(`{"year": ${year},`), bytes.subarray(start.length)])
}
