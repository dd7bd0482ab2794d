import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runExport } from '../../src/export/run.ts'
import { runImport } from '../../src/import/run.ts'
import { dumpCatalogue } from '../helpers/catalogue.ts'
import { createTestDatabase, SAMPLE, type TestDatabase } from '../helpers/database.ts'
import { atLeast } from '../helpers/thorough.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-export-sample-'))

const imported = (t: TestDatabase, format: string, file: string) =>
  runImport({ url: t.url, format, files: [file], rejectsPath: join(folder, 'rejects.jsonl') })

/** A catalogue with every eighth paper of the sample, and their institutions and venues. */
async function createPart(): Promise<TestDatabase> {
  const t = await createTestDatabase()
  const all = JSON.parse(gunzipSync(readFileSync(SAMPLE)).toString()) as object[]
  const file = join(folder, 'acl-pmlr.json')
  writeFileSync(file, JSON.stringify(all.filter((_, i) => i % 8 === 0)))
  await imported(t, 'paperlists', file)
  return t
}

let from: TestDatabase
let to: TestDatabase
beforeAll(async () => {
  from = await atLeast(createPart, () => createTestDatabase({ sample: 'sample' }))()
  to = await createTestDatabase()
})
afterAll(() => Promise.all([from.close(), to.close()]))

const exported = async (t: TestDatabase, format: string) => {
  const output = join(folder, `${format}.gz`)
  const chosen = { filter: '', excludedLicences: [], abstracts: true }
  const papers = atLeast(284, 2278)
  expect(await runExport({ url: t.url, format, output, ...chosen })).toMatchObject({ papers })
  return output
}

test('the whole sample is imported into another catalogue, and adds nothing to its own', async () => {
  const file = await exported(from, 'jsonl')
  const created = atLeast(284, 2309)
  expect(await imported(to, 'paperql', file)).toMatchObject({ created, rejected: 0 })
  expect(await dumpCatalogue(to.db)).toEqual(await dumpCatalogue(from.db))
  expect(await imported(from, 'auto', file)).toMatchObject({
    unchanged: atLeast(284, 2603),
    created: 0,
    updated: 0,
  })
})
