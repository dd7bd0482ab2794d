import type { AuthorProfile } from '../../domain/entity/author-profile.ts'
import { builder } from '../builder.ts'

export const AuthorProfileRef = builder.objectRef<AuthorProfile>('AuthorProfile')
AuthorProfileRef.implement({
  description:
    "Profile of a person in an author registry. Its counts cover the registry's papers, not this catalogue.",
  fields: (t) => ({
    source: t.exposeString('source', { description: 'Source of the profile: `openalex` or `s2`.' }),
    key: t.exposeString('key', { description: 'Key of the record at the source.' }),
    url: t.expose('url', {
      type: 'URL',
      nullable: true,
      description: 'Page of the person at the source; null when not stated.',
    }),
    licence: t.exposeString('licence', {
      nullable: true,
      description: "SPDX id of the record's licence; null when not stated.",
    }),
    fetchedAt: t.expose('fetchedAt', {
      type: 'DateTime',
      description: 'Time when this version of the record was read.',
    }),
    name: t.exposeString('name', { description: 'Name at the source.' }),
    aliases: t.exposeStringList('aliases', { description: 'Other forms of the name.' }),
    affiliations: t.exposeStringList('affiliations', {
      description: 'Affiliations, latest first.',
    }),
    homepage: t.expose('homepage', {
      type: 'URL',
      nullable: true,
      description: 'Personal home page; null when not stated.',
    }),
    paperCount: t.exposeInt('paperCount', {
      nullable: true,
      description: 'Papers counted by the source; null when not stated.',
    }),
    citationCount: t.exposeInt('citationCount', {
      nullable: true,
      description: 'Citations counted by the source; null when not stated.',
    }),
    hIndex: t.exposeInt('hIndex', {
      nullable: true,
      description: 'The h-index computed by the source; null when not stated.',
    }),
  }),
})
