import { sql } from '../../db/sql.ts'
import { papers } from '../../db/tables/papers.ts'
import type { Transaction } from '../../db/transaction.ts'

/** The greatest id of a paper, by which a pass over all of them tells how far it is; 1 where there are none. */
export async function lastPaper(tx: Transaction): Promise<number> {
  const [last] = await tx.query<{ id: number | null }>(
    sql`select max(${papers.id}) as id from ${papers}`,
  )
  return last?.id ?? 1
}
