import { setImmediate } from 'node:timers/promises'
import { isEqual } from 'es-toolkit'
import type { Writer } from '../../../../db/transaction.ts'
import { type PersonsOf, personsIn, type ReadRow, readBlocks } from './blocks.ts'

/**
 * Clusters the next names while PostgreSQL still writes the previous ones. Blocks that change before their own transaction are clustered again
 * there, so that the result equals that of `personsIn`.
 */
export async function clusterAhead(
  reader: Writer,
  names: string[],
  signal?: AbortSignal,
): Promise<PersonsOf> {
  const known = new Map<string, Map<string, Clustered>>()
  for (const block of await reader.transaction((tx) => readBlocks(tx, names))) {
    if (signal?.aborted) break
    const persons = personsIn(block)
    known.set(
      nameOf(block),
      new Map(block.map((row) => [placeOf(row), { row, person: persons.get(row) }])),
    )
    // The transaction in progress sends its next statement first.
    await setImmediate()
  }
  return (block) => {
    const clustered = known.get(nameOf(block)) ?? new Map<string, Clustered>()
    if (clustered.size !== block.length) return personsIn(block)
    const persons = new Map<ReadRow, number>()
    for (const row of block) {
      const found = clustered.get(placeOf(row))
      if (!found || !sayTheSame(found.row, row)) return personsIn(block)
      if (found.person !== undefined) persons.set(row, found.person)
    }
    return persons
  }
}

interface Clustered {
  row: ReadRow
  person: number | undefined
}

const nameOf = (block: readonly ReadRow[]) => block[0]?.name_block ?? ''

const placeOf = ({ paper_id, position }: ReadRow) => `${paper_id} ${position}`

/** Whether two rows of one place are equal, apart from the columns that clustering decides. */
const sayTheSame = (
  { author_id: _a, person: _p, ...one }: ReadRow,
  { author_id: _b, person: _q, ...other }: ReadRow,
) => isEqual(one, other)
