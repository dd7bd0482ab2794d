import { DrizzleQueryError } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { PgRemoteDatabase, PgRemoteSession } from 'drizzle-orm/pg-proxy'
import type { Database } from './client.ts'
import type { Transaction } from './transaction.ts'

/**
 * Drizzle's query builder on a pool or in a transaction, for tables that are read and written row by row:
 * `orm(db).select().from(savedQueries)`. Use `db.transaction` for a transaction; Drizzle's own is not available.
 *
 * Await a query where it is built. It runs its statement each time it is awaited, so a query returned to graphql-js runs twice.
 */
export function orm(on: Pick<Database, 'query'> | Transaction): PgRemoteDatabase {
  const session = new PgRemoteSession<Tables, Tables>(
    async (text, values, method) => ({
      rows: await on.query({ text, values }, { asArrays: method === 'all' }),
    }),
    DIALECT,
    undefined,
  )
  const prepare = session.prepareQuery.bind(session)
  session.prepareQuery = ((...args) => withOwnErrors(prepare(...args))) as typeof prepare
  return new PgRemoteDatabase(DIALECT, session, undefined)
}

type Tables = Record<string, never>

const DIALECT = new PgDialect()

/** Rejects with the error of the database. Drizzle wraps it with the statement and its values, which no caller expects. */
function withOwnErrors<Query extends { execute(values?: Values): Promise<unknown> }>(query: Query) {
  const execute = query.execute.bind(query)
  query.execute = (values) =>
    execute(values).catch((error: unknown) => {
      throw error instanceof DrizzleQueryError ? error.cause : error
    })
  return query
}

type Values = Record<string, unknown>
