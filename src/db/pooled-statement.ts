import pg from 'pg'
import { connectionConfig, destroy, isUnreachable, unreachable } from './connection.ts'
import { type NamedStatement, TextQuery } from './text-query.ts'

/** How long an idle connection is kept open. */
const IDLE_MS = 60_000

export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({ idleTimeoutMillis: IDLE_MS, ...config })
  // A connection lost while idle leaves the pool by itself, and nobody waits for it.
  return pool.on('error', () => {})
}

/** Maximum duration of a statement on the control connection. */
const CONTROL_MS = 2_000

/** Statements on a connection that no request uses, so that they are answered while all others are busy. */
export interface Control {
  /** Ends another connection, with its running and its sent statements. Never rejects. */
  cancel(client: pg.ClientBase): Promise<void>
  /** Rejects unless the database answers in time. */
  ping(): Promise<void>
  close(): Promise<void>
}

export function openControl(url: string): Control {
  const pool = openPool({
    ...connectionConfig(url, { statementTimeoutMs: CONTROL_MS }),
    connectionTimeoutMillis: CONTROL_MS,
    query_timeout: CONTROL_MS,
    max: 1,
  })
  return {
    async cancel(client) {
      const { processID } = client as unknown as { processID: number }
      // Nobody needs the error with which the connection ends.
      client.on('error', () => {})
      // The connection is not used again. pg_cancel_backend would miss a statement that the server has not read yet.
      await pool.query('select pg_terminate_backend($1::int)', [processID]).catch(() => {})
    },
    async ping() {
      await pool.query('select 1')
    },
    close: () => pool.end(),
  }
}

/** Sends a statement on a connection, and calls `done` once with the result or the error. */
export type Send<Result> = (client: pg.PoolClient, done: Done<Result>) => void
type Done<Result> = (error: Error | null, result: Result) => void

/** Sends a statement that returns rows. */
export function rowsOf(statement: NamedStatement): Send<unknown[]> {
  return (client, done) => {
    const running: Promise<pg.QueryResult> = client.query({
      ...statement,
      queryMode: 'extended',
    } as never)
    running.then(
      ({ rows }) => done(null, rows),
      (error) => done(error, []),
    )
  }
}

/** Sends a statement that returns rows as arrays of values. */
export function arraysOf(statement: NamedStatement): Send<unknown[]> {
  return rowsOf({ ...statement, rowMode: 'array' } as NamedStatement)
}

/** Sends a statement that returns one text. */
export function textOf(statement: NamedStatement): Send<string | null> {
  return (client, done) => {
    client.query(new TextQuery(statement, done))
  }
}

export interface PooledStatement<Result> {
  pool: pg.Pool
  send: Send<Result>
  signal: AbortSignal
  /** Generation of the prepared statements. A connection that began with an earlier one is closed after this statement. */
  generation: number
  cancel: Control['cancel']
  /** Called once when the database has finished the statement; if the signal was aborted, the promise rejects earlier. */
  onOver: () => void
}

const generations = new WeakMap<pg.PoolClient, number>()

/**
 * Runs one statement on a connection of its own until the database has finished it. When the signal is aborted, it rejects with the
 * signal's reason at once, cancels the statement, and closes the connection for good, so that a late cancellation cannot hit another
 * statement.
 */
export async function runStatement<Result>(statement: PooledStatement<Result>): Promise<Result> {
  const { send, signal, generation, cancel, onOver } = statement
  const client = await takeClient(statement)
  const first = generations.get(client) ?? generation
  generations.set(client, first)
  const release = (isSpent: boolean) => {
    client.release(isSpent || first !== generation)
    onOver()
  }
  return await new Promise((resolve, reject) => {
    let isAborted = false
    const onAbort = () => {
      isAborted = true
      reject(signal.reason)
      void cancel(client).then(() => {
        destroy(client)
        release(true)
      })
    }
    const settle = (isSpent: boolean) => {
      if (isAborted) return false
      signal.removeEventListener('abort', onAbort)
      release(isSpent)
      return true
    }
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    send(client, (error, result) => {
      if (!settle(error !== null && isUnreachable(error))) return
      if (error) reject(error)
      else resolve(result)
    })
  })
}

/** Takes a connection from the pool, or opens one. A connection that arrives after the signal was aborted returns to the pool. */
export async function takeClient({
  pool,
  signal,
  onOver,
}: Pick<PooledStatement<unknown>, 'pool' | 'signal' | 'onOver'>): Promise<pg.PoolClient> {
  const taking = pool.connect()
  return await new Promise((resolve, reject) => {
    const onAbort = () => {
      reject(signal.reason)
      taking
        .then((client) => client.release())
        .catch(() => {})
        .finally(onOver)
    }
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    taking.then(
      (client) => {
        if (signal.aborted) return
        signal.removeEventListener('abort', onAbort)
        resolve(client)
      },
      (cause) => {
        if (signal.aborted) return
        signal.removeEventListener('abort', onAbort)
        onOver()
        reject(unreachable(cause))
      },
    )
  })
}
