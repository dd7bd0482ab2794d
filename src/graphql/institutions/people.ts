import type { GraphQLResolveInfo } from 'graphql'
import {
  type AuthorInstitution,
  countPeopleByParents,
  type InstitutionAuthor,
  type PeopleOf,
  peopleByParents,
  peopleOrder,
} from '../../domain/analysis/institution-people.ts'
import { addYears } from '../analysis/years.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { answeredBy } from '../plan/declare.ts'
import { rowSelectionOf } from '../plan/plan-rows.ts'
import { AuthorRef, InstitutionRef } from '../refs.ts'
import { connectionType, NO_ROWS, type PageArguments, parsePage } from '../relay/connection.ts'

export const InstitutionAuthorConnection = connectionType({
  name: 'InstitutionAuthor',
  edgeName: 'InstitutionAuthor',
  plural: 'authors of an institution',
  node: AuthorRef,
  nodeOf: ({ author }: InstitutionAuthor) => author,
  through: 'author',
  cursorReads: ['paperCount', 'nameKey'],
})

export const AuthorInstitutionConnection = connectionType({
  name: 'AuthorInstitution',
  edgeName: 'AuthorInstitution',
  plural: 'institutions of an author',
  node: InstitutionRef,
  nodeOf: ({ institution }: AuthorInstitution) => institution,
  through: 'institution',
  cursorReads: ['paperCount', 'nameKey'],
})

for (const { edge } of [InstitutionAuthorConnection, AuthorInstitutionConnection])
  builder.objectFields(edge, (t) => ({
    paperCount: t.int({
      description: "Number of the author's papers that name the institution beside them.",
      ...answeredBy({ column: 'paperCount' }),
      resolve: ({ row }) => row.paperCount,
    }),
  }))
addYears(InstitutionAuthorConnection.edge)
addYears(AuthorInstitutionConnection.edge)

/** The authors of an institution, or the institutions of an author, as a connection; read for all parents of the query at once. */
export async function peopleOf<Row extends InstitutionAuthor | AuthorInstitution>(
  of: PeopleOf,
  { id }: { id: number },
  args: PageArguments,
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
) {
  const order = peopleOrder(of)
  const page = parsePage(args, order)
  const selection = rowSelectionOf(info)
  const rows = selection
    ? await loaders.load(info, 'page', id, (ids) =>
        peopleByParents<Row>(db, of, selection, page, ids),
      )
    : NO_ROWS
  const countAll = async () =>
    (await loaders.load(info, 'count', id, (ids) => countPeopleByParents(db, of, ids))) ?? 0
  return { ...(rows ?? NO_ROWS), order, countAll }
}
