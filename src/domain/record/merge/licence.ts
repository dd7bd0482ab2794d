import { type Sql, sql } from '../../../db/sql.ts'
import { UNKNOWN_LICENCE } from '../../../db/tables/vocabulary.ts'
import type { PaperRecord } from '../paper-record.ts'
import { type MergedPaper, mergeRecords } from './merge.ts'

/** Whether a licence is in a list, ignoring case. */
export function isAmong(licence: string | null, licences: readonly string[]): boolean {
  const name = (licence ?? UNKNOWN_LICENCE).toLowerCase()
  return licences.some((other) => other.toLowerCase() === name)
}

/** `isAmong` in SQL, for licences in lower case. */
export function isAmongSql(licence: Sql, licences: readonly string[]): Sql {
  return sql`coalesce(lower(${licence}), ${UNKNOWN_LICENCE}::text) = any(${licences}::text[])`
}

/**
 * The paper merged from these records without those under some licences; null if none of the remaining records
 * has a title. Records are not regrouped: those that only an excluded one joined stay one paper.
 */
export function mergeWithout(
  records: readonly PaperRecord[],
  licences: readonly string[],
): MergedPaper | null {
  const allowed = records.filter(({ licence }) => !isAmong(licence, licences))
  return allowed.some(({ title }) => title !== '') ? mergeRecords(allowed) : null
}
