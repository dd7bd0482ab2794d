import type { GraphQLResolveInfo } from 'graphql'
import type { KeysetOrder } from '../../sql/keyset.ts'
import { countRows, type List, type ListRow, readPage, type Source } from '../../sql/list.ts'
import type { Entity } from '../../sql/selection.ts'
import type { Context } from '../context.ts'
import { rowSelectionOf } from '../plan/plan-rows.ts'
import { type Connection, NO_ROWS, type PageArguments, parsePage } from './connection.ts'

/** A list that hangs on nothing. */
export interface RootList {
  list: List
  entity: Entity
  order: KeysetOrder<ListRow>
}

/** Where the rows of a page of such a list come from. */
export function rootPage(args: PageArguments, { list, entity, order }: RootList): Source {
  return { ...list, entity, order, page: parsePage(args, order) }
}

/** A list that hangs on nothing, as a connection: one statement for its rows and one for their number. */
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
