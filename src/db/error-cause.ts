import { AppError, codeOf } from '../errors.ts'

/** Why a statement or a connection failed, in words for the operator; never shown to clients of the API. */
export interface ErrorCause {
  /** A SQLSTATE, or a code of the operating system or of TLS; empty if the driver gave none. */
  code: string
  /** The message of PostgreSQL or the operating system. */
  reason: string
  /** What to do about it, in sentences. */
  advice: string
}

const OTHER_SCHEMA = 'The schema belongs to another version. Run: paperql migrate'

/**
 * Advice by SQLSTATE, or by its class, which is its first two characters:
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const ADVICE: Record<string, string> = {
  '08': 'Check that PostgreSQL is running and reachable, then try again.',
  '22P05': 'Use a database in UTF-8: createdb --encoding=UTF8 --template=template0 NAME.',
  '25006': 'The database is read-only: use the primary, or turn default_transaction_read_only off.',
  '28': 'Check the user and the password in DATABASE_URL, and pg_hba.conf of the server.',
  '3D000':
    'The database does not exist (any more): create it with createdb, or correct DATABASE_URL.',
  '3F000': 'The schema is missing: restore a backup, or use an empty database.',
  '40': 'Another process changed the same rows: try again.',
  '42501':
    'Make the user of DATABASE_URL the owner of the database: ALTER DATABASE … OWNER TO …; extensions may need a superuser once.',
  '42P01': OTHER_SCHEMA,
  '42703': OTHER_SCHEMA,
  '42704': OTHER_SCHEMA,
  '42883': OTHER_SCHEMA,
  '53000': 'Give PostgreSQL more resources, then try again.',
  '53100': 'Free space on the disk of the database, then try again. Uncommitted changes were lost.',
  '53200': 'Give PostgreSQL more memory, or lower its work_mem or DATABASE_POOL_SIZE.',
  '53300': 'Lower DATABASE_POOL_SIZE, end other clients, or raise max_connections of the server.',
  '53400': 'Raise the limit in the configuration of PostgreSQL, such as temp_file_limit.',
  '54': 'The statement is too large for PostgreSQL: ask for less, or raise max_stack_depth.',
  '55006': 'Another process uses the database: end it, then try again.',
  '55P03': 'Another process holds a lock; pg_stat_activity shows which. Try again after it ended.',
  '57014':
    'A timeout or an operator cancelled the statement: ask for less, or raise STATEMENT_TIMEOUT_MS.',
  '57P01': 'PostgreSQL is being stopped, or an operator ended the connection. Try again later.',
  '57P02':
    'PostgreSQL restarts after a crash of one of its processes; its log says why. Try again.',
  '57P03': 'PostgreSQL is starting or recovering. Try again later.',
  '57P04': 'The database was dropped: restore a backup into a new one.',
  '57P05': 'Raise idle_session_timeout of the server, or set it to 0.',
  '58': 'PostgreSQL cannot use its files: check disk, mount and permissions of its data folder.',
  XX: 'Files of the database may be damaged: check the disk and restore a backup; if the message names an index, try REINDEX first.',
  ECONNREFUSED: 'Start PostgreSQL there, or unset DATABASE_URL to use the embedded one.',
  ECONNRESET: 'PostgreSQL, or a proxy before it, closed the connection: see its log.',
  EPIPE: 'PostgreSQL, or a proxy before it, closed the connection: see its log.',
  ENOTFOUND: 'Check the name of the host in DATABASE_URL.',
  EAI_AGAIN: 'Check the name of the host in DATABASE_URL, and the name server.',
  ETIMEDOUT: 'Check the address and the firewall between.',
  EHOSTUNREACH: 'Check the address and the network between.',
  ENETUNREACH: 'Check the address and the network between.',
  CONNECT_TIMEOUT: 'Check the address and the firewall between.',
  EMFILE: 'Raise the limit of open files (ulimit -n).',
  ENOSPC: 'Free space on that disk, then try again.',
  EROFS: 'The file system is read-only: choose another place.',
  EACCES: 'Grant the user of this process access to it, or choose another place.',
  EPERM: 'Grant the user of this process access to it, or choose another place.',
  TLS: 'Check the certificate of the server; sslmode=require in DATABASE_URL encrypts without checking it.',
  SSL_REQUIRED:
    'The server requires an encrypted connection: add ?sslmode=require to DATABASE_URL.',
  SSL_OFF:
    'The server does not encrypt: leave sslmode out of DATABASE_URL, or turn ssl on in its configuration.',
  PASSWORD: 'Add the password to DATABASE_URL: postgres://user:password@host/database.',
  POOLER:
    'A pooler such as PgBouncer is in between, which does not pass connection settings to PostgreSQL: use the address of PostgreSQL itself.',
  PORT_TAKEN: 'Stop the program that listens on that port.',
  EXTENSION:
    'Install the contrib extensions of this PostgreSQL (pg_trgm, unaccent, fuzzystrmatch), such as the package postgresql-contrib.',
}

/** Causes recognised by the message rather than a code, as in a log or an error of the driver. */
const WORDS: [RegExp, code: string][] = [
  [/extension .* is not available|extension control file/i, 'EXTENSION'],
  [/unsupported startup parameter/i, 'POOLER'],
  [/cached plan must not change/i, '42P01'],
  [/No space left on device|disk (?:is )?full|Disk quota exceeded/i, '53100'],
  [/out of memory|Cannot allocate memory|could not resize shared memory|could not map/i, '53200'],
  [
    /no pg_hba\.conf entry.*no encryption|SSL connection is required|SSL (?:is )?required/i,
    'SSL_REQUIRED',
  ],
  [/does not support SSL/i, 'SSL_OFF'],
  [/password must be a string|no password supplied/i, 'PASSWORD'],
  [/Address already in use/i, 'PORT_TAKEN'],
  [/Permission denied/i, 'EACCES'],
  [/Read-only file system/i, 'EROFS'],
  [
    /could not (?:read|locate|find).*(?:block|checkpoint|pg_control)|invalid (?:page|primary checkpoint|checkpoint)|checksum|could not open file|incorrect/i,
    'XX',
  ],
  [/timeout exp|timed out/i, 'ETIMEDOUT'],
  [/Connection terminated|server closed/i, 'ECONNRESET'],
]

/** Classes of SQLSTATEs with several causes. */
const VAGUE = /^(?:08P01|0A|28|58|XX)/
const SQLSTATE = /^[0-9A-Z]{5}$/
const TLS_CODE = /^(?:ERR_(?:TLS|SSL|OSSL)|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_OSSL)/

/** The cause of an error, which may be wrapped in others; null if it is neither the database's nor the operating system's. */
export function causeOf(error: unknown): ErrorCause | null {
  let inner = error
  for (let depth = 0; inner instanceof Error && depth < DEEPEST; depth++) {
    // Node tries several addresses of a host, and collects the error of each.
    if (inner instanceof AggregateError && inner.errors[0] instanceof Error) inner = inner.errors[0]
    const one = inner as Error
    const found = one instanceof AppError ? null : causeOfOne(one)
    if (found) return found
    inner = one.cause
  }
  return null
}

const DEEPEST = 10

function causeOfOne(error: Error): ErrorCause | null {
  const { code = '', detail } = error as { code?: unknown; detail?: unknown }
  const name = typeof code === 'string' ? code : ''
  const reason = error.message.trim()
  const byWords = SQLSTATE.test(name) && !VAGUE.test(name) ? undefined : codeOfWords(reason)
  const key = byWords ?? (TLS_CODE.test(name) ? 'TLS' : name)
  const advice =
    key === ''
      ? undefined
      : (ADVICE[key] ?? (SQLSTATE.test(key) ? ADVICE[key.slice(0, 2)] : undefined))
  if (advice === undefined && !SQLSTATE.test(name)) return null
  const detailed =
    typeof detail === 'string' && detail !== '' && !name.startsWith('23')
      ? `${reason} (${detail})`
      : reason
  return { code: name, reason: detailed, advice: advice ?? '' }
}

const codeOfWords = (text: string) => WORDS.find(([pattern]) => pattern.test(text))?.[1]

/** Whether a line of PostgreSQL's log reports damaged or missing files, which a retry does not repair. Too many open files do not count. */
export const isDamage = (line: string) =>
  codeOfWords(line) === 'XX' && !/Too many open files/i.test(line)

/** Advice on a line of PostgreSQL's log; empty if there is none. */
export function adviceOnLog(line: string): string {
  return ADVICE[codeOfWords(line) ?? ''] ?? ''
}

/** The cause in sentences: the reason, its code and the advice; undefined for null. */
export function describeCause(cause: ErrorCause): string
export function describeCause(cause: ErrorCause | null): string | undefined
export function describeCause(cause: ErrorCause | null): string | undefined {
  if (cause === null) return undefined
  const { code, reason, advice } = cause
  const source = SQLSTATE.test(code) ? 'PostgreSQL: ' : ''
  const known = code === '' || reason.includes(code) ? '' : ` (${code})`
  return `${source}${reason.replace(/[.\s]+$/, '')}${known}. ${advice}`.trim()
}

/** Faults of the server, not of the statement: clients get the advice to try again, and the log has the cause. */
const SERVER_FAULT = /^(?:08|25006|28|3D|40|53|55|57|58|F0|XX)/

/** The `AppError` for clients of an API when the database cannot serve them; null for other faults. */
export function faultForClients(error: unknown): AppError | null {
  const code = codeOf(error)
  if (!SQLSTATE.test(code) || !SERVER_FAULT.test(code)) return null
  return new AppError(
    'UNAVAILABLE',
    'The database cannot serve this request now; try again later.',
    { cause: error },
  )
}
