import sql, { empty } from 'sql-template-tag'
import type { Database } from '../../db/client.ts'
import { badInput } from '../../errors.ts'

/** How many stars a repository had on a day. */
export interface StarCount {
  /** As `YYYY-MM-DD`, in UTC. */
  on: string
  stars: number
}

/** A stretch of days as `YYYY-MM-DD`, both ends included; open where there is none. */
export interface DayRange {
  from?: string | null | undefined
  to?: string | null | undefined
}

/** Throws BAD_USER_INPUT for a range that ends before it begins. */
export function checkDayRange({ from, to }: DayRange): void {
  if (from != null && to != null && from > to)
    throw badInput(`from: ${from} is after to: ${to}; expected from on or before to.`)
}

/** The days of the range on which stars were counted, in their order, for all repositories in one statement. */
export async function starHistoriesByRepositories(
  db: Database,
  { from, to }: DayRange,
  repositoryIds: readonly number[],
): Promise<Map<number, StarCount[]>> {
  const since = from == null ? empty : sql` and s.observed_on >= ${from}::date`
  const until = to == null ? empty : sql` and s.observed_on <= ${to}::date`
  const rows = await db.query<{ id: number; days: StarCount[] | null }>(sql`
    select parent.id, (select json_agg(json_build_object('on', s.observed_on, 'stars', s.stars) order by s.observed_on)
      from repository_stars s where s.repository_id = parent.id${since}${until}) as days
    from unnest(${repositoryIds}::bigint[]) as parent(id)`)
  return new Map(rows.map(({ id, days }) => [id, days ?? []]))
}
