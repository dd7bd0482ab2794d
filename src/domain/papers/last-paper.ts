import { sql } from '../../db/sql.ts'
import { papers } from '../../db/tables/papers.ts'
import type { Transaction } from '../../db/transaction.ts'

/** The largest paper id, for the progress of a pass over all papers; 1 if there are none. */
export async function lastPaper(tx: Transaction): Promise<number> {
  const [last] = await tx.query<{ id: number | null }>(
    sql`select max(${papers.id}) as id from ${papers}`,
  )
  return last?.id ?? 1
}
