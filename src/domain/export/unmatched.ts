import type { Transaction } from '../../db/transaction.ts'
import { parseSearchQuery } from '../search/query.ts'
import { namedLeaves, similarName } from '../search/similar-names.ts'

/** A hint such as ` Did you mean topic:parsing?` for a query that no paper matches; empty if no name is similar. */
export async function similarNames(tx: Transaction, query: string): Promise<string> {
  const hints: string[] = []
  for (const leaf of namedLeaves(parseSearchQuery(query, 'strict'))) {
    const near = await similarName(tx, leaf)
    if (near !== null) hints.push(near)
  }
  return hints.length === 0 ? '' : ` Did you mean ${hints.join(' and ')}?`
}
