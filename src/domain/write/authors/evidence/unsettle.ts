import { orm } from '../../../../db/orm.ts'
import { unsettledNames } from '../../../../db/tables/people.ts'
import type { Transaction } from '../../../../db/transaction.ts'
import type { WrittenBylines } from '../authors.ts'

/** Notes the names whose evidence changed, for `settlePeople`: those in changed bylines and on these `papers`. */
export async function unsettleNames(
  tx: Transaction,
  { changed, names }: WrittenBylines,
  papers: readonly number[],
): Promise<void> {
  const own = [...changed, ...papers].flatMap((id) => [...(names.get(id) ?? [])])
  if (own.length > 0)
    await orm(tx)
      .insert(unsettledNames)
      .values({ names: [...new Set(own)] })
}
