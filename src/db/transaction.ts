import type pg from 'pg'
import { AppError } from '../errors.ts'
import type { Statement } from './client.ts'
import { closeConnection, isUnreachable, openConnection, streamOf } from './connection.ts'

/** A transaction: runs statements one after the other on its connection. */
export interface Transaction {
  query<Row extends object>(statement: Statement, options?: RowOptions): Promise<Row[]>
  /** Runs `work` after the rest of the transaction, right before the commit. */
  beforeCommit(work: () => Promise<void>): void
}

interface RowOptions {
  /** Whether each row is an array of its values, as Drizzle reads it. Default false. */
  asArrays?: boolean
}

/**
 * Runs `work` in one transaction on a connection of its own: all of it is committed, or nothing. Rejects with the error of `work` or the
 * database, or with an UNAVAILABLE `AppError` if the connection is lost.
 */
export async function transaction<T>(
  url: string,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const writer = openWriter(url)
  try {
    return await writer.transaction(work)
  } finally {
    await writer.close()
  }
}

/** How long a connection waits for the next transaction. A new connection would have to load tables and functions again. */
const IDLE_MS = 1_000

/** Idle connections with the timers that end them, by database URL. None keeps the process alive. */
const idle = new Map<string, Map<Session, NodeJS.Timeout>>()

function keepIdle(url: string, session: Session): void {
  const kept = idle.get(url) ?? new Map<Session, NodeJS.Timeout>()
  session.unref()
  const end = () => {
    kept.delete(session)
    if (kept.size === 0) idle.delete(url)
    void session.close()
  }
  idle.set(url, kept.set(session, setTimeout(end, IDLE_MS).unref()))
}

/** A session in a new transaction. An idle session may have lost its server meanwhile; then another one is used. */
async function beginAnywhere(url: string): Promise<Session> {
  const kept = idle.get(url)
  for (const [session, timer] of kept ?? []) {
    clearTimeout(timer)
    kept?.delete(session)
    session.ref()
    try {
      await session.run('begin', [])
      return session
    } catch {
      await session.close()
    }
  }
  const session = openSession(url)
  try {
    await begin(session)
    return session
  } catch (error) {
    await session.close()
    throw error
  }
}

/** Like `transaction`, but read-only: all statements see the database as of the first of them. */
export async function snapshot<T>(url: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
  const session = openSession(url)
  try {
    return await runIn(session, work, 'begin isolation level repeatable read read only')
  } finally {
    await session.close()
  }
}

/** Runs transactions one after the other, each like `transaction`; never two at once. */
export interface Writer {
  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Opens a writer, whose transactions share one connection. After a failed transaction, the next one gets a new connection. */
export function openWriter(url: string): Writer {
  let session: Session | null = null
  const take = () => {
    const taken = session
    session = null
    return taken
  }
  return {
    async transaction(work) {
      if (session?.isBroken()) await take()?.close()
      try {
        if (session) await begin(session)
        else session = await beginAnywhere(url)
        return await complete(session, work)
      } catch (error) {
        // No ROLLBACK is needed: closing the connection rolls back uncommitted work.
        await take()?.close()
        throw error
      }
    },
    async close() {
      const taken = take()
      if (taken?.isBroken()) await taken.close()
      else if (taken) keepIdle(url, taken)
    },
  }
}

async function runIn<T>(
  session: Session,
  work: (tx: Transaction) => Promise<T>,
  text = 'begin',
): Promise<T> {
  await begin(session, text)
  return complete(session, work)
}

async function begin(session: Session, text = 'begin'): Promise<void> {
  await session.run(text, []).catch((cause) => {
    throw unavailable(cause)
  })
}

/** Runs the rest of a transaction that has begun. */
async function complete<T>(session: Session, work: (tx: Transaction) => Promise<T>): Promise<T> {
  let isOver = false
  const query = <Row extends object>(
    { text, values }: Statement,
    { asArrays = false }: RowOptions = {},
  ): Promise<Row[]> =>
    isOver ? Promise.reject(new Error(OVER)) : session.run<Row>(text, values, asArrays)
  const last: (() => Promise<void>)[] = []
  const beforeCommit = (one: () => Promise<void>) => void last.push(one)
  try {
    const result = await session.unlessLost(work({ query, beforeCommit }))
    for (const one of last) await session.unlessLost(one())
    isOver = true
    await session.run('commit', [])
    return result
  } finally {
    isOver = true
  }
}

const OVER = 'The transaction is over; no statement can follow.'

interface Session {
  run<Row extends object>(
    text: string,
    values: readonly unknown[],
    asArrays?: boolean,
  ): Promise<Row[]>
  /** Resolves like the promise, but rejects if the connection closes first. */
  unlessLost<T>(promise: Promise<T>): Promise<T>
  /** Whether no more statements can follow. */
  isBroken(): boolean
  /** `unref` lets the process end while the connection is open; `ref` keeps it running. */
  unref(): void
  ref(): void
  close(): Promise<void>
}

/** Maximum time to open a connection. A write is worth the seconds that a server on a busy machine may need. */
const PATIENCE_MS = 30_000

/** One connection, opened by the first statement. Statements queue here, one in flight at a time. */
function openSession(url: string): Session {
  const line: Line = { url, broken: null, client: undefined, waiting: new Set() }
  let turn: Promise<unknown> = Promise.resolve()
  return {
    unlessLost: (promise) => unlessLost(line, promise),
    isBroken: () => line.broken !== null,
    unref: () => line.client && streamOf(line.client).unref(),
    ref: () => line.client && streamOf(line.client).ref(),
    run<Row extends object>(text: string, values: readonly unknown[], asArrays?: boolean) {
      const result = turn.then(() => send<Row>(line, text, values, asArrays))
      turn = result.catch(() => {})
      return result
    },
    async close() {
      line.broken ??= new Error(OVER)
      if (line.client) await closeConnection(line.client)
    },
  }
}

interface Line {
  url: string
  /** Why no more statements can follow; null while they can. */
  broken: unknown
  client: pg.Client | undefined
  /** Called when the connection is lost. */
  waiting: Set<(reason: unknown) => void>
}

/** Promise.race does not fit: a promise against which all statements race would keep all their rows. */
function unlessLost<T>({ waiting, broken }: Line, promise: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    waiting.add(reject)
    const settle = () => waiting.delete(reject)
    promise.then(resolve, reject).then(settle, settle)
    if (broken !== null) reject(broken)
  })
}

async function connected(line: Line): Promise<pg.Client> {
  if (line.client) return line.client
  const onLost = (cause?: unknown) => {
    line.broken ??= unavailable(cause)
    for (const reject of line.waiting) reject(line.broken)
  }
  const opened = await openConnection(line.url, { connectTimeoutMs: PATIENCE_MS })
  opened.on('error', onLost).on('end', () => onLost())
  line.client = opened
  return opened
}

/** After the first failure, or once the connection has closed, no statement is sent, not even COMMIT. */
async function send<Row extends object>(
  line: Line,
  text: string,
  values: readonly unknown[],
  asArrays = false,
): Promise<Row[]> {
  if (line.broken !== null) throw line.broken
  try {
    const client = await connected(line)
    const rowMode = asArrays ? { rowMode: 'array' } : {}
    const { rows } = await client.query<Row>({ text, values: [...values], ...rowMode })
    // The answer to a statement can arrive together with the end of its connection.
    if (line.broken !== null) throw line.broken
    return rows
  } catch (error) {
    line.broken ??= isUnreachable(error) ? unavailable(error) : error
    throw line.broken
  }
}

function unavailable(cause?: unknown): AppError {
  const message = 'The database cannot be reached; this write was rolled back. Try again later.'
  return new AppError('UNAVAILABLE', message, cause === undefined ? undefined : { cause })
}
