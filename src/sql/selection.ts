import sql, { join, raw, type Sql } from 'sql-template-tag'
import {
  firstRows,
  isFromStart,
  type KeysetOrder,
  keysetConditions,
  keysetLimit,
  keysetOrderBy,
  type Page,
  rowsToRead,
} from './keyset.ts'

/** The values of an entity that a query requests. Its id is always read. */
export interface Selection {
  columns: ReadonlySet<string>
  relations: ReadonlyMap<string, RelationSelection>
}

/** A small list, or a single related entity, that is read in the same statement. */
export interface RelationSelection {
  /** Number of rows, 0 to 100; ignored for a single entity. */
  limit: number
  selection: Selection
}

/** How to write the values of an entity in SQL, with the alias that its table has in every statement. */
export interface Entity {
  id: Sql
  columns: Readonly<Record<string, Sql>>
  relations: Record<string, Relation>
  /** Conditions, by column, under which a URL is plain: cheaper than a test of its characters. */
  plainUrls?: Readonly<Record<string, Sql>>
}

export type Relation =
  /** Joins the other table in the same `from`, for conditions or the order. */
  | { kind: 'joined'; entity: Entity }
  /** The one row of another table that meets the condition; null if there is none. */
  | { kind: 'one'; entity: Entity; from: Sql; condition: Sql }
  | { kind: 'list'; list: () => JsonList }

/** A list that is read as one JSON value, usually inside the statement of its parent. */
export interface JsonList {
  entity: Entity
  from: Sql
  condition: Sql
  order: KeysetOrder<never>
  /**
   * A condition that is true for the first rows and few others, if it is cheaper than a limit. SQL `true` for naturally short lists, which
   * are read whole.
   */
  head?: ((rows: number) => Sql) | undefined
  /** More values of a row, by their names. */
  more?: Readonly<Record<string, Sql>>
}

/** Pseudo-column that asks whether the list continues after the page. */
export const READ_AHEAD = 'readAhead'

export const NOTHING: Selection = { columns: new Set(), relations: new Map() }

/** All columns of an entity, without relations. */
export function selectAll({ columns }: Entity): Selection {
  return { columns: new Set(Object.keys(columns)), relations: new Map() }
}

/** An entity's values as SQL expressions, and the decoder of its rows. */
interface Codec {
  values: Sql[]
  /** Decodes the row whose values begin at `start`. */
  decode(values: unknown[], start: number): Row
}
type Row = Record<string, unknown>
type Decode = (json: unknown) => unknown

/**
 * The selected values of an entity's row as one JSON array, followed by `more`; `decodeItems` decodes them. One JSON text of a whole page
 * costs the driver far less than one column for each value.
 */
export function itemOf(entity: Entity, selection: Selection, more: readonly Sql[] = []): Sql {
  return sql`json_build_array(${join([...itemCodec(entity, selection).values, ...more])})`
}

/** Decodes the rows of an aggregate of `itemOf`; `more` names the values that follow those of the selection. */
export function decodeItems<T>(
  entity: Entity,
  selection: Selection,
  items: unknown,
  more: readonly string[] = [],
): T[] {
  const { decode, values } = itemCodec(entity, selection)
  const rows: Row[] = []
  for (const item of (items as unknown[][] | null) ?? []) {
    const row = decode(item, 0)
    for (let i = 0; i < more.length; i++) row[more[i] as string] = item[values.length + i]
    rows.push(row)
  }
  return rows as T[]
}

/**
 * A page of a list as an array of JSON values in order; `decodeList` decodes it from JSON. An array of ordered rows costs PostgreSQL less
 * than an aggregate that sorts them.
 */
export function jsonList(list: JsonList, selection: Selection, page: Page): Sql {
  const { from, condition, order, head, more = {} } = list
  const item = itemOf(list.entity, selection, Object.values(more))
  const orderBy = keysetOrderBy(order, page)
  const isAhead = selection.columns.has(READ_AHEAD)
  if (head && isFromStart(page))
    return sql`array(select ${item} from ${from}
      where ${condition} and ${head(rowsToRead(page.limit, isAhead))} order by ${orderBy})`
  return sql`array(select ${item} from ${from}
    where ${condition}${keysetConditions(order, page)} order by ${orderBy} limit ${keysetLimit(page.limit, isAhead)})`
}

/** Decodes the rows that a statement returned for a `jsonList`. */
export function decodeList<T>(list: JsonList, selection: Selection, items: unknown): T[] {
  return decodeItems(list.entity, selection, items, Object.keys(list.more ?? {}))
}

/** Columns of a subquery by their names in TypeScript: `namedColumns('n', 'paperCount')` reads `n.paper_count`. */
export function namedColumns(alias: string, ...names: string[]): Record<string, Sql> {
  const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  return Object.fromEntries(names.map((name) => [name, raw(`${alias}.${snake(name)}`)]))
}

const itemCodec = cached((entity, selection): Codec => {
  const plain = [['id', entity.id] as const, ...columnsOf(entity, selection)]
  const values = plain.map(([, value]) => value)
  const names = plain.map(([name]) => name)
  const nested: [name: string, decode: (values: unknown[], start: number) => unknown][] = []
  for (const [name, relation, wanted] of relationsOf(entity, selection)) {
    const offset = values.length
    if (relation.kind === 'joined') {
      const codec = itemCodec(relation.entity, wanted.selection)
      values.push(...codec.values)
      nested.push([name, (from, start) => codec.decode(from, start + offset)])
    } else {
      const [value, decode] = relationJson(relation, wanted)
      values.push(value)
      nested.push([name, (from, start) => decode(from[start + offset])])
    }
  }
  // Copied for each row, so that all rows have the same shape from the start.
  const blank: Row = Object.fromEntries(
    [...names, ...nested.map(([name]) => name)].map((name) => [name, null]),
  )
  const decode = (from: unknown[], start: number): Row => {
    const row: Row = { ...blank }
    let at = start
    for (const name of names) row[name] = from[at++]
    for (const [name, decodeNested] of nested) row[name] = decodeNested(from, start)
    return row
  }
  return { values, decode }
})

function relationJson(
  relation: Exclude<Relation, { kind: 'joined' }>,
  { limit, selection }: RelationSelection,
): [Sql, Decode] {
  if (relation.kind === 'list') {
    const list = relation.list()
    return [
      jsonList(list, selection, firstRows(limit)),
      (json) => decodeList(list, selection, json),
    ]
  }
  const { entity, from, condition } = relation
  const codec = itemCodec(entity, selection)
  return [
    sql`(select ${itemOf(entity, selection)} from ${from} where ${condition})`,
    (json) => (json === null ? null : codec.decode(json as unknown[], 0)),
  ]
}

function columnsOf(entity: Entity, { columns }: Selection): (readonly [string, Sql])[] {
  return [...columns].flatMap((name) => {
    const column = entity.columns[name]
    return column ? [[name, column] as const] : []
  })
}

function relationsOf(entity: Entity, { relations }: Selection) {
  return [...relations].flatMap(([name, wanted]) => {
    const relation = entity.relations[name]
    return relation ? [[name, relation, wanted] as const] : []
  })
}

/** Caches results by selection: each operation has one selection, which its requests share. */
function cached<T>(make: (entity: Entity, selection: Selection) => T) {
  const byEntity = new WeakMap<Entity, WeakMap<Selection, T>>()
  return (entity: Entity, selection: Selection): T => {
    const bySelection = byEntity.get(entity) ?? new WeakMap<Selection, T>()
    if (!byEntity.has(entity)) byEntity.set(entity, bySelection)
    const known = bySelection.get(selection)
    if (known !== undefined) return known
    const made = make(entity, selection)
    bySelection.set(selection, made)
    return made
  }
}
