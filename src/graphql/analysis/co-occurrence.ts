import type { GraphQLResolveInfo } from 'graphql'
import {
  CO_OCCURRENCE_ORDERS,
  type CoOccurrenceOrder,
  type CoOccurringTopic,
  coOccurringByTopics,
} from '../../domain/analysis/co-occurrence.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { enumOf } from '../enums.ts'
import { needs, selectionOf } from '../plan/lookahead.ts'
import { TopicRef } from '../refs.ts'
import { assertSize, topArgs } from '../relay/connection.ts'

export const CoOccurringTopicRef = builder.objectRef<CoOccurringTopic>('CoOccurringTopic')
CoOccurringTopicRef.implement({
  description: 'A topic that stands on the same papers as another.',
  fields: (t) => ({
    topic: t.field({
      type: TopicRef,
      description: 'The topic that stands beside.',
      ...needs({ embeds: { relation: 'topic', kind: 'object' } }),
      resolve: ({ topic }) => topic,
    }),
    paperCount: t.exposeInt('paperCount', {
      description: 'How many papers are about both, of the newest 10,000 of the first.',
    }),
    lift: t.exposeFloat('lift', {
      description:
        'How many times as many that is as chance would bring together: 1 is no connection, more is one.',
    }),
  }),
})

const CoOccurrenceOrderEnum = enumOf(
  'CoOccurrenceOrder',
  'By what the topics beside a topic are ranked, the largest first.',
  CO_OCCURRENCE_ORDERS,
  {
    relevance:
      'Shared papers times the logarithm of the lift: often together, and oftener than by chance.',
    paper_count: 'Shared papers: topics that are common everywhere come first.',
    lift: 'Lift: the closest connection, of rare topics too.',
  },
)

export const coOccurrenceArgs = builder.args((t) => ({
  ...topArgs,
  order: t.field({
    type: CoOccurrenceOrderEnum,
    required: true,
    defaultValue: 'relevance',
    description: 'By what they are ranked.',
  }),
}))

/** The topics beside one topic; found for all topics of the query at once. */
export async function coOccurring(
  { id }: { id: number },
  { first, order }: { first: number; order: CoOccurrenceOrder },
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
): Promise<CoOccurringTopic[]> {
  assertSize('first', first)
  const request = { order, first, selection: selectionOf(info) }
  const load = (ids: readonly number[]) => coOccurringByTopics(db, request, ids)
  return (await loaders.load(info, 'beside', id, load)) ?? []
}
