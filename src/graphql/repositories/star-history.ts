import type { GraphQLResolveInfo } from 'graphql'
import {
  checkDayRange,
  type DayRange,
  type StarCount,
  starHistoriesByRepositories,
} from '../../domain/repositories/star-history.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'

export const StarCountRef = builder.objectRef<StarCount>('StarCount')
StarCountRef.implement({
  description: 'Number of stars of a repository on a day.',
  fields: (t) => ({
    on: t.expose('on', { type: 'Date', description: 'The day, in UTC.' }),
    stars: t.exposeInt('stars', { description: 'Number of stars.' }),
    source: t.exposeString('source', {
      nullable: true,
      description:
        'Who counted: the name of the host, such as `github.com`, or a source such as `hf-daily`; `demo` marks made-up numbers. Null when not recorded.',
    }),
  }),
})

/** The arguments of a list of days. */
export const dayRangeArgs = builder.args((t) => ({
  from: t.field({ type: 'Date', description: 'First day; from the first count when absent.' }),
  to: t.field({ type: 'Date', description: 'Last day; to the last count when absent.' }),
}))

/** The stars of a repository by day; read for all repositories of the query at once. */
export async function starHistory(
  { id }: { id: number },
  range: DayRange,
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
): Promise<StarCount[]> {
  checkDayRange(range)
  const load = (ids: readonly number[]) => starHistoriesByRepositories(db, range, ids)
  return (await loaders.load(info, 'stars', id, load)) ?? []
}
