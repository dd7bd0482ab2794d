import { join, type Sql, sql } from '../../../db/sql.ts'
import { betweenYears } from '../../papers/filter.ts'

const YEAR = /^\(?((?:19|20)\d\d)[a-z]?[),.;:]*$/

/** The year that a word of a query may be, also as references have it: `2017`, `(2017)`, `2017a,`. */
export function yearIn(word: string): number | null {
  const [, year] = YEAR.exec(word) ?? []
  return year === undefined ? null : Number(year)
}

/** Share of the papers that a year is taken to have. */
export const SHARE_OF_YEAR = 0.05

/** Condition: the paper `p` came out in one of these years. */
export const inYears = (years: readonly number[]): Sql =>
  sql`(${join(
    years.map((year) => betweenYears(year, year)),
    ' or ',
  )})`
