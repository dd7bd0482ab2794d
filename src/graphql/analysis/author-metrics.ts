import type { GraphQLResolveInfo } from 'graphql'
import {
  type Affiliation,
  type AuthorMetrics,
  affiliationsByAuthors,
  metricsByAuthors,
  NO_METRICS,
} from '../../domain/analysis/author-metrics.ts'
import type { Author } from '../../domain/entity/author.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { assertSize } from '../relay/connection.ts'

export const AuthorMetricsRef = builder.objectRef<AuthorMetrics>('AuthorMetrics')
AuthorMetricsRef.implement({
  description:
    'Metrics of an author, computed from this catalogue only: other indexes hold other papers.',
  fields: (t) => ({
    citationCount: t.exposeInt('citationCount', {
      description: 'Sum of the citation counts of these papers.',
    }),
    hIndex: t.exposeInt('hIndex', {
      description:
        'The largest h such that h papers in this catalogue have at least h citations each.',
    }),
    firstYear: t.exposeInt('firstYear', {
      nullable: true,
      description: 'Year of their first paper; null when none has a date.',
    }),
    lastYear: t.exposeInt('lastYear', {
      nullable: true,
      description: 'Year of their latest paper; null when none has a date.',
    }),
  }),
})

export const AffiliationRef = builder.objectRef<Affiliation>('Affiliation')
AffiliationRef.implement({
  description: 'An affiliation of an author, as printed in papers.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name as printed; spellings are not unified.' }),
    paperCount: t.exposeInt('paperCount', {
      description: "Number of the author's newest 100 papers that state it.",
    }),
    firstYear: t.exposeInt('firstYear', {
      nullable: true,
      description: 'Year of the first of these papers; null when none has a date.',
    }),
    lastYear: t.exposeInt('lastYear', {
      nullable: true,
      description: 'Year of the latest of these papers; null when none has a date.',
    }),
  }),
})

/** The metrics of an author; computed for all authors of the query at once. */
export async function metricsOf(
  { id }: Author,
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
): Promise<AuthorMetrics> {
  const load = (ids: readonly number[]) => metricsByAuthors(db, ids)
  return (await loaders.load(info, 'metrics', id, load)) ?? NO_METRICS
}

/** The affiliations of an author; read for all authors of the query at once. */
export async function affiliationsOf(
  { id }: Author,
  { first }: { first: number },
  { db, loaders }: Context,
  info: GraphQLResolveInfo,
): Promise<Affiliation[]> {
  assertSize('first', first)
  const load = (ids: readonly number[]) => affiliationsByAuthors(db, ids)
  return ((await loaders.load(info, 'affiliations', id, load)) ?? []).slice(0, first)
}
