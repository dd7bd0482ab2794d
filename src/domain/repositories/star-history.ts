import type { Database } from '../../db/client.ts'
import { alias, empty, sql } from '../../db/sql.ts'
import { repositoryStars } from '../../db/tables/repositories.ts'
import { badInput } from '../../errors.ts'

const s = alias(repositoryStars, 's')

/** The number of stars of a repository on a day. */
export interface StarCount {
  /** As `YYYY-MM-DD`, in UTC. */
  on: string
  stars: number
  /** The source of the count; null if not recorded. */
  source: string | null
}

/** A range of days as `YYYY-MM-DD`, both ends included; absent for an open end. */
export interface DayRange {
  from?: string | null | undefined
  to?: string | null | undefined
}

/** Throws BAD_USER_INPUT for a range that ends before it begins. */
export function checkDayRange({ from, to }: DayRange): void {
  if (from != null && to != null && from > to)
    throw badInput(`from: ${from} is after to: ${to}; expected from on or before to.`)
}

/** The star counts of repositories by day within a range: one statement for all. */
export async function starHistoriesByRepositories(
  db: Database,
  { from, to }: DayRange,
  repositoryIds: readonly number[],
): Promise<Map<number, StarCount[]>> {
  const since = from == null ? empty : sql` and ${s.observedOn} >= ${from}::date`
  const until = to == null ? empty : sql` and ${s.observedOn} <= ${to}::date`
  const rows = await db.query<{ id: number; days: StarCount[] | null }>(sql`
    select parent.id, (select json_agg(json_build_object('on', ${s.observedOn}, 'stars', ${s.stars}, 'source', ${s.source}) order by ${s.observedOn})
      from ${s} where ${s.repositoryId} = parent.id${since}${until}) as days
    from unnest(${repositoryIds}::bigint[]) as parent(id)`)
  return new Map(rows.map(({ id, days }) => [id, days ?? []]))
}
