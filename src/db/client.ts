import postgres from 'postgres'
import type { Sql } from 'sql-template-tag'
import { AppError, badInput, quote } from '../errors.ts'

/** A pool of connections on which single statements run. Writes of more than one go through `transaction`. */
export interface Database {
  /** Runs one statement. Rows are typed by the caller: the names and types are those of its select list. */
  query<Row extends object>(statement: Sql, options?: StatementOptions): Promise<Row[]>
  /** Runs a statement that gives one text. The bytes are as Postgres sent them; null for null, or where there is no row. */
  queryText(statement: Statement, options?: StatementOptions): Promise<Buffer | null>
  /** Where this pool leads, for `transaction`, which opens a connection of its own. */
  readonly url: string
  close(): Promise<void>
}

/** As `Sql`, of which it takes a while to get the text. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

interface StatementOptions {
  /**
   * Plans anew each time, for the values at hand: needed where a word may stand in one row or in a third of them.
   * Other statements are planned once for all values. Default false.
   */
  isSelective?: boolean | undefined
  /**
   * Keeps a processor busy, and not because of its plan: few of a lane run at a time, in the order in which they came, as
   * each of many at once would take as long as all of them. Those that take some milliseconds do not wait behind long ones.
   * Default none.
   */
  lane?: 'short' | 'long' | undefined
}

export interface DatabaseOptions {
  /** Most connections held open; selective statements, and those of each lane, have some more of their own. Default 10. */
  poolSize?: number
  /** Longest a single statement may run; the server cancels it then. Default 10,000. */
  statementTimeoutMs?: number
  /** Called with the text of each statement sent, for tests that pin their number. */
  onStatement?: (text: string) => void
}

/**
 * Distinct statement texts kept prepared. Each costs memory on every connection of the server, and a
 * client chooses the filters that make up the text: past this number they run unprepared.
 */
const MAX_PREPARED = 500

/** Opens a pool; connects on the first statement, not before. */
export function connect(url: string, options: DatabaseOptions = {}): Database {
  const { poolSize = 10, statementTimeoutMs = 10_000, onStatement } = options
  // Left to choose, Postgres plans a statement over an array anew on every run, as it takes the unknown array for a
  // long one; and that takes longer than the run.
  const planned = openClient(url, { poolSize, statementTimeoutMs, plan: 'force_generic_plan' })
  const selective = openClient(url, {
    poolSize: Math.ceil(poolSize / 2),
    statementTimeoutMs,
    plan: 'force_custom_plan',
    isQueued: true,
  })
  const openLane = () =>
    openClient(url, {
      poolSize: Math.ceil(poolSize / 3),
      statementTimeoutMs,
      plan: 'force_generic_plan',
      isQueued: true,
    })
  const lanes = { short: openLane(), long: openLane() }
  const prepared = new Set<string>()

  const run = <Row extends object>(
    { text, values }: Statement,
    { isSelective = false, lane }: StatementOptions = {},
  ) => {
    for (const value of values) assertBindable(value)
    onStatement?.(text)
    const prepare = prepared.has(text) || prepared.size < MAX_PREPARED
    if (prepare) prepared.add(text)
    const client = isSelective ? selective : lane ? lanes[lane] : planned
    return client.unsafe<Row[]>(text, values as never[], { prepare, ...EXTENDED })
  }

  return {
    url,
    async query<Row extends object>(statement: Sql, options?: StatementOptions): Promise<Row[]> {
      try {
        return await run<Row>({ text: statement.text, values: statement.values }, options)
      } catch (error) {
        throw asAppError(error)
      }
    },
    async queryText(statement, options) {
      try {
        const [row] = await run(statement, options).raw()
        return (row?.[0] as Buffer | null | undefined) ?? null
      } catch (error) {
        throw asAppError(error)
      }
    },
    async close() {
      await Promise.all(
        [planned, selective, lanes.short, lanes.long].map((client) => client.end({ timeout: 5 })),
      )
    },
  }
}

/** Without it, the driver sends a statement that has no values as text alone, for Postgres to plan on every run. */
const EXTENDED = { simple: false } as object

/** A value that the driver fails to write leaves its connection stuck, and whoever gets that next with it. */
function assertBindable(value: unknown): void {
  if (Array.isArray(value)) value.forEach(assertBindable)
  else if (typeof value === 'string') assertNoNul(value)
  else if (typeof value === 'object' ? value !== null : !BINDABLE.has(typeof value))
    throw new TypeError(`A value of type ${typeof value} cannot be bound to a statement`)
}

const BINDABLE = new Set(['number', 'boolean'])

function assertNoNul(text: string): void {
  if (text.includes('\0'))
    throw badInput(`${quote(text)} contains a NUL character; expected text without.`)
}

const CANCELLED = '57014'
const UNREACHABLE = new Set<unknown>([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  '57P01',
  '57P03',
  '53300',
])

/** Whether an error says that the database cannot be reached, or let go of a connection. */
export function isUnreachable(error: unknown): boolean {
  return UNREACHABLE.has(codeOf(error))
}

const codeOf = (error: unknown) => (error as { code?: unknown } | null)?.code

/** Faults of the database a client may be told of, in words; any other error is returned as it is. */
function asAppError(error: unknown): unknown {
  if (codeOf(error) === CANCELLED) {
    return new AppError('UNAVAILABLE', 'The database took too long to answer; ask for less.', {
      cause: error,
    })
  }
  if (isUnreachable(error)) {
    return new AppError('UNAVAILABLE', 'The database cannot be reached; try again later.', {
      cause: error,
    })
  }
  return error
}

export interface ClientOptions {
  poolSize: number
  /** 0 is no limit. */
  statementTimeoutMs: number
  /** How prepared statements are planned. Default is Postgres's own choice. */
  plan?: 'force_generic_plan' | 'force_custom_plan'
  /** Whether a statement waits for a connection that is free, instead of behind another on one that is not. */
  isQueued?: boolean
  onclose?: () => void
}

/** A postgres.js client with the types paperql reads: ids as numbers, dates and instants as text. */
export function openClient(url: string, options: ClientOptions): postgres.Sql {
  const { poolSize, statementTimeoutMs, plan, isQueued = false, onclose } = options
  return postgres(url, {
    max: poolSize,
    connect_timeout: 10,
    onnotice: () => {},
    ...(onclose && { onclose }),
    ...(isQueued && ({ max_pipeline: 0 } as object)),
    connection: {
      application_name: 'paperql',
      TimeZone: 'UTC',
      DateStyle: 'ISO, YMD',
      statement_timeout: statementTimeoutMs,
      // Estimates that are high for what is hardly ever run would have it compiled, for longer than the run takes.
      jit: 'off',
      ...(plan && { plan_cache_mode: plan }),
    } as never,
    types: {
      bigint: { to: 20, from: [20], parse: Number, serialize: String },
      // Days and instants stay text: a Date would lose the microseconds that a keyset position needs.
      date: { to: 1082, from: [1082, 1114, 1184], parse: identity, serialize: identity },
    } as never,
  })
}

const identity = (value: string) => value
