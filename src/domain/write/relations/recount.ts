import { alias, sql } from '../../../db/sql.ts'
import { venues } from '../../../db/tables/papers.ts'
import { repositories } from '../../../db/tables/repositories.ts'
import { topics } from '../../../db/tables/topics.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { dropRepositories } from '../../repositories/former.ts'
import { dropFormer } from './former.ts'
import type { Gains } from './relations.ts'

const c = alias(topics, 'c')

/**
 * Updates the paper counts of these venues, topics and repositories, and deletes those that no paper needs any more. Adds gains and losses,
 * because counting a common topic would take longer with each paper that it gets.
 */
export async function recount(
  tx: Transaction,
  gains: { venues: Gains; topics: Gains; repositories: Gains },
): Promise<void> {
  await recountOf(tx, venues, gains.venues)
  await recountOf(tx, topics, gains.topics)
  await recountOf(tx, repositories, gains.repositories)
}

async function recountOf(
  tx: Transaction,
  table: typeof venues | typeof topics | typeof repositories,
  gains: Gains,
): Promise<void> {
  const t = alias(table as typeof venues, 't')
  const rows = [...gains].filter(([, gain]) => gain !== 0)
  if (rows.length === 0) return
  await tx.query(sql`
    update ${t} set ${table.paperCount} = ${t.paperCount} + r.gain
    from unnest(${rows.map(([id]) => id)}::bigint[], ${rows.map(([, gain]) => gain)}::int[]) as r(id, gain)
    where ${t.id} = r.id`)
  const poorer = rows.flatMap(([id, gain]) => (gain < 0 ? id : []))
  if (poorer.length === 0) return
  const isUnused = sql`${t.id} = any(${poorer}::bigint[]) and ${t.paperCount} = 0`
  if (table === topics) await dropTopics(tx, poorer)
  else if (table === venues) await dropFormer(tx, 'venues', isUnused)
  else await dropRepositories(tx, isUnused)
}

/** Deletes topics without papers and children, then parents that only these needed. */
export async function dropTopics(tx: Transaction, ids: number[]): Promise<void> {
  const t = alias(topics, 't')
  let left = ids
  while (left.length > 0) {
    const parents = await dropFormer<number | null>(
      tx,
      'topics',
      sql`${t.id} = any(${left}::bigint[]) and ${t.paperCount} = 0
        and not exists (select from ${c} where ${c.parentId} = ${t.id})`,
      'parent_id',
    )
    left = [...new Set(parents.flatMap((id) => id ?? []))]
  }
}
