import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Statement } from './client.ts'
import { destroy, isUnreachable } from './connection.ts'
import { type Control, takeClient } from './pooled-statement.ts'
import type { Transaction } from './transaction.ts'

export interface PooledTransaction<T> {
  pool: pg.Pool
  work: (tx: Transaction) => Promise<T>
  signal: AbortSignal
  cancel: Control['cancel']
  /** Called with each statement of `work` before it is sent. */
  onStatement?: ((text: string) => void) | undefined
}

/** How long a COMMIT may take after the signal was aborted, before its connection is given up. */
const COMMIT_MS = 2_000

/** The server ends a transaction whose client says nothing for so long, so that its locks do not stay. */
const BEGIN = 'begin; set local idle_in_transaction_session_timeout = 10000'

/**
 * Runs `work` in one transaction on a connection of the pool: all of it is committed, or none. When the signal is aborted
 * before COMMIT was sent, it rejects with the signal's reason at once; the running statement is cancelled, and the connection
 * closed, which rolls back.
 */
export async function runTransaction<T>(transaction: PooledTransaction<T>): Promise<T> {
  const { pool, signal, cancel } = transaction
  const client = await takeClient({ pool, signal, onOver: () => {} })
  // A connection that is lost between two statements would end the process; the next statement says so.
  client.on('error', ignore)
  return await new Promise((resolve, reject) => {
    let isAborted = false
    let isCommitting = false
    const release = (isSpent: boolean) => {
      client.release(isSpent)
      client.off('error', ignore)
    }
    const giveUp = async () => {
      await cancel(client)
      destroy(client)
      release(true)
    }
    const onAbort = () => {
      // What COMMIT comes to is told, unless it takes too long.
      if (isCommitting) {
        void delay(COMMIT_MS, undefined, { ref: false }).then(() => isCommitting && destroy(client))
        return
      }
      isAborted = true
      reject(signal.reason)
      void giveUp()
    }
    const settle = (isSpent: boolean) => {
      isCommitting = false
      signal.removeEventListener('abort', onAbort)
      release(isSpent)
    }
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    run(client, transaction, () => {
      signal.throwIfAborted()
      isCommitting = true
    }).then(
      (result) => {
        if (isAborted) return
        settle(false)
        resolve(result)
      },
      (error) => {
        if (isAborted) return
        const isLost = isCommitting || isUnreachable(error)
        // A connection whose COMMIT failed is not asked for more.
        const rollback = isLost ? Promise.reject(error) : client.query('rollback')
        rollback.then(
          () => settle(false),
          () => settle(true),
        )
        reject(error)
      },
    )
  })
}

const ignore = () => {}

async function run<T>(
  client: pg.PoolClient,
  { work, signal, onStatement }: PooledTransaction<T>,
  onCommit: () => void,
): Promise<T> {
  const last: (() => Promise<void>)[] = []
  const beforeCommit = (one: () => Promise<void>) => void last.push(one)
  let failure: unknown
  let isOver = false
  async function query<Row extends object>(
    { text, values }: Statement,
    { asArrays = false } = {},
  ): Promise<Row[]> {
    if (isOver) throw new Error('The transaction is over; no statement can follow.')
    signal.throwIfAborted()
    if (failure) throw failure
    onStatement?.(text)
    try {
      const rowMode = asArrays ? { rowMode: 'array' } : {}
      const { rows } = await client.query({ text, values: [...values], ...rowMode })
      return rows as Row[]
    } catch (error) {
      failure ??= error
      throw error
    }
  }
  await client.query(BEGIN)
  try {
    const result = await work({ query, beforeCommit })
    for (const one of last) await one()
    // One that `work` caught has ended the transaction all the same.
    if (failure) throw failure
    onCommit()
    isOver = true
    await client.query('commit')
    return result
  } finally {
    isOver = true
  }
}
