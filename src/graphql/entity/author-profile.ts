import {
  type AuthorProfile,
  type ProfileWorkplace,
  workplacesOf,
} from '../../domain/entity/author-profile.ts'
import { builder } from '../builder.ts'
import { answeredBy } from '../plan/declare.ts'
import { InstitutionRef } from '../refs.ts'

const WorkplaceRef = builder.objectRef<ProfileWorkplace>('Workplace')
WorkplaceRef.implement({
  description: 'Institution where a person works or worked, as a registry of authors states it.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the institution.' }),
    ror: t.exposeString('ror', {
      nullable: true,
      description: 'ROR id, as `institution(ref:)` takes it; null when not stated.',
    }),
    institution: t.field({
      type: InstitutionRef,
      nullable: true,
      description: 'The institution with this ROR id; null when no paper of the catalogue has it.',
      ...answeredBy({ one: 'institution' }),
      resolve: ({ institution }) => institution,
    }),
    from: t.exposeString('from', {
      nullable: true,
      description:
        'First day, month or year, such as `2019-05`; of OpenAlex, the year of the first paper from there. Null when not stated.',
    }),
    to: t.exposeString('to', {
      nullable: true,
      description:
        'Last day, month or year; of OpenAlex, the year of the last paper from there. Null when it has not ended, or when not stated.',
    }),
  }),
})

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
    workplaces: t.field({
      type: [WorkplaceRef],
      description:
        'Institutions where the person works or worked, the latest first; empty when the source states names only.',
      ...answeredBy({ list: 'workplaces' }, { each: 0.1, size: 3 }),
      resolve: workplacesOf,
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
