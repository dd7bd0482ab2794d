import { join, resolve } from 'node:path'
import type { z } from 'zod'
import { incompleteIn } from './config-names.ts'
import { CONFIG_KEYS, type LOG_LEVELS, type Name, SECRETS, VARIABLES } from './config-variables.ts'
import { badInput, quote } from './errors.ts'

type Read = <N extends Name>(name: N) => z.output<(typeof VARIABLES)[N]['schema']>

export { emptyIn, misspeltIn } from './config-names.ts'
export { CONFIG_KEYS }

export interface Config {
  /** URL of the Postgres to use; undefined for the embedded one. */
  databaseUrl: string | undefined
  /** Absolute path of the embedded Postgres's data. */
  dataDir: string
  /** Whether an empty catalogue gets the built-in sample; `demo` adds made-up citations, upvotes and stars. */
  loadSample: boolean | 'demo'
  /** Whether commands migrate an older schema; otherwise only `paperql migrate` does. */
  autoMigrate: boolean
  /** SPDX ids of licences whose records are hidden everywhere. */
  excludedLicences: string[]
  host: string
  /** 0 takes any free port. */
  port: number
  /** The public URL of this server without a trailing slash, the base of links in feeds, pages and mails. */
  publicUrl: string | undefined
  logLevel: (typeof LOG_LEVELS)[number]
  databasePoolSize: number
  /** Maximum long statements that run at once; undefined lets the server decide. */
  databaseLongStatements: number | undefined
  /** Maximum time to answer a request, including all its statements and their waiting. */
  requestTimeoutMs: number
  statementTimeoutMs: number
  /** Statements that take at least this many milliseconds are logged as slow; 0 disables this. */
  slowQueryMs: number
  requestBodyLimitBytes: number
  /** Whether pages for readers are served, at `/` and other paths. */
  pages: boolean
  /** Whether GraphiQL is served. */
  graphiql: boolean
  /** Time for which an idle connection is kept open. */
  keepAliveTimeoutMs: number
  changesRetentionDays: number
  /** Maximum event streams open at once, in total and per client. */
  streamLimits: { all: number; ofClient: number }
  /** Limits of the estimated cost of an operation. */
  costLimits: { points: number; bytes: number }
  /** Origins that may read answers in a browser; `*` allows any. Credentials are never allowed. */
  corsOrigins: '*' | string[]
  /** A contact for the operators of sources, sent with every request. */
  syncContact: string | undefined
  githubToken: string | undefined
  githubApiUrl: string
  /** Clients that send it may see imports; undefined: nobody may. */
  adminKey: string | undefined
  /** Keys of clients that may vote, by name. */
  apiKeys: ReadonlyMap<string, string>
  /** Hosts, addresses and networks outside the public internet that webhooks may be sent to. */
  webhookAllow: string[]
  arxivOaiUrl: string
  huggingFaceUrl: string
  /** Number of proxies in front of the server, whose X-Forwarded-For identifies the client. */
  proxies: number
  mail: {
    /** URL of the SMTP server; undefined writes mails to a folder. */
    smtpUrl: string | undefined
    /** Absolute path of the folder for mails, if there is no server. */
    folder: string
    /** Whether MAIL_DIR names it; the default one is created with the first mail. */
    isFolderStated: boolean
    /** The From header: an address, with or without a name. */
    from: string
    replyTo: string | undefined
    /** Receives bounces and requests to unsubscribe by mail. */
    bounceAddress: string
    /** The key for signing mails; undefined leaves them unsigned. */
    dkim: { domain: string; selector: string; keyFile: string } | undefined
  }
}

/**
 * Reads the configuration from an environment. An empty variable counts as unset. Throws one BAD_USER_INPUT that lists every invalid
 * variable with its value (unless secret) and what was expected, and every variable that lacks another.
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const faults: string[] = []
  const read: Read = (name) => {
    const { schema, expected } = VARIABLES[name]
    const parsed = schema.safeParse(env[name]?.trim() || undefined)
    if (!parsed.success) {
      const value = SECRETS.has(name) ? 'its value' : quote(env[name])
      faults.push(`${name}: ${value} cannot be used; expected ${expected}.`)
    }
    return parsed.data as never
  }
  const config = configOf(read)
  faults.push(...incompleteIn(env))
  if (faults.length > 0) throw badInput(faults.join('\n'))
  return config
}

function configOf(read: Read): Config {
  return {
    databaseUrl: read('DATABASE_URL'),
    dataDir: resolve(read('PAPERQL_DATA_DIR') ?? ''),
    loadSample: read('PAPERQL_SAMPLE'),
    autoMigrate: read('PAPERQL_MIGRATE'),
    excludedLicences: read('PAPERQL_EXCLUDE_LICENCES'),
    host: read('HOST'),
    port: read('PORT'),
    publicUrl: read('PUBLIC_URL'),
    logLevel: read('LOG_LEVEL'),
    databasePoolSize: read('DATABASE_POOL_SIZE'),
    databaseLongStatements: read('DATABASE_LONG_STATEMENTS'),
    requestTimeoutMs: read('REQUEST_TIMEOUT_MS'),
    statementTimeoutMs: read('STATEMENT_TIMEOUT_MS'),
    slowQueryMs: read('SLOW_QUERY_MS'),
    requestBodyLimitBytes: read('REQUEST_BODY_LIMIT_BYTES'),
    pages: read('PAGES'),
    graphiql: read('GRAPHIQL'),
    keepAliveTimeoutMs: read('KEEP_ALIVE_TIMEOUT_MS'),
    changesRetentionDays: read('CHANGES_RETENTION_DAYS'),
    streamLimits: { all: read('EVENT_STREAMS_LIMIT'), ofClient: read('EVENT_STREAMS_PER_CLIENT') },
    costLimits: { points: read('QUERY_COST_LIMIT'), bytes: read('ANSWER_SIZE_LIMIT_BYTES') },
    corsOrigins: read('CORS_ORIGIN'),
    syncContact: read('SYNC_CONTACT'),
    githubToken: read('GITHUB_TOKEN'),
    githubApiUrl: read('GITHUB_API_URL'),
    adminKey: read('PAPERQL_ADMIN_KEY'),
    apiKeys: new Map(read('API_KEYS')),
    webhookAllow: read('WEBHOOK_ALLOW'),
    arxivOaiUrl: read('ARXIV_OAI_URL'),
    huggingFaceUrl: read('HUGGING_FACE_URL'),
    proxies: read('TRUSTED_PROXIES'),
    mail: mailOf(read),
  }
}

function mailOf(read: Read): Config['mail'] {
  const from = read('MAIL_FROM') ?? ''
  const address = /<(.*)>$/.exec(from)?.[1] ?? from
  const keyFile = read('DKIM_KEY_FILE')
  const domain = read('DKIM_DOMAIN') ?? address.slice(address.lastIndexOf('@') + 1)
  const selector = read('DKIM_SELECTOR')
  return {
    smtpUrl: read('SMTP_URL'),
    isFolderStated: read('MAIL_DIR') !== undefined,
    folder: resolve(read('MAIL_DIR') ?? join(read('PAPERQL_DATA_DIR') ?? '', 'mail')),
    from,
    replyTo: read('MAIL_REPLY_TO'),
    bounceAddress: read('MAIL_BOUNCE_TO') ?? address,
    dkim: keyFile ? { domain, selector, keyFile } : undefined,
  }
}
