import sql, { empty, join, type Sql } from 'sql-template-tag'
import type { Database } from '../db/client.ts'
import {
  cutPage,
  type KeysetOrder,
  keysetConditions,
  keysetLimit,
  keysetOrderBy,
  type Page,
  type PageRows,
} from '../db/keyset.ts'
import {
  decodeList,
  decodeRows,
  type Entity,
  type JsonList,
  jsonList,
  type Selection,
  selectList,
} from './selection.ts'

/** Rows as lists read them: the id, and the first key of the order they were read in. */
export interface ListRow {
  id: number
  sortKey: string | number
}

/** What a list is made of, whichever part of it is read. */
export interface List {
  /** Table and joins, with the entity's alias. */
  from: Sql
  /** Column that holds the id of the parent, for lists that hang on one. */
  parent?: Sql
  /** Each a condition on the aliases of `from`. */
  conditions: Sql[]
  /** Whether the planner has to see the values: it must, where their frequency decides between indexes. */
  isSelective?: boolean | undefined
}

export interface ListRequest<Row extends ListRow> extends List {
  entity: Entity
  order: KeysetOrder<Row>
  page: Page
  selection: Selection
  /** More for the select list, with its leading comma. */
  extra?: Sql
}

/** An order of a list by one column, with the id to tell equal ones apart. */
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

/** One page of a list that hangs on nothing: one statement. */
export async function readPage<Row extends ListRow>(
  db: Database,
  request: ListRequest<Row>,
): Promise<PageRows<Row>> {
  const rows = await db.query<Row>(pageOf(request, sql`true`), { isSelective: request.isSelective })
  return cutPage(decodeRows(request.entity, request.selection, rows), request.page)
}

/** The same page of the lists of many parents, in one statement; every parent has an entry. */
export async function readPagesByParent<Row extends ListRow>(
  db: Database,
  request: ListRequest<Row> & { parent: Sql },
  parentIds: readonly number[],
): Promise<Map<number, PageRows<Row>>> {
  const direction = keysetOrderBy({ ...request.order, keys: OUTER_KEYS }, request.page)
  const rows = await db.query<Row & { parentId: number }>(
    sql`select parent.id as "parentId", q.* from unnest(${parentIds}::bigint[]) as parent(id)
      cross join lateral (${pageOf(request, sql`${request.parent} = parent.id`)}) q
      order by parent.id, ${direction}`,
    { isSelective: request.isSelective },
  )
  decodeRows(request.entity, request.selection, rows)
  const grouped = new Map<number, Row[]>(parentIds.map((id) => [id, []]))
  for (const row of rows) grouped.get(row.parentId)?.push(row)
  const pages = new Map<number, PageRows<Row>>()
  for (const [id, group] of grouped) pages.set(id, cutPage(group, request.page))
  return pages
}

const OUTER_KEYS: KeysetOrder['keys'] = [
  { column: sql`q."sortKey"`, type: 'text' },
  { column: sql`q.id`, type: 'bigint' },
]

function pageOf<Row extends ListRow>(request: ListRequest<Row>, condition: Sql): Sql {
  const { entity, order, page, selection, from, extra = empty } = request
  const [key] = order.keys
  return sql`select ${selectList(entity, selection)}, ${key?.column ?? entity.id} as "sortKey"${extra}
    from ${from} where ${and([condition, ...request.conditions])}${keysetConditions(order, page)}
    order by ${keysetOrderBy(order, page)} limit ${keysetLimit(page.limit)}`
}

/** How many rows a list has: one statement. */
export async function countRows(db: Database, list: List): Promise<number> {
  const [row] = await db.query<{ count: number }>(
    sql`select count(*) as count from ${list.from} where ${and([sql`true`, ...list.conditions])}`,
    { isSelective: list.isSelective },
  )
  return row?.count ?? 0
}

/** How many rows the lists of many parents have, in one statement; every parent has an entry. */
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
 * A page of the short lists of many parents, in one statement. `write` gives the `JsonList` of the parent whose id
 * stands in the expression it is handed.
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
    sql`select parent.id, ${jsonList(list, selection, page)} as items
      from unnest(${parentIds}::bigint[]) as parent(id)`,
  )
  return new Map(
    rows.map(({ id, items }) => [
      id,
      cutPage(decodeList<Row>(list.entity, selection, items), page),
    ]),
  )
}

/** Rows of an entity by id, in one statement; ids without a row are missing. */
export async function readByIds<Row extends { id: number }>(
  db: Database,
  entity: Entity,
  from: Sql,
  selection: Selection,
  ids: readonly number[],
): Promise<Map<number, Row>> {
  const rows = await db.query<Row>(
    sql`select ${selectList(entity, selection)} from ${from} where ${entity.id} = any(${ids}::bigint[])`,
  )
  return new Map(decodeRows(entity, selection, rows).map((row) => [row.id, row]))
}

function and(conditions: Sql[]): Sql {
  return join(conditions, ' and ')
}

/** The one row of an entity that meets a condition, or null. */
export async function readOne<Row extends { id: number }>(
  db: Database,
  entity: Entity,
  from: Sql,
  selection: Selection,
  condition: Sql,
): Promise<Row | null> {
  const rows = await db.query<Row>(
    sql`select ${selectList(entity, selection)} from ${from} where ${condition}`,
  )
  return decodeRows(entity, selection, rows)[0] ?? null
}
