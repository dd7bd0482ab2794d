import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createProgram } from '../../src/cli/program.ts'
import { runCli } from '../helpers/cli.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

// Runs every command without a catalogue. The author of a new command states here whether it is refused or creates a catalogue.

/** Commands that create a catalogue. */
const MAKING = ['serve', 'migrate', 'import', 'restore', 'sync arxiv', 'sync hf-daily']
const WITHOUT_DATABASE = ['print-schema', 'completion', 'digest doctor']

/** Valid values of arguments, so that only the catalogue is missing. */
const VALUES: Record<string, string> = {
  ...{ format: 'jsonl', file: 'written.backup', number: '1', decision: '1', address: 'a@b.org' },
  ...{ ref: 'arxiv:2101.00001', refs: 'arxiv:2101.00002', records: 'arxiv:2101.00001' },
  ...{ author: 'Ada Lovelace', authors: 'Alan Turing', papers: 'arxiv:2101.00001' },
  ...{ into: 'parsing', slug: 'parsing', slugs: 'tagging', name: 'Parsing', filter: 'parsing' },
}

const withOwn = (command: Command, words: string[]): [words: string[], command: Command][] =>
  command.commands.length === 0
    ? [[words, command]]
    : command.commands.flatMap((one) => withOwn(one, [...words, one.name()]))

/** Each command with all its arguments, and with the required ones only. */
const lines = withOwn(createProgram({}), [])
  .filter(([words]) => ![...MAKING, ...WITHOUT_DATABASE].includes(words.join(' ')))
  .flatMap(([words, { registeredArguments }]) => {
    const given = (needed: boolean) =>
      registeredArguments
        .filter(({ required }) => required || !needed)
        .map((one) => VALUES[one.name()] ?? `no value for ${one.name()}`)
    // Without an address, it reads a mail.
    const isMail = words.at(-1) === 'bounce'
    const all = [...words, ...given(false)]
    return isMail || given(true).length === given(false).length
      ? [all]
      : [all, [...words, ...given(true)]]
  })

const folder = mkdtempSync(join(tmpdir(), 'paperql-none-'))
chmodSync(folder, 0o755)
afterAll(() => rm(folder, { recursive: true }))

test('most commands are tested', () => expect(lines.length).toBeGreaterThan(20))

describe.each(lines.map((line) => [line]))('%j', (line) => {
  test.each([
    ['a folder that is not there', join(folder, 'absent', 'data')],
    ['an empty one', folder],
  ])('reports that there is no catalogue in %s, and writes nothing', async (_, dataDir) => {
    const result = await runCli(line, { env: { PAPERQL_DATA_DIR: dataDir }, cwd: folder })
    expect(result).toEqual({
      ...{ code: 2, stdout: '' },
      stderr: expect.stringMatching(
        `^error: There is no catalogue in the data folder ${dataDir}\\. .*To create one here, run: paperql serve`,
      ),
    })
    expect(readdirSync(folder)).toEqual([])
  })

  test('reports the same for an empty database, and leaves it empty', async () => {
    const result = await runCli(line, { env: { DATABASE_URL: t.url, ...MAILS }, cwd: folder })
    const { host, pathname } = new URL(t.url)
    expect(result).toMatchObject({ code: 2, stdout: '' })
    expect(result.stderr).toMatch(/^error: There is no catalogue in the database postgres:/)
    expect(result.stderr).toContain(`${host}${pathname}.`)
    expect(await t.db.query(TABLES)).toEqual([])
    expect(readdirSync(folder)).toEqual([])
  })
})

/** Settings that it does not use, so that those of the clone do not apply. */
const MAILS = { PAPERQL_DATA_DIR: folder, PAPERQL_MIGRATE: 'false' }
const TABLES = sql`select from pg_tables where schemaname in ('public', 'drizzle')`

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase({ template: false })
})
afterAll(() => t.close())

test('an empty catalogue is a catalogue: it can be exported and backed up before it has papers', async () => {
  const made = await createTestDatabase({ template: false })
  const env = { DATABASE_URL: made.url }
  const file = join(folder, 'none.json')
  writeFileSync(file, '[]')
  expect(await runCli(['import', 'paperlists', file], { env, cwd: folder })).toMatchObject({
    code: 0,
  })
  for (const line of [['export', 'jsonl'], ['backup', '-'], ['imports'], ['decisions']])
    expect(await runCli(line, { env, cwd: folder })).toMatchObject({ code: 0 })
  await made.close()
})
