import { badInput } from '../../errors.ts'
import { peekBytes } from '../input/decompress.ts'
import { HEAD_BYTES } from '../input/input.ts'
import { isObject, itemsOf, type Json, jsonAdapter, judged } from '../input/json.ts'
import type { ReadRecord, Refusal } from '../input/outcome.ts'
import { readRow, rowOf } from './csv.ts'
import { type Columns, columnsNamed, unreadColumns } from './csv-columns.ts'
import { itemsAt, placesInHead, severalPlaces } from './json-places.ts'

/**
 * Reads a list of papers in JSON without a defined format, such as those of conference archives: objects whose keys are names of table
 * columns (`title`, `author`, `year`, `doi`, `ee`). A list of names, or of objects with names, is a byline.
 */
export const readJsonList = jsonAdapter('json-list', readEntry, lostOfEntry, itemsOfList)

/** Finds the papers in a file that is a list of papers, or contains one. */
async function* itemsOfList(text: AsyncIterable<Buffer>, file: string) {
  const { head, all } = await peekBytes(text, HEAD_BYTES)
  const [place, ...others] = placesInHead(head.subarray(0, HEAD_BYTES))
  if (place === undefined) yield* itemsOf(all, file)
  else if (others.length === 0) yield* judged(itemsAt(all, place, file))
  else throw badInput(`${file} is ${severalPlaces([place, ...others])}.`)
}

function readEntry(entry: Json, file: string): ReadRecord | Refusal {
  const { columns, cells } = tableOf(entry)
  const record = readRow(rowOf(columns, cells), file, { ...columns, separator: null }, [])
  const hasByline = columns.places.get('authors')?.some((at) => cells[at]?.trim() !== '')
  if ('reason' in record || record.authors.length > 0 || !hasByline) return record
  return { ...record, lost: [...(record.lost ?? []), NO_NAMES] }
}

export const NO_NAMES = 'authors that cannot be read were left out'

interface Table {
  columns: Columns
  values: unknown[]
  cells: string[]
}

function tableOf(entry: Json): Table {
  const stated = Object.entries(entry).filter(([, value]) => value !== null && value !== '')
  return {
    columns: columnsNamed(stated.map(([name]) => name)),
    values: stated.map(([, value]) => value),
    cells: stated.map(([, value]) => cellOf(value) ?? ''),
  }
}

/** Text that a table would have in its cell; null for a value that a cell cannot have. */
function cellOf(value: unknown): string | null {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (!Array.isArray(value)) return null
  const items = value.map(itemOf)
  return items.includes(null) ? null : items.join('; ')
}

/** Text of an item, which is a text or an object with a name. */
function itemOf(item: unknown): string | null {
  if (!isObject(item)) return typeof item === 'string' ? item : null
  const { name, given, family } = item
  if (typeof name === 'string') return name
  return typeof family === 'string' ? [family, given].filter(Boolean).join(', ') : null
}

/** Repairs to report about unknown keys, and about values of an unreadable shape. */
function lostOfEntry(entry: Json): string[] {
  const { columns, values } = tableOf(entry)
  const read = new Set([...columns.places.values()].flat())
  const wrong = columns.printed.filter((_, at) => read.has(at) && cellOf(values[at]) === null)
  const [unread] = unreadColumns(columns)
  return [
    ...wrong.map((name) => `${name} is neither text nor a list of texts; left out`),
    ...(unread === undefined ? [] : [unread.replace(/^.*?:/, 'keys that are not read:')]),
  ]
}
