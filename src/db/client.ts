import { setMaxListeners } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { AppError, badInput, codeOf, quote } from '../errors.ts'
import { connectionConfig, isUnreachable, unreachable } from './connection.ts'
import { faultForClients } from './error-cause.ts'
import {
  arraysOf,
  type Control,
  openControl,
  openPool,
  rowsOf,
  runStatement,
  type Send,
  textOf,
} from './pooled-statement.ts'
import { runTransaction } from './pooled-transaction.ts'
import {
  createStatementQueue,
  mostOverdue,
  type QueueLimits,
  type Requester,
  type StatementQueue,
} from './statement-queue.ts'
import { createStatementTexts, learn } from './statement-texts.ts'
import type { NamedStatement } from './text-query.ts'
import type { Transaction } from './transaction.ts'

/** A pool of connections. Statements of a request run on it one by one, or several in a transaction. */
export interface Database {
  /** Runs one statement. Rows are typed by the caller: the names and types are those of its select list. */
  query<Row extends object>(statement: Statement, options?: StatementOptions): Promise<Row[]>
  /** Runs a statement that returns one text; null for an SQL null or no row. */
  queryText(statement: Statement, options?: StatementOptions): Promise<string | null>
  /**
   * Runs `work` in one transaction: all of it is committed, or nothing. If PostgreSQL aborts it because of other writers, `work` runs
   * again, at most twice, so it must only run statements. Within a request, the end of the request and its deadline roll back.
   */
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  /**
   * The same pool, for the statements of one request. When its signal is aborted, running statements are cancelled, no more start, and all
   * reject with the signal's reason.
   */
  within(request: RequestScope): Database
  /** Rejects unless the database answers within 2 s, on a connection that no request uses. */
  ping(): Promise<void>
  /** The URL of the database, for code that opens its own connection, such as an import. */
  readonly url: string
  close(): Promise<void>
}

export interface RequestScope {
  /** The request of the statements, for the log. */
  request?: RequestName
  signal: AbortSignal
  /** The latest time at which the signal is aborted, as of `performance.now()`. */
  deadlineAt: number
}

/** Identifies a request in the log. */
interface RequestName {
  readonly requestId: string
  readonly operationName: string | undefined
}

/** A slow statement, without its values, which a client may have given. */
interface SlowStatement {
  text: string
  ms: number
  request: RequestName | undefined
}

/** A statement as text and values, like `Sql`, whose text is expensive to build. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

interface StatementOptions {
  /**
   * Plans the statement on each run for its values: needed where a word may occur in one row or in a third of them.
   * Other statements are planned once for all values. Default false.
   */
  isSelective?: boolean | undefined
  /** Expected duration of the first run, in milliseconds. Default 1. */
  expectedMs?: number | undefined
  /** Whether each row is an array of its values, as Drizzle reads it. Default false. */
  asArrays?: boolean | undefined
}

export interface DatabaseOptions {
  /** Maximum number of short statements at a time; up to three times as many connections may be open. Default 10. */
  poolSize?: number
  /** Maximum number of long statements at a time while short ones arrive. Default: a third of `poolSize`. */
  longStatements?: number
  /** Maximum number of long statements at a time while no short ones arrive. Default: `longStatements`. */
  longStatementsAlone?: number
  /** Maximum duration of a statement, in milliseconds; the server then cancels it. Default 10,000. */
  statementTimeoutMs?: number
  /** Called for each statement that took the database at least this many milliseconds, including failed ones. */
  slow?: { ms: number; onSlow: (statement: SlowStatement) => void } | undefined
  /** Called with the text of each statement sent, for tests that pin their number. */
  onStatement?: (text: string) => void
}

/** Time beyond the server's own limit after which a silent server is given up. */
const SILENCE_MS = 2_000

/** Maximum time that `close` waits for the connections to end. */
const GOODBYE_MS = 5_000

/** Opens a pool. The first statement opens the first connection. */
export function connect(url: string, options: DatabaseOptions = {}): Database {
  const { poolSize = 10, statementTimeoutMs = 10_000, slow, onStatement } = options
  const { longStatements = Math.ceil(poolSize / 3) } = options
  const { longStatementsAlone = longStatements } = options
  const limits = { short: poolSize, long: longStatements, longAlone: longStatementsAlone }
  const backend: Backend = {
    ...{ url, statementTimeoutMs, slow, onStatement },
    pools: openPools(url, limits, statementTimeoutMs),
    control: openControl(url),
    queue: createStatementQueue(limits),
    texts: createStatementTexts(),
  }
  return databaseFor(backend, () => ({ requester: { servedMs: 0, running: 0 } }))
}

/** State that the statements of all requests share. */
interface Backend {
  url: string
  statementTimeoutMs: number
  slow: DatabaseOptions['slow']
  onStatement: DatabaseOptions['onStatement'] | undefined
  pools: ReturnType<typeof openPools>
  control: Control
  queue: StatementQueue
  texts: ReturnType<typeof createStatementTexts>
}

function openPools(url: string, limits: Required<QueueLimits>, statementTimeoutMs: number) {
  // The queue admits no more statements, so none waits inside the pool.
  const max = limits.short + Math.max(mostOverdue(limits.short), limits.long, limits.longAlone)
  const open = (plan: 'force_generic_plan' | 'force_custom_plan') =>
    openPool({ ...connectionConfig(url, { statementTimeoutMs, plan }), max })
  return {
    // By default PostgreSQL plans a statement with an array on every run, because it assumes that the unknown array is long. Planning then
    // takes longer than the run.
    planned: open('force_generic_plan'),
    selective: open('force_custom_plan'),
    writes: openPool({
      ...connectionConfig(url, { statementTimeoutMs }),
      max: Math.max(2, limits.long),
    }),
  }
}

/** The requester of a statement, with the signal and name of its request. */
interface Origin {
  requester: Requester
  signal?: AbortSignal
  request?: RequestName | undefined
}

/** The pool for statements that come from `originOf`. */
function databaseFor(backend: Backend, originOf: () => Origin): Database {
  return {
    url: backend.url,
    async query<Row extends object>({ text, values }: Statement, options: StatementOptions = {}) {
      try {
        const sendOf = options.asArrays ? arraysOf : rowsOf
        return (await run(backend, originOf(), { text, values }, options, sendOf)) as Row[]
      } catch (error) {
        throw asAppError(error)
      }
    },
    async queryText(statement, options = {}) {
      try {
        return await run(backend, originOf(), statement, options, textOf)
      } catch (error) {
        throw asAppError(error)
      }
    },
    transaction: (work) => transact(backend, originOf(), work),
    within({ signal, deadlineAt, request }) {
      // Each statement of the request listens to the signal.
      setMaxListeners(0, signal)
      const origin = { requester: { servedMs: 0, running: 0, deadlineAt }, signal, request }
      return databaseFor(backend, () => origin)
    },
    ping: backend.control.ping,
    close: () => close(backend),
  }
}

/** Runs one statement on a pool when its turn comes. */
async function run<Result>(
  { pools, control, queue, texts, statementTimeoutMs, slow, onStatement }: Backend,
  { requester, signal, request }: Origin,
  { text, values }: Statement,
  { isSelective = false, expectedMs }: StatementOptions,
  sendOf: (statement: NamedStatement) => Send<Result>,
): Promise<Result> {
  for (const value of values) assertBindable(value)
  signal?.throwIfAborted()
  const known = texts.use(text, expectedMs)
  const ticket = await queue.enter(requester, known, signal)
  onStatement?.(text)
  return await runStatement({
    pool: isSelective ? pools.selective : pools.planned,
    send: sendOf({ name: known.name, text, values }),
    signal: signal ?? AbortSignal.timeout(statementTimeoutMs + SILENCE_MS),
    generation: texts.generation,
    cancel: control.cancel,
    onOver() {
      const ms = ticket.leave()
      // A cancelled run only shows that the statement takes at least this long.
      if (ms > known.expectedMs || !signal?.aborted) learn(known, ms)
      if (slow && ms >= slow.ms) slow.onSlow({ text, ms, request })
    },
  })
}

/** Runs a transaction, and again after a conflict with other writers. */
async function transact<T>(
  { pools, control, onStatement }: Backend,
  { signal = new AbortController().signal }: Origin,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const options = { pool: pools.writes, signal, cancel: control.cancel, work, onStatement }
  for (let run = 1; ; run++) {
    try {
      return await runTransaction(options)
    } catch (error) {
      if (run === MOST_RUNS || !isConflict(error)) throw asAppError(error)
    }
  }
}

async function close({ pools, control }: Backend): Promise<void> {
  const ends = [pools.planned.end(), pools.selective.end(), pools.writes.end(), control.close()]
  await Promise.race([Promise.allSettled(ends), delay(GOODBYE_MS, undefined, { ref: false })])
}

/** Throws for a value that the driver cannot write, because that would fail in the middle of a message. */
function assertBindable(value: unknown): void {
  if (Array.isArray(value)) value.forEach(assertBindable)
  else if (typeof value === 'string') assertNoNul(value)
  else if (typeof value === 'object' ? value !== null : !BINDABLE.has(typeof value))
    throw new TypeError(`A value of type ${typeof value} cannot be bound to a statement`)
}

const BINDABLE = new Set(['number', 'boolean'])

function assertNoNul(text: string): void {
  if (text.includes('\0'))
    throw badInput(`${quote(text)} contains a NUL character, which PostgreSQL cannot store.`)
}

/** Maximum number of runs of a transaction that conflicts with other writers. */
const MOST_RUNS = 3

/** Whether PostgreSQL aborted a transaction because of another one: a deadlock, or rows that changed meanwhile. */
const isConflict = (error: unknown) => ['40001', '40P01'].includes(codeOf(error))

const CANCELLED = '57014'

/** Turns database errors that clients may see into `AppError`s, and returns other errors unchanged. */
function asAppError(error: unknown): unknown {
  if (codeOf(error) === CANCELLED || isTimeout(error)) {
    return new AppError('UNAVAILABLE', 'The database took too long to answer; ask for less.', {
      cause: error,
    })
  }
  if (isUnreachable(error)) return unreachable(error)
  return faultForClients(error) ?? error
}

const isTimeout = (error: unknown) => error instanceof DOMException && error.name === 'TimeoutError'
