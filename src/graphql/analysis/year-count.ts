import type { GraphQLResolveInfo } from 'graphql'
import { type YearCount, yearCountsByParent } from '../../domain/analysis/year-count.ts'
import type { DatedParent } from '../../domain/papers/link.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs, type FieldCost } from '../cost.ts'

export const YearCountRef = builder.objectRef<YearCount>('YearCount')
YearCountRef.implement({
  description: 'Number of papers published in a year.',
  fields: (t) => ({
    year: t.exposeInt('year', { description: 'The year.' }),
    count: t.exposeInt('count', {
      description: 'Number of papers; years without papers are omitted.',
    }),
  }),
})

export const BY_YEAR =
  'Papers by year of publication, earliest first; papers without a date are not counted.'

/** Options of a field that counts the papers of a parent by year; counted for all parents of the query at once. */
export function papersPerYear(parent: DatedParent, cost: FieldCost) {
  return {
    ...costs(cost),
    type: [YearCountRef] as [typeof YearCountRef],
    description: BY_YEAR,
    resolve: async (
      { id }: { id: number },
      _: object,
      { db, loaders }: Context,
      info: GraphQLResolveInfo,
    ): Promise<YearCount[]> => {
      const load = (ids: readonly number[]) => yearCountsByParent(db, parent, ids)
      return (await loaders.load(info, parent, id, load)) ?? []
    },
  }
}
