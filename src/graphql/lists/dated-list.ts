import { type DatedList, findDatedList, isOfDays } from '../../domain/lists/list.ts'
import { type PeriodKind, periodOf } from '../../domain/lists/period.ts'
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { costs, listPoints, whenGiven } from '../cost.ts'
import { PaperConnection } from '../papers/connections.ts'
import { allPapers, paperListArgs } from '../papers/list.ts'

const DatedListRef = builder.objectRef<DatedList>('DatedList')
DatedListRef.implement({
  description:
    'The papers of a day, a week or a month. A paper belongs to each day on which a source listed it. One that was never listed belongs to the day on which it was submitted to an archive or else published, where that day is known. All days are in UTC.',
  fields: (t) => ({
    period: t.exposeString('period', {
      description: 'The period, as it is asked for: `2026-11-28`, `2026-W48` or `2026-11`.',
    }),
    from: t.expose('from', { type: 'Date', description: 'First day, in UTC.' }),
    until: t.expose('until', { type: 'Date', description: 'Last day, in UTC.' }),
    previousDate: t.expose('previousDate', {
      type: 'Date',
      nullable: true,
      description: 'The nearest day before it that has papers; null when there is none.',
    }),
    previousPeriod: t.string({
      nullable: true,
      description:
        'The period of `previousDate`, for the same field of the query; null when there is none.',
      resolve: ({ kind, previousDate }) => previousDate && periodOf(kind, previousDate),
    }),
    nextDate: t.expose('nextDate', {
      type: 'Date',
      nullable: true,
      description:
        'The nearest day after it that has papers, up to today; null when there is none.',
    }),
    nextPeriod: t.string({
      nullable: true,
      description:
        'The period of `nextDate`, for the same field of the query; null when there is none.',
      resolve: ({ kind, nextDate }) => nextDate && periodOf(kind, nextDate),
    }),
    isComplete: t.exposeBoolean('isComplete', {
      description:
        'Whether no more papers are expected: its last day is over in UTC, and synced sources were read beyond it (Hugging Face by 1 day, arXiv by 4, as it announces papers of a Friday on the next Tuesday). A paper that an archive held back can still follow.',
    }),
    papers: t.field({
      type: PaperConnection.connection,
      description: 'Its papers, each once; latest publication first unless `order` is given.',
      args: paperListArgs,
      ...costs({
        each: listPoints(10, 10, 5),
        list: { count: whenGiven('filter', 30, 10), facet: 30 },
      }),
      resolve: (list, args, context, info) => allPapers(context, args, info, isOfDays(list)),
    }),
  }),
})

const COST = costs({ each: 2 })

const find = (kind: PeriodKind, name: string | null | undefined, { db }: Context) =>
  findDatedList(db, kind, name)

const BOUNDS = 'One in the future, or before the first paper, is an error. Null only with an error.'

builder.queryFields((t) => ({
  daily: t.field({
    type: DatedListRef,
    nullable: true,
    ...COST,
    description: `The papers of a day. ${BOUNDS}`,
    args: {
      date: t.arg({
        type: 'Date',
        description: 'The day, in UTC; the latest with papers when absent.',
      }),
    },
    resolve: (_, { date }, context) => find('date', date, context),
  }),
  weekly: t.field({
    type: DatedListRef,
    nullable: true,
    ...COST,
    description: `The papers of a week, from Monday to Sunday. ${BOUNDS}`,
    args: {
      week: t.arg({
        type: 'Week',
        description: 'The week, such as `2026-W48`; the latest with papers when absent.',
      }),
    },
    resolve: (_, { week }, context) => find('week', week, context),
  }),
  monthly: t.field({
    type: DatedListRef,
    nullable: true,
    ...COST,
    description: `The papers of a month. Papers whose day of publication is not known, only their month or year, are on no list: \`papers(filter: { published: … })\` has them. ${BOUNDS}`,
    args: {
      month: t.arg({
        type: 'Month',
        description: 'The month, such as `2026-11`; the latest with papers when absent.',
      }),
    },
    resolve: (_, { month }, context) => find('month', month, context),
  }),
}))
