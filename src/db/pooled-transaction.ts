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

/** Maximum time of a COMMIT after the signal was aborted; then its connection is destroyed. */
const COMMIT_MS = 2_000

/** The server ends a transaction that is idle for this long, so that its locks are released. */
const BEGIN = 'begin; set local idle_in_transaction_session_timeout = 10000'

/**
 * Runs `work` in one transaction on a connection of the pool: all of it is committed, or nothing. If the signal is aborted before COMMIT is
 * sent, it rejects with the signal's reason at once, cancels the running statement and closes the connection, which rolls back.
 */
export async function runTransaction<T>(transaction: PooledTransaction<T>): Promise<T> {
  const { pool, signal, cancel } = transaction
  const client = await takeClient({ pool, signal, onOver: () => {} })
  // Without a listener, the loss of the connection between two statements would end the process. The next statement reports it.
  client.on('error', ignore)
  return await new Promise((resolve, reject) => {
    const onAbort = () => {
      // Report the result of COMMIT, unless it takes too long.
      if (held.isCommitting) return void destroyIfCommitting(held)
      held.isAborted = true
      reject(signal.reason)
      void giveUp(held, cancel)
    }
    const held: Held = {
      ...{ client, isCommitting: false, isAborted: false },
      release(isSpent) {
        held.isCommitting = false
        signal.removeEventListener('abort', onAbort)
        client.release(isSpent)
        client.off('error', ignore)
      },
    }
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    run(held, transaction).then(
      (result) => {
        if (held.isAborted) return
        held.release(false)
        resolve(result)
      },
      (error) => {
        if (held.isAborted) return
        void rollBack(held, error)
        reject(error)
      },
    )
  })
}

/** The connection of a transaction, until it returns to the pool. */
interface Held {
  client: pg.PoolClient
  isCommitting: boolean
  isAborted: boolean
  /** Returns it to the pool, which closes a spent connection. */
  release(isSpent: boolean): void
}

async function destroyIfCommitting(held: Held): Promise<void> {
  await delay(COMMIT_MS, undefined, { ref: false })
  if (held.isCommitting) destroy(held.client)
}

async function giveUp({ client, release }: Held, cancel: Control['cancel']): Promise<void> {
  await cancel(client)
  destroy(client)
  release(true)
}

/** Ends a failed transaction. A connection whose COMMIT failed is not used again. */
async function rollBack(held: Held, error: unknown): Promise<void> {
  const isLost = held.isCommitting || isUnreachable(error)
  const isSpent = isLost || (await fails(held.client.query('rollback')))
  // `giveUp` releases it if the signal was aborted meanwhile.
  if (!held.isAborted) held.release(isSpent)
}

const fails = (promise: Promise<unknown>) =>
  promise.then(
    () => false,
    () => true,
  )

const ignore = () => {}

async function run<T>(held: Held, { work, signal, onStatement }: PooledTransaction<T>): Promise<T> {
  const { client } = held
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
    // An error that `work` caught has ended the transaction all the same.
    if (failure) throw failure
    signal.throwIfAborted()
    held.isCommitting = true
    isOver = true
    await client.query('commit')
    return result
  } finally {
    isOver = true
  }
}
