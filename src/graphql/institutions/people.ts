import type {
  AuthorInstitution,
  InstitutionAuthor,
} from '../../domain/analysis/institution-people.ts'
import type { Author } from '../../domain/entity/author.ts'
import type { Institution } from '../../domain/institutions/institution.ts'
import { addYears } from '../analysis/years.ts'
import { builder } from '../builder.ts'
import { answeredBy } from '../plan/declare.ts'
import { AuthorRef, InstitutionRef } from '../refs.ts'
import { connectionType } from '../relay/connection.ts'

export const InstitutionAuthorConnection = connectionType<Author, InstitutionAuthor>({
  name: 'InstitutionAuthor',
  edgeName: 'InstitutionAuthor',
  plural: 'authors of an institution',
  node: AuthorRef,
  through: 'author',
  cursorReads: ['paperCount', 'nameKey'],
})

export const AuthorInstitutionConnection = connectionType<Institution, AuthorInstitution>({
  name: 'AuthorInstitution',
  edgeName: 'AuthorInstitution',
  plural: 'institutions of an author',
  node: InstitutionRef,
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
