import type { Database } from '../../db/client.ts'
import { alias, empty, type Sql, type Stored, sql } from '../../db/sql.ts'
import { papers } from '../../db/tables/papers.ts'
import { paperTopics } from '../../db/tables/topics.ts'
import { badInput } from '../../errors.ts'
import { formatMonth, type MonthNumber, parseMonth } from './month.ts'

const x = alias(paperTopics, 'x')
const p = alias(papers, 'p')
const l = alias(paperTopics, 'l')

/** The number of papers published in a month. */
export interface MonthCount {
  /** As `YYYY-MM`. */
  month: string
  count: number
}

/** A range of months as `YYYY-MM`, both ends included; absent for an open end. */
export interface MonthRange {
  from?: string | null | undefined
  to?: string | null | undefined
}

/** A hundred years, so that a wrong date does not make a list of ten thousand zeros. */
const MOST_MONTHS = 1200

/**
 * Paper counts of each topic by month of publication, including months without papers. An open end is the first or last month with papers.
 * Papers with only a year are not counted. One statement for all.
 */
export async function monthCountsByTopics(
  db: Database,
  range: MonthRange,
  topicIds: readonly number[],
): Promise<Map<number, MonthCount[]>> {
  const { from, to } = parseRange(range)
  // Only papers of 1 January may have an unknown month, so only their rows are read beyond the index.
  const rows = await db.query<
    Stored<typeof papers, 'id'> & { months: [MonthNumber, number][] | null }
  >(sql`
    select parent.id, (select json_agg(json_build_array(m.month, m.count) order by m.month) from (
        select (date_part('year', d.day) * 12 + date_part('month', d.day) - 1)::int as month,
          sum(d.count - case when date_part('doy', d.day) = 1 then (
            select count(*) from ${x} join ${p} on ${p.id} = ${x.paperId}
            where ${x.topicId} = parent.id and ${x.publishedSort} = d.day and ${p.publishedPrecision} = 'year')
          else 0 end) as count
        from (select ${l.publishedSort} as day, count(*) as count from ${l}
          where ${l.topicId} = parent.id and ${l.publishedSort} > '-infinity'::date${within(from, to)}
          group by 1) d
        group by 1) m where m.count > 0) as months
    from unnest(${topicIds}::bigint[]) as parent(id)`)
  return new Map(rows.map(({ id, months }) => [id, fill(months ?? [], from, to)]))
}

/** Throws BAD_USER_INPUT for an empty range, or one with too many months. */
export function checkMonthRange(range: MonthRange): void {
  parseRange(range)
}

function parseRange(range: MonthRange): { from: MonthNumber | null; to: MonthNumber | null } {
  const from = range.from == null ? null : parseMonth(range.from)
  const to = range.to == null ? null : parseMonth(range.to)
  if (from !== null && to !== null) {
    if (from > to)
      throw badInput(
        `from: ${range.from} is after to: ${range.to}; expected from in or before the month of to.`,
      )
    if (to - from >= MOST_MONTHS)
      throw badInput(
        `${range.from} to ${range.to} is ${to - from + 1} months; expected at most ${MOST_MONTHS}.`,
      )
  }
  return { from, to }
}

function within(from: MonthNumber | null, to: MonthNumber | null): Sql {
  const first = (month: MonthNumber) => `${formatMonth(month)}-01`
  const since = from === null ? empty : sql` and ${l.publishedSort} >= ${first(from)}::date`
  const until =
    to === null
      ? empty
      : sql` and ${l.publishedSort} < (${first(to)}::date + interval '1 month')::date`
  return sql`${since}${until}`
}

function fill(
  months: [MonthNumber, number][],
  from: MonthNumber | null,
  to: MonthNumber | null,
): MonthCount[] {
  const counts = new Map(months)
  const last = to ?? months.at(-1)?.[0]
  const first = from ?? months[0]?.[0]
  if (first === undefined || last === undefined) return []
  const filled: MonthCount[] = []
  for (let month = Math.max(first, last - MOST_MONTHS + 1); month <= last; month++)
    filled.push({ month: formatMonth(month), count: counts.get(month) ?? 0 })
  return filled
}
