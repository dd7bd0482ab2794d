import type { GraphQLResolveInfo } from 'graphql'
import {
  CO_AUTHOR_ORDER,
  type CoAuthor,
  coAuthorsByAuthors,
  countCoAuthorsByAuthors,
} from '../../domain/analysis/co-author.ts'
import type { Author } from '../../domain/entity/author.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { answeredBy } from '../plan/declare.ts'
import { rowSelectionOf } from '../plan/plan-rows.ts'
import { AuthorRef } from '../refs.ts'
import { connectionType, NO_ROWS, type PageArguments, parsePage } from '../relay/connection.ts'
import { addYears } from './years.ts'

export const CoAuthorConnection = connectionType({
  name: 'CoAuthor',
  edgeName: 'CoAuthor',
  plural: 'co-authors',
  node: AuthorRef,
  nodeOf: ({ author }: CoAuthor) => author,
  through: 'author',
  cursorReads: ['paperCount', 'nameKey'],
})

builder.objectFields(CoAuthorConnection.edge, (t) => ({
  paperCount: t.int({
    description: 'Number of shared papers.',
    ...answeredBy({ column: 'paperCount' }),
    resolve: ({ row }) => row.paperCount,
  }),
}))

addYears(CoAuthorConnection.edge)

/** The co-authors of one author as a connection; read for all authors of the query at once. */
export async function coAuthorsOf(
  { id }: Author,
  args: PageArguments,
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
) {
  const order = CO_AUTHOR_ORDER
  const page = parsePage(args, order)
  const selection = rowSelectionOf(info)
  const rows = selection
    ? await loaders.load(info, 'page', id, (ids) => coAuthorsByAuthors(db, selection, page, ids))
    : NO_ROWS
  const countAll = async () =>
    (await loaders.load(info, 'count', id, (ids) => countCoAuthorsByAuthors(db, ids))) ?? 0
  return { ...(rows ?? NO_ROWS), order, countAll }
}
