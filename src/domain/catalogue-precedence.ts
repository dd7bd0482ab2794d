import sql from 'sql-template-tag'
import { LOCKS, takeLock } from '../db/locks.ts'
import { type Transaction, transaction } from '../db/transaction.ts'
import { remakePapers } from './catalogue-write.ts'
import { refreshCitationCounts } from './citation-count.ts'
import { PRECEDENCE_VERSION } from './precedence.ts'

/** Papers made anew in one transaction: other writers wait as long. */
const BATCH_SIZE = 200

/**
 * Makes papers of several records anew that were made by an older precedence, batch by batch; it may be cut off anywhere,
 * and goes on there when it is called again. Done at once where there are none.
 */
export async function followPrecedence(url: string, signal?: AbortSignal): Promise<void> {
  let isDone = false
  let hasChanged = false
  while (!isDone && !signal?.aborted) {
    const count = await transaction(url, followSome)
    hasChanged ||= count > 0
    isDone = count === 0
  }
  if (hasChanged && !signal?.aborted) await refreshCitationCounts(url)
}

async function followSome(tx: Transaction): Promise<number> {
  const [rules] = await tx.query<{ version: number; through: number | null }>(sql`
    select precedence_version as version, remade_through as through from catalogue_rules`)
  if (rules?.version === PRECEDENCE_VERSION && rules.through === null) return 0
  await takeLock(tx, LOCKS.write)
  const from = rules?.version === PRECEDENCE_VERSION ? (rules.through ?? 0) : 0
  const papers = await tx.query<{ id: number }>(sql`
    select paper_id as id from source_records where paper_id > ${from}::bigint
    group by paper_id having count(*) > 1 order by paper_id limit ${BATCH_SIZE}::int`)
  const ids = papers.map(({ id }) => id)
  await remakePapers(tx, ids)
  await tx.query(sql`
    update catalogue_rules set precedence_version = ${PRECEDENCE_VERSION}::int,
      remade_through = ${ids.at(-1) ?? null}::bigint`)
  return ids.length
}
