import type { Listing } from '../../domain/entity/listing.ts'
import { builder } from '../builder.ts'
import { answeredBy } from '../plan/declare.ts'
import { PaperRef } from '../refs.ts'

const ListingRef = builder.objectRef<Listing>('PaperListing')
ListingRef.implement({
  description: 'An appearance of a paper on a daily list of recommended papers.',
  fields: (t) => ({
    source: t.exposeString('source', {
      description: 'Short name of the source of the list, such as `hf-daily`.',
    }),
    day: t.expose('day', {
      type: 'Date',
      nullable: true,
      description:
        'Day of the list, in UTC; null when the paper was read by itself and the source names no day.',
    }),
    upvotes: t.exposeInt('upvotes', {
      nullable: true,
      description: 'Number of upvotes when the list was read; null when not stated.',
    }),
    comments: t.exposeInt('comments', {
      nullable: true,
      description: 'Number of comments when the list was read; null when not stated.',
    }),
    organisation: t.exposeString('organisation', {
      nullable: true,
      description:
        'Organisation that published the paper, as stated by the source; null when not stated.',
    }),
    projectUrl: t.expose('projectUrl', {
      type: 'URL',
      nullable: true,
      description: 'Project page; null when not stated.',
    }),
    media: t.expose('media', {
      type: ['URL'],
      description: 'URLs of images and videos attached to the paper, in the order of the list.',
    }),
    readAt: t.expose('readAt', {
      type: 'DateTime',
      description: 'Time when the list last changed for this paper.',
    }),
  }),
})

builder.objectField(PaperRef, 'listings', (t) =>
  t.field({
    type: [ListingRef],
    description:
      'Daily lists on which it appeared, latest day first; empty for most papers. A paper can be listed on several days.',
    ...answeredBy({ list: 'listings' }, { each: 0.1, size: 1 }),
    resolve: ({ listings = [] }) => listings,
  }),
)
