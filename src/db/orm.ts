import { drizzle } from 'drizzle-orm/pg-proxy'
import type { Database } from './client.ts'
import type { Transaction } from './transaction.ts'

/**
 * Drizzle's query builder on a pool or in a transaction, for tables that are read and written row by row:
 * `orm(db).select().from(savedQueries)`. A transaction is `db.transaction`; Drizzle's own is not available.
 */
export function orm(on: Pick<Database, 'query'> | Transaction) {
  return drizzle(async (text, values, method) => ({
    rows: await on.query({ text, values }, { asArrays: method === 'all' }),
  }))
}
