import type { AuthorProfile } from '../../domain/entity/author-profile.ts'
import { builder } from '../builder.ts'
import { needs } from '../plan/lookahead.ts'
import { toInstant } from '../scalars.ts'

export const AuthorProfileRef = builder.objectRef<AuthorProfile>('AuthorProfile')
AuthorProfileRef.implement({
  description:
    'What one registry of authors says of one person. Its counts are over its own papers, not over those of this catalogue.',
  fields: (t) => ({
    source: t.exposeString('source', { description: 'Who says it: `openalex` or `s2`.' }),
    key: t.exposeString('key', { description: 'The key of the record at the source.' }),
    url: t.expose('url', {
      type: 'URL',
      nullable: true,
      description: 'Page of the person at the source; null when it names none.',
    }),
    licence: t.exposeString('licence', {
      nullable: true,
      description: 'SPDX id of the licence of the record; null when the source states none.',
    }),
    fetchedAt: t.field({
      type: 'DateTime',
      description: 'When the record was read as it is here.',
      ...needs({ reads: ['fetchedAt'] }),
      resolve: ({ fetchedAt }) => toInstant(fetchedAt),
    }),
    name: t.exposeString('name', { description: 'The name that the source shows.' }),
    aliases: t.exposeStringList('aliases', { description: 'Other forms of the name.' }),
    affiliations: t.exposeStringList('affiliations', {
      description: 'Where the person works and worked, the latest first.',
    }),
    homepage: t.expose('homepage', {
      type: 'URL',
      nullable: true,
      description: 'Page of their own; null when the source names none.',
    }),
    paperCount: t.exposeInt('paperCount', {
      nullable: true,
      description: 'Number of papers that the source knows; null when it does not say.',
    }),
    citationCount: t.exposeInt('citationCount', {
      nullable: true,
      description: 'How often they are cited by what the source knows; null when it does not say.',
    }),
    hIndex: t.exposeInt('hIndex', {
      nullable: true,
      description: 'The h-index over what the source knows; null when it does not say.',
    }),
  }),
})
