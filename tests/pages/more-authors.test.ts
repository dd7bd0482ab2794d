import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runExport } from '../../src/export/run.ts'
import { runImport } from '../../src/import/run.ts'
import type { RunningServer } from '../../src/server/http.ts'
import { emptyCatalogue } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { askWell } from '../helpers/graphql.ts'
import { startPageServer } from '../helpers/page-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-more-authors-'))
const fileOf = (name: string, text: string) => {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

let t: TestDatabase
let server: RunningServer
beforeAll(async () => {
  t = await createTestDatabase()
  server = await startPageServer(t)
})
afterAll(async () => {
  await server?.stop()
  await t?.close()
})

const entry = (key: string, authors: string) =>
  `@article{${key}, title={The ${key} of tidal estuaries and basins}, author={${authors}}, year=2020, doi={10.5555/${key}}}\n`
const FILE = fileOf(
  'library.bib',
  entry('cut', 'Kvarnström, Petra and Dunsworth, Milo and others') +
    entry('whole', 'Kvarnström, Petra and Dunsworth, Milo'),
)

const read = (path: string) =>
  runImport({ url: t.url, format: 'auto', files: [path], rejectsPath: null })

async function isIncomplete(key: string): Promise<boolean> {
  const query = `{ paper(ref: "10.5555/${key}") { hasMoreAuthors authorships { totalCount } } }`
  const { data } = await askWell<{ paper: { hasMoreAuthors: boolean } }>(t, query)
  return data.paper.hasMoreAuthors
}

const textOf = async (path: string) => {
  const page = await fetch(`${server.url}/${path}`, { headers: { accept: 'text/html' } })
  return (await page.text()).replaceAll(/<[^>]+>/g, '')
}

test('an incomplete byline is shown as such, until a record has all of it', async () => {
  await read(FILE)
  expect(await isIncomplete('cut')).toBe(true)
  expect(await isIncomplete('whole')).toBe(false)
  expect(await textOf('papers/10.5555/cut')).toContain('Petra Kvarnström, Milo Dunsworth, et al.')
  expect(await textOf('papers/10.5555/whole')).not.toContain(', et al.')
  const list = await textOf('search?q=estuaries')
  expect(list.match(/Petra Kvarnström, Milo Dunsworth(?:, et al\.)?/g)?.toSorted()).toEqual([
    ...['Petra Kvarnström, Milo Dunsworth', 'Petra Kvarnström, Milo Dunsworth, et al.'],
  ])

  // An export that is imported again keeps it.
  const output = join(folder, 'catalogue.jsonl')
  const options = { url: t.url, filter: '', excludedLicences: [], abstracts: true }
  await runExport({ ...options, format: 'jsonl', output })
  await emptyCatalogue(t.db)
  await read(output)
  expect(await isIncomplete('cut')).toBe(true)

  const whole = fileOf(
    'more.ris',
    'TY  - JOUR\nTI  - The cut of tidal estuaries and basins\nAU  - Kvarnström, P.\nAU  - Dunsworth, M.\nAU  - Quander, Anneke\nDO  - 10.5555/cut\nPY  - 2020\nER  - \n',
  )
  await read(whole)
  expect(await isIncomplete('cut')).toBe(false)
  expect(await textOf('papers/10.5555/cut')).not.toContain(', et al.')
})
