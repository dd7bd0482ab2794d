import { alias, sql } from '../../db/sql.ts'
import { authorRedirects, authors } from '../../db/tables/authors.ts'
import { paperRedirects, papers } from '../../db/tables/papers.ts'
import type { Transaction } from '../../db/transaction.ts'
import { badInput } from '../../errors.ts'
import { globalId } from '../../sql/global-id.ts'

const a = alias(authors, 'a')
const p = alias(papers, 'p')
const d = alias(authorRedirects, 'd')
const e = alias(paperRedirects, 'e')

/**
 * The ids that authors have now, each once. A decision waits for other writers, and an import may have joined authors after these were looked up. Call it
 * under the write lock. Throws BAD_USER_INPUT for an author who is gone.
 */
export async function authorsNow(tx: Transaction, ids: readonly number[]): Promise<number[]> {
  const rows = await tx.query<Row>(sql`
    select w.id, coalesce((select ${a.id} from ${a} where ${a.id} = w.id),
      (select ${a.id} from ${d} join ${a} on ${a.id} = ${d.authorId} where ${d.id} = w.id)) as now
    from unnest(${[...ids]}::bigint[]) with ordinality as w(id, place) order by w.place`)
  return nowOf('Author', rows)
}

/** Like `authorsNow`, for papers. */
export async function papersNow(tx: Transaction, ids: readonly number[]): Promise<number[]> {
  const rows = await tx.query<Row>(sql`
    select w.id, coalesce((select ${p.id} from ${p} where ${p.id} = w.id),
      (select ${e.paperId} from ${e} where ${e.id} = w.id)) as now
    from unnest(${[...ids]}::bigint[]) with ordinality as w(id, place) order by w.place`)
  return nowOf('Paper', rows)
}

interface Row {
  id: number
  now: number | null
}

function nowOf(type: 'Author' | 'Paper', rows: readonly Row[]): number[] {
  const ids = rows.map(({ id, now }) => {
    if (now === null)
      throw badInput(
        `The ${type.toLowerCase()} ${globalId(type, id)} was deleted or merged differently by an import that ran meanwhile; look it up again.`,
      )
    return now
  })
  return [...new Set(ids)]
}
