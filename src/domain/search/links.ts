import { empty, join, raw, type Sql, sql } from '../../db/sql.ts'
import { allLinked, linkedPapers } from './fields/field.ts'
import { meaningOf } from './fields/fields.ts'
import type { FieldLeaf } from './tokens.ts'

/** Maximum number of fields whose linked papers are read before the search; the others are checked during it. */
const MOST_READ = 8

/** The parts of a statement that read the papers that fields link to. */
export interface Linked {
  with: Sql
  /** The ids of the linked papers by field, as JSON. */
  ids: Sql
  /** Whether a required field links to few papers; null if known that none does. */
  areFew: Sql | null
}

/**
 * Reads the papers that fields of a query link to. If they are few, the search reads just these papers; otherwise it would check the condition
 * on one paper after another, on all of them if none meets it. Each result meets at least one field of each list in `required`; a list links
 * to few papers if these are at most `most`.
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

/** The ids that were read, by field; fields with too many are missing. */
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
