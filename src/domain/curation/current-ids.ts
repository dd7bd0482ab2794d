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

/** Where the current id of an object is found: its own row, or the row that the id redirects to. */
const SOURCES = {
  Author: {
    own: sql`select ${a.id} from ${a} where ${a.id} = w.id`,
    other: sql`select ${a.id} from ${d} join ${a} on ${a.id} = ${d.authorId} where ${d.id} = w.id`,
  },
  Paper: {
    own: sql`select ${p.id} from ${p} where ${p.id} = w.id`,
    other: sql`select ${e.paperId} from ${e} where ${e.id} = w.id`,
  },
}

/**
 * The ids that authors have now, each once. A decision waits for other writers, and an import may have joined authors after these were looked up. Call it
 * under the write lock. Throws BAD_USER_INPUT for an author who is gone.
 */
export const authorsNow = (tx: Transaction, ids: readonly number[]): Promise<number[]> =>
  idsNow(tx, 'Author', ids)

/** Like `authorsNow`, for papers. */
export const papersNow = (tx: Transaction, ids: readonly number[]): Promise<number[]> =>
  idsNow(tx, 'Paper', ids)

async function idsNow(
  tx: Transaction,
  type: 'Author' | 'Paper',
  ids: readonly number[],
): Promise<number[]> {
  const { own, other } = SOURCES[type]
  const rows = await tx.query<{ id: number; now: number | null }>(sql`
    select w.id, coalesce((${own}), (${other})) as now
    from unnest(${[...ids]}::bigint[]) with ordinality as w(id, place) order by w.place`)
  const current = rows.map(({ id, now }) => {
    if (now === null)
      throw badInput(
        `The ${type.toLowerCase()} ${globalId(type, id)} was deleted or merged differently by an import that ran meanwhile; look it up again.`,
      )
    return now
  })
  return [...new Set(current)]
}
