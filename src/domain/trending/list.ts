import type { Database } from '../../db/client.ts'
import { alias, sql } from '../../db/sql.ts'
import { papers } from '../../db/tables/papers.ts'
import { paperTrends, trendRanks, trendState } from '../../db/tables/trending.ts'
import { type KeysetOrder, keysetConditions, type Page, type PageRows } from '../../sql/keyset.ts'
import { and, type ListRow, listOrder, readPage } from '../../sql/list.ts'
import type { Selection } from '../../sql/selection.ts'
import { type Paper, paperEntity } from '../entity/paper.ts'
import { type PaperFilter, paperConditions } from '../papers/filter.ts'
import { dependsOnValues } from '../papers/list.ts'
import { type TrendWindow, WINDOW_DAYS } from './constants.ts'
import { decodeTrend, type Trend, trendJson } from './trend.ts'

const p = alias(papers, 'p')
const w = alias(paperTrends, 'w')
const k = alias(trendRanks, 'k')

/** A paper of a trending list. */
export interface TrendingPaper extends Paper {
  trend: Trend
}

/** The papers that meet a filter, by their scores in a window. */
export interface TrendingList {
  window: TrendWindow
  filter: PaperFilter
}

export function trendingOrder(window: TrendWindow): KeysetOrder<ListRow> {
  return listOrder(`trending.${window}`, 'desc', { column: w[window], type: 'real' }, w.paperId)
}

/** The source of the rows of a page. */
export function trendingPage({ window, filter }: TrendingList, page: Page) {
  return {
    from: sql`${w} join ${p} on ${p.id} = ${w.paperId}`,
    conditions: paperConditions(filter),
    isSelective: dependsOnValues(filter),
    entity: paperEntity,
    order: trendingOrder(window),
    page,
  }
}

/** A page with the trend of each paper: one statement. */
export async function readTrending(
  db: Database,
  list: TrendingList,
  page: Page,
  selection: Selection,
): Promise<PageRows<TrendingPaper>> {
  const { window } = list
  const read = await readPage<TrendingPaper>(db, {
    ...trendingPage(list, page),
    selection,
    extra: { trend: trendJson(window) },
  })
  const rows = read.rows.map((row) => ({ ...row, trend: decodeTrend(row.id, window, row.trend) }))
  return { ...read, rows }
}

/** The number of papers in the list before a row: one statement. */
export async function countBefore(
  db: Database,
  { window, filter }: TrendingList,
  { sortKey, id }: ListRow,
): Promise<number> {
  const order = trendingOrder(window)
  const before = keysetConditions(order, {
    limit: 0,
    from: 'start',
    after: null,
    before: [sortKey, id],
  })
  const conditions = paperConditions(filter)
  const joined = conditions.length > 0 ? sql`join ${p} on ${p.id} = ${w.paperId}` : sql``
  const [row] = await db.query<{ count: number }>(
    sql`select count(*) as count from ${w} ${joined} where ${and(conditions)}${before}`,
    { isSelective: dependsOnValues(filter) },
  )
  return row?.count ?? 0
}

/**
 * The ranks that papers had in the list at the end of the day that is one window before the last update: one statement. Papers that
 * were not among the first of all are missing.
 */
export async function previousRanks(
  db: Database,
  { window, filter }: TrendingList,
  paperIds: readonly number[],
): Promise<Map<number, number>> {
  const conditions = paperConditions(filter)
  const joined = conditions.length > 0 ? sql`join ${p} on ${p.id} = ${k.paperId}` : sql``
  const rows = await db.query<{ id: number; rank: number }>(
    sql`
      select id, rank from (
        select ${k.paperId} as id, row_number() over (order by ${k.score} desc, ${k.paperId} desc) as rank
        from ${k} ${joined} where ${k.span} = ${window}::text and ${k.takenOn} = (
          select max(${trendRanks.takenOn}) from ${trendRanks} where ${trendRanks.span} = ${window}::text
            and ${trendRanks.takenOn} <= (select ${trendState.updatedOn} from ${trendState}) - ${WINDOW_DAYS[window]}::int)
          and ${and(conditions)}) ranked
      where id = any(${paperIds}::bigint[])`,
    { isSelective: dependsOnValues(filter) },
  )
  return new Map(rows.map(({ id, rank }) => [id, rank]))
}

/** When the scores were last updated; null before the first time. */
export const trendsUpdatedAt = (db: Database): Promise<string | null> =>
  readState(db, trendState.updatedAt)

/** When an update last changed a score; null before the first time. */
export const trendsChangedAt = (db: Database): Promise<string | null> =>
  readState(db, trendState.changedAt)

async function readState(
  db: Database,
  column: typeof trendState.updatedAt | typeof trendState.changedAt,
): Promise<string | null> {
  const [row] = await db.query<{ at: string | null }>(
    sql`select ${column} as at from ${trendState}`,
  )
  return row?.at ?? null
}
