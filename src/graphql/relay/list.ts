import type { GraphQLResolveInfo } from 'graphql'
import type { Sql } from '../../db/sql.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import {
  countRows,
  countRowsByParent,
  type List,
  type ListInOrder,
  type ListRow,
  type ParentLists,
  readPage,
  readPagesByParent,
  type Source,
} from '../../sql/list.ts'
import type { Entity } from '../../sql/selection.ts'
import type { Context } from '../context.ts'
import { rowSelectionOf } from '../plan/plan-rows.ts'
import { type Connection, NO_ROWS, type PageArguments, parsePage } from './connection.ts'

/** A list without a parent. */
export interface RootList {
  list: List
  entity: Entity
  order: KeysetOrder<ListRow>
}

interface ListArguments<Order> {
  name?: string | null | undefined
  order?: Order | null | undefined
}

/** A list filtered by `name`, best matches first unless the query gives an order; null without a name. */
export function namedList<Order>(
  { name, order }: ListArguments<Order>,
  entity: Entity,
  listNamed: (name: string) => ListInOrder,
): RootList | null {
  return name?.trim() && !order ? { ...listNamed(name), entity } : null
}

/** The source of a page of a root list. */
export function rootPage(args: PageArguments, { list, entity, order }: RootList): Source {
  return { ...list, entity, order, page: parsePage(args, order) }
}

/** A root list as a connection: one statement for its rows and one for their number. */
export async function rootList<Row extends ListRow>(
  { db }: Context,
  args: PageArguments,
  info: GraphQLResolveInfo,
  { list, entity, order }: RootList,
): Promise<Connection<Row>> {
  const page = parsePage(args, order)
  const selection = rowSelectionOf(info)
  const rows = selection
    ? await readPage<Row>(db, { ...list, entity, order, page, selection })
    : NO_ROWS
  return { ...rows, order, countAll: () => countRows(db, list) }
}

/** A list whose rows reference their parent. */
export interface ChildList extends RootList {
  list: List & { parent: Sql }
}

export const listsOf = <Row extends ListRow>({
  list,
  entity,
  order,
}: ChildList): ParentLists<Row> => ({
  order,
  read: (db, selection, page, parentIds) =>
    readPagesByParent<Row>(db, { ...list, entity, order, page, selection }, parentIds),
  count: (db, parentIds) => countRowsByParent(db, list, parentIds),
})

/** The list of a parent as a connection; read for all parents of the query at once. */
export async function parentList<Row>(
  { id }: { id: number },
  args: PageArguments,
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
  { order, read, count }: ParentLists<Row>,
): Promise<Connection<Row>> {
  const page = parsePage(args, order)
  const selection = rowSelectionOf(info)
  const rows =
    selection && (await loaders.load(info, 'page', id, (ids) => read(db, selection, page, ids)))
  const countAll = async () => (await loaders.load(info, 'count', id, (ids) => count(db, ids))) ?? 0
  return { ...(rows ?? NO_ROWS), order, countAll }
}
