import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import {
  isContact,
  isHost,
  isHostName,
  isHostOrNetwork,
  isMailAddress,
  listOf,
  mailbox,
  NAMED_KEYS,
  namedKeys,
  origins,
  plainUrl,
  urlOf,
  webUrl,
  wholeNumber,
} from './config-values.ts'
import { badInput, quote } from './errors.ts'

const PROJECT = fileURLToPath(new URL('..', import.meta.url))

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const

/** Of one operation: points are about milliseconds of two cores with 300,000 papers. */
export const DEFAULT_COST_LIMITS = { points: 1000, bytes: 1_000_000 }

/** One entry for each variable: its parser and the message for invalid values. */
const VARIABLES = {
  DATABASE_URL: {
    // Without a host it is a socket: postgres:///papers?host=/run/postgresql
    schema: z
      .url({ protocol: /^postgres(?:ql)?$/ })
      .regex(/^[^:]+:\/\//)
      .optional(),
    expected: 'a URL such as postgres://user:password@host:5432/database',
  },
  PAPERQL_DATA_DIR: {
    schema: z.string().default(resolve(PROJECT, '.paperql')),
    expected: 'a folder',
  },
  PAPERQL_SAMPLE: {
    schema: z.union([z.literal('demo'), z.stringbool()]).default(true),
    expected: 'true, false or demo',
  },
  PAPERQL_MIGRATE: { schema: z.stringbool().default(true), expected: 'true or false' },
  PAPERQL_EXCLUDE_LICENCES: {
    schema: listOf((text) => /^[A-Za-z0-9][A-Za-z0-9.+-]*$/.test(text)),
    expected:
      'SPDX ids separated by commas, such as CC-BY-SA-4.0, or unknown for records that state none',
  },
  HOST: {
    schema: z.string().refine(isHost).default('127.0.0.1'),
    expected: 'a host name or address, without scheme and port',
  },
  PORT: { schema: wholeNumber(0, 65_535, 4000), expected: 'a whole number from 0 to 65535' },
  PUBLIC_URL: {
    schema: plainUrl.transform((text) => text.replace(/\/+$/, '')).optional(),
    expected: 'a URL without user, query and fragment, such as https://papers.example.org',
  },
  LOG_LEVEL: {
    schema: z.enum(LOG_LEVELS).default('info'),
    expected: `one of ${LOG_LEVELS.join(', ')}`,
  },
  DATABASE_POOL_SIZE: {
    schema: wholeNumber(1, 1000, 10),
    expected: 'a whole number from 1 to 1000',
  },
  DATABASE_LONG_STATEMENTS: {
    schema: z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number)
      .pipe(z.number().min(1).max(1000))
      .optional(),
    expected: 'a whole number from 1 to 1000',
  },
  REQUEST_TIMEOUT_MS: {
    schema: wholeNumber(1, 3_600_000, 15_000),
    expected: 'a whole number from 1 to 3600000 (milliseconds)',
  },
  SLOW_QUERY_MS: {
    schema: wholeNumber(0, 3_600_000, 1000),
    expected: 'a whole number from 0 (off) to 3600000 (milliseconds)',
  },
  STATEMENT_TIMEOUT_MS: {
    schema: wholeNumber(1, 3_600_000, 10_000),
    expected: 'a whole number from 1 to 3600000 (milliseconds)',
  },
  REQUEST_BODY_LIMIT_BYTES: {
    schema: wholeNumber(1000, 100_000_000, 100_000),
    expected: 'a whole number from 1000 to 100000000 (bytes)',
  },
  KEEP_ALIVE_TIMEOUT_MS: {
    schema: wholeNumber(1000, 3_600_000, 75_000),
    expected: 'a whole number from 1000 to 3600000 (milliseconds)',
  },
  CHANGES_RETENTION_DAYS: {
    schema: wholeNumber(1, 36_500, 30),
    expected: 'a whole number from 1 to 36500 (days)',
  },
  EVENT_STREAMS_LIMIT: {
    schema: wholeNumber(1, 100_000, 200),
    expected: 'a whole number from 1 to 100000',
  },
  EVENT_STREAMS_PER_CLIENT: {
    schema: wholeNumber(1, 100_000, 20),
    expected: 'a whole number from 1 to 100000',
  },
  QUERY_COST_LIMIT: {
    schema: wholeNumber(1, 1_000_000_000, DEFAULT_COST_LIMITS.points),
    expected: 'a whole number from 1 to 1000000000 (points)',
  },
  ANSWER_SIZE_LIMIT_BYTES: {
    schema: wholeNumber(1000, 1_000_000_000, DEFAULT_COST_LIMITS.bytes),
    expected: 'a whole number from 1000 to 1000000000 (bytes)',
  },
  PAGES: { schema: z.stringbool().default(true), expected: 'on or off' },
  GRAPHIQL: { schema: z.stringbool().default(true), expected: 'true or false' },
  CORS_ORIGIN: {
    schema: origins,
    expected: '* or origins separated by commas, such as https://example.org, without a path',
  },
  SYNC_CONTACT: {
    schema: z
      .string()
      .max(200)
      .regex(/^[\x21-\x7e]+$/)
      .refine(isContact)
      .optional(),
    expected: 'an e-mail address or a URL, without spaces',
  },
  GITHUB_TOKEN: {
    schema: z
      .string()
      .regex(/^[\x21-\x7e]+$/)
      .optional(),
    expected: 'a token of GitHub, without spaces',
  },
  ARXIV_OAI_URL: {
    schema: webUrl('https://oaipmh.arxiv.org/oai'),
    expected: 'a URL such as https://oaipmh.arxiv.org/oai',
  },
  HUGGING_FACE_URL: {
    schema: webUrl('https://huggingface.co'),
    expected: 'a URL such as https://huggingface.co',
  },
  GITHUB_API_URL: {
    schema: webUrl('https://api.github.com'),
    expected: 'a URL such as https://api.github.com',
  },
  WEBHOOK_ALLOW: {
    schema: listOf(isHostOrNetwork),
    expected: 'hosts, addresses and networks separated by commas, such as 10.0.0.0/8',
  },
  PAPERQL_ADMIN_KEY: {
    schema: z
      .string()
      .regex(/^[\x21-\x7e]{16,}$/)
      .optional(),
    expected:
      'at least 16 printable ASCII characters without spaces, such as openssl rand -hex 24 gives',
  },
  TRUSTED_PROXIES: {
    schema: wholeNumber(0, 10, 0),
    expected: 'a whole number from 0 to 10',
  },
  SMTP_URL: {
    schema: urlOf(/^smtps?$/).optional(),
    expected: 'a URL such as smtp://user:password@mail.example.org:587',
  },
  MAIL_DIR: { schema: z.string().optional(), expected: 'a folder' },
  MAIL_FROM: {
    schema: mailbox.default('paperql <paperql@localhost>'),
    expected: 'an address, or a name and an address, such as Papers <papers@example.org>',
  },
  MAIL_REPLY_TO: { schema: mailbox.optional(), expected: 'an address such as me@example.org' },
  MAIL_BOUNCE_TO: {
    schema: z.string().refine(isMailAddress).optional(),
    expected: 'an address such as bounces@example.org',
  },
  DKIM_DOMAIN: {
    schema: z.string().refine(isHostName).optional(),
    expected: 'a domain such as example.org',
  },
  DKIM_SELECTOR: {
    schema: z
      .string()
      .refine((text) => isHostName(`${text}._domainkey`))
      .default('paperql'),
    expected: 'a selector such as paperql',
  },
  DKIM_KEY_FILE: { schema: z.string().optional(), expected: 'a file with a private key in PEM' },
  API_KEYS: { schema: namedKeys.default([]), expected: NAMED_KEYS },
} satisfies Record<string, { schema: z.ZodType; expected: string }>

type Name = keyof typeof VARIABLES

type Read = <N extends Name>(name: N) => z.output<(typeof VARIABLES)[N]['schema']>

/** Variables whose values are never repeated. */
const SECRETS = new Set<Name>([
  'API_KEYS',
  'DATABASE_URL',
  'GITHUB_TOKEN',
  'PAPERQL_ADMIN_KEY',
  'SMTP_URL',
])

/** Every variable that `loadConfig` reads. */
export const CONFIG_KEYS = Object.keys(VARIABLES) as Name[]

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
 * names every variable that cannot be read, its value (never a secret one) and what was expected.
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
  const config: Config = {
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
  if (faults.length > 0) throw badInput(faults.join('\n'))
  return config
}

function mailOf(read: Read): Config['mail'] {
  const from = read('MAIL_FROM') ?? ''
  const address = /<(.*)>$/.exec(from)?.[1] ?? from
  const keyFile = read('DKIM_KEY_FILE')
  const domain = read('DKIM_DOMAIN') ?? address.slice(address.lastIndexOf('@') + 1)
  const selector = read('DKIM_SELECTOR')
  return {
    smtpUrl: read('SMTP_URL'),
    folder: resolve(read('MAIL_DIR') ?? join(read('PAPERQL_DATA_DIR') ?? '', 'mail')),
    from,
    replyTo: read('MAIL_REPLY_TO'),
    bounceAddress: read('MAIL_BOUNCE_TO') ?? address,
    dkim: keyFile ? { domain, selector, keyFile } : undefined,
  }
}
