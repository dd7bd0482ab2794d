import type { GraphQLResolveInfo } from 'graphql'
import type { Paper } from '../../domain/entity/paper.ts'
import { readFacet } from '../../domain/papers/facets.ts'
import {
  type PaperFilter,
  paperConditions,
  resolveNames,
  showsUnknownByEmptiness,
} from '../../domain/papers/filter.ts'
import { countPapers, papersThat } from '../../domain/papers/list.ts'
import { TRENDING, type TrendWindow, WINDOW_DAYS } from '../../domain/trending/constants.ts'
import {
  countBefore,
  previousRanks,
  readTrending,
  type TrendingList,
  type TrendingPaper,
  trendingOrder,
  trendingPage,
  trendsChangedAt,
  trendsUpdatedAt,
} from '../../domain/trending/list.ts'
import type { Source } from '../../sql/list.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { whenGiven } from '../cost.ts'
import { bibliographyField } from '../papers/bibliography.ts'
import { type Faceted, facetsField } from '../papers/facets.ts'
import { PaperFilterInput } from '../papers/filter.ts'
import { answeredBy } from '../plan/declare.ts'
import { rowSelectionOf } from '../plan/plan-rows.ts'
import { PaperRef } from '../refs.ts'
import {
  type Connection,
  connectionType,
  NO_ROWS,
  type PageArguments,
  pageArgs,
  parsePage,
} from '../relay/connection.ts'
import { TrendRef, TrendWindowEnum } from './trend.ts'

/** A paper of a page, with values that are computed for the whole page on demand. */
interface Ranked extends TrendingPaper {
  ranks: {
    /** Rank of the first paper of the page. */
    first: () => Promise<number>
    previous: () => Promise<Map<number, number>>
  }
  place: number
}

interface Updated {
  updatedAt: () => Promise<string | null>
  changedAt: () => Promise<string | null>
}

const TrendingConnection = connectionType<Paper, Ranked, Faceted & Updated>({
  name: 'Trending',
  edgeName: 'TrendingPaper',
  plural: 'trending papers',
  node: PaperRef,
})

builder.objectField(TrendingConnection.connection, 'facets', facetsField)
builder.objectField(TrendingConnection.connection, 'bibliography', bibliographyField)
builder.objectField(TrendingConnection.connection, 'updatedAt', (t) =>
  t.field({
    type: 'DateTime',
    nullable: true,
    description:
      'Time when scores were last updated, by the server or `paperql trend`; null before the first update, when papers are ordered by recency.',
    ...answeredBy({ resolverAside: true }),
    resolve: ({ updatedAt }) => updatedAt(),
  }),
)
builder.objectField(TrendingConnection.connection, 'changedAt', (t) =>
  t.field({
    type: 'DateTime',
    nullable: true,
    description:
      'Time when an update last changed a score; since then only new papers changed the list. Null before the first update.',
    ...answeredBy({ resolverAside: true }),
    resolve: ({ changedAt }) => changedAt(),
  }),
)

builder.objectFields(TrendingConnection.edge, (t) => ({
  rank: t.int({
    description: 'Rank in this list, with its filter; the first is 1.',
    resolve: async ({ row }) => (await row.ranks.first()) + row.place,
  }),
  previousRank: t.int({
    nullable: true,
    description: `Rank in the same list with the same filter, ${WINDOW_DAYS.day} day (DAY), ${WINDOW_DAYS.week} days (WEEK) or ${WINDOW_DAYS.month} days (MONTH) before the last update. Null when it was not yet among the first ${TRENDING.keptRanks} of the catalogue, or when scores are not that old.`,
    resolve: async ({ row }) => (await row.ranks.previous()).get(row.id) ?? null,
  }),
  trend: t.field({
    type: TrendRef,
    description: 'Score in the window of this list and what it comes from.',
    resolve: ({ row }) => row.trend,
  }),
}))

interface TrendingArguments extends PageArguments {
  window: TrendWindow
  filter?: PaperFilter | null | undefined
}

/** The source of a page; null if names in the filter must be looked up first. */
function pageOf(args: TrendingArguments): Source | null {
  const { window } = args
  const filter = args.filter ?? {}
  if (!showsUnknownByEmptiness(filter) || filter.topics) return null
  return trendingPage({ window, filter }, parsePage(args, trendingOrder(window)))
}

async function trending(
  { db }: Context,
  args: TrendingArguments,
  info: GraphQLResolveInfo,
): Promise<Connection<Ranked> & Faceted & Updated> {
  const { window } = args
  const filter = args.filter ?? {}
  const order = trendingOrder(window)
  const page = parsePage(args, order)
  paperConditions(filter)
  const selection = rowSelectionOf(info)
  const named = await resolveNames(db, filter)
  const list = { window, filter: named }
  const read = selection ? await readTrending(db, list, page, selection) : NO_ROWS
  return {
    ...read,
    rows: withRanks(db, list, read.rows, page.from === 'start' && page.after === null),
    order,
    countAll: () => countPapers(db, named),
    facets: () => ({
      filter: named,
      read: (one, kept) => readFacet(db, papersThat(kept), one),
    }),
    updatedAt: () => trendsUpdatedAt(db),
    changedAt: () => trendsChangedAt(db),
  }
}

function withRanks(
  db: Context['db'],
  list: TrendingList,
  rows: TrendingPaper[],
  isFirst: boolean,
): Ranked[] {
  const [first] = rows
  let before: Promise<number> | undefined
  let previous: Promise<Map<number, number>> | undefined
  const ranks = {
    first: () => {
      before ??= isFirst || !first ? Promise.resolve(0) : countBefore(db, list, first)
      return before.then((count) => count + 1)
    },
    previous: () => {
      previous ??= previousRanks(
        db,
        list,
        rows.map(({ id }) => id),
      )
      return previous
    },
  }
  return rows.map((row, place) => ({ ...row, ranks, place }))
}

builder.queryField('trending', (t) =>
  t.field({
    type: TrendingConnection.connection,
    nullable: true,
    description:
      'Papers that attract attention now, most first: stars gained, upvotes, citations and first code, each compared with what is usual for the paper and its field, then the latest. Null only with an error.',
    args: {
      window: t.arg({
        type: TrendWindowEnum,
        required: true,
        defaultValue: 'week',
        description: 'How far back to look.',
      }),
      filter: t.arg({
        type: PaperFilterInput,
        description: 'Conditions that papers must meet; all papers when absent.',
      }),
      ...pageArgs,
    },
    ...answeredBy(
      { source: pageOf },
      {
        each: whenGiven('filter', 12, 2),
        list: { count: whenGiven('filter', 60, 50), facet: 75 },
      },
    ),
    resolve: (_, args, context, info) => trending(context, args, info),
  }),
)
