import type { GraphQLResolveInfo } from 'graphql'
import {
  checkMonthRange,
  type MonthCount,
  type MonthRange,
  monthCountsByTopics,
} from '../../domain/analysis/month-count.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'

export const MonthCountRef = builder.objectRef<MonthCount>('MonthCount')
MonthCountRef.implement({
  description: 'Number of papers published in a month.',
  fields: (t) => ({
    month: t.expose('month', { type: 'Month', description: 'The month.' }),
    count: t.exposeInt('count', { description: 'Number of papers; 0 when there are none.' }),
  }),
})

/** The arguments of a list of months. */
export const monthRangeArgs = builder.args((t) => ({
  from: t.field({
    type: 'Month',
    description: 'First month; the first with papers when absent.',
  }),
  to: t.field({ type: 'Month', description: 'Last month; the last with papers when absent.' }),
}))

/** Number of papers of a topic by month; counted for all topics of the query at once. */
export async function papersPerMonth(
  { id }: { id: number },
  range: MonthRange,
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
): Promise<MonthCount[]> {
  checkMonthRange(range)
  return (
    (await loaders.load(info, 'months', id, (ids) => monthCountsByTopics(db, range, ids))) ?? []
  )
}
