import {
  MERGE_CAUSES,
  type MergedPaper,
  mergedFromByPapers,
  type NamedVenue,
  namedVenuesByPapers,
} from '../../domain/papers/merged.ts'
import { globalId } from '../../sql/global-id.ts'
import { builder } from '../builder.ts'
import { costs } from '../cost.ts'
import { enumOf, VenueKindEnum } from '../enums.ts'
import { PaperRef } from '../refs.ts'

const MergeCauseEnum = enumOf('MergeCause', 'Reason of a merge.', MERGE_CAUSES, {
  identifier: 'Records of both share an identifier.',
  title: 'Records of both agree in title, byline and year, or both agree with a third record.',
  decision: 'An operator merged them.',
})

const MergedPaperRef = builder.objectRef<MergedPaper>('MergedPaper')
MergedPaperRef.implement({
  description: 'A paper that was merged into another. Its id still resolves.',
  fields: (t) => ({
    id: t.id({
      description: 'Former global id: `node` and `paper(ref:)` resolve it to the merged paper.',
      resolve: ({ id }) => globalId('Paper', id),
    }),
    mergedAt: t.expose('mergedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Time of the merge; null for merges made before this was recorded.',
    }),
    cause: t.field({
      type: MergeCauseEnum,
      nullable: true,
      description: 'Reason of the merge; null for merges made before this was recorded.',
      resolve: ({ cause }) => cause,
    }),
    identifier: t.exposeString('identifier', {
      nullable: true,
      description: 'Shared identifier, such as `doi:10.1/x`; null for other causes.',
    }),
    decidedBy: t.exposeString('decidedBy', {
      nullable: true,
      description: 'Operator who decided; null for other causes.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description: 'Reason given by the operator; null for other causes or when none was given.',
    }),
  }),
})

const NamedVenueRef = builder.objectRef<NamedVenue>('PaperVenue')
NamedVenueRef.implement({
  description: 'A venue named by sources of a paper.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the venue.' }),
    acronym: t.exposeString('acronym', {
      nullable: true,
      description: 'Acronym; null when unknown.',
    }),
    kind: t.field({
      type: VenueKindEnum,
      description: 'Kind of venue.',
      resolve: ({ kind }) => kind,
    }),
    sources: t.exposeStringList('sources', {
      description: 'Short names of the sources that name it, alphabetically.',
    }),
    isShown: t.exposeBoolean('isShown', { description: 'Whether `Paper.venue` is this one.' }),
  }),
})

builder.objectFields(PaperRef, (t) => ({
  mergedFrom: t.field({
    ...costs({ each: 0.05, size: 2 }),
    type: [MergedPaperRef],
    description: 'Papers that were merged into it, oldest id first; empty for most papers.',
    resolve: async ({ id }, _, { db, loaders }, info) =>
      (await loaders.load(info, 'mergedFrom', id, (ids) => mergedFromByPapers(db, ids))) ?? [],
  }),
  venues: t.field({
    ...costs({ each: 0.05, size: 3 }),
    type: [NamedVenueRef],
    description:
      'All venues named by its sources, for example of a preprint, a conference and a journal; `venue` first. Filters and lists use `venue` only.',
    resolve: async ({ id }, _, { db, loaders }, info) =>
      (await loaders.load(info, 'namedVenues', id, (ids) => namedVenuesByPapers(db, ids))) ?? [],
  }),
}))
