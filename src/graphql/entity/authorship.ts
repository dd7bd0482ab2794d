import { answeredBy } from '../plan/declare.ts'
import { AuthorRef, AuthorshipRef, InstitutionRef } from '../refs.ts'

AuthorshipRef.implement({
  description: 'One name in the byline of a paper.',
  fields: (t) => ({
    position: t.exposeInt('id', {
      description: 'Position in the byline, from 1.',
    }),
    name: t.exposeString('name', { description: 'Name as printed in the paper.' }),
    familyName: t.exposeString('familyName', {
      nullable: true,
      description:
        'Family name as the source states it, a part of `name`, with the particles that the source counts as part of it; null when no source states it.',
    }),
    affiliation: t.exposeString('affiliation', {
      nullable: true,
      description: 'Affiliation as stated by the source; null when not stated.',
    }),
    institutions: t.field({
      type: [InstitutionRef],
      description:
        'Institutions that a source names beside it, or that the printed affiliation names; `Paper.institutions` has the evidence. Empty when none is known.',
      ...answeredBy({ list: 'institutions' }, { size: 2 }),
      resolve: ({ institutions = [] }) => institutions,
    }),
    author: t.field({
      type: AuthorRef,
      description: 'The person.',
      ...answeredBy({ one: 'author' }),
      resolve: ({ author }) => author,
    }),
  }),
})
