import { type Column, type SQL, sql } from 'drizzle-orm'

/** Column values for `set` and `values` of Drizzle's query builder. */

/** The start time of the transaction. */
export const now: SQL = sql`now()`

/** The value of the column plus `more`. */
export const plus = (column: Column, more: number): SQL => sql`${column} + ${more}`
