import type { Sql } from 'sql-template-tag'
import { AppError } from '../errors.ts'
import { openClient } from './client.ts'

/** What a write may do: run statements, one after the other, on the connection of its transaction. */
export interface Transaction {
  query<Row extends object>(statement: Sql): Promise<Row[]>
}

/** Longest to wait for a finished connection to say goodbye; the driver's own `end` may never settle. */
const GOODBYE_MS = 2_000

/**
 * Runs `work` in one transaction on a connection of its own: all of it is committed, or none. Rejects with
 * what `work` threw, with the database's error, or with an UNAVAILABLE `AppError` when the connection is lost.
 *
 * postgres.js reconnects on its own, and a statement handed to it after the connection died would run, and
 * be committed, outside the transaction. So statements queue here, one in flight at a time; after the first
 * failure, or once the connection closed, none is handed on, COMMIT included.
 */
export async function transaction<T>(
  url: string,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const session = openSession(url)
  try {
    await session.run('begin', []).catch((cause) => {
      throw unavailable(cause)
    })
    const result = await Promise.race([
      work({ query: (statement) => session.run(statement.text, statement.values) }),
      session.lost,
    ])
    await session.run('commit', [])
    return result
  } finally {
    // No ROLLBACK is needed: closing the connection rolls back whatever was not committed.
    await session.close()
  }
}

interface Session {
  run<Row extends object>(text: string, values: unknown[]): Promise<Row[]>
  /** Never resolves; rejects when the connection closes. */
  lost: Promise<never>
  close(): Promise<void>
}

function openSession(url: string): Session {
  const { promise: lost, reject } = lostSignal()
  let broken: unknown = null
  let isLost = false
  const onclose = () => {
    isLost = true
    broken ??= unavailable()
    reject(broken)
  }
  const client = openClient(url, { poolSize: 1, statementTimeoutMs: 0, onclose })
  let turn: Promise<unknown> = Promise.resolve()

  async function send<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    if (broken !== null) throw broken
    try {
      return await Promise.race([client.unsafe<Row[]>(text, values as never[]), lost])
    } catch (error) {
      isLost ||= isConnectionFault(error)
      broken ??= isLost ? unavailable(error) : error
      throw broken
    }
  }

  return {
    lost,
    run<Row extends object>(text: string, values: unknown[]) {
      const result = turn.then(() => send<Row>(text, values))
      turn = result.catch(() => {})
      return result
    },
    async close() {
      broken ??= new Error('The transaction is over; no statement can follow.')
      const ended = client.end({ timeout: isLost ? 0 : 1 }).catch(() => {})
      // A connection that is gone says no goodbye: the driver would wait out its time.
      if (!isLost) await Promise.race([ended, delay(GOODBYE_MS)])
    },
  }
}

function lostSignal() {
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<never>((_, fail) => {
    reject = fail
  })
  // The connection also closes after a commit, when nobody listens any more.
  promise.catch(() => {})
  return { promise, reject }
}

/** Errors of the driver and the socket carry words, those of the server a five-character SQLSTATE. */
function isConnectionFault(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && (!/^[0-9A-Z]{5}$/.test(code) || code.startsWith('57P'))
}

function unavailable(cause?: unknown): AppError {
  const message = 'The database cannot be reached; nothing of this write was kept. Try again later.'
  return new AppError('UNAVAILABLE', message, cause === undefined ? undefined : { cause })
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}
