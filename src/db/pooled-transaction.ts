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
    const onAbort = () => {
      // What COMMIT comes to is told, unless it takes too long.
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

/** The connection of a transaction, until it goes back to the pool. */
interface Held {
  client: pg.PoolClient
  isCommitting: boolean
  isAborted: boolean
  /** Gives it back, to be closed if it is spent. */
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

/** Ends a transaction that failed. A connection whose COMMIT failed is not asked for more. */
async function rollBack(held: Held, error: unknown): Promise<void> {
  const isLost = held.isCommitting || isUnreachable(error)
  const isSpent = isLost || (await fails(held.client.query('rollback')))
  // One whose signal was aborted meanwhile is given up.
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
    // One that `work` caught has ended the transaction all the same.
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
