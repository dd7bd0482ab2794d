import {
  countCitations,
  countShared,
  countWithRepository,
  yearCounts,
} from '../../domain/analysis/stats.ts'
import type { CountedPapers } from '../../domain/papers/facets.ts'
import { resolveNames } from '../../domain/papers/filter.ts'
import { papersThat } from '../../domain/papers/list.ts'
import { countRows } from '../../sql/list.ts'
import { builder } from '../builder.ts'
import { costs, type ListCost } from '../cost.ts'
import { PaperFilterInput } from '../papers/filter.ts'
import { BY_YEAR, YearCountRef } from './year-count.ts'

/** Points of counting all papers, and of counting those that meet a filter. */
const counting = (all: number, filtered: number) => (_: unknown, list: ListCost | undefined) =>
  list?.args.filter == null ? all : filtered

const StatsRef = builder.objectRef<CountedPapers>('Stats')
StatsRef.implement({
  description:
    'Statistics of the catalogue or of the papers that match a filter. Each field is counted only when selected.',
  fields: (t) => ({
    paperCount: t.int({
      ...costs({ each: counting(30, 60) }),
      description: 'Number of papers.',
      resolve: (papers, _, { db }) => countRows(db, papers),
    }),
    paperWithRepositoryCount: t.int({
      ...costs({ each: counting(30, 60) }),
      description: 'Number of papers with a linked code repository.',
      resolve: (papers, _, { db }) => countWithRepository(db, papers),
    }),
    authorCount: t.int({
      ...costs({ each: counting(30, 250) }),
      description: 'Number of their authors.',
      resolve: (papers, _, { db }) => countShared(db, papers, 'authors'),
    }),
    topicCount: t.int({
      ...costs({ each: counting(30, 60) }),
      description: 'Number of their topics.',
      resolve: (papers, _, { db }) => countShared(db, papers, 'topics'),
    }),
    venueCount: t.int({
      ...costs({ each: counting(30, 60) }),
      description: 'Number of their venues.',
      resolve: (papers, _, { db }) => countShared(db, papers, 'venues'),
    }),
    repositoryCount: t.int({
      ...costs({ each: counting(30, 60) }),
      description: 'Number of linked repositories.',
      resolve: (papers, _, { db }) => countShared(db, papers, 'repositories'),
    }),
    citationCount: t.int({
      ...costs({ each: counting(100, 450) }),
      description:
        'Number of citations by papers in this catalogue. Less than the sum of `citationCount`, which includes other sources.',
      resolve: (papers, _, { db }) => countCitations(db, papers),
    }),
    papersPerYear: t.field({
      ...costs({ each: counting(80, 80), size: 60 }),
      type: [YearCountRef],
      description: BY_YEAR,
      resolve: (papers, _, { db }) => yearCounts(db, papers),
    }),
  }),
})

builder.queryField('stats', (t) =>
  t.field({
    ...costs({ list: { count: 0, facet: 0 } }),
    type: StatsRef,
    nullable: true,
    description:
      'Statistics of the catalogue, or of the papers that match a filter. Null only with an error.',
    args: {
      filter: t.arg({
        type: PaperFilterInput,
        description: 'Conditions that counted papers must meet; all papers when absent.',
      }),
    },
    resolve: async (_, { filter }, { db }) => papersThat(await resolveNames(db, filter ?? {})),
  }),
)
