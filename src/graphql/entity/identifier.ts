import { identifierUrl } from '../../domain/reference/identifier-url.ts'
import { IdentifierSchemeEnum } from '../enums.ts'
import { answeredBy } from '../plan/declare.ts'
import { AuthorIdentifierRef, IdentifierRef } from '../refs.ts'

IdentifierRef.implement({
  description: 'An identifier of a paper at an archive, publisher or index.',
  fields: (t) => ({
    scheme: t.expose('scheme', { type: IdentifierSchemeEnum, description: 'Identifier scheme.' }),
    value: t.exposeString('value', {
      description: 'The identifier in normalised form, without a prefix.',
    }),
    url: t.field({
      type: 'URL',
      nullable: true,
      description: 'Page of the paper under this identifier; null when the scheme has no pages.',
      ...answeredBy({ resolver: ['scheme', 'value'] }),
      resolve: ({ scheme, value }) => identifierUrl(scheme, value),
    }),
  }),
})

AuthorIdentifierRef.implement({
  description: 'An identifier of a person in a registry or archive.',
  fields: (t) => ({
    scheme: t.exposeString('scheme', {
      description:
        'Registry or archive: `orcid`, `acl`, `openreview`, `dblp`, `dblp_name` (a name with the number by which DBLP tells people of one name apart), `google_scholar`, `openalex`, `s2` or `ieee`.',
    }),
    value: t.exposeString('value', {
      description: 'The identifier in normalised form, without a prefix.',
    }),
  }),
})
