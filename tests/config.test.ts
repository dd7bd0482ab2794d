import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CONFIG_KEYS, emptyIn, loadConfig, misspeltIn } from '../src/config.ts'
import { AppError } from '../src/errors.ts'

const faultOf = (env: Record<string, string>): AppError => {
  try {
    loadConfig(env)
  } catch (error) {
    return error as AppError
  }
  throw new Error('It was taken.')
}

test('an empty environment serves the embedded Postgres on loopback', () => {
  const config = loadConfig({ PORT: '', HOST: '  ' })
  expect(config).toMatchObject({
    databaseUrl: undefined,
    loadSample: true,
    host: '127.0.0.1',
    port: 4000,
    logLevel: 'info',
    corsOrigins: '*',
  })
  expect(config.dataDir).toMatch(/^\/.*\.paperql$/)
})

test('excluded licences are read as a list', () => {
  const { excludedLicences } = loadConfig({ PAPERQL_EXCLUDE_LICENCES: 'CC-BY-SA-4.0, unknown' })
  expect(excludedLicences).toEqual(['CC-BY-SA-4.0', 'unknown'])
  expect(loadConfig({}).excludedLicences).toEqual([])
})

test('origins are read as a list', () => {
  const { corsOrigins } = loadConfig({ CORS_ORIGIN: 'https://a.example, https://b.example,' })
  expect(corsOrigins).toEqual(['https://a.example', 'https://b.example'])
})

const SOME_KEY = 'a-key-of-16-char'

/** Values for each variable that look usable but are not. */
const WRONG: Partial<Record<(typeof CONFIG_KEYS)[number], string[]>> = {
  DATABASE_URL: [
    ...['host:5432/db', 'postgres:host/db', 'https://host/db', 'postgres://host/db?sslmode=yes'],
    // Passwords with unescaped characters: without the check they would end there, and messages would show the rest as the host.
    ...[
      'p@ss/word',
      'p/ss@word',
      'pa#ss',
      'pa?ss',
      'pa/ss',
      '12?ss',
      '12/ss',
      '12#ss',
      '/',
      '#',
      '?',
      '@/',
      '?#',
      'a?b@c',
    ].map((password) => `postgres://app:${password}@host:5432/db`),
  ],
  PAPERQL_EXCLUDE_LICENCES: [',', 'CC BY'],
  HOST: ['http://localhost', 'localhost:4000', '256.0.0.1', '[::1]', '0.0.0.0/0', 'a b'],
  PUBLIC_URL: ['https:papers.example.org', 'https://', '/papers', 'ftp://example.org'],
  CORS_ORIGIN: [
    ...[',', 'example.org', 'https://example.org/', 'https://example.org/app', 'null'],
    ...['https://*.example.org', 'https://a@example.org', 'https://example.org:99999', 'https://'],
    ...['https:example.org', '//example.org', 'https://a.example https://b.example', '**'],
    'https://a.example, b.example',
  ],
  SYNC_CONTACT: ['me', 'me@', '@example.org', 'https:', 'example.org', 'me @example.org'],
  GITHUB_TOKEN: ['two words', 'schlüssel'],
  ARXIV_OAI_URL: ['oaipmh.arxiv.org/oai', 'https:oaipmh.arxiv.org', 'https://a:b@example.org'],
  HUGGING_FACE_URL: ['huggingface.co', 'https://huggingface.co/?a=b', 'ftp://huggingface.co'],
  GITHUB_API_URL: ['api.github.com', 'https://api.github.com/#a', 'localhost:80'],
  WEBHOOK_ALLOW: [
    ...['10.0.0.0/99', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/8/8', '10.0.0/8'],
    ...['10.0.0', '256.0.0.1', '010.0.0.1', '10', '0x7f.1', '10.0.0.0-10.0.0.9', '10.0.0.0/8.0'],
    ...['fd00::/129', 'fd00::/', 'fd00:::1', '::g', 'fe80::1%eth0', '[::1]', '::ffff:10.0.0.0/104'],
    ...['https://hooks.internal', 'hooks.internal:8080', 'hooks.internal/8', '*.internal', '*'],
    ...['-hooks.internal', 'hooks..internal', `${'h'.repeat(64)}.internal`, 'a, b c', ','],
  ],
  PAPERQL_ADMIN_KEY: ['short', 'a key with spaces in it'],
  API_KEYS: ['ada', 'ada:short', `ada:${SOME_KEY},`, `ada:${SOME_KEY},grace:${SOME_KEY}`],
  SMTP_URL: [
    'smtp://user@mail.example.org',
    'smtp://:secret@mail.example.org',
    'smtp:mail.example.org',
    'smtp://',
    'smtp://:587',
    'mail.example.org:587',
    'mailto:a@b.org',
  ],
  MAIL_FROM: ['Papers', 'papers@', 'papers@-.org', 'Papers <papers@example..org>', '<a@b.org> x'],
  MAIL_REPLY_TO: ['me', 'me@a b', 'a@b.org, c@d.org'],
  MAIL_BOUNCE_TO: ['nobody', 'a@...', 'Papers <a@b.org>', 'a@b@'],
  DKIM_DOMAIN: ['.', '-', 'example..org', 'https://example.org', '.example.org'],
  DKIM_SELECTOR: ['.', '-a', 'a b', 'a..b'],
  LOG_LEVEL: ['loud', 'INFO,debug'],
}
const NUMBERS = CONFIG_KEYS.filter((name) =>
  /^PORT$|TRUSTED_PROXIES|_(?:MS|BYTES|DAYS|SIZE|STATEMENTS|LIMIT|PER_CLIENT)$/.test(name),
)
for (const name of NUMBERS)
  WRONG[name] = ['-1', '1.5', '1e3', '10s', '10 MB', '1,000', '9999999999', 'ten', 'NaN', '0x10']
for (const name of ['PAPERQL_SAMPLE', 'PAPERQL_MIGRATE', 'PAGES', 'GRAPHIQL'] as const)
  WRONG[name] = ['perhaps', '2', 'true false']

test.each(Object.entries(WRONG))('%s refuses unusable values', (name, values) => {
  const accepted = values.filter((value) => {
    try {
      loadConfig({ [name]: value })
      return true
    } catch (error) {
      expect((error as AppError).message).toMatch(new RegExp(`^${name}: .*; expected `))
      return false
    }
  })
  expect(accepted).toEqual([])
})

test('each variable is tested with wrong values, except those that accept any text', () => {
  const untried = CONFIG_KEYS.filter((name) => !WRONG[name])
  expect(untried).toEqual(['PAPERQL_DATA_DIR', 'MAIL_DIR', 'DKIM_KEY_FILE'])
})

/** Settings that signatures require. */
const SIGNING = { DKIM_KEY_FILE: '/dkim.pem', MAIL_FROM: 'papers@example.org' }

test.each([
  ['WEBHOOK_ALLOW', '10.0.0.0/8, 192.168.1.1,0.0.0.0/0,fd00::/8,::1,::/0,fe80::/10'],
  ['WEBHOOK_ALLOW', 'hooks.internal,localhost,my_service,n8n,1password.example,a.b-c'],
  ['DATABASE_URL', 'postgres:///papers?host=/run/postgresql'],
  ['DATABASE_URL', 'postgresql://me:p%40ss@[::1]:5432/papers?sslmode=require'],
  [
    'DATABASE_URL',
    'postgres://me:p%40%2F%23%3F%3A%25@host/papers?sslmode=prefer&options=-cwork_mem%3D3MB',
  ],
  ['DATABASE_URL', 'postgres://me:p@ss@host/papers?application_name=a@b'],
  ['HOST', '0.0.0.0'],
  ['HOST', '::'],
  ['HOST', 'fe80::1%eth0'],
  ['HOST', 'papers.example.org'],
  ['SYNC_CONTACT', 'me+arxiv@example.org'],
  ['SYNC_CONTACT', 'mailto:me@example.org'],
  ['SYNC_CONTACT', 'https://example.org/about?us'],
  ['SMTP_URL', 'smtps://user:p%40ss@mail.example.org:465/?requireTLS=true'],
  ['ARXIV_OAI_URL', 'http://localhost:8080/oai/'],
  ['MAIL_FROM', 'Dr. Ada (papers) <ada+x@mail.example.org>'],
  ['MAIL_REPLY_TO', 'Ada <ada@localhost>'],
  ['DKIM_SELECTOR', '20261129'],
  ['DKIM_SELECTOR', 's1.mail'],
  ['API_KEYS', `ada:${SOME_KEY},grace:${SOME_KEY}:2`],
])('%s=%s is accepted', (name, value) => {
  expect(() => loadConfig({ ...SIGNING, [name]: value })).not.toThrow()
})

test.each([
  ['HTTPS://Example.ORG:443', ['https://example.org']],
  ['http://localhost:3000,http://[::1]:80', ['http://localhost:3000', 'http://[::1]']],
  [
    'chrome-extension://abcdef, capacitor://localhost',
    ['chrome-extension://abcdef', 'capacitor://localhost'],
  ],
  ['https://a.example, *', '*'],
])('origins are read as browsers send them: %s', (value, origins) => {
  expect(loadConfig({ CORS_ORIGIN: value }).corsOrigins).toEqual(origins)
})

test.each([
  ['PORT', 'eighty', /^PORT: "eighty" cannot be used; expected a whole number from 0 to 65535/],
  ['PORT', '65536', /^PORT: "65536"/],
  ['PORT', '-1', /^PORT: "-1"/],
  ['PAPERQL_SAMPLE', 'perhaps', /^PAPERQL_SAMPLE: "perhaps" .* true, false or demo/],
  [
    'PAPERQL_EXCLUDE_LICENCES',
    'CC BY-SA 4.0',
    /^PAPERQL_EXCLUDE_LICENCES: "CC BY-SA 4.0" .* SPDX ids separated by commas, such as CC-BY-SA-4.0/,
  ],
  ['LOG_LEVEL', 'loud', /^LOG_LEVEL: "loud" .* fatal, error, warn/],
  ['DATABASE_POOL_SIZE', '0', /^DATABASE_POOL_SIZE: "0" .* from 1 to 1000/],
  ['STATEMENT_TIMEOUT_MS', '1.5', /^STATEMENT_TIMEOUT_MS: "1.5" .*milliseconds/],
  ['PUBLIC_URL', 'papers.example.org', /^PUBLIC_URL: "papers.example.org" .* a URL without user/],
  ['PUBLIC_URL', 'https://a:b@example.org', /^PUBLIC_URL: /],
  ['PUBLIC_URL', 'https://example.org/?q', /^PUBLIC_URL: /],
  ['REQUEST_BODY_LIMIT_BYTES', '10', /^REQUEST_BODY_LIMIT_BYTES: "10" .*bytes/],
])('%s=%s is refused with the name of the variable', (name, value, message) => {
  const fault = faultOf({ [name]: value })
  expect(fault).toBeInstanceOf(AppError)
  expect(fault.code).toBe('BAD_USER_INPUT')
  expect(fault.message).toMatch(message)
})

test('all errors are reported at once, and never a password', () => {
  const { message } = faultOf({ PORT: 'x', DATABASE_URL: 'mysql://me:hunter2@host/db' })
  expect(message).toMatch(/^DATABASE_URL: its value .*\nPORT: "x"/)
  expect(message).not.toContain('hunter2')
})

test('an admin key is long, and never printed', () => {
  expect(loadConfig({}).adminKey).toBeUndefined()
  expect(loadConfig({ PAPERQL_ADMIN_KEY: 'a-key-of-16-char' }).adminKey).toBe('a-key-of-16-char')
  for (const key of ['hunter2', 'a key with spaces in it', 'schlüsselschlüssel']) {
    const { message } = faultOf({ PAPERQL_ADMIN_KEY: key })
    expect(message).toMatch(/^PAPERQL_ADMIN_KEY: its value .* at least 16 /)
    expect(message).not.toContain(key)
  }
})

test('.env.example describes every variable and no other', () => {
  const text = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  const told = [...text.matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name)
  expect(told.sort()).toEqual([...CONFIG_KEYS].sort())
})

test.each([
  [{ DKIM_DOMAIN: 'example.org' }, ['DKIM_DOMAIN: it does nothing without DKIM_KEY_FILE']],
  [
    { DKIM_SELECTOR: 'paperql', DKIM_KEY_FILE: ' ' },
    ['DKIM_SELECTOR: it does nothing without DKIM_KEY_FILE'],
  ],
  [{ DKIM_KEY_FILE: '/dkim.pem' }, ['DKIM_KEY_FILE: it does nothing without MAIL_FROM']],
  [
    { DKIM_DOMAIN: 'example.org', DKIM_SELECTOR: 'x', MAIL_FROM: 'papers@example.org' },
    [
      'DKIM_DOMAIN: it does nothing without DKIM_KEY_FILE',
      'DKIM_SELECTOR: it does nothing without DKIM_KEY_FILE',
    ],
  ],
])('a setting that depends on another is refused without it: %j', (env, told) => {
  const { message } = faultOf(env)
  expect(message).toBe(told.map((one) => `${one}; set both or neither.`).join('\n'))
})

/** Each name with two letters swapped, one missing, one doubled, one replaced, or in lower case. */
const slipsOf = (name: string) => [
  ...[...name].flatMap((letter, i) => [
    name.slice(0, i) + (name[i + 1] ?? '') + letter + name.slice(i + 2),
    name.slice(0, i) + name.slice(i + 1),
    name.slice(0, i) + letter + name.slice(i),
    `${name.slice(0, i)}${letter === 'X' ? 'Y' : 'X'}${name.slice(i + 1)}`,
  ]),
  name.toLowerCase(),
]

test.each(CONFIG_KEYS.filter((name) => name.length > 5))('a misspelt %s is reported', (name) => {
  // Other programs use MAILDIR.
  const others = new Set<string>([...CONFIG_KEYS, 'MAILDIR'])
  const slips = slipsOf(name).filter((one) => !others.has(one))
  const silent = slips.filter((one) => {
    const told = misspeltIn({ [one]: 'x' }).join()
    return (
      !told.startsWith(`${one} is not a setting of paperql.`) || !told.includes(`mean ${name}?`)
    )
  })
  expect(silent).toEqual([])
})

test.each([
  [{ PAPERQL_PORT: '80' }, ['PAPERQL_PORT is not a setting of paperql. Did you mean PORT?']],
  [{ PAPERQL_XYZ: '1' }, ['PAPERQL_XYZ is not a setting of paperql.']],
  [{ PAPERQL_XYZ: ' ' }, []],
  [{ SMTP_ULR: 'x', SMTP_URL: 'y' }, []],
  [{ PAGER: 'less', POST: 'x', MAILDIR: '/var/mail', GH_TOKEN: 'x', TEST_DATABASE_URL: 'x' }, []],
  [{ PATH: '/bin', HOME: '/', HOSTNAME: 'a', SHELL: '/bin/sh', LANG: 'C', DATABASE: 'x' }, []],
])('of the names of an environment, %j is reported', (env, told) => {
  expect(misspeltIn(env)).toEqual(told)
})

test('an empty DATABASE_URL is reported, because the embedded PostgreSQL is used then', () => {
  for (const DATABASE_URL of ['', ' ', '\t'])
    expect(emptyIn({ DATABASE_URL })).toEqual([
      'DATABASE_URL is empty: the embedded PostgreSQL is used.',
    ])
  for (const env of [{}, { DATABASE_URL: 'x' }, { PORT: '' }]) expect(emptyIn(env)).toEqual([])
})
