import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { CONFIG_KEYS } from '../../src/config.ts'
import { type CliResult, runCli, runProcess } from '../helpers/cli.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { databaseUrl } from '../helpers/global-setup.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-cli-'))

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase({ template: false })
})
afterAll(() => t.close())

const run = (...args: string[]) => runCli(args, { env: { DATABASE_URL: t.url }, cwd: folder })

/** An error is one line for a person: no stack, and nothing on standard output. */
function expectFault(result: CliResult, code: number, message: RegExp): void {
  expect(result.stderr).toMatch(message)
  expect(result.stderr).not.toMatch(/^\s+at /m)
  expect(result.stdout).toBe('')
  expect(result.code).toBe(code)
}

const write = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content)
  return name
}

const paper = (id: string, title: string) => ({
  ...{ id, title, author: 'Ada Lovelace', abstract: 'An abstract.', status: 'Long' },
  site: `https://aclanthology.org/${id}/`,
})

describe('without a database', () => {
  test('--help explains every command, variable and exit code', async () => {
    const { code, stdout } = await runCli(['--help'])
    for (const variable of CONFIG_KEYS) expect(stdout).toContain(variable)
    expect(code).toBe(0)
    const words = [
      'serve',
      'migrate',
      'import',
      'imports',
      'print-schema',
      'DATABASE_URL',
      'Exit codes',
    ]
    for (const word of words) expect(stdout).toContain(word)
    const { stdout: help } = await runCli(['import', '--help'])
    expect(help).toMatch(/\n {2}3 {4}finished, but/)
    expect(help).not.toMatch(/\n {2}4 /)
    for (const word of ['paperlists', 'hf-listing', '--rejects', '--json'])
      expect(help).toContain(word)
  })

  test('--version prints the version of package.json', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(await runProcess(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` })
  })

  test('print-schema prints the committed schema, from any folder', async () => {
    const { code, stdout } = await runProcess(['print-schema'], { cwd: folder })
    expect(code).toBe(0)
    expect(stdout).toBe(readFileSync('schema.graphql', 'utf8'))
  })

  test('it can be called through a symbolic link', async () => {
    const bin = fileURLToPath(new URL('../../src/bin.mjs', import.meta.url))
    symlinkSync(bin, join(folder, 'paperql'))
    const { status } = spawnSync(join(folder, 'paperql'), ['--version'], { cwd: folder })
    expect(status).toBe(0)
  })

  test.each([
    [['serv'], /unknown command 'serv'[\s\S]*serve/],
    [['help', 'importt'], /unknown command 'importt'[\s\S]*import/],
    [['help', 'nothing'], /unknown command 'nothing'/],
    [['import', 'paperlists'], /missing required argument 'files'/],
    [['import'], /missing required argument 'format'/],
    [['serve', '--fast'], /unknown option '--fast'\nRun "paperql serve --help" for usage\./],
    [['import', 'bibtext', 'x'], /Unknown import format "bibtext".* Did you mean bibtex\?/],
    [['import', 'auto', '/nope/*.gz'], /No files match \/nope\/\*\.gz/],
    [['export', 'ris', 'year:then'], /query, character \d+/],
    [['sync', 'arxiv', '--from', 'then'], /--from/],
    [['undo', 'last'], /Expected the number of a decision/],
    [['completion', 'csh'], /Allowed choices are bash, zsh, fish/],
  ])('%j is a usage error', async (args, message) => {
    expectFault(await runCli(args), 2, message)
  })

  test('an invalid variable is a usage error', async () => {
    const result = await runProcess(['serve'], { env: { PORT: 'http' } })
    expectFault(result, 2, /^error: PORT: "http" cannot be used; expected a whole number/)
  })

  test('an unreadable key is reported at the start, not with the first mail', async () => {
    const env = { MAIL_FROM: 'papers@example.org', DKIM_KEY_FILE: '/nowhere/key.pem' }
    for (const args of [['serve'], ['digest', 'send']])
      expectFault(
        await runCli(args, { env }),
        2,
        /^error: DKIM_KEY_FILE: There is no file \/nowhere\/key\.pem\./,
      )
  })
})

describe('an unusable DATABASE_URL:', () => {
  const migrate = (url: string) => runCli(['migrate'], { env: { DATABASE_URL: url } })

  test('no server listens', async () => {
    const url = 'postgres://me:hunter2@127.0.0.1:9/db'
    const result = await migrate(url)
    expectFault(result, 1, /^error: DATABASE_URL: nothing answers at 127\.0\.0\.1:9\./)
    expect(result.stderr).not.toContain('hunter2')
    const served = await runProcess(['serve'], { env: { DATABASE_URL: url } })
    expectFault(served, 1, /nothing answers/)
  })

  test('unknown host', async () => {
    const result = await migrate('postgres://nobody@host.invalid/db')
    expectFault(result, 1, /no host named host\.invalid/)
  })

  test('unknown database', async () => {
    const result = await migrate(databaseUrl(inject('adminUrl'), 'absent'))
    expectFault(result, 1, /there is no database absent at /)
  })

  test('wrong password', async () => {
    const url = new URL(t.url)
    url.password = 'wrong-one'
    const result = await migrate(url.href)
    expectFault(result, 1, /does not let the user \w+ in/)
    expect(result.stderr).not.toContain('wrong-one')
  })
})

describe('with a database', () => {
  test('migrate migrates an empty database, and can run again', async () => {
    for (let time = 0; time < 2; time++) {
      const env = { DATABASE_URL: t.url }
      const { code, stdout } = await runProcess(['migrate'], { env, isSource: time === 0 })
      expect(code).toBe(0)
      expect(stdout).toMatch(/has the newest schema/)
      expect(stdout).not.toContain(new URL(t.url).password)
    }
  })

  test('import reports in words, and says if nothing changed', async () => {
    const file = write('acl2021.json.gz', gzipSync(JSON.stringify([paper('2021.acl-1.1', 'One')])))
    expect(await run('import', 'paperlists', file)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Read 1 record in [\d.]+ s: 1 created, 0 updated/),
    })
    const { code, stdout } = await run('import', 'paperlists', file)
    expect(code).toBe(0)
    expect(stdout).toMatch(/1 unchanged.*\n.*Nothing changed/)
  })

  test('import reads standard input and detects its format', async () => {
    const input = JSON.stringify([paper('2021.acl-1.7', 'Seven'), { id: 'x' }])
    const env = { DATABASE_URL: t.url }
    const result = await runProcess(['import', 'auto', '-', '--json'], { env, cwd: folder, input })
    expect(JSON.parse(result.stdout)).toMatchObject({ read: 2, rejected: 1 })
    expect(JSON.parse(result.stdout).rejectsPath).toMatch(/\/stdin\.rejects\.jsonl$/)
    const nothing = await runCli(['import', 'auto', '-'], { env, cwd: folder, input: '' })
    expectFault(nothing, 2, /Standard input is empty/)
  })

  test('import --json reports to machines, and rejects have a code of their own', async () => {
    const papers = [paper('2021.acl-1.2', 'Two'), { id: 'x' }, paper('2021.acl-1.3', 'Three')]
    const file = write('acl2022.json', JSON.stringify(papers))
    const args = ['import', 'paperlists', file, '--json']
    const env = { DATABASE_URL: t.url }
    const { code, stdout, stderr } = await runProcess(args, { env, cwd: folder })
    expect(code).toBe(3)
    expect(stderr).toBe('')
    const report = JSON.parse(stdout)
    expect(report).toMatchObject({ read: 3, created: 2, rejected: 1 })
    expect(readFileSync(report.rejectsPath, 'utf8')).toMatch(/"position":1.*"reason":/)
    const elsewhere = join(folder, 'else.jsonl')
    const again = await run(...args, '--rejects', elsewhere)
    expect(JSON.parse(again.stdout).rejectsPath).toBe(elsewhere)
  })

  test.each([
    [
      'an unknown format',
      ['bibtext', 'x.json'],
      /Unknown import format "bibtext"; expected one of/,
    ],
    ['a file that is not there', ['paperlists', 'gone.json'], /There is no file gone\.json/],
    ['a folder', ['paperlists', '.'], /\. is not a file/],
    ['no JSON', ['paperlists', 'text.json'], /text\.json is not a paperlists file/],
    ['cut gzip', ['paperlists', 'cut.json.gz'], /cut\.json\.gz is truncated/],
  ])('import of %s is a usage error', async (_, args, message) => {
    write('text.json', 'To be, or not to be')
    write(
      'cut.json.gz',
      gzipSync(JSON.stringify([paper('2021.acl-1.4', 'x'.repeat(5000))])).subarray(0, 60),
    )
    expectFault(await run('import', ...args), 2, message)
  })

  test('unimportable files are refused before PostgreSQL starts', async () => {
    const data = join(folder, 'never')
    const file = write('tell.json', 'To be, or not to be')
    for (const format of ['paperlists', 'auto'])
      expectFault(
        await runCli(['import', format, file], { cwd: folder, env: { PAPERQL_DATA_DIR: data } }),
        2,
        /^error: .*tell\.json is .*it looks like/,
      )
    expect(existsSync(data)).toBe(false)
  })

  test('several files are refused before PostgreSQL starts if none can be imported', async () => {
    const data = join(folder, 'never-either')
    const files = [1, 2, 3].map((n) => write(`tell${n}.json`, 'To be, or not to be'))
    for (const format of ['paperlists', 'auto'])
      expectFault(
        await runCli(['import', format, ...files], {
          cwd: folder,
          env: { PAPERQL_DATA_DIR: data },
        }),
        2,
        /^error: .*tell1\.json is .*it looks like[\s\S]*None of the 3 files can be read/,
      )
    expect(existsSync(data)).toBe(false)
  })

  test('imports lists imports with their state, and shows one with its rejects', async () => {
    const file = write('acl2024.json', JSON.stringify([paper('2024.acl-1.1', 'One'), { id: 'x' }]))
    const { stdout: report } = await run('import', 'paperlists', file, '--json')
    const { id, rejectsPath } = JSON.parse(report)
    const { code, stdout } = await run('imports', '--limit', '1')
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^number +state +started \(UTC\) .*\n +\d+ +done .* 1 +acl2024\.json\n\(1 of \d+;/,
    )
    const shown = await run('imports', String(id))
    expect(shown.stdout).toMatch(
      /^Import \d+ \(paperlists\): done\. .*\n2 read: 1 created, .* 1 rejected\.\n/,
    )
    expect(shown.stdout).toContain(
      `(in ${rejectsPath}):\n  acl2024.json:1 x: the entry has no title`,
    )
    const all = JSON.parse((await run('imports', '--state', 'done', '--json')).stdout)
    expect(all[0]).toMatchObject({
      id,
      state: 'done',
      readCount: 2,
      finishedAt: expect.any(String),
    })
    const one = JSON.parse((await run('imports', String(id), '--json')).stdout)
    expect(one).toMatchObject({ id, files: [{ name: file }], rejects: [{ position: 1, key: 'x' }] })
    expect(JSON.stringify(one)).not.toContain('sortKey')
  })

  test.each([
    ['a number that no import has', ['999999999'], 2, /There is no import 999999999/],
    ['a number that is none', ['seven'], 2, /Expected the number of an import; "paperql imports"/],
    ['an unknown state', ['--state', 'lost'], 2, /Allowed choices are running, stopped/],
  ])('imports of %s', async (_, args, code, message) => {
    expectFault(await run('imports', ...args), code, message)
  })

  test('a missing file is found before another is imported', async () => {
    const [before] = await t.db.query<{ n: number }>(sql`select count(*)::int as n from papers`)
    const file = write('acl2023.json', JSON.stringify([paper('2023.acl-1.9', 'Nine')]))
    expectFault(await run('import', 'paperlists', file, 'gone.json'), 2, /no file gone\.json/)
    const [after] = await t.db.query<{ n: number }>(sql`select count(*)::int as n from papers`)
    expect(after).toEqual(before)
  })

  test('a port in use is reported before anything is written', async () => {
    const empty = await createTestDatabase({ template: false })
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    const env = { DATABASE_URL: empty.url, PORT: String(port) }
    const result = await runProcess(['serve'], { env })
    taken.close()
    const tables = sql`select from pg_tables where schemaname in ('public', 'drizzle')`
    expect(await empty.db.query(tables)).toEqual([])
    await empty.close()
    expectFault(result, 1, new RegExp(`Another process listens on 127\\.0\\.0\\.1:${port}\\.`))
  })
})
