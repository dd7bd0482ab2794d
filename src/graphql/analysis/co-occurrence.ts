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
import { answeredBy } from '../plan/declare.ts'
import { selectionOf } from '../plan/plan-rows.ts'
import { TopicRef } from '../refs.ts'
import { assertSize, topArgs } from '../relay/connection.ts'

export const CoOccurringTopicRef = builder.objectRef<CoOccurringTopic>('CoOccurringTopic')
CoOccurringTopicRef.implement({
  description: 'A topic that occurs on the same papers as another.',
  fields: (t) => ({
    topic: t.field({
      type: TopicRef,
      description: 'The co-occurring topic.',
      ...answeredBy({ one: 'topic' }),
      resolve: ({ topic }) => topic,
    }),
    paperCount: t.exposeInt('paperCount', {
      description: 'Number of papers with both topics, among the newest 10,000 of the first.',
    }),
    lift: t.exposeFloat('lift', {
      description: 'Observed ÷ expected co-occurrence; 1 means independent.',
    }),
  }),
})

const CoOccurrenceOrderEnum = enumOf(
  'CoOccurrenceOrder',
  'Sort key of co-occurring topics, largest first.',
  CO_OCCURRENCE_ORDERS,
  {
    relevance: 'Shared papers × log(lift): frequent together, and more often than by chance.',
    paper_count: 'Number of shared papers: generally common topics come first.',
    lift: 'Lift: the strongest association, including rare topics.',
  },
)

export const coOccurrenceArgs = builder.args((t) => ({
  ...topArgs,
  order: t.field({
    type: CoOccurrenceOrderEnum,
    required: true,
    defaultValue: 'relevance',
    description: 'Sort key.',
  }),
}))

/** Topics that occur together with a topic; read for all topics of the query at once. */
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
