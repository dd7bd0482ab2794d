import type { GraphQLResolveInfo } from 'graphql'
import type { Database } from '../../db/client.ts'
import { globalId, type NodeType } from '../../sql/global-id.ts'
import type { Selection } from '../../sql/selection.ts'
import type { Context } from '../context.ts'
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'

/** Reads the selected parts of rows; missing rows are left out. */
export type ByIds<Row> = (
  db: Database,
  selection: Selection,
  ids: readonly number[],
) => Promise<Map<number, Row>>

/** Options of the `id` field of an entity's type. */
export const nodeId = (type: NodeType) => ({
  description: 'Opaque id, unique among all types.',
  ...answeredBy({ globalId: type }),
  resolve: ({ id }: { id: number }) => globalId(type, id),
})

/** The row with the id that a field points to; read for all parents of the query at once. */
export function loadById<Row>(
  byIds: ByIds<Row>,
  id: number,
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
): Promise<Row | undefined> {
  const selection = selectionOf(info)
  return loaders.load(info, 'by id', id, (ids) => byIds(db, selection, ids))
}

/** Like `loadById`, for several rows in the order of their ids. */
export async function loadByIds<Row>(
  byIds: ByIds<Row>,
  ids: readonly number[],
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Row[]> {
  const rows = await Promise.all(ids.map((id) => loadById(byIds, id, context, info)))
  return rows.filter((row) => row !== undefined)
}
