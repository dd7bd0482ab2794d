import {
  decisionsOf,
  type PaperDecision,
  type ReviewRating,
} from '../../domain/statements/decision.ts'
import { builder } from '../builder.ts'
import { DecisionOutcomeEnum, PresentationEnum } from '../enums.ts'
import { answeredBy } from '../plan/declare.ts'
import { PaperRef, VenueRef } from '../refs.ts'

const RatingRef = builder.objectRef<ReviewRating>('ReviewRating')
RatingRef.implement({
  description: 'Ratings by the reviewers of a submission, on the scale of its venue and year.',
  fields: (t) => ({
    mean: t.exposeFloat('mean', {
      description:
        'Mean rating. Scales differ between venues: compare only within one venue and year.',
    }),
    count: t.exposeInt('count', {
      nullable: true,
      description: 'Number of ratings; null when only the mean is stated.',
    }),
  }),
})

const DecisionRef = builder.objectRef<PaperDecision>('PaperDecision')
DecisionRef.implement({
  description:
    'Decision, presentation, award and ratings of a paper at a venue in a year, as sources state them. Sources that contradict each other make several decisions.',
  fields: (t) => ({
    venue: t.field({
      type: VenueRef,
      nullable: true,
      description: 'Venue to which it was submitted, also if not accepted; null when unknown.',
      ...answeredBy({ one: 'venue' }),
      resolve: ({ venue }) => venue,
    }),
    year: t.exposeInt('year', {
      nullable: true,
      description: 'Year of the venue; null when unknown.',
    }),
    outcome: t.expose('outcome', {
      type: DecisionOutcomeEnum,
      nullable: true,
      description: 'Decision; null when not stated, or when `status` is not recognised.',
    }),
    presentation: t.expose('presentation', {
      type: PresentationEnum,
      nullable: true,
      description: 'Form of presentation; null when not stated or not accepted.',
    }),
    status: t.exposeString('status', {
      nullable: true,
      description:
        'Decision and presentation as the source prints them, such as `Accept (Oral)` or `Findings`; null when not stated.',
    }),
    track: t.exposeString('track', {
      nullable: true,
      description: 'Track as printed, such as `Survey Track`; null for the main one.',
    }),
    award: t.exposeString('award', {
      nullable: true,
      description:
        'Award as printed, several separated by semicolons; `Award` when the source only says that it got one. Also nominations, for which `isAwarded` is false. Null without.',
    }),
    isAwarded: t.exposeBoolean('isAwarded', {
      description: 'Whether it got an award there; false for nominations, and when not stated.',
    }),
    session: t.exposeString('session', {
      nullable: true,
      description: 'Session in which it was presented, as printed; null when not stated.',
    }),
    area: t.exposeString('area', {
      nullable: true,
      description: 'Subject area of the submission, as printed; null when not stated.',
    }),
    rating: t.field({
      type: RatingRef,
      nullable: true,
      description: 'Ratings by reviewers; null when not stated.',
      ...answeredBy({ one: 'rating' }),
      resolve: ({ rating }) => rating,
    }),
    sources: t.exposeStringList('sources', {
      description: 'Short names of the sources that state it, such as `paperlists`.',
    }),
  }),
})

builder.objectFields(PaperRef, (t) => ({
  authorSummary: t.exposeString('authorSummary', {
    nullable: true,
    description:
      'One-sentence summary that the authors wrote for reviewers; null when not stated. `tldr` is by a model.',
  }),
  decisions: t.field({
    type: [DecisionRef],
    description:
      'Decisions by venues, the latest year first: presentation, award, ratings, session. A paper may have several, such as a rejection before it was accepted elsewhere.',
    ...answeredBy({ list: 'decisions' }, { each: 0.1, size: 1 }),
    resolve: (paper) => decisionsOf(paper),
  }),
}))
