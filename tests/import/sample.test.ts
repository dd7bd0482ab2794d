import { readFileSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runImport } from '../../src/import/run.ts'
import { loadSampleIfEmpty } from '../../src/sample/index.ts'
import { createTestDatabase } from '../helpers/database.ts'

const FILE = fileURLToPath(new URL('../../src/sample/acl-pmlr.json.gz', import.meta.url))

let t: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

test('the sample is small, and holds no e-mail address and nothing of the list makers', () => {
  expect(statSync(FILE).size).toBeLessThan(2_000_000)
  const text = gunzipSync(readFileSync(FILE)).toString('utf8')
  expect(text).not.toMatch(/[\w.+-]+@[\w-]+\.\w/)
  const columns = new Set((JSON.parse(text) as object[]).flatMap(Object.keys))
  expect([...columns].filter((name) => /^gs_|email|domain/.test(name))).toEqual([])
})

test('it loads into an empty catalogue, once, whole, also when the first start was cut off', async () => {
  const starting = new AbortController()
  const stopped = await runImport({
    ...{ url: t.url, format: 'paperlists', files: [FILE], signal: starting.signal },
    onProgress: () => starting.abort(),
  })
  expect(stopped).toMatchObject({ state: 'stopped', rejected: 0 })
  const report = await loadSampleIfEmpty({ url: t.url })
  expect(report).toMatchObject({ read: 2265, created: 2265, rejected: 0, resumedAt: stopped.read })
  expect(await loadSampleIfEmpty({ url: t.url })).toBeNull()
  const [row] = await t.db.query<Record<string, number>>(sql`
    select (select count(*)::int from papers where abstract is not null) as abstracts,
      (select count(*)::int from repositories) as repositories,
      (select count(*)::int from venues) as venues,
      (select count(*)::int from papers where licence is null) as unlicensed,
      (select count(*)::int from papers where author_count = 0) as anonymous`)
  expect(row).toMatchObject({ abstracts: 2265, venues: 4, unlicensed: 0, anonymous: 0 })
  expect(row?.repositories).toBeGreaterThanOrEqual(500)
})
