import type { Database } from '../../db/client.ts'
import { alias, type Sql, sql } from '../../db/sql.ts'
import { paperTrends } from '../../db/tables/trending.ts'
import { TREND_PARTS, type TrendPart, type TrendWindow } from './constants.ts'

const w = alias(paperTrends, 'w')

/** The score of a paper in a window, in days since the epoch, and its parts. */
export interface Trend extends Record<TrendPart, number> {
  paperId: number
  window: TrendWindow
  score: number
}

const PARTS = { day: w.dayParts, week: w.weekParts, month: w.monthParts }

/** Score and parts of a row of `w`, as JSON for `decodeTrend`. */
export const trendJson = (window: TrendWindow): Sql =>
  sql`json_build_array(${w[window]}, ${PARTS[window]})`

export function decodeTrend(paperId: number, window: TrendWindow, json: unknown): Trend {
  const [score, parts] = json as [score: number, parts: number[] | null]
  const named = TREND_PARTS.map((part, i) => {
    const alone = part === 'recency' ? score : 0
    return [part, parts ? (parts[i] ?? 0) : alone] as const
  })
  return { paperId, window, score, ...(Object.fromEntries(named) as Record<TrendPart, number>) }
}

/** The trends of papers: one statement. Deleted papers are missing. */
export async function trendsByPapers(
  db: Database,
  window: TrendWindow,
  paperIds: readonly number[],
): Promise<Map<number, Trend>> {
  const rows = await db.query<{ id: number; trend: unknown }>(sql`
    select ${w.paperId} as id, ${trendJson(window)} as trend from ${w} where ${w.paperId} = any(${paperIds}::bigint[])`)
  return new Map(rows.map(({ id, trend }) => [id, decodeTrend(id, window, trend)]))
}
