import { needs } from '../plan/lookahead.ts'
import { AuthorRef, AuthorshipRef } from '../refs.ts'

AuthorshipRef.implement({
  description: 'One name in the byline of a paper.',
  fields: (t) => ({
    position: t.int({
      description: 'Place in the byline, from 1.',
      ...needs({ value: 'id' }),
      resolve: ({ id }) => id,
    }),
    name: t.exposeString('name', { description: 'The name as the paper prints it.' }),
    affiliation: t.exposeString('affiliation', {
      nullable: true,
      description: 'The affiliation as the source states it; null when it states none.',
    }),
    author: t.field({
      type: AuthorRef,
      description: 'The person.',
      ...needs({ embeds: { relation: 'author', kind: 'object' } }),
      resolve: ({ author }) => author,
    }),
  }),
})
