import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { alias, sql } from '../../db/sql.ts'
import { changeLog, changes } from '../../db/tables/changes.ts'
import { transaction } from '../../db/transaction.ts'

const c = alias(changes, 'c')

/** Changes deleted in one transaction. */
const BATCH_SIZE = 20_000

/**
 * Deletes changes older than a number of days, oldest first, and returns how many. Records how far it deleted, so that earlier cursors are
 * rejected.
 */
export async function forgetChanges(
  url: string,
  days: number,
  signal?: AbortSignal,
): Promise<number> {
  let total = 0
  for (let count = BATCH_SIZE; count === BATCH_SIZE && !signal?.aborted; total += count)
    count = await forgetSome(url, days)
  return total
}

function forgetSome(url: string, days: number): Promise<number> {
  return transaction(url, async (tx) => {
    await takeLock(tx, LOCKS.changes)
    // Changes are in the order of time, so the first that is young enough ends the search.
    const [row] = await tx.query<{ count: number }>(sql`
      with oldest as materialized (
        select ${c.id}, ${c.at} from ${c} order by ${c.id} limit ${BATCH_SIZE}::int
      ), gone as (
        delete from ${changes} where ${changes.id} in (
          select id from oldest where at < now() - make_interval(days => ${days}::int))
        returning ${changes.id}
      ), kept as (
        update ${changeLog} set ${changeLog.forgottenThrough} = g.id
        from (select max(id) as id from gone) g where g.id is not null
      )
      select count(*)::int as count from gone`)
    return row?.count ?? 0
  })
}
