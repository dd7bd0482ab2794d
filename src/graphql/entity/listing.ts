import type { Listing } from '../../domain/entity/listing.ts'
import { builder } from '../builder.ts'
import { needs } from '../plan/lookahead.ts'
import { PaperRef } from '../refs.ts'
import { toInstant } from '../scalars.ts'

const ListingRef = builder.objectRef<Listing>('PaperListing')
ListingRef.implement({
  description:
    'An appearance of a paper on a daily list of recommended papers, with what the list says of it.',
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
      description: 'Upvotes of the paper when the list was read; null when the source counts none.',
    }),
    comments: t.exposeInt('comments', {
      nullable: true,
      description:
        'Comments on the paper when the list was read; null when the source counts none.',
    }),
    organisation: t.exposeString('organisation', {
      nullable: true,
      description:
        'Organisation whose paper it is, as its page at the source states; null when none is stated.',
    }),
    projectUrl: t.expose('projectUrl', {
      type: 'URL',
      nullable: true,
      description: 'Page of the project that the paper describes; null when none is stated.',
    }),
    media: t.expose('media', {
      type: ['URL'],
      description: 'Images and videos that were added to the paper, in their order.',
    }),
    readAt: t.field({
      type: 'DateTime',
      description: 'When the list was last read with anything new on this paper.',
      ...needs({ value: 'readAt' }),
      resolve: ({ readAt }) => toInstant(readAt),
    }),
  }),
})

builder.objectField(PaperRef, 'listings', (t) =>
  t.field({
    type: [ListingRef],
    description:
      'The daily lists that it appeared on, the latest day first; empty for most papers. A paper may be listed on several days.',
    ...needs({ embeds: { relation: 'listings', kind: 'list' }, cost: { each: 0.1, size: 1 } }),
    resolve: ({ listings = [] }) => listings,
  }),
)
