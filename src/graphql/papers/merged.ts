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
import { toInstant } from '../scalars.ts'

const MergeCauseEnum = enumOf('MergeCause', 'Why two papers turned out to be one.', MERGE_CAUSES, {
  identifier: 'Records of both have the same identifier.',
  title: 'Records of both agree in title, first author and year, or in that of a third record.',
  decision: 'An operator decided so.',
})

const MergedPaperRef = builder.objectRef<MergedPaper>('MergedPaper')
MergedPaperRef.implement({
  description: 'A paper that was merged into another. Its id still leads there.',
  fields: (t) => ({
    id: t.id({
      description: 'Its global id: `node` and `paper(ref:)` find the paper that it became.',
      resolve: ({ id }) => globalId('Paper', id),
    }),
    mergedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was merged; null when that was before it was kept.',
      resolve: ({ mergedAt }) => (mergedAt === null ? null : toInstant(mergedAt)),
    }),
    cause: t.field({
      type: MergeCauseEnum,
      nullable: true,
      description: 'Why it was merged; null when that was before it was kept.',
      resolve: ({ cause }) => cause,
    }),
    identifier: t.exposeString('identifier', {
      nullable: true,
      description: 'The identifier that both had, such as `doi:10.1/x`; null for other causes.',
    }),
    decidedBy: t.exposeString('decidedBy', {
      nullable: true,
      description: 'Who decided so; null for other causes.',
    }),
    reason: t.exposeString('reason', {
      nullable: true,
      description:
        'The reason given for the decision; null for other causes, or when none was given.',
    }),
  }),
})

const NamedVenueRef = builder.objectRef<NamedVenue>('PaperVenue')
NamedVenueRef.implement({
  description: 'A venue that sources of a paper name.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the venue.' }),
    acronym: t.exposeString('acronym', {
      nullable: true,
      description: 'Its acronym; null when none is known.',
    }),
    kind: t.field({
      type: VenueKindEnum,
      description: 'What kind of venue it is.',
      resolve: ({ kind }) => kind,
    }),
    sources: t.exposeStringList('sources', {
      description: 'Short names of the sources that name it, by name.',
    }),
    isShown: t.exposeBoolean('isShown', { description: 'Whether `Paper.venue` is this one.' }),
  }),
})

builder.objectFields(PaperRef, (t) => ({
  mergedFrom: t.field({
    ...costs({ each: 0.05, size: 2 }),
    type: [MergedPaperRef],
    description: 'The papers that were merged into it, the oldest id first; empty for most.',
    resolve: async ({ id }, _, { db, loaders }, info) =>
      (await loaders.load(info, 'mergedFrom', id, (ids) => mergedFromByPapers(db, ids))) ?? [],
  }),
  venues: t.field({
    ...costs({ each: 0.05, size: 3 }),
    type: [NamedVenueRef],
    description:
      'All venues that its sources name, as those of a preprint, a conference and a journal; the one of `venue` first. Papers are found by that one.',
    resolve: async ({ id }, _, { db, loaders }, info) =>
      (await loaders.load(info, 'namedVenues', id, (ids) => namedVenuesByPapers(db, ids))) ?? [],
  }),
}))
