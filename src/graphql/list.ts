import type { GraphQLResolveInfo } from 'graphql'
import type { KeysetOrder } from '../db/keyset.ts'
import { countRows, type List, type ListRow, readPage } from '../domain/list.ts'
import type { Entity } from '../domain/selection.ts'
import { type Connection, NO_ROWS, type PageArguments, parsePage } from './connection.ts'
import type { Context } from './context.ts'
import { rowSelectionOf } from './lookahead.ts'

/** A list that hangs on nothing, as a connection: one statement for its rows and one for their number. */
export async function rootList<Row extends ListRow>(
  { db }: Context,
  args: PageArguments,
  info: GraphQLResolveInfo,
  { list, entity, order }: { list: List; entity: Entity; order: KeysetOrder<ListRow> },
): Promise<Connection<Row>> {
  const page = parsePage(args, order)
  const selection = rowSelectionOf(info)
  const rows = selection
    ? await readPage<Row>(db, { ...list, entity, order, page, selection })
    : NO_ROWS
  return { ...rows, order, countAll: () => countRows(db, list) }
}
