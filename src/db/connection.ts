import type { Socket } from 'node:net'
import pg from 'pg'
import { AppError } from '../errors.ts'

/** OIDs of PostgreSQL's types, as in `pg_type`. */
const OID = {
  int8: 20,
  int8Array: 1016,
  date: 1082,
  timestamp: 1114,
  timestamptz: 1184,
  dateArray: 1182,
  timestampArray: 1115,
  timestamptzArray: 1185,
  textArray: 1009,
}

type Parser = (text: string) => unknown

const identity: Parser = (text) => text
const textArray: Parser = pg.types.getTypeParser(OID.textArray)

/** Parsers of values: ids become numbers; days and instants stay text, because a Date would lose the microseconds of a cursor. */
const PARSERS = new Map<number, Parser>([
  [OID.int8, Number],
  [OID.int8Array, (text) => (textArray(text) as string[]).map(Number)],
  ...[OID.date, OID.timestamp, OID.timestamptz].map((oid): [number, Parser] => [oid, identity]),
  ...[OID.dateArray, OID.timestampArray, OID.timestamptzArray].map((oid): [number, Parser] => [
    oid,
    textArray,
  ]),
])

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    PARSERS.get(oid) ?? pg.types.getTypeParser(oid, format as 'text'),
} as pg.CustomTypesConfig

export interface SessionSettings {
  /** Statement timeout in milliseconds, measured by the server. Default 0, which means none. */
  statementTimeoutMs?: number
  /** How to plan prepared statements. Default: PostgreSQL's own choice. */
  plan?: 'force_generic_plan' | 'force_custom_plan'
  applicationName?: string
  /** Maximum time to open the connection, in milliseconds. Default 5,000. */
  connectTimeoutMs?: number
}

/** Schemas of tables, functions and extensions. Supabase keeps extensions in `extensions`, Heroku in `heroku_ext`. */
export const SEARCH_PATH = 'public,extensions,heroku_ext'

/**
 * Settings on which paperql's statements rely, whatever the server, the database or the role sets: the search path, and how values are
 * written and read.
 */
const RELIED_ON = {
  search_path: SEARCH_PATH,
  TimeZone: 'UTC',
  DateStyle: 'ISO,YMD',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  array_nulls: 'on',
  default_transaction_isolation: 'read committed',
  // Processes wait for each other, for example during a migration.
  lock_timeout: '0',
  // Pooled connections may stay idle for any time.
  idle_session_timeout: '0',
  // JIT compilation pays only for queries that run much longer than these, and estimates are often too high.
  jit: 'off',
}

/** Options of a `pg` client or pool for the database at `url`, with the types and settings on which paperql relies. */
export function connectionConfig(url: string, settings: SessionSettings = {}): pg.ClientConfig {
  const { statementTimeoutMs = 0, plan, applicationName = 'paperql' } = settings
  const { connectTimeoutMs = 5_000 } = settings
  const options = {
    ...RELIED_ON,
    statement_timeout: String(statementTimeoutMs),
    ...(plan && { plan_cache_mode: plan }),
  }
  const { connectionString, ownOptions } = readUrl(url)
  return {
    connectionString,
    application_name: applicationName,
    options: [ownOptions, ...Object.entries(options).map(asOption)].filter(Boolean).join(' '),
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types,
  }
}

const asOption = ([name, value]: [string, string]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`

/**
 * Takes `options` out of the URL, because the driver would use them instead of ours. `sslmode` means what PostgreSQL documents: `require`
 * encrypts, `verify-full` also checks the certificate.
 */
function readUrl(url: string): { connectionString: string; ownOptions: string | null } {
  const parsed = new URL(url)
  const { searchParams } = parsed
  if (searchParams.has('sslmode') && !searchParams.has('uselibpqcompat'))
    searchParams.set('uselibpqcompat', 'true')
  const ownOptions = searchParams.get('options')
  searchParams.delete('options')
  return { connectionString: parsed.href, ownOptions }
}

/** Opens one connection. Rejects with the error of the server or the socket; `isUnreachable` distinguishes them. */
export async function openConnection(url: string, settings?: SessionSettings): Promise<pg.Client> {
  const client = new pg.Client(connectionConfig(url, settings))
  // Without a listener, the loss of an idle connection would end the process. Running statements reject by themselves.
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    destroy(client)
    throw error
  }
}

/** Closes the socket without a message to the server, which may be silent. The server rolls back. */
export function destroy(client: pg.ClientBase): void {
  streamOf(client).destroy()
}

/** The socket of a connection, which the types of `pg` lack. */
export function streamOf(client: pg.ClientBase): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream
}

/** Maximum time to wait for the server to end a connection. */
const GOODBYE_MS = 1_000

/** Closes a connection in order, or by force if the server does not answer. Never rejects. */
export async function closeConnection(client: pg.Client): Promise<void> {
  const timer = setTimeout(() => destroy(client), GOODBYE_MS)
  await client.end().catch(() => {})
  clearTimeout(timer)
}

/** SQLSTATEs with which a server refuses or ends a connection: shutting down, crashed, starting, idle too long, too many connections. */
const REFUSALS = new Set(['57P01', '57P02', '57P03', '57P05', '53300'])

/** The error API clients get when the database cannot be reached. */
export function unreachable(cause: unknown): AppError {
  return new AppError('UNAVAILABLE', 'The database cannot be reached; try again later.', { cause })
}

/** Whether a driver's error means that the database cannot be reached, or has closed the connection. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) {
    const { code = '' } = error
    return REFUSALS.has(code) || code.startsWith('08')
  }
  if (!(error instanceof Error)) return false
  const { code, message } = error as NodeJS.ErrnoException
  return code === undefined ? DRIVER_FAULT.test(message) : SOCKET_FAULT.test(code)
}

const SOCKET_FAULT = /^(?:ECONN|EHOST|ENET|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EADDR|ENOENT$)/
/** Messages of the driver's own errors, which have no code. */
const DRIVER_FAULT =
  /^(?:Connection terminated|Client (?:was closed|has encountered)|timeout expired)/
