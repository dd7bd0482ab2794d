import { sql } from '../db/sql.ts'
import type { Transaction } from '../db/transaction.ts'

/** Draws `count` ids from the table's sequence, so that rows of several tables can be written set by set. */
export async function newIds(
  tx: Transaction,
  table: 'papers' | 'authors',
  count: number,
): Promise<number[]> {
  if (count === 0) return []
  // In a subquery, the sequence is looked up once, not for each row.
  const rows = await tx.query<{ id: number }>(sql`
    select nextval((select pg_get_serial_sequence(${table}::text, 'id'))::regclass) as id
    from generate_series(1, ${count}::int)`)
  return rows.map(({ id }) => id)
}

/** Takes the next of the drawn ids. */
export function takeId(ids: number[]): number {
  const id = ids.shift()
  if (id === undefined) throw new Error('fewer ids were drawn than are needed')
  return id
}
