import { identifierUrl } from '../../domain/reference/identifier-url.ts'
import { IdentifierSchemeEnum } from '../enums.ts'
import { needs } from '../plan/lookahead.ts'
import { AuthorIdentifierRef, IdentifierRef } from '../refs.ts'

IdentifierRef.implement({
  description: 'A name that an archive, publisher or index gives to a paper.',
  fields: (t) => ({
    scheme: t.expose('scheme', { type: IdentifierSchemeEnum, description: 'Who gives it.' }),
    value: t.exposeString('value', {
      description: 'The identifier in its one normal spelling, without prefix.',
    }),
    url: t.field({
      type: 'URL',
      nullable: true,
      description: 'Where it leads; null when its scheme has no pages.',
      ...needs({ reads: ['scheme', 'value'] }),
      resolve: ({ scheme, value }) => identifierUrl(scheme, value),
    }),
  }),
})

AuthorIdentifierRef.implement({
  description: 'A name that a registry or an archive gives to one person.',
  fields: (t) => ({
    scheme: t.exposeString('scheme', {
      description:
        'Who gives it: `orcid`, `acl`, `openreview`, `dblp`, `google_scholar`, `openalex`, `s2` or `ieee`.',
    }),
    value: t.exposeString('value', {
      description: 'The identifier in its one normal spelling, without prefix.',
    }),
  }),
})
