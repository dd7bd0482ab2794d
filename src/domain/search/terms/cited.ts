import { join, type Sql, sql } from '../../../db/sql.ts'
import { betweenYears } from '../../papers/filter.ts'

const YEAR = /^\(?((?:19|20)\d\d)[a-z]?[),.;:]*$/

/** The year in a word of a query, also in the form of references: `2017`, `(2017)`, `2017a,`. */
export function yearIn(word: string): number | null {
  const [, year] = YEAR.exec(word) ?? []
  return year === undefined ? null : Number(year)
}

/** The assumed share of papers of a year. */
export const SHARE_OF_YEAR = 0.05

/** Condition: the paper `p` was published in one of these years. */
export const inYears = (years: readonly number[]): Sql =>
  sql`(${join(
    years.map((year) => betweenYears(year, year)),
    ' or ',
  )})`
