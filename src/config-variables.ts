import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import {
  DATABASE_URL,
  databaseUrl,
  hasWholeLogin,
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

const PROJECT = fileURLToPath(new URL('..', import.meta.url))

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const

/** Limits of one operation. A point is about a millisecond on two cores with 300,000 papers. */
export const DEFAULT_COST_LIMITS = { points: 1000, bytes: 1_000_000 }

/** One entry for each variable: its parser and the message for invalid values. */
export const VARIABLES = {
  DATABASE_URL: { schema: databaseUrl.optional(), expected: DATABASE_URL },
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
    schema: urlOf(/^smtps?$/)
      .refine(hasWholeLogin)
      .optional(),
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

export type Name = keyof typeof VARIABLES

/** Variables whose values are never repeated. */
export const SECRETS = new Set<Name>([
  'API_KEYS',
  'DATABASE_URL',
  'GITHUB_TOKEN',
  'PAPERQL_ADMIN_KEY',
  'SMTP_URL',
])

/** Every variable that `loadConfig` reads. */
export const CONFIG_KEYS = Object.keys(VARIABLES) as Name[]
