import { orm } from '../../../../db/orm.ts'
import { unsettledNames } from '../../../../db/tables/people.ts'
import type { Transaction } from '../../../../db/transaction.ts'
import type { WrittenBylines } from '../authors.ts'

/** Notes the names of which evidence has something else to say, for `settlePeople`: those of bylines that changed, and of these `papers`. */
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
