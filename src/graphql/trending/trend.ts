import type { GraphQLResolveInfo } from 'graphql'
import type { Paper } from '../../domain/entity/paper.ts'
import { TREND_EPOCH, TREND_WINDOWS, type TrendWindow } from '../../domain/trending/constants.ts'
import { reasonsOf } from '../../domain/trending/reasons.ts'
import { type Trend, trendsByPapers } from '../../domain/trending/trend.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs } from '../cost.ts'
import { enumOf } from '../enums.ts'
import { PaperRef } from '../refs.ts'

export const TrendWindowEnum = enumOf(
  'TrendWindow',
  'How far back trending looks.',
  TREND_WINDOWS,
  {
    day: 'About the last day: an event counts 37% after 2 days.',
    week: 'About the last week: an event counts 37% after 3.5 days.',
    month: 'About the last month: an event counts 37% after 25 days.',
  },
)

export const TrendRef = builder.objectRef<Trend>('Trend')
TrendRef.implement({
  description: `Why a paper trends: its score in a window and the parts that add up to it. The unit is days: a score of 2,300 ranks with a paper without any signal that was published 2,300 days after ${TREND_EPOCH}. A score changes only when data changes.`,
  fields: (t) => ({
    score: t.exposeFloat('score', {
      description: 'Score in days, the sum of the five parts. Comparable within one window only.',
    }),
    stars: t.exposeFloat('stars', {
      description:
        'Days added for stars that its repositories gained beyond what is expected of them, divided among the papers of a repository; 0 or more.',
    }),
    upvotes: t.exposeFloat('upvotes', {
      description:
        'Days added for upvotes, on the lists of sources and in this catalogue (`ownUpvoteCount`); 0 or more.',
    }),
    citations: t.exposeFloat('citations', {
      description:
        'Days added for citations, each counted on the day of the citing paper; 0 or more.',
    }),
    code: t.exposeFloat('code', {
      description: 'Days added for its first repository; 0 or more.',
    }),
    recency: t.exposeFloat('recency', {
      description: `Days from ${TREND_EPOCH} to its publication, or to the day when it was added to this catalogue if that was earlier; 30 fewer where the day of publication is not known, and -100,000 without any date.`,
    }),
    reasons: t.stringList({
      ...costs({ each: 0.3, bytes: 250 }),
      description:
        'The events behind the score as sentences, if they are at most 3 days old in DAY, 14 in WEEK and 60 in MONTH, such as `+120 stars of owner/name from 3 May 2026 to 10 May 2026`.',
      resolve: (trend, _, context, info) => reasons(trend, context, info),
    }),
  }),
})

async function reasons(
  trend: Trend,
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
): Promise<string[]> {
  const { window } = trend
  // Collects the trends of this turn, for the batch that loads their reasons.
  const asked = await loaders.once(info, `trends ${window}`, async () => new Map<number, Trend>())
  asked.set(trend.paperId, trend)
  const load = (ids: readonly number[]) =>
    reasonsOf(
      db,
      window,
      ids.map((id) => asked.get(id) as Trend),
    )
  return (await loaders.load(info, `reasons ${window}`, trend.paperId, load)) ?? []
}

builder.objectField(PaperRef, 'trend', (t) =>
  t.field({
    ...costs({ each: 0.05 }),
    type: TrendRef,
    nullable: true,
    description:
      'Its score in `trending(window:)` and the parts of it. Null only when the paper was deleted meanwhile.',
    args: {
      window: t.arg({
        type: TrendWindowEnum,
        required: true,
        defaultValue: 'week',
        description: 'How far back to look.',
      }),
    },
    resolve: ({ id }, { window }, context, info) => trendOf(id, window, context, info),
  }),
)

async function trendOf(
  id: Paper['id'],
  window: TrendWindow,
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
): Promise<Trend | null> {
  const load = (ids: readonly number[]) => trendsByPapers(db, window, ids)
  return (await loaders.load(info, 'trend', id, load)) ?? null
}
