import { needs } from '../plan/lookahead.ts'
import { AuthorRef, AuthorshipRef } from '../refs.ts'

AuthorshipRef.implement({
  description: 'One name in the byline of a paper.',
  fields: (t) => ({
    position: t.int({
      description: 'Position in the byline, from 1.',
      ...needs({ value: 'id' }),
      resolve: ({ id }) => id,
    }),
    name: t.exposeString('name', { description: 'Name as printed in the paper.' }),
    affiliation: t.exposeString('affiliation', {
      nullable: true,
      description: 'Affiliation as stated by the source; null when not stated.',
    }),
    author: t.field({
      type: AuthorRef,
      description: 'The person.',
      ...needs({ embeds: { relation: 'author', kind: 'object' } }),
      resolve: ({ author }) => author,
    }),
  }),
})
