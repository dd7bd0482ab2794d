import { empty, join, raw, type Sql, sql } from '../../db/sql.ts'
import { allLinked, linkedPapers } from './fields/field.ts'
import { meaningOf } from './fields/fields.ts'
import type { FieldLeaf } from './tokens.ts'

/** Most fields of a query whose papers are read before it: the others are looked for as the search goes. */
const MOST_READ = 8

/** Papers that fields link to, for a statement: what stands before it, and expressions in it. */
export interface Linked {
  with: Sql
  /** The ids of the papers that each field links to, in JSON. */
  ids: Sql
  /** Whether one that every paper has to meet links to few; null where it is known that none does. */
  areFew: Sql | null
}

/**
 * The papers that fields of a query link to. A search that knows them, and how many they are, reads these papers where they are few;
 * else it would try the condition on paper after paper, and on all where none meets it. All that is found meets one of each list that is
 * `required`; they are few if these are at most `most`.
 */
export function linkedIds(
  links: readonly FieldLeaf[],
  required: readonly FieldLeaf[][],
  most: number,
): Linked {
  const read = links.slice(0, MOST_READ).flatMap((leaf) => {
    const meaning = meaningOf(leaf)
    return 'from' in meaning ? [{ leaf, meaning }] : []
  })
  if (read.length === 0) return { with: empty, ids: sql`null`, areFew: null }
  const names = read.map((_, i) => raw(`of_${i}`))
  const arrays = read.map(({ meaning }, i) => sql`array(${linkedPapers(meaning)}) as ${names[i]}`)
  const nameOf = new Map(read.map(({ leaf }, i) => [leaf, names[i]]))
  const few = required.flatMap((choices) => {
    const sizes = choices.flatMap((leaf) => nameOf.get(leaf) ?? [])
    if (sizes.length < choices.length) return []
    const sum = join(
      sizes.map((name) => sql`cardinality(${name})`),
      ' + ',
    )
    return [sql`${sum} <= ${most}::int`]
  })
  return {
    with: sql`with linked as materialized (select ${join(arrays)})`,
    ids: sql`(select json_build_array(${join(names)}) from linked)`,
    areFew: few.length === 0 ? null : sql`(select ${join(few, ' or ')} from linked)`,
  }
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
