import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import { isDay } from '../day.ts'
import { badInput, quote } from '../errors.ts'
import { numberText } from './number-text.ts'

type KeyType = 'bigint' | 'boolean' | 'date' | 'integer' | 'real' | 'text' | 'timestamptz'
type KeyValue = string | number | boolean

/** A total order of rows: all keys run in one direction, and the last one is unique within the list. */
export interface KeysetOrder<Row = never> {
  /** Name of the list, the field and the direction, such as `papers.published.desc`; a cursor is valid for this name only. */
  name: string
  direction: 'asc' | 'desc'
  keys: readonly { column: Sql; type: KeyType }[]
  /** The keys of a row. */
  valuesOf: (row: Row) => KeyValue[]
}

/** A part of a list: `limit` rows from its start or its end, between two positions. */
export interface Page {
  /** 0 to 100. */
  limit: number
  from: 'start' | 'end'
  after: KeyValue[] | null
  before: KeyValue[] | null
}

/** Rows of a page in the list's order, and whether there are more. */
export interface PageRows<Row> {
  rows: Row[]
  hasNextPage: boolean
  hasPreviousPage: boolean
}

/** The first rows of a list, without a position. */
export function firstRows(limit: number): Page {
  return { limit, from: 'start', after: null, before: null }
}

export const isFromStart = (page: Page): boolean =>
  page.from === 'start' && page.after === null && page.before === null

/** Conditions that keep rows between the page's positions, each with its leading `and`. */
export function keysetConditions(order: KeysetOrder<never>, page: Page): Sql {
  const [further, nearer] = order.direction === 'asc' ? [raw('>'), raw('<')] : [raw('<'), raw('>')]
  const after = page.after
    ? sql` and ${rowOf(order)} ${further} ${valuesAs(order, page.after)}`
    : empty
  const before = page.before
    ? sql` and ${rowOf(order)} ${nearer} ${valuesAs(order, page.before)}`
    : empty
  return sql`${after}${before}`
}

/** The `order by` clause; reversed for a page counted from the end. */
export function keysetOrderBy(order: KeysetOrder<never>, page: Page): Sql {
  const isAscending = (order.direction === 'asc') === (page.from === 'start')
  const direction = raw(isAscending ? ' asc' : ' desc')
  return join(order.keys.map(({ column }) => sql`${column}${direction}`))
}

/** A few different limits make few different statements, which are prepared once. */
const LIMITS = [1, 2, 3, 5, 10, 20, 30, 50, 100]

/**
 * The limit of a page's statement; `isAhead` adds a row that shows whether the list continues. It is a literal, because the planner must
 * know that few rows are wanted.
 */
export function keysetLimit(limit: number, isAhead: boolean): Sql {
  return raw(String(rowsToRead(limit, isAhead)))
}

/** Number of rows that a statement reads for a page of `limit`. */
export function rowsToRead(limit: number, isAhead: boolean): number {
  return (LIMITS.find((most) => most >= limit) ?? limit) + (isAhead ? 1 : 0)
}

/** Cuts the rows that were read to the page, and reverses them if they were read from the end. */
export function cutPage<Row>(read: Row[], page: Page): PageRows<Row> {
  const hasMore = read.length > page.limit
  const kept = hasMore ? read.slice(0, page.limit) : read
  const isForward = page.from === 'start'
  return {
    rows: isForward ? kept : [...kept].reverse(),
    hasNextPage: isForward ? hasMore : page.before !== null,
    hasPreviousPage: isForward ? page.after !== null : hasMore,
  }
}

const VERSION = 1

/** The opaque position of a row: version, order, and the values of its keys. */
export function encodeCursor<Row>(order: KeysetOrder<Row>, row: Row): string {
  const position = JSON.stringify([VERSION, order.name, ...order.valuesOf(row)])
  return Buffer.from(position).toString('base64url')
}

/** The position of the current row, as `encodeCursor` writes it: literal characters and SQL of type text, in order. */
export function cursorSql({ name, keys }: KeysetOrder<never>): (string | Sql)[] {
  const values = keys.flatMap(({ column, type }) => [
    ',',
    type === 'real' ? numberText(column, sql`'null'`) : sql`to_json(${column})::text`,
  ])
  return [`[${VERSION},${JSON.stringify(name)}`, ...values, ']']
}

/** The position in a cursor. Throws BAD_USER_INPUT for a text that is not a cursor, or a cursor of another order. */
export function decodeCursor(
  order: KeysetOrder<never>,
  cursor: string,
  argument: string,
): KeyValue[] {
  const [version, name, ...values] = parseCursor(cursor)
  const isRead = version === VERSION && typeof name === 'string'
  if (isRead && name !== order.name)
    throw badInput(
      `The cursor in ${argument} was made by another list or order (${quote(name)}); expected one of ${quote(order.name)}. Start again without it.`,
    )
  const fits =
    values.length === order.keys.length && order.keys.every(({ type }, i) => FORMS[type](values[i]))
  if (!isRead || !fits)
    throw badInput(
      `${argument}: ${quote(cursor)} is not a cursor; expected an endCursor, startCursor or edge's cursor of an earlier answer.`,
    )
  return values as KeyValue[]
}

function parseCursor(cursor: string): unknown[] {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(position) ? position : []
  } catch {
    return []
  }
}

const isWhole = (most: number) => (value: unknown) =>
  Number.isSafeInteger(value) && Math.abs(value as number) <= most
const isText = (form: RegExp) => (value: unknown) =>
  typeof value === 'string' &&
  form.test(value) &&
  (value === '-infinity' || isDay(value.slice(0, 10)))

const DAY = String.raw`(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?`

/** Tests of a cursor's values. Clients can write cursors by hand, so only values that the database can cast may pass. */
const FORMS: Record<KeyType, (value: unknown) => boolean> = {
  bigint: isWhole(Number.MAX_SAFE_INTEGER),
  integer: isWhole(2 ** 31 - 1),
  boolean: (value) => typeof value === 'boolean',
  // A `real` closer to 0 underflows.
  real: (value) =>
    value === 0 || (typeof value === 'number' && Math.abs(value) > 1e-30 && Math.abs(value) < 1e30),
  text: (value) => typeof value === 'string' && value.length <= 1000 && !value.includes('\0'),
  date: isText(RegExp(`^(?:-infinity|${DAY})$`)),
  timestamptz: isText(RegExp(`^${DAY}[ T]${TIME}\\+00(?::00)?$`)),
}

function rowOf({ keys }: KeysetOrder<never>): Sql {
  return sql`(${join(keys.map(({ column }) => column))})`
}

function valuesAs({ keys }: KeysetOrder<never>, values: KeyValue[]): Sql {
  return sql`(${join(keys.map(({ type }, i) => sql`${values[i]}::${raw(type)}`))})`
}
