import { join, type Sql, sql } from '../../db/sql.ts'
import { allLinked, linkedPapers } from './fields/field.ts'
import { meaningOf } from './fields/fields.ts'
import type { FieldLeaf } from './tokens.ts'

/** Most fields of a query whose papers are read before it: the others are looked for as the search goes. */
const MOST_READ = 8

/**
 * The ids of the papers that each field links to, as an expression in JSON. A search that knows them, and how many they are, reads
 * these papers where they are few; else it would try the condition on paper after paper, and on all where none meets it.
 */
export function linkedIds(links: readonly FieldLeaf[]): Sql {
  const arrays = links.slice(0, MOST_READ).flatMap(({ field, value }) => {
    const meaning = meaningOf(field, value)
    return 'from' in meaning ? [sql`array(${linkedPapers(meaning)})`] : []
  })
  return arrays.length === 0 ? sql`null` : sql`json_build_array(${join(arrays)})`
}

/** The ids that were read, by field; none where they were too many to read. */
export function linkedByField(
  links: readonly FieldLeaf[],
  read: readonly (readonly number[])[],
): Map<FieldLeaf, readonly number[]> {
  return new Map(
    links.flatMap((leaf, i) => {
      const ids = allLinked(read[i] ?? [])
      return ids && i < read.length ? [[leaf, ids]] : []
    }),
  )
}
