import { join, resolve } from 'node:path'
import type { z } from 'zod'
import { incompleteIn } from './config-names.ts'
import { CONFIG_KEYS, type LOG_LEVELS, type Name, SECRETS, VARIABLES } from './config-variables.ts'
import { badInput, quote } from './errors.ts'

type Read = <N extends Name>(name: N) => z.output<(typeof VARIABLES)[N]['schema']>

export { emptyIn, misspeltIn } from './config-names.ts'
export { CONFIG_KEYS }

export interface Config {
  /** Of the Postgres to use; undefined means the embedded one. */
  databaseUrl: string | undefined
  /** Where the embedded Postgres keeps its data, absolute. */
  dataDir: string
  /** Whether an empty catalogue gets the built-in sample; `demo`: with made-up citations, upvotes and stars. */
  loadSample: boolean | 'demo'
  /** Whether commands bring an older schema up to date; otherwise only `paperql migrate` does. */
  autoMigrate: boolean
  /** SPDX ids of licences whose records are shown nowhere. */
  excludedLicences: string[]
  host: string
  /** 0 takes any free port. */
  port: number
  /** Where readers reach this server, without a slash at the end: the base of links in feeds, pages and mails. */
  publicUrl: string | undefined
  logLevel: (typeof LOG_LEVELS)[number]
  databasePoolSize: number
  /** Most long statements that run at once; undefined leaves it to the server. */
  databaseLongStatements: number | undefined
  /** Longest that answering a request may take, all of its statements and their waiting included. */
  requestTimeoutMs: number
  statementTimeoutMs: number
  /** From how many milliseconds on a statement is logged as slow; 0 is never. */
  slowQueryMs: number
  requestBodyLimitBytes: number
  /** Whether pages for readers are served to browsers, at `/` and beside it. */
  pages: boolean
  /** Whether the page GraphiQL is served to browsers. */
  graphiql: boolean
  /** How long a connection without a request is kept open. */
  keepAliveTimeoutMs: number
  changesRetentionDays: number
  /** Most event streams that are open at once, of all clients and of one. */
  streamLimits: { all: number; ofClient: number }
  /** Limits of the estimates of one operation. */
  costLimits: { points: number; bytes: number }
  /** Origins that may read answers in a browser; `*` is any. Credentials are never allowed. */
  corsOrigins: '*' | string[]
  /** Contact for operators of the sources, sent with every request. */
  syncContact: string | undefined
  githubToken: string | undefined
  githubApiUrl: string
  /** Who sends it may see imports; undefined means nobody. */
  adminKey: string | undefined
  /** Keys of those who may vote, by their names. */
  apiKeys: ReadonlyMap<string, string>
  /** Hosts, addresses and networks besides the public internet that webhooks may be sent to. */
  webhookAllow: string[]
  arxivOaiUrl: string
  huggingFaceUrl: string
  /** How many proxies are in front of the server, whose X-Forwarded-For tells who the client is. */
  proxies: number
  mail: {
    /** Of the server that takes mails; undefined writes them to a folder. */
    smtpUrl: string | undefined
    /** Where mails are written without a server, absolute. */
    folder: string
    /** Whether MAIL_DIR names it; the usual one is made with the first mail. */
    isFolderStated: boolean
    /** The header From: an address, or a name and an address. */
    from: string
    replyTo: string | undefined
    /** Gets reports of mails that could not be delivered, and requests to unsubscribe by mail. */
    bounceAddress: string
    /** How mails are signed; undefined leaves them unsigned. */
    dkim: { domain: string; selector: string; keyFile: string } | undefined
  }
}

/**
 * Reads the configuration from an environment. An empty variable counts as unset. Throws one BAD_USER_INPUT that
 * names every variable that cannot be read, its value (never a secret one) and what was expected, and those that lack another.
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
