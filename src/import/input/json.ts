import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { PaperRecord } from '../../domain/record/paper-record.ts'
import type { ProfileRecord } from '../../domain/record/profile-record.ts'
import { badInput } from '../../errors.ts'
import { decodedAs, encodingJudge, type Written } from './encoding/undeclared.ts'
import { type JsonItem, type JsonLayout, splitHead, splitJson } from './json-items.ts'
import { readLines, TOO_LONG } from './lines.ts'
import {
  type Adapter,
  type AddingReading,
  type CitedReading,
  type EdgeReading,
  type Outcome,
  REPAIRS,
  REPAIRS_OF,
  type Refusal,
  type StarredReading,
} from './outcome.ts'
import { fromPython } from './python-literal.ts'

/** A JSON object of a source. */
export type Json = Record<string, unknown>

/** Maximum depth of a value. Real records nest less than a tenth as deep; deeper values could exhaust the stack. */
const MAX_DEPTH = 100

/** The parsed value of a record with its repairs, or the reason why it is invalid. */
export type ParsedJson = { value: unknown; repairs: string[] } | { reason: string }

/** Parses one record. Bytes that are not UTF-8, NUL characters and lone surrogates are replaced and reported. */
export function parseJson(bytes: Buffer, written: Written = encodingJudge()(bytes)): ParsedJson {
  if (written === 'foreign') return { reason: REPAIRS.foreign }
  if (depthOf(bytes) > MAX_DEPTH) return { reason: `nested deeper than ${MAX_DEPTH} levels` }
  const text = decodedAs(written, bytes)
  const repairs = [...REPAIRS_OF[written]]
  try {
    const value: unknown = JSON.parse(text)
    return /\\u(?:0000|d[89a-f])/i.test(text) ? mend(value, repairs) : { value, repairs }
  } catch (error) {
    const at = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
    return { reason: at ? `not valid JSON at its character ${at}` : 'not valid JSON' }
  }
}

function depthOf(bytes: Buffer): number {
  let [depth, deepest, isString] = [0, 0, false]
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (isString && byte === 0x5c) at++
    else if (byte === 0x22) isString = !isString
    else if (isString) continue
    else if (byte === 0x5b || byte === 0x7b) deepest = Math.max(deepest, ++depth)
    else if (byte === 0x5d || byte === 0x7d) depth--
  }
  return deepest
}

function mend(value: unknown, repairs: string[]): ParsedJson {
  const told = new Set(repairs)
  const visit = (item: unknown): unknown => {
    if (typeof item === 'string') {
      if (item.includes('\0')) told.add(REPAIRS.nul)
      if (!item.isWellFormed()) told.add('halves of characters (lone surrogates) were replaced')
      return item.replaceAll('\0', '').toWellFormed()
    }
    if (Array.isArray(item)) return item.map(visit)
    if (typeof item !== 'object' || item === null) return item
    return Object.fromEntries(Object.entries(item).map(([key, child]) => [key, visit(child)]))
  }
  return { value: visit(value), repairs: [...told] }
}

/** The outcome of one JSON object: a record, a citation, or the reason why it is neither. */
type ReadObject = (
  entry: Json,
  file: string,
) =>
  | PaperRecord
  | StarredReading
  | AddingReading
  | CitedReading
  | ProfileRecord
  | EdgeReading
  | Refusal

/** Lists values of an entry that its reader left out. */
type LostOf = (entry: Json) => string[]

/**
 * Makes an adapter for JSON: one object a line, an array of objects, or an API response that contains one. `read` receives each object,
 * then `lostOf`; earlier errors are reported here. `format` is the unique name of the adapter; `items` finds the objects.
 */
export function jsonAdapter(
  format: string,
  read: ReadObject,
  lostOf: LostOf = () => [],
  items = itemsOf,
): Adapter {
  const readers = { read, lostOf }
  const outcomes: Adapter = async function* (text, file) {
    for await (const item of items(text, file)) yield outcomeOf(item, file, readers)
  }
  outcomes.unread = async function* (text, file, code) {
    // Some formats also use the name of the file.
    const seed = JSON.stringify([code, format, read.length > 1 ? basename(file) : null])
    for await (const item of items(text, file)) {
      const { position, bytes } = item
      if (bytes === null) yield outcomeOf(item, file, readers)
      else
        yield {
          ...{ position, hash: hashOf(seed, bytes), size: bytes.length },
          read: () => outcomeOf(item, file, readers),
        }
    }
  }
  return outcomes
}

const HASH_DIGITS = 32

const hashOf = (seed: string, bytes: Buffer) =>
  createHash('sha256').update(seed).update(bytes).digest('hex').slice(0, HASH_DIGITS)

function outcomeOf(
  { position, bytes, written }: Item,
  file: string,
  { read, lostOf }: { read: ReadObject; lostOf: LostOf },
): Outcome {
  const parsed = parseItem(bytes, written)
  if ('reason' in parsed) return { position, reject: { key: null, reason: parsed.reason } }
  const value = fromPython(parsed.value)
  if (!isObject(value))
    return { position, reject: { key: null, reason: 'the entry is not a JSON object' } }
  const reading = readSafely(() => read(value, file))
  if ('reason' in reading) return { position, reject: reading }
  if ('edge' in reading) return { position, ...reading }
  const repairs = [...parsed.repairs, ...new Set(lostOf(value))]
  if ('record' in reading) return { position, ...reading, repairs }
  if ('type' in reading) return { position, profile: reading, repairs }
  return { position, record: reading, repairs }
}

/** Rejects an entry whose fields have unexpected types, instead of failing. */
function readSafely<T>(read: () => T): T | Refusal {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { key: null, reason: `the entry cannot be read: ${error.message}` }
  }
}

/** Parses an item of `itemsOf`, as `parseJson` does. */
export const parseItem = (bytes: Buffer | null, written: Written): ParsedJson =>
  bytes === null ? { reason: TOO_LONG } : parseJson(bytes, written)

/** The bytes of one record; null if it is too long. */
type Item = Pick<JsonItem, 'position' | 'bytes'> & { written: Written }

/** The records of a JSON text in any layout. Throws BAD_USER_INPUT when it ends in the middle of one. */
export const itemsOf = (text: AsyncIterable<Buffer>, file: string): AsyncGenerator<Item> =>
  judged(piecesOf(text, file))

/** Adds to items the encoding of their bytes. */
export async function* judged(
  pieces: AsyncIterable<Pick<JsonItem, 'position' | 'bytes'>>,
): AsyncGenerator<Item> {
  const judge = encodingJudge()
  for await (const { position, bytes } of pieces)
    yield { position, bytes, written: bytes === null ? 'utf8' : judge(bytes) }
}

async function* piecesOf(
  text: AsyncIterable<Buffer>,
  file: string,
): AsyncGenerator<Omit<Item, 'written'>> {
  const { layout, all } = await findLayout(text)
  if (layout === 'lines') {
    for await (const { position, bytes } of readLines(all))
      if (bytes === null || bytes.some((byte) => byte > 0x20)) yield { position, bytes }
    return
  }
  try {
    yield* splitJson(all, layout)
  } catch (cause) {
    if (!(cause instanceof Error) || cause.constructor !== Error) throw cause
    throw badInput(`${file} cannot be read to its end: ${cause.message}.`, { cause })
  }
}

async function findLayout(text: AsyncIterable<Buffer>) {
  const iterator = text[Symbol.asyncIterator]()
  const first = await iterator.next()
  const chunk: Buffer = first.done ? Buffer.alloc(0) : first.value
  async function* all(): AsyncGenerator<Buffer> {
    yield chunk
    for (let next = await iterator.next(); !next.done; next = await iterator.next())
      yield next.value
  }
  return { layout: layoutOf(chunk), all: all() }
}

/** Start of an API response with a list of records. No list and no deeper nesting comes before that list. */
const WRAPPED =
  /^\{(?:[^[\]{}"]|"(?:[^"\\]|\\.)*"|\{[^[\]{}]*\})*?"(?:message"\s*:\s*\{.*?"items|items|notes|results|data|recommendedPapers)"\s*:\s*\[/s

/** Detects the layout of the records in a JSON text from its start. */
function layoutOf(head: Buffer): JsonLayout | 'lines' {
  const start = head
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
  if (start.startsWith('[')) return 'elements'
  if (WRAPPED.test(start.slice(0, WRAPPER_BYTES))) return 'documents'
  const lines = start.split('\n').map((line) => line.trimEnd())
  const isWhole = (line: string) => line.startsWith('{') && line.endsWith('}')
  if (lines.length > 1 && isWhole(lines[0] ?? '')) return 'lines'
  // The first line may be broken, or longer than the start.
  return lines.length === 1 || lines.slice(0, -1).some(isWhole) ? 'lines' : 'documents'
}

/** Bytes from the start in which the list must begin. */
const WRAPPER_BYTES = 16_384

/** The first complete JSON objects in the start of a text, at most `most`. */
export function objectsOfHead(head: Buffer, most: number): Json[] {
  const layout = layoutOf(head)
  const pieces =
    layout === 'lines'
      ? head
          .toString('utf8')
          .split('\n')
          .map((line) => Buffer.from(line))
      : splitHead(head, layout).map(({ bytes }) => bytes ?? Buffer.alloc(0))
  const found: Json[] = []
  for (const bytes of pieces) {
    if (found.length === most) break
    const parsed = parseJson(bytes)
    const value = 'value' in parsed ? fromPython(parsed.value) : null
    if (isObject(value)) found.push(value)
  }
  return found
}

/** The complete members of the first record, if the record does not end within the start of a text. */
export function startedObject(head: Buffer): Json[] {
  const whole = head.toString('utf8')
  const from = whole.indexOf('{', WRAPPED.exec(whole.slice(0, WRAPPER_BYTES))?.[0].length ?? 0)
  if (from === -1) return []
  let [depth, isString, end] = [0, false, from]
  for (let at = from; at < whole.length; at++) {
    const sign = whole[at]
    if (isString && sign === '\\') at++
    else if (sign === '"') isString = !isString
    else if (isString) continue
    else if (sign === '{' || sign === '[') depth++
    else if (sign === '}' || sign === ']') depth--
    else if (sign === ',' && depth === 1) end = at
    if (depth === 0) return []
  }
  const parsed = parseJson(Buffer.from(`${whole.slice(from, end)}}`))
  return 'value' in parsed && isObject(parsed.value) ? [parsed.value] : []
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects in a list; empty if the value is not a list. */
export const objects = (value: unknown): Json[] => list(value).filter(isObject)

/** The value as a list; empty if it is not one. */
export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** The value as an object; empty if it is not one. */
export const object = (value: unknown): Json => (isObject(value) ? value : {})

/** The value as trimmed text; empty if it is not text. */
export const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

/** A whole number of 0 or more, also as text; null otherwise. */
export function count(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null
}

/** Fields of which a paper in a list of any program has at least one, besides title and byline. */
export const LISTED_WITH = [
  ...['year', 'date', 'abstract', 'doi', 'url', 'ee', 'pdf', 'pages', 'venue', 'conf'],
]

/** Whether an object is a paper with a title, a byline and more, under names that columns of tables also have. */
export const isListed = (r: Json): boolean =>
  typeof r.title === 'string' &&
  [r.author, r.authors].some(
    (names) => (typeof names === 'string' && names !== '') || Array.isArray(names),
  ) &&
  LISTED_WITH.some((name) => typeof r[name] === 'string' || typeof r[name] === 'number')
