import sql, { empty, join, raw, type Sql } from 'sql-template-tag'
import type { NodeType } from './global-id.ts'
import {
  cursorSql,
  type KeysetOrder,
  keysetConditions,
  keysetOrderBy,
  type Page,
} from './keyset.ts'
import { numberText } from './number-text.ts'

/**
 * A JSON text that PostgreSQL builds: literal characters, and SQL of type text. If a part is null or contains `UNFIT`, the whole is not
 * JSON.
 */
export type JsonText = readonly (string | Sql)[]

/** Marks a text that must not be sent, for example because a value has no JSON form. JSON itself would escape it. */
export const UNFIT = '\u0001'
const UNFIT_TEXT = raw(`E'\\x01'`)

/** The text as one SQL expression. */
export function textSql(text: JsonText): Sql {
  const parts: (string | Sql)[] = ['']
  for (const part of text) {
    const last = parts.length - 1
    if (typeof part === 'string' && typeof parts[last] === 'string') parts[last] += part
    else parts.push(part)
  }
  const written = parts.flatMap((part) =>
    part === '' ? [] : [typeof part === 'string' ? literal(part) : part],
  )
  return sql`(${join(written, ' || ')})`
}

function literal(text: string): Sql {
  return raw(`'${text.replaceAll("'", "''")}'::text`)
}

/** An object with these members, in order. */
export function objectText(
  members: readonly (readonly [key: string, value: JsonText])[],
): JsonText {
  const parts = members.flatMap(([key, value], i) => [
    `${i > 0 ? ',' : ''}${JSON.stringify(key)}:`,
    ...value,
  ])
  return ['{', ...parts, '}']
}

/** The text, or `null` for an SQL null. */
export function orNull(text: Sql): Sql {
  return sql`coalesce(${text}, 'null')`
}

const json = (value: Sql) => sql`to_json(${value})::text`

/**
 * How to write a value of a column, or of a JSON document. An instant must be a column, and is written to the millisecond. A URL that is
 * not in the form that all software gives it is unfit; `isPlain` is a cheaper test that some URLs pass. A word belongs to a closed
 * vocabulary, and is shown in upper case.
 */
export const JSON_FORMS = {
  text: json,
  whole: json,
  number: (value: Sql) => numberText(value, UNFIT_TEXT),
  boolean: (value: Sql) => sql`(${value})::text`,
  /** A JSON array of texts, without the spaces that PostgreSQL prints in a document. */
  texts: (value: Sql) =>
    sql`(case when ${value} is not null then array_to_json(array(select jsonb_array_elements_text(to_jsonb(${value}))))::text end)`,
  urls: (value: Sql) =>
    sql`(case when exists (select from jsonb_array_elements(${value}) u where u::text !~ ${PLAIN_URL}) then ${UNFIT_TEXT}
      when ${value} is not null then replace((${value})::text, '", "', '","') end)`,
  day: json,
  instant: (value: Sql) =>
    sql`('"' || to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS') || 'Z"')`,
  url: (value: Sql, isPlain?: Sql) =>
    sql`(case when ${isPlain ? sql`${isPlain} or ` : empty}${json(value)} ~ ${PLAIN_URL} then ${json(value)} when ${json(value)} <> 'null' then ${UNFIT_TEXT} end)`,
  word: (value: Sql) => sql`upper(${json(value)} collate "C")`,
} satisfies Record<string, (value: Sql, isPlain?: Sql) => Sql>
export type JsonForm = keyof typeof JSON_FORMS

/** URLs that normalisation does not change: no port, no numeric host, no escapes, no path segment that begins with a dot. */
const PLAIN_URL = raw(
  `'^"https?://([a-z0-9]+[.-])+[a-z]{2,}(/([A-Za-z0-9_~=+&;,*()@:?-][A-Za-z0-9_~=+&;,*()@:?.-]*)?)+"$'`,
)

/** The global id of an object with the id `id`, as made by `globalId`. */
export function globalIdText(type: NodeType, id: Sql): JsonText {
  return ['"', sql`encode((${raw(`'${type}:'`)} || ${id})::bytea, 'base64')`, '"']
}

/** The first row of a table; an SQL null if there is none. */
export function rowText(row: JsonText, from: Sql, condition: Sql): Sql {
  return sql`(select ${textSql(row)} from ${from} where ${condition})`
}

/** Like `rowText`, but the text `null` if there is none. */
export function rowTextOrNull(row: JsonText, from: Sql, condition: Sql): Sql {
  return orNull(
    sql`(select coalesce(${textSql(row)}, ${UNFIT_TEXT}) from ${from} where ${condition})`,
  )
}

/** A list in SQL, like `JsonList`. */
export interface TextList {
  from: Sql
  condition: Sql
  order: KeysetOrder<never>
}

/** The rows of a whole list that is short by nature, as an array. */
export function arrayText(list: TextList, row: JsonText): JsonText {
  const order = sql`order by ${keysetOrderBy(list.order, WHOLE)}`
  const rows = sql`from ${list.from} where ${list.condition} ${order}`
  return ['[', orNone(joinedRows(row, rows)), ']']
}

const WHOLE: Page = { limit: 0, from: 'start', after: null, before: null }

/** A member of a connection: an array of its rows, page information, or a constant. */
export type ConnectionMember = readonly [
  key: string,
  value:
    | { kind: 'rows'; row: JsonText }
    | { kind: 'page'; members: readonly (readonly [key: string, PageMember])[] }
    | { kind: 'other'; text: JsonText },
]
export type PageMember = keyof typeof PAGE_MEMBERS | JsonText

/** Members for a page of `limit` rows. `y.k0`, `y.k1` … hold the keys of the rows that were read, which may be one more. */
const PAGE_MEMBERS = {
  hasNextPage: ({ limit }: Page) => sql`(coalesce(cardinality(y.k0), 0) > ${num(limit)})::text`,
  hasPreviousPage: ({ after }: Page) => (after === null ? `false` : `true`),
  startCursor: ({ limit }: Page, order: KeysetOrder<never>) =>
    orNull(cursorAt(order, sql`least(1, ${num(limit)})`)),
  endCursor: ({ limit }: Page, order: KeysetOrder<never>) =>
    orNull(cursorAt(order, sql`least(cardinality(y.k0), ${num(limit)})`)),
} satisfies Record<string, (page: Page, order: KeysetOrder<never>) => string | Sql>

/** The cursor of one of the rows that were read. Built from its keys, because building a cursor for each row would take longer. */
function cursorAt(order: KeysetOrder<never>, row: Sql): Sql {
  const keys = order.keys.map(({ type }, i) => ({ column: sql`y.k${num(i)}[${row}]`, type }))
  return quotedCursor(positionOf({ ...order, keys }))
}

export const isPageMember = (name: string): name is keyof typeof PAGE_MEMBERS =>
  Object.hasOwn(PAGE_MEMBERS, name)

/**
 * A page of a list as a connection, from the list's start or from a position. With `isRoot`, for the list with which a query begins, null
 * if the page has no rows.
 */
export function connectionText(
  list: TextList,
  page: Page,
  members: readonly ConnectionMember[],
  isRoot = false,
): JsonText {
  const isMore = isAhead(members)
  const rows = pageRows(list, page, isMore)
  const texts = members.flatMap(([, value]) => (value.kind === 'rows' ? [value.row] : []))
  const isPaged = members.some(([, value]) => value.kind === 'page')
  const write = (text: (i: number) => Sql) => {
    let at = 0
    return objectText(
      members.map(([key, one]) => [key, memberText(one, list.order, page, () => text(at++))]),
    )
  }
  if (!isPaged && texts.length <= 1)
    return write((i) => {
      const text = joinedRows(texts[i] ?? [], rows)
      return isRoot ? text : orNone(text)
    })
  const keys = isPaged ? list.order.keys.map(({ column }) => column) : []
  const some = isRoot ? raw(` where y.${texts.length > 0 ? 't0' : 'k0'} is not null`) : empty
  const text = write((i) => orNone(sql`y.t${num(i)}`))
  const gathered = gatheredRows(texts, keys, rows, isMore ? page.limit : null)
  return [sql`(select ${textSql(text)} from (${gathered}) y${some})`]
}

/**
 * Aggregates rows into one: their texts joined, as `t0`, `t1` …, and their keys in arrays, as `k0`, `k1` …. At most `most` texts, if it is
 * given.
 */
function gatheredRows(
  texts: readonly JsonText[],
  keys: readonly Sql[],
  rows: Sql,
  most: number | null,
): Sql {
  const columns = [
    ...texts.map((text, i) => sql`${textSql(text)} as t${num(i)}`),
    ...keys.map((key, i) => sql`${key} as k${num(i)}`),
  ]
  const read = sql`(select ${join(columns)} ${rows}) x`
  const numbered = sql`(select x.*, row_number() over () as n from ${read}) x`
  const within = most === null ? empty : sql` filter (where x.n <= ${num(most)})`
  const values = [
    ...texts.map((_, i) => sql`${joined(sql`x.t${num(i)}`)}${within} as t${num(i)}`),
    ...keys.map((_, i) => sql`array_agg(x.k${num(i)}) as k${num(i)}`),
  ]
  return sql`select ${join(values)} from ${most === null ? read : numbered}`
}

function memberText(
  value: ConnectionMember[1],
  order: KeysetOrder<never>,
  page: Page,
  rows: () => Sql,
): JsonText {
  if (value.kind === 'other') return value.text
  if (value.kind === 'rows') return ['[', rows(), ']']
  return objectText(
    value.members.map(([key, member]) => [
      key,
      typeof member === 'string' ? [PAGE_MEMBERS[member](page, order)] : member,
    ]),
  )
}

/** Whether the query asks if there are more rows. */
function isAhead(members: readonly ConnectionMember[]): boolean {
  return members.some(
    ([, value]) =>
      value.kind === 'page' && value.members.some(([, member]) => member === 'hasNextPage'),
  )
}

function pageRows({ from, condition, order }: TextList, page: Page, isMore: boolean): Sql {
  return sql`from ${from} where ${condition}${keysetConditions(order, page)}
    order by ${keysetOrderBy(order, page)} limit ${num(page.limit + (isMore ? 1 : 0))}`
}

const num = (value: number) => raw(String(value))

/** The texts of ordered rows, joined by commas; null if there are none. */
function joinedRows(text: JsonText, rows: Sql): Sql {
  return sql`(select ${joined(raw('x.t'))} from (select ${textSql(text)} as t ${rows}) x)`
}

/**
 * An aggregate takes half the time of an array of the texts, which is copied, copied again when it is cut, and printed text by text. A null
 * text makes the result unfit.
 */
const joined = (text: Sql) => sql`string_agg(coalesce(${text}, ${UNFIT_TEXT}), ',')`

const orNone = (text: Sql) => sql`coalesce(${text}, '')`

/** The cursor of the current row, as `encodeCursor` makes it. */
export function cursorText(order: KeysetOrder<never>): JsonText {
  return [quotedCursor(positionOf(order))]
}

function positionOf(order: KeysetOrder<never>): Sql {
  return textSql(cursorSql(order))
}

/** Base64 for URLs: two other characters, no padding and no line breaks. */
function quotedCursor(position: Sql): Sql {
  return sql`('"' || translate(encode(convert_to(${position}, 'UTF8'), 'base64'), E'+/=\\n', '-_') || '"')`
}
