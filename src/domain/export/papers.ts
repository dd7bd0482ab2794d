import { alias, empty, join, raw, type Sql, sql } from '../../db/sql.ts'
import { papers } from '../../db/tables/papers.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import type { Transaction } from '../../db/transaction.ts'
import { AppError, badInput, quote } from '../../errors.ts'
import { NEWEST } from '../papers/list.ts'
import { isAmongSql } from '../record/merge/licence.ts'
import { planSearch } from '../search/search.ts'
import { similarNames } from './unmatched.ts'

const s = alias(sourceRecords, 's')
const p = alias(papers, 'p')

/** The papers to export, in a snapshot. */
export interface ExportedPapers {
  count: number
  /** Whether no filter was given, so that data without a paper is exported too. */
  isWhole: boolean
  /** A query for the ids of the papers, without an order. */
  ids: Sql
  /** Licences whose records are left out. */
  excluded: readonly string[]
}

/**
 * Chooses papers by a query of the search language, all for an empty one. Leaves out papers without a titled record
 * under the remaining licences. Throws BAD_USER_INPUT with the position of an error in the query, and NOT_FOUND if no paper
 * matches it.
 */
export async function choosePapers(
  tx: Transaction,
  query: string,
  excluded: readonly string[],
): Promise<ExportedPapers> {
  const { plan } = await planSearch(tx, { query, mode: 'strict', filter: {}, order: NEWEST })
  const isWhole = query.trim() === ''
  if (!isWhole && plan.text === null && plan.conditions.length === 0)
    throw badInput(
      `The filter ${quote(query)} has only words that are too common to search for; expected others, such as topic:parsing.`,
    )
  const allowed = sql`exists (select from ${s} where ${s.paperId} = ${p.id}
    and ${s.record}->>'title' <> '' and not ${isAmongSql(sql`${s.licence}`, excluded.map(lower))})`
  const conditions = [
    ...(plan.text === null ? [] : [sql`${p.search} @@ ${plan.text}::tsquery`]),
    ...plan.conditions,
    ...(excluded.length === 0 ? [] : [allowed]),
  ]
  const where = conditions.length === 0 ? empty : sql` where ${join(conditions, ' and ')}`
  const ids = sql`select ${p.id} from ${p}${where}`
  const [row] = await tx.query<{ count: number }>(
    sql`select count(*)::int as count from (${ids}) p`,
  )
  const count = row?.count ?? 0
  if (count === 0 && !isWhole)
    throw new AppError(
      'NOT_FOUND',
      `No paper matches the filter ${quote(query)}.${await similarNames(tx, query)}`,
    )
  return { count, isWhole, ids, excluded }
}

const lower = (text: string) => text.toLowerCase()

let cursors = 0

/** The rows of a query in batches, through a cursor: the query is planned and run once, and only one batch is in memory. */
export async function* inBatches<Row extends object>(
  tx: Transaction,
  query: Sql,
  size: number,
): AsyncGenerator<Row[]> {
  const cursor = raw(`exported_${++cursors}`)
  await tx.query(sql`declare ${cursor} no scroll cursor for ${query}`)
  for (;;) {
    const rows = await tx.query<Row>(sql`fetch ${raw(String(size))} from ${cursor}`)
    if (rows.length > 0) yield rows
    if (rows.length < size) break
  }
  await tx.query(sql`close ${cursor}`)
}
