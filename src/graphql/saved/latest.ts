import type { GraphQLResolveInfo } from 'graphql'
import type { Paper } from '../../domain/entity/paper.ts'
import { countPapers } from '../../domain/papers/list.ts'
import type { SavedDocument } from '../../domain/saved/document.ts'
import { LATEST_ORDER, readLatest } from '../../domain/saved/latest.ts'
import { isFoundBy } from '../../domain/saved/papers.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { rowSelectionOf } from '../plan/plan-rows.ts'
import { PaperRef } from '../refs.ts'
import {
  type Connection,
  connectionType,
  NO_ROWS,
  type PageArguments,
  parsePage,
} from '../relay/connection.ts'

export const LatestConnection = connectionType({
  name: 'LatestPaper',
  edgeName: 'LatestPaper',
  plural: 'papers that came to a saved query',
  node: PaperRef,
})

builder.objectField(LatestConnection.edge, 'cameAt', (t) =>
  t.field({
    type: 'DateTime',
    description:
      'Time of its arrival: of its first record, or of an event in the log of changes before which the query cannot have found it, such as its first repository.',
    resolve: ({ row }) => String(row.sortKey),
  }),
)

/** A page of the results of a saved query, most recent matches first. */
export async function latestOf(
  document: SavedDocument,
  args: PageArguments,
  { db }: Context,
  info: GraphQLResolveInfo,
): Promise<Connection<Paper>> {
  const page = parsePage(args, LATEST_ORDER)
  const selection = rowSelectionOf(info)
  const read = selection ? await readLatest(db, document, page, selection) : NO_ROWS
  return {
    ...read,
    order: LATEST_ORDER,
    countAll: async () => countPapers(db, {}, await isFoundBy(db, document)),
  }
}
