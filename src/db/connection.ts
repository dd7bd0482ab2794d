import type { Socket } from 'node:net'
import pg from 'pg'
import { AppError } from '../errors.ts'

/** Numbers of PostgreSQL's types, as in `pg_type`. */
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

/** How values are read: ids as numbers; days and instants as text, as a Date would lose the microseconds of a cursor. */
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
  /** Statement timeout in milliseconds, by the server's clock; 0, the default, means none. */
  statementTimeoutMs?: number
  /** How prepared statements are planned. Default: PostgreSQL's own choice. */
  plan?: 'force_generic_plan' | 'force_custom_plan'
  applicationName?: string
  /** Longest to wait for the connection to be opened, in milliseconds. Default 5,000. */
  connectTimeoutMs?: number
}

/** Where tables and functions are; extensions are elsewhere at some hosts: in `extensions` at Supabase, in `heroku_ext` at Heroku. */
export const SEARCH_PATH = 'public,extensions,heroku_ext'

/**
 * What statements of paperql rely on, whatever a server, a database or a role has set: where its tables are, and how values are written
 * and read.
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
  // Processes wait for each other, as at a migration.
  lock_timeout: '0',
  // A pooled connection stays idle for as long as nobody asks.
  idle_session_timeout: '0',
  // Compiling pays only for queries that run much longer than these, and estimates are often too high.
  jit: 'off',
}

/** The options of a `pg` client or pool for the database at `url`, with the types and settings that paperql relies on. */
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
 * The URL without `options`, which the driver would take instead of ours, and those. `sslmode` is as PostgreSQL documents it: `require`
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
  // Without a listener, a connection that is lost while idle would end the process. Statements fail by themselves.
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    destroy(client)
    throw error
  }
}

/** Closes the socket without a goodbye, for a connection whose server may be silent. The server rolls back. */
export function destroy(client: pg.ClientBase): void {
  streamOf(client).destroy()
}

/** The socket of a connection, which the types of `pg` do not have. */
export function streamOf(client: pg.ClientBase): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream
}

/** Longest to wait for the server to take leave of a connection. */
const GOODBYE_MS = 1_000

/** Closes a connection in order, or by force where the server does not answer. Never rejects. */
export async function closeConnection(client: pg.Client): Promise<void> {
  const timer = setTimeout(() => destroy(client), GOODBYE_MS)
  await client.end().catch(() => {})
  clearTimeout(timer)
}

/** SQLSTATEs by which a server refuses or ends a connection: shutting down, crashed, starting, idle too long, full. */
const REFUSALS = new Set(['57P01', '57P02', '57P03', '57P05', '53300'])

/** The error API clients get when the database cannot be reached. */
export function unreachable(cause: unknown): AppError {
  return new AppError('UNAVAILABLE', 'The database cannot be reached; try again later.', { cause })
}

/** Whether a driver's error says that the database cannot be reached, or let go of a connection. */
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
/** The driver's own errors have no code. */
const DRIVER_FAULT =
  /^(?:Connection terminated|Client (?:was closed|has encountered)|timeout expired)/
