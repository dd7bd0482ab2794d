import sql, { raw } from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { connect } from '../../src/db/client.ts'
import { adviceOnLog, causeOf, describeCause, faultForClients } from '../../src/db/error-cause.ts'
import { migrate } from '../../src/db/schema/migrate.ts'
import { transaction } from '../../src/db/transaction.ts'
import { runCli } from '../helpers/cli.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { databaseUrl } from '../helpers/global-setup.ts'

let t: TestDatabase
let admin: TestDatabase['db']
beforeAll(async () => {
  t = await createTestDatabase()
  admin = connect(inject('adminUrl'), { poolSize: 1 })
})
afterAll(async () => {
  await admin.close()
  await t.close()
})

/** The message for an operator when a statement fails in a transaction. */
async function toldOf(text: string): Promise<string> {
  const error = await transaction(t.url, async (tx) => {
    for (const statement of text.split(';')) await tx.query(sql`${raw(statement)}`)
  }).catch((thrown: unknown) => thrown)
  const cause = causeOf(error)
  return cause ? describeCause(cause) : `not explained: ${error}`
}

describe('the reason comes from PostgreSQL, the advice from the table', () => {
  test.each([
    ['53100', 'could not extend file "base/1": No space left on device', /Free space on the disk/],
    ['53200', 'out of memory', /more memory/],
    ['53300', 'sorry, too many clients already', /DATABASE_POOL_SIZE/],
    ['53400', 'temporary file size exceeds temp_file_limit', /temp_file_limit/],
    ['55P03', 'canceling statement due to lock timeout', /holds a lock/],
    ['57P04', 'terminating connection due to database drop', /dropped/],
    ['58030', 'could not fsync file: Input/output error', /data folder/],
    ['58030', 'could not write to file "pg_wal/x": No space left on device', /Free space/],
    ['XX001', 'invalid page in block 3 of relation base/5/16384', /damaged/],
    ['XX002', 'index "papers_pkey" contains unexpected zero page', /REINDEX/],
    ['40P01', 'deadlock detected', /try again/],
    ['0A000', 'extension "pg_trgm" is not available', /contrib/],
  ])('%s %s', async (code, message, advice) => {
    const error = Object.assign(new Error(message), { code })
    const cause = causeOf(new Error('Failed query: select 1', { cause: error }))
    expect(cause).toMatchObject({ code, reason: message })
    const told = describeCause(cause)
    expect(told).toMatch(new RegExp(`^PostgreSQL: .* \\(${code}\\)\\. `))
    expect(told).toMatch(advice)
  })

  test.each([
    ['a standby', "set transaction read only;insert into words values ('x')", /\(25006\).*primary/],
    ['a table of another version', 'select * from papers_of_tomorrow', /\(42P01\).*migrate/],
  ])('%s, by a real statement', async (_, text, expected) => {
    expect(await toldOf(text)).toMatch(expected)
  })

  test('errors from elsewhere are not explained', () => {
    expect(causeOf(new TypeError('x is undefined'))).toBeNull()
    expect(causeOf('text')).toBeNull()
    const loop = new Error('a')
    loop.cause = loop
    expect(causeOf(loop)).toBeNull()
  })
})

describe('clients only learn that a server error is temporary', () => {
  test.each([
    '53100',
    '53200',
    '42501',
    '25006',
    '3D000',
    '55P03',
    '58030',
    'XX001',
    '57P04',
    '08006',
  ])('%s', (code) => {
    const fault = faultForClients(Object.assign(new Error('/var/lib/secret'), { code }))
    if (code === '42501') return expect(fault).toBeNull()
    expect(fault).toMatchObject({ code: 'UNAVAILABLE' })
    expect(fault?.message).not.toContain('secret')
    expect(causeOf(fault)?.reason).toBe('/var/lib/secret')
  })
})

test('lines of the log are recognised too', () => {
  expect(adviceOnLog('PANIC:  could not write to file "x": No space left on device')).toMatch(
    /Free/,
  )
  expect(adviceOnLog('FATAL:  could not create shared memory: Cannot allocate memory')).toMatch(
    /memory/,
  )
  expect(adviceOnLog('LOG:  all is well')).toBe('')
})

describe('a command prints the reason', () => {
  const role = `paperql_reader_${Date.now()}`
  const asRole = () => Object.assign(new URL(t.url), { username: role, password: 'secret-9' }).href

  beforeAll(async () => {
    await admin.query(sql`${raw(`create role ${role} login password 'secret-9'`)}`)
  })
  afterAll(async () => {
    await admin.query(sql`${raw(`drop owned by ${role}`)}`).catch(() => {})
    await admin.query(sql`${raw(`drop role ${role}`)}`)
  })

  test('a user without permissions on an empty database', async () => {
    const empty = await createTestDatabase({ template: false })
    try {
      const name = new URL(empty.url).pathname.slice(1)
      const url = databaseUrl(asRole(), name)
      const { code, stderr } = await runCli(['migrate'], { env: { DATABASE_URL: url } })
      expect(stderr).toMatch(
        /^error: PostgreSQL: permission denied for database \w+ \(42501\)\. Make the user of DATABASE_URL the owner/,
      )
      expect(stderr).not.toContain('secret-9')
      expect(code).toBe(1)
    } finally {
      await empty.close()
    }
  })

  test("a user without permissions on paperql's tables", async () => {
    await expect(migrate(asRole())).rejects.toMatchObject({ code: '42501' })
    const { code, stderr } = await runCli(['imports'], { env: { DATABASE_URL: asRole() } })
    expect(stderr).toMatch(/^error: PostgreSQL: permission denied for .*\(42501\)/)
    expect(code).toBe(1)
  })

  test('too many connections for the user', async () => {
    await admin.query(sql`${raw(`alter role ${role} connection limit 0`)}`)
    const { code, stderr } = await runCli(['imports'], { env: { DATABASE_URL: asRole() } })
    await admin.query(sql`${raw(`alter role ${role} connection limit -1`)}`)
    expect(stderr).toMatch(
      /^error: DATABASE_URL: .*too many connections for role .*\(53300\)\. Lower/,
    )
    expect(code).toBe(1)
  })
})

test('errors of the command line are reported before PostgreSQL starts', async () => {
  const env = { PAPERQL_DATA_DIR: '/proc/no-folder' }
  const commands: [string[], RegExp][] = [
    [['import', 'paperlists', 'gone.json'], /There is no file gone\.json/],
    [['import', 'auto', 'package.json', '--rejects', '/nope/x.jsonl'], /rejects file \/nope\/x/],
    [['export', 'jsonl', '-o', '/nope/x.jsonl'], /\/nope\/x\.jsonl cannot be written: there is no/],
  ]
  for (const [command, message] of commands) {
    const { code, stderr } = await runCli(command, { env })
    expect(stderr, command.join(' ')).toMatch(message)
    expect(code, command.join(' ')).toBe(2)
  }
})
