import type { CoAuthor } from '../../domain/analysis/co-author.ts'
import type { Author } from '../../domain/entity/author.ts'
import { builder } from '../builder.ts'
import { answeredBy } from '../plan/declare.ts'
import { AuthorRef } from '../refs.ts'
import { connectionType } from '../relay/connection.ts'
import { addYears } from './years.ts'

export const CoAuthorConnection = connectionType<Author, CoAuthor>({
  name: 'CoAuthor',
  edgeName: 'CoAuthor',
  plural: 'co-authors',
  node: AuthorRef,
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
