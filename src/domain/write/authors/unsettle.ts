import { orm } from '../../../db/orm.ts'
import { unsettledNames } from '../../../db/tables/people.ts'
import type { Transaction } from '../../../db/transaction.ts'
import type { WrittenBylines } from './authors.ts'

/** A paper whose row was written, and which fields of it changed, as the change log calls them. */
interface WrittenPaper {
  id: number
  isNew: boolean
  fields: string
}

/** What evidence reads of the row of a paper. */
const EVIDENT = ['title', 'publishedOn', 'venue']

/**
 * Notes the names of which evidence has something else to say, for `settlePeople`: those of bylines that changed, of papers that are new or
 * of which something changed that it reads, and of these `papers`.
 */
export async function unsettleNames(
  tx: Transaction,
  { changed, names }: WrittenBylines,
  { rows, papers }: { rows: readonly WrittenPaper[]; papers: readonly number[] },
): Promise<void> {
  const stirred = rows.flatMap(({ id, isNew, fields }) =>
    isNew || fields.split(' ').some((field) => EVIDENT.includes(field)) ? [id] : [],
  )
  const own = [...changed, ...stirred, ...papers].flatMap((id) => [...(names.get(id) ?? [])])
  if (own.length > 0)
    await orm(tx)
      .insert(unsettledNames)
      .values({ names: [...new Set(own)] })
}
