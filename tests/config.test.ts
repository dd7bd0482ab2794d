import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { CONFIG_KEYS, loadConfig } from '../src/config.ts'
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

test('licences to leave out are read as a list', () => {
  const { excludedLicences } = loadConfig({ PAPERQL_EXCLUDE_LICENCES: 'CC-BY-SA-4.0, unknown' })
  expect(excludedLicences).toEqual(['CC-BY-SA-4.0', 'unknown'])
  expect(loadConfig({}).excludedLicences).toEqual([])
})

test('origins are read as a list', () => {
  const { corsOrigins } = loadConfig({ CORS_ORIGIN: 'https://a.example, https://b.example,' })
  expect(corsOrigins).toEqual(['https://a.example', 'https://b.example'])
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
])('%s=%s is refused by name', (name, value, message) => {
  const fault = faultOf({ [name]: value })
  expect(fault).toBeInstanceOf(AppError)
  expect(fault.code).toBe('BAD_USER_INPUT')
  expect(fault.message).toMatch(message)
})

test('every fault is told at once, and never a password', () => {
  const { message } = faultOf({ PORT: 'x', DATABASE_URL: 'mysql://me:hunter2@host/db' })
  expect(message).toMatch(/^DATABASE_URL: its value .*\nPORT: "x"/)
  expect(message).not.toContain('hunter2')
})

test('an admin key is long, and never repeated', () => {
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
