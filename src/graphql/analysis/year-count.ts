import type { GraphQLResolveInfo } from 'graphql'
import { type YearCount, yearCountsByParent } from '../../domain/analysis/year-count.ts'
import type { DatedParent } from '../../domain/papers/link.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'

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

/** The papers of one parent by year; counted for all parents of the query at once. */
export async function papersPerYear(
  kind: DatedParent,
  { id }: { id: number },
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
): Promise<YearCount[]> {
  return (await loaders.load(info, kind, id, (ids) => yearCountsByParent(db, kind, ids))) ?? []
}
