import { type Column, type SQL, sql } from 'drizzle-orm'

/** Values of columns for `set` and `values` of Drizzle's query builder (`tx.drizzle`). */

/** The start of the transaction. */
export const now: SQL = sql`now()`

/** What the column holds, and more. */
export const plus = (column: Column, more: number): SQL => sql`${column} + ${more}`
