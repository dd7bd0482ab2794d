import sql, { join, raw, type Sql } from 'sql-template-tag'
import type { Database } from '../db/client.ts'
import { cutPage, firstRows, type KeysetOrder, type Page, type PageRows } from './keyset.ts'
import {
  decodeItems,
  decodeList,
  type Entity,
  itemOf,
  type JsonList,
  jsonList,
  type Selection,
} from './selection.ts'

/** A row of a list: the id, and the first key of the list's order. */
export interface ListRow {
  id: number
  sortKey: string | number
}

/** Definition of a list, independent of the page that is read. */
export interface List {
  /** Table and joins, with the entity's alias. */
  from: Sql
  /** The column with the parent's id, for lists of a parent. */
  parent?: Sql
  /** Conditions on the aliases of `from`. */
  conditions: Sql[]
  /** Whether the planner must see the values, because their frequency decides between indexes. */
  isSelective?: boolean | undefined
  /** As in `JsonList`; only for lists that `readPage` reads. */
  head?: JsonList['head']
}

/** Lists of which each parent has one. */
export interface ParentLists<Row> {
  order: KeysetOrder<Row>
  /** The same page of each parent's list, in one statement. */
  read(
    db: Database,
    selection: Selection,
    page: Page,
    parentIds: readonly number[],
  ): Promise<Map<number, PageRows<Row>>>
  /** The number of rows of each parent's list, in one statement. */
  count(db: Database, parentIds: readonly number[]): Promise<Map<number, number>>
}

/** The source of one row. */
export interface RowSource {
  entity: Entity
  /** The table of the entity. */
  from: Sql
  condition: Sql
}

/** The source of the rows of a page. */
interface PageSource extends List {
  entity: Entity
  order: KeysetOrder<never>
  page: Page
}

/** The source of the rows of a root field, independent of its selection. */
export type Source = RowSource | PageSource

export interface ListRequest<Row extends ListRow> extends List {
  entity: Entity
  order: KeysetOrder<Row>
  page: Page
  selection: Selection
  /** More values of a row, by name. */
  extra?: Readonly<Record<string, Sql>>
}

/** An order of a list by one column, with the id as tie-breaker. */
export function listOrder(
  name: string,
  direction: 'asc' | 'desc',
  key: KeysetOrder['keys'][number],
  id: Sql,
): KeysetOrder<ListRow> {
  return {
    name: `${name}.${direction}`,
    direction,
    keys: [key, { column: id, type: 'bigint' }],
    valuesOf: (row) => [row.sortKey, row.id],
  }
}

/** A list with its order. */
export interface ListInOrder {
  list: List
  order: KeysetOrder<ListRow>
}

/** Adds to a list how well each name fits; the first of `fits` is the best. */
export function withFit(list: List, fits: readonly Sql[], paperCount: Sql): List {
  const ranks = fits.map((fit, place) => sql`when ${fit} then ${raw(String(fits.length - place))}`)
  // Both in one number, so that a cursor has only one: the fit above the 32 bits of a count.
  const place = sql`(case ${join(ranks, ' ')} else 0 end)::bigint * 4294967296 + ${paperCount}`
  return { ...list, from: sql`${list.from} cross join lateral (select ${place} as place) fit` }
}

/** The order of such a list: better fits first, then more papers. */
export const fitOrder = (list: string, id: Sql): KeysetOrder<ListRow> =>
  listOrder(`${list}.fit`, 'desc', { column: sql`fit.place`, type: 'bigint' }, id)

/** One page of a list without a parent: one statement. */
export async function readPage<Row extends ListRow>(
  db: Database,
  request: ListRequest<Row>,
): Promise<PageRows<Row>> {
  const { selection, page, isSelective } = request
  const list = pageList(request, request.conditions)
  const [row] = await db.query<{ items: unknown }>(
    sql`select to_json(${jsonList(list, selection, page)}) as items`,
    { isSelective },
  )
  return cutPage(decodeList<Row>(list, selection, row?.items), page)
}

/** The same page of the lists of many parents, in one statement; every parent has an entry. */
export async function readPagesByParent<Row extends ListRow>(
  db: Database,
  request: ListRequest<Row> & { parent: Sql },
  parentIds: readonly number[],
): Promise<Map<number, PageRows<Row>>> {
  const { selection, page, isSelective } = request
  const list = pageList(request, [sql`${request.parent} = parent.id`, ...request.conditions])
  const [row] = await db.query<{ pages: [id: number, items: unknown][] | null }>(
    sql`select json_agg(json_build_array(parent.id, ${jsonList(list, selection, page)})) as pages
      from unnest(${parentIds}::bigint[]) as parent(id)`,
    { isSelective },
  )
  const pages = new Map<number, PageRows<Row>>()
  for (const [id, items] of row?.pages ?? [])
    pages.set(id, cutPage(decodeList<Row>(list, selection, items), page))
  return pages
}

function pageList<Row extends ListRow>(request: ListRequest<Row>, conditions: Sql[]): JsonList {
  const { entity, order, from, extra, head } = request
  const sortKey = order.keys[0]?.column ?? entity.id
  return {
    entity,
    order,
    from,
    condition: and(conditions),
    head,
    more: { sortKey, ...extra },
  }
}

/** The number of rows of a list, in one statement. */
export async function countRows(db: Database, list: List): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    sql`select count(*) as count from ${list.from} where ${and(list.conditions)}`,
    { isSelective: list.isSelective },
  )
  return row?.count ?? 0
}

/** The number of rows of the lists of many parents, in one statement; every parent has an entry. */
export async function countRowsByParent(
  db: Database,
  list: List & { parent: Sql },
  parentIds: readonly number[],
): Promise<Map<number, number>> {
  const rows = await db.query<{ id: number; count: number }>(
    sql`select parent.id, (select count(*) from ${list.from}
        where ${and([sql`${list.parent} = parent.id`, ...list.conditions])}) as count
      from unnest(${parentIds}::bigint[]) as parent(id)`,
    { isSelective: list.isSelective },
  )
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/**
 * A page of the short lists of many parents, in one statement. `write` returns the `JsonList` of the parent whose id is the given
 * expression.
 */
export async function readJsonLists<Row>(
  db: Database,
  write: (parentId: Sql) => JsonList,
  selection: Selection,
  page: Page,
  parentIds: readonly number[],
): Promise<Map<number, PageRows<Row>>> {
  const list = write(sql`parent.id`)
  const rows = await db.query<{ id: number; items: unknown }>(
    sql`select parent.id, to_json(${jsonList(list, selection, page)}) as items
      from unnest(${parentIds}::bigint[]) as parent(id)`,
  )
  return new Map(
    rows.map(({ id, items }) => [id, cutPage(decodeList<Row>(list, selection, items), page)]),
  )
}

/** Like `readJsonLists`, but only the first rows, for lists that are not paged. */
export async function readTopLists<Row>(
  db: Database,
  write: (parentId: Sql) => JsonList,
  selection: Selection,
  first: number,
  parentIds: readonly number[],
): Promise<Map<number, Row[]>> {
  const pages = await readJsonLists<Row>(db, write, selection, firstRows(first), parentIds)
  return new Map([...pages].map(([id, { rows }]) => [id, rows]))
}

/** Rows of an entity by id, in one statement; ids without a row are missing. */
export async function readByIds<Row extends { id: number }>(
  db: Database,
  entity: Entity,
  from: Sql,
  selection: Selection,
  ids: readonly number[],
): Promise<Map<number, Row>> {
  const condition = sql`${entity.id} = any(${ids}::bigint[])`
  const rows = await readAll<Row>(db, entity, from, selection, condition)
  return new Map(rows.map((row) => [row.id, row]))
}

/**
 * Like `readByIds`, but ids of merged rows return the rows into which they were merged. Needs a second statement if ids are missing.
 * `redirects` joins the table of redirects, as `d`, to that of the entity.
 */
export async function readByIdsAlsoMerged<Row extends { id: number }>(
  db: Database,
  entity: Entity,
  from: Sql,
  redirects: Sql,
  selection: Selection,
  ids: readonly number[],
): Promise<Map<number, Row>> {
  const found = await readByIds<Row>(db, entity, from, selection, ids)
  const missing = ids.filter((id) => !found.has(id))
  if (missing.length === 0) return found
  const condition = sql`d.id = any(${missing}::bigint[])`
  const extra = { oldId: sql`d.id` }
  const rows = await readAll<Row & { oldId: number }>(
    db,
    entity,
    redirects,
    selection,
    condition,
    extra,
  )
  for (const row of rows) found.set(row.oldId, row)
  return found
}

/** The one row of an entity that meets a condition, or null. */
export async function readOne<Row extends { id: number }>(
  db: Database,
  { entity, from, condition }: RowSource,
  selection: Selection,
): Promise<Row | null> {
  const [row] = await readAll<Row>(db, entity, from, selection, condition)
  return row ?? null
}

/** All rows of an entity that meet a condition, in any order; `extra` has more values of a row, by name. */
async function readAll<Row>(
  db: Database,
  entity: Entity,
  from: Sql,
  selection: Selection,
  condition: Sql,
  extra: Readonly<Record<string, Sql>> = {},
): Promise<Row[]> {
  const item = itemOf(entity, selection, Object.values(extra))
  const [row] = await db.query<{ items: unknown }>(
    sql`select json_agg(${item}) as items from ${from} where ${condition}`,
  )
  return decodeItems<Row>(entity, selection, row?.items, Object.keys(extra))
}

/** Conditions joined by `and`; true if there are none. */
export function and(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`true` : join(conditions, ' and ')
}

/** The conditions of a list for a name; none without a name. If `key` is empty, the name has no letter or digit, and no row matches. */
export function whereNamed(
  name: string | null | undefined,
  keyOf: (name: string) => string,
  conditions: (key: string) => Sql[],
): Sql[] {
  if (!name?.trim()) return []
  const key = keyOf(name)
  return key === '' ? [sql`false`] : conditions(key)
}

/** How well names fit a key that is part of them, the best fit first: the whole name, whole words, the beginning of a word. */
export function fitsOf(names: readonly Sql[], key: string): Sql[] {
  const any = (fits: (name: Sql) => Sql) => sql`(${join(names.map(fits), ' or ')})`
  return [
    any((name) => sql`${name} = ${key}`),
    any((name) => sql`' ' || ${name} || ' ' like ${`% ${key} %`}`),
    any((name) => sql`' ' || ${name} like ${`% ${key}%`}`),
  ]
}
