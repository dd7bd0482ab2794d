import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeConnection, openConnection } from '../../src/db/connection.ts'
import { transaction } from '../../src/db/transaction.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { paperRecord } from '../helpers/catalogue.ts'
import { runCli, runProcess, spawnCli, withoutLines } from '../helpers/cli.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-cli-export-'))

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  const records = Array.from({ length: 100 }, (_, i) =>
    paperRecord({ key: `${i}`, title: `Paper ${i} of Many`, abstract: 'word '.repeat(2000) }),
  )
  await transaction(t.url, (tx) => writeRecords(tx, records))
})
afterAll(() => t.close())

const run = (...args: string[]) =>
  runCli(['export', ...args], { env: { DATABASE_URL: t.url }, cwd: folder })

test('a filter of several words needs no quotes, and papers go to standard output', async () => {
  const { code, stdout, stderr } = await run('ris', 'title:7', 'year:2021', '--no-abstracts')
  expect(code).toBe(0)
  expect(stdout).toMatch(/^TY {2}- UNPB\r\n[\s\S]*TI {2}- Paper 7 of Many\r\n[\s\S]*ER {2}- \r\n$/)
  expect(stderr).toBe('')
})

test('a file is reported on, in words or as JSON', async () => {
  const { stdout } = await run('csv', '-o', 'all.csv')
  expect(stdout).toMatch(/^Wrote 100 papers to all\.csv in [\d.]+ s: [\d.]+ MB\.\n$/)
  const args = ['export', 'bibtex', '-o', 'all.bib.gz', '--json']
  const json = await runProcess(args, { env: { DATABASE_URL: t.url }, cwd: folder })
  expect(json.stderr).toBe('')
  const report = JSON.parse(json.stdout)
  expect(report).toMatchObject({ format: 'bibtex', papers: 100, leftOut: 0, file: 'all.bib.gz' })
  const bytes = readFileSync(join(folder, 'all.bib.gz'))
  expect(bytes).toHaveLength(report.bytes)
  expect(
    gunzipSync(bytes)
      .toString()
      .match(/^@misc\{/gm),
  ).toHaveLength(100)
  expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([])
})

test('a licence without records is reported, as it may be misspelt', async () => {
  const { code, stderr } = await run('csv', '-o', 'some.csv', '--exclude-licence', 'CC-BY')
  expect(code).toBe(0)
  expect(stderr).toBe(
    '--exclude-licence: no paper record is under CC-BY; licences in this catalogue: unknown.\n',
  )
})

test.each([
  [
    'an unknown format',
    ['word'],
    /Unknown export format "word"; expected one of jsonl, csv.*arxiv\.\n$/,
  ],
  ['a misspelt format', ['bibtext'], /Did you mean bibtex\?/],
  ['a file, by no query,', ['csv', 'year:then', '-o', 'old.csv'], /query, character \d+/],
  ['no licence', ['ris', '--exclude-licence', 'CC BY SA'], /"CC BY SA" is not a licence; expected/],
  ['no folder', ['ris', '-o', 'gone/x.ris'], /gone\/x\.ris cannot be written: there is no such/],
])('export to %s is a usage error, and leaves no file', async (_, args, message) => {
  writeFileSync(join(folder, 'old.csv'), 'old')
  const before = readdirSync(folder)
  const { code, stdout, stderr } = await run(...args)
  expect(stderr).toMatch(message)
  expect(stderr).not.toMatch(/^\s+at /m)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(readdirSync(folder)).toEqual(before)
  expect(readFileSync(join(folder, 'old.csv'), 'utf8')).toBe('old')
})

test('a filter that no paper matches is an error with a hint, and writes nothing', async () => {
  await t.db.query(
    sql`insert into topics (slug, name, name_key, kind)
    values ('parsing', 'Parsing', 'parsing', 'task')`,
  )
  const { code, stdout, stderr } = await run('csv', 'topic:parsnig', '-o', 'none.csv')
  expect(stderr).toBe(
    'error: No paper matches the filter "topic:parsnig". Did you mean topic:parsing?\n',
  )
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(readdirSync(folder)).not.toContain('none.csv')
  const other = await run('csv', 'topic:qqqqqq')
  expect(other.stderr).toBe('error: No paper matches the filter "topic:qqqqqq".\n')
  expect(other.stdout).toBe('')
})

test('a reader that closes the pipe ends it without a message', async () => {
  const child = spawnCli(['export', 'jsonl'], { env: { DATABASE_URL: t.url }, cwd: folder })
  let told = ''
  child.stderr?.on('data', (chunk) => {
    told += chunk
  })
  child.stdout?.once('data', () => child.stdout?.destroy())
  const [code] = await once(child, 'exit')
  expect({ code, told: withoutLines(told) }).toEqual({ code: 0, told: '' })
})

/** The messages of a command until it writes a line of this form; then `goOn` lets it end. */
async function toldBy(args: string[], line: RegExp, goOn: (child: ChildProcess) => unknown) {
  const child = spawnCli(args, { env: { DATABASE_URL: t.url }, cwd: folder })
  const ended = once(child, 'exit')
  let told = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    told += chunk
  })
  await expect.poll(() => told).toMatch(line)
  await goOn(child)
  expect(await ended).toEqual([0, null])
  return withoutLines(told)
}

test('its progress is reported without a bar, here with a slow reader', async () => {
  const told = await toldBy(['export', 'jsonl'], /^Writing 100 papers: \d+%$/m, (child) =>
    child.stdout?.resume(),
  )
  expect(told).toBe('')
})

test('a backup reports progress too, here with a locked table', async () => {
  const holder = await openConnection(t.url)
  await holder.query('begin; lock table venues in access exclusive mode')
  const told = await toldBy(
    ['backup', 'some.backup'],
    /^(?:backup: starting|Writing \w+: \d+%)$/m,
    () => holder.query('rollback'),
  )
  await closeConnection(holder)
  expect(told).toBe('')
})
