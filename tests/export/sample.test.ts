import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runExport } from '../../src/export/run.ts'
import { runImport } from '../../src/import/run.ts'
import { dumpCatalogue } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-export-sample-'))

let from: TestDatabase
let to: TestDatabase
beforeAll(async () => {
  from = await createTestDatabase({ sample: 'sample' })
  to = await createTestDatabase()
})
afterAll(() => Promise.all([from.close(), to.close()]))

const exported = async (t: TestDatabase, format: string) => {
  const output = join(folder, `${format}.gz`)
  const chosen = { filter: '', excludedLicences: [], abstracts: true }
  expect(await runExport({ url: t.url, format, output, ...chosen })).toMatchObject({ papers: 2278 })
  return output
}

const imported = (t: TestDatabase, format: string, file: string) =>
  runImport({ url: t.url, format, files: [file], rejectsPath: join(folder, 'rejects.jsonl') })

test('the sample comes whole into another catalogue, and brings nothing new to its own', async () => {
  const file = await exported(from, 'jsonl')
  expect(await imported(to, 'paperql', file)).toMatchObject({ created: 2309, rejected: 0 })
  expect(await dumpCatalogue(to.db)).toEqual(await dumpCatalogue(from.db))
  expect(await imported(from, 'auto', file)).toMatchObject({
    unchanged: 2603,
    created: 0,
    updated: 0,
  })
})
