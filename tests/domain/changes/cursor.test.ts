import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBackup, restoreBackup } from '../../../src/backup/restore.ts'
import { writeBackup } from '../../../src/backup/write.ts'
import { transaction } from '../../../src/db/transaction.ts'
import { newestCursor, readChanges } from '../../../src/domain/changes/read.ts'
import { forgetChanges } from '../../../src/domain/changes/retention.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { runExport } from '../../../src/export/run.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

const put = (...keys: string[]) =>
  transaction(t.url, (tx) =>
    writeRecords(
      tx,
      keys.map((key) =>
        paperRecord({
          ...{ key, title: `A paper on ${key}` },
          topics: [{ slug: key, name: key, kind: 'task', score: null, source: 'test' }],
        }),
      ),
    ),
  )
const refusal = (since: string) =>
  readChanges(t.db, { since }).then(
    () => null,
    ({ code, message }) => ({ code, message }),
  )

test('the cursor of an export is after all of its content, and its papers have the names of the log', async () => {
  await put('before')
  const file = join(mkdtempSync(join(tmpdir(), 'changes-')), 'all.jsonl.gz')
  const options = { url: t.url, format: 'jsonl', filter: '', excludedLicences: [], abstracts: true }
  await runExport({ ...options, output: file })
  const [head, line] = gunzipSync(readFileSync(file))
    .toString()
    .split('\n')
    .map((text) => (text === '' ? null : JSON.parse(text)))
  await put('after')
  const page = await readChanges(t.db, { since: head.changes })
  expect(page.changes).toMatchObject([{ kind: 'created' }])
  const paperId = page.changes[0]?.paperId ?? 0
  expect(line).toMatchObject({ record: { key: 'before' }, paperId: btoa(`Paper:${paperId - 1}`) })
})

test('a filter skips changes without stopping, and applies to the current papers', async () => {
  const since = await newestCursor(t.db)
  await put('parsing', 'colours', 'sparsity')
  const filter = { topics: ['colours'] }
  const page = await readChanges(t.db, { since, filter, first: 1 })
  expect(page).toMatchObject({ changes: [{ kind: 'created' }], hasMore: false })
  expect(page.endCursor).toBe(await newestCursor(t.db))
  const { endCursor, hasMore, changes } = await readChanges(t.db, { since, kinds: ['retracted'] })
  expect({ endCursor, hasMore, changes }).toEqual({
    ...{ endCursor: await newestCursor(t.db), hasMore: false, changes: [] },
  })
  expect(await readChanges(t.db, { since, first: 0 })).toMatchObject({
    ...{ endCursor: since, hasMore: true, changes: [] },
  })
})

test('a rare kind is found after any number of others, in the order of the log', async () => {
  const since = await newestCursor(t.db)
  await put('short')
  const [created] = (await readChanges(t.db, { since })).changes
  await t.db.query({
    text: `insert into changes (kind, paper_id) select 'updated', ${created?.paperId} from generate_series(1, 6000)
      union all select k::change_kind, ${created?.paperId} from unnest(array['retracted', 'new_version', 'retracted']) k`,
    values: [],
  } as never)
  const query = { since, kinds: ['new_version' as const, 'retracted' as const] }
  const all = await readChanges(t.db, query)
  expect(all).toMatchObject({ hasMore: false, endCursor: await newestCursor(t.db) })
  expect(all.changes.map(({ kind }) => kind)).toEqual(['retracted', 'new_version', 'retracted'])
  const page = await readChanges(t.db, { ...query, first: 2 })
  expect(page).toMatchObject({ hasMore: true, endCursor: all.changes[1]?.cursor })
  const rest = await readChanges(t.db, { ...query, since: page.endCursor })
  expect(rest).toMatchObject({ changes: [{ id: all.changes[2]?.id }], hasMore: false })
  const filtered = await readChanges(t.db, { ...query, filter: { isRetracted: true } })
  expect(filtered).toMatchObject({ changes: [], hasMore: false })
})

test('a cursor that cannot be continued has a reason and the advice to resync', async () => {
  const old = await newestCursor(t.db)
  await put('old')
  const kept = await newestCursor(t.db)
  await t.db.query({ text: `update changes set at = at - interval '31 days'`, values: [] } as never)
  await put('young')
  expect(await forgetChanges(t.url, 30)).toBeGreaterThan(0)
  expect(await refusal(old)).toEqual({
    code: 'CONFLICT',
    message: expect.stringMatching(
      /^since: the cursor ".*" is older than the changes that are kept\. Resync: .*export jsonl/,
    ),
  })
  // The last deleted change leaves no gap.
  expect((await readChanges(t.db, { since: kept })).changes).toHaveLength(1)
  expect((await readChanges(t.db)).changes).toHaveLength(1)
  const [log] = kept.split('-')
  expect(await refusal(`${log}-9999999`)).toMatchObject({
    ...{ code: 'CONFLICT', message: expect.stringContaining('ahead of this catalogue') },
  })
  expect(await refusal('WzEsInBhcGVycyJd')).toMatchObject({
    ...{
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('"WzEsInBhcGVycyJd" is not a cursor of changes'),
    },
  })
  const { errors } = await ask(t, `{ changes(since: "${old}") { endCursor } stats { paperCount } }`)
  expect(errors).toMatchObject([{ code: 'CONFLICT', path: ['changes'] }])
})

test('a cursor of another database, or from before a restore, belongs to another log', async () => {
  const other = await createTestDatabase()
  const since = await newestCursor(t.db)
  try {
    expect(await refusal(await newestCursor(other.db))).toMatchObject({ code: 'CONFLICT' })
    const file = join(mkdtempSync(join(tmpdir(), 'changes-')), 'all.backup')
    await writeBackup({ url: t.url, path: file, isForced: false })
    await restoreBackup({ url: other.url, backup: await openBackup(file), isReplacing: true })
    const restored = await newestCursor(other.db)
    expect(restored.split('-')[1]).toBe(since.split('-')[1])
    await expect(readChanges(other.db, { since })).rejects.toThrow('of another catalogue')
  } finally {
    await other.close()
  }
})
