import { alias, type Sql, sql } from '../../../db/sql.ts'
import { papers } from '../../../db/tables/papers.ts'

const p = alias(papers, 'p')

const YEAR = /^\(?((?:19|20)\d\d)[a-z]?[),.;:]*$/

/** The year that a word of a query may be, also as references have it: `2017`, `(2017)`, `2017a,`. */
export function yearIn(word: string): number | null {
  const [, year] = YEAR.exec(word) ?? []
  return year === undefined ? null : Number(year)
}

/** Share of the papers that a year is taken to have. */
export const SHARE_OF_YEAR = 0.05

/** Whether the paper `p` came out in one of these years. */
export const isOfYears = (years: readonly number[]): Sql =>
  sql`extract(year from ${p.publishedOn}) = any(${years}::int[])`
