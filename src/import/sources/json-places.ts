import { badInput } from '../../errors.ts'
import { LISTED_WITH } from '../input/json.ts'
import { createKeeper, type JsonItem } from '../input/json-items.ts'
import { MAX_RECORD_BYTES } from '../input/lines.ts'

/** Keys of lists that belong to a paper, such as its references, and are not papers of the file. */
const OF_A_PAPER =
  /^(?:references?|citations?|cit(?:es|ed|ing)(?:_?by)?|bibliography|related\w*|recommend\w*)$/i

/** Keys that are years. Lists under years count as one place. */
const YEAR = /^(?:19|20)\d\d$/

/** An open list or object; `key` is the name of the next value. */
interface Frame {
  isList: boolean
  key: string
  /** Names in an object by which papers are recognised. */
  names: Set<string>
}

const NAMES = new Set(['title', 'author', 'authors', ...LISTED_WITH])
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a]
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]
/** Maximum length of the name of a list. */
const MOST_OF_KEY = 200

interface Events {
  /** Called after a list or object has opened. */
  opened?(frames: readonly Frame[], chunk: Buffer, at: number): void
  /** Called before a list or object is closed. */
  closing?(frames: readonly Frame[], chunk: Buffer, at: number): void
  comma?(frames: readonly Frame[], chunk: Buffer, at: number): void
}

/** Makes a walker that finds lists and objects in chunks of JSON without parsing their values. */
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

/** Place of the innermost list: `data.items`, `sessions[].papers`, `<year>`. */
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

/** Place of the list that contains an object; null unless the object is a paper that is not part of another. */
function placeOfPaper(frames: readonly Frame[]): string | null {
  const [list, object] = [frames.at(-2), frames.at(-1)]
  if (!list?.isList || !object || object.isList || !isPaper(object)) return null
  const above = frames.slice(0, -2)
  const isPart = above.some((frame) => OF_A_PAPER.test(frame.key) || isTitled(frame))
  return isPart ? null : placeOf(frames.slice(0, -1))
}

/** Whether an object is a paper and not a session, which may also have a title. */
const isTitled = ({ names }: Frame) =>
  names.has('title') && (names.has('author') || names.has('authors'))

/** Finds the places of lists of papers in the start of a JSON text; none if the text itself is such a list or a sequence of papers. */
export function placesInHead(head: Buffer): string[] {
  const places = new Set<string>()
  const look = (frames: readonly Frame[]) => {
    const isAlone = frames.length === 1 && frames[0] && isPaper(frames[0])
    const place = isAlone ? '' : placeOfPaper(frames)
    if (place !== null) places.add(place)
  }
  const walker = createWalker({ closing: look })
  walker.feed(head)
  // The last paper may be longer than the start.
  for (let depth = walker.frames.length; depth > 0; depth--) look(walker.frames.slice(0, depth))
  return places.has('') ? [] : [...places]
}

export const severalPlaces = (places: readonly string[]) =>
  `JSON with papers in several lists: ${places.slice(0, 5).join(', ')}${places.length > 5 ? ' …' : ''}; keep only one of them`

/** Yields the items of the lists at one place, in bounded memory. Throws BAD_USER_INPUT when papers are elsewhere too. */
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

/** Adds the year of its list to a paper. It comes first, since of two equal names in JSON the last counts. */
function withYear(bytes: Buffer, year: string): Buffer {
  const start = /^\s*\{(?=\s*")/.exec(bytes.subarray(0, 200).toString('latin1'))?.[0]
  return start === undefined
    ? bytes
    : Buffer.concat([Buffer.from(`{"year": ${year},`), bytes.subarray(start.length)])
}
