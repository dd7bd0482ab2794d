import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { LOCKS, takeLock } from '../../src/db/locks/locks.ts'
import { transaction } from '../../src/db/transaction.ts'
import type { JobOptions } from '../../src/import/job.ts'
import { runImport, runStream } from '../../src/import/run.ts'
import { dumpCatalogue, emptyCatalogue, paperRecord } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-jobs-'))

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

interface JobRow {
  id: number
  state: string
  read: number
  created: number
  unchanged: number
  rejected: number
  runs: number
  error: string | null
}

const jobs = () =>
  t.db.query<JobRow>(sql`
    select id, state, read_count as read, created_count as created, unchanged_count as unchanged,
      rejected_count as rejected, run_count as runs, error from import_jobs order by id`)

const entry = (i: number) => ({
  id: `2021.acl-long.${i}`,
  title: `The paper of number ${i}`,
  author: 'Ada Lovelace',
})

function writeList(name: string, entries: unknown[]): string {
  const path = join(folder, name)
  writeFileSync(
    path,
    entries
      .map((one) => JSON.stringify(one))
      .join(',\n')
      .replace(/^/, '[')
      .concat(']'),
  )
  return path
}

const entries = (n: number) => Array.from({ length: n }, (_, i) => entry(i))

const lists = (files: string[], options: Partial<JobOptions> = {}) =>
  runImport({
    ...{ url: t.url, format: 'paperlists', files, batchSize: 10 },
    ...{ rejectsPath: join(folder, 'rejects.jsonl'), ...options },
  })

/** Stops an import once a number of entries is committed. */
async function stopAfter(count: number, files: string[], options: Partial<JobOptions> = {}) {
  const stopping = new AbortController()
  return lists(files, {
    ...options,
    signal: stopping.signal,
    onProgress: ({ read }) => {
      if (read >= count) stopping.abort()
    },
  })
}

test('the progress of a file counts written entries, not the next ones', async () => {
  const long = (i: number) => ({
    ...entry(i),
    abstract: `No. ${i}: ${'warp and weft '.repeat(500)}`,
  })
  const list = writeList(
    'long.json',
    Array.from({ length: 200 }, (_, i) => long(i)),
  )
  const ahead: number[] = []
  const onProgress: JobOptions['onProgress'] = ({ read, bytesRead, bytesTotal }) => {
    ahead.push(bytesRead / (bytesTotal ?? 0) - read / 200)
  }
  await lists([list], { batchSize: 20, onProgress })
  expect(ahead.at(-1)).toBe(0)
  // A batch is a tenth; 64 kB of the file are read ahead.
  expect(Math.max(...ahead)).toBeLessThan(0.09)
  const [{ isTrue } = {}] = await t.db.query<{ isTrue: boolean }>(
    sql`select bytes_read = size_bytes as "isTrue" from import_files`,
  )
  expect(isTrue).toBe(true)
})

describe('an import that was stopped', () => {
  test('is resumed where it stopped, with the same counts as an uninterrupted one', async () => {
    const [bad, file] = [{ id: 'x' }, 'stopped.json']
    const list = writeList(file, [...entries(20), bad, ...entries(60).slice(20), bad])
    const first = await stopAfter(20, [list])
    expect(first).toMatchObject({ state: 'stopped', resumedAt: null })
    const [stopped] = await jobs()
    expect(stopped).toMatchObject({ state: 'stopped', read: first.read, runs: 1 })
    expect(first.read).toBeLessThan(62)
    const notices: string[] = []
    const second = await lists([list], { onNotice: (notice) => notices.push(notice) })
    expect(second).toMatchObject({ id: first.id, state: 'done', resumedAt: first.read })
    expect(second).toMatchObject({ read: 62, created: 60, unchanged: 0, rejected: 2 })
    expect(notices).toEqual([
      expect.stringMatching(
        /^Resuming import \d+ at record \d+ of .*stopped\.json; \d+ are already imported/,
      ),
    ])
    const told = readFileSync(second.rejectsPath ?? '', 'utf8')
      .trim()
      .split('\n')
    expect(told.map((line) => JSON.parse(line).position)).toEqual([20, 61])
    expect(await jobs()).toMatchObject([{ state: 'done', read: 62, rejected: 2, runs: 2 }])
    const kept = await t.db.query(sql`select position, reason from import_rejects order by number`)
    expect(kept).toMatchObject([{ position: 20 }, { position: 61 }])
  })

  test('starts over on request, and after it has finished', async () => {
    const list = writeList('anew.json', entries(30))
    await stopAfter(10, [list])
    const anew = await lists([list], { isRestart: true })
    expect(anew).toMatchObject({ resumedAt: null, read: 30 })
    const again = await lists([list])
    expect(again).toMatchObject({ resumedAt: null, read: 30, unchanged: 30 })
    expect(await jobs()).toMatchObject([{ state: 'stopped' }, { state: 'done' }, { state: 'done' }])
  })

  test('skips complete files; a changed file is read from its start', async () => {
    const [a, b] = [writeList('a.json', entries(30)), writeList('b.json', entries(60).slice(30))]
    const first = await stopAfter(40, [a, b])
    writeList('b.json', [...entries(60).slice(30), entry(99)])
    const notices: string[] = []
    const seen = new Set<string>()
    const second = await lists([a, b], {
      onNotice: (notice) => notices.push(notice),
      onProgress: ({ file }) => seen.add(file),
    })
    expect([...seen]).toEqual([b])
    expect(notices).toContainEqual(expect.stringMatching(/b\.json has changed .* from its start/))
    expect(second).toMatchObject({ id: first.id, created: 61, read: first.read + 31 })
  })

  test('starts over if its file does not contain the entries that were read', async () => {
    const list = writeList('odd.json', entries(30))
    await stopAfter(10, [list])
    for (const odd of [sql`read_count = 1000`, sql`last_position = 7`]) {
      await t.db.query(sql`update import_files set ${odd}, is_done = false`)
      await t.db.query(sql`update import_jobs set state = 'stopped'`)
      expect(await lists([list])).toMatchObject({ state: 'done' })
    }
    await t.db.query(sql`delete from import_files`)
    await t.db.query(sql`update import_jobs set state = 'failed'`)
    expect(await lists([list])).toMatchObject({ state: 'done', resumedAt: null, unchanged: 30 })
  })
})

test('an import that reads nothing of its file fails, and is resumed once that is complete', async () => {
  const path = join(folder, 'cut.json')
  writeFileSync(path, '[{"id": "x')
  for (const runs of [1, 2]) {
    await expect(lists([path])).rejects.toThrow(/cut\.json cannot be read to its end/)
    const error = expect.stringMatching(/cut\.json/)
    expect(await jobs()).toMatchObject([{ state: 'failed', read: 0, error, runs }])
  }
  expect(await lists([writeList('cut.json', entries(3))])).toMatchObject({ created: 3 })
  expect(await jobs()).toMatchObject([{ state: 'done', read: 3, error: null, runs: 3 }])
})

test('of very many rejects, the first are stored, and the file has all', async () => {
  const bad = Array.from({ length: 1200 }, () => ({ id: 'x' }))
  const report = await lists([writeList('bad.json', [entry(1), ...bad])])
  expect(report).toMatchObject({ read: 1201, rejected: 1200 })
  expect(
    readFileSync(report.rejectsPath ?? '', 'utf8')
      .trim()
      .split('\n'),
  ).toHaveLength(1200)
  const [kept] = await t.db.query(sql`
    select count(*) as n, max(number) as last from import_rejects`)
  expect(kept).toMatchObject({ n: 1000, last: 1000 })
})

test('concurrent imports of one file know of one another, and make one catalogue', async () => {
  const list = writeList('twice.json', entries(60))
  const notices: string[] = []
  const begin = () => lists([list], { onNotice: (notice) => notices.push(notice) })
  const all = await transaction(t.url, async (tx) => {
    // None finishes before all have begun.
    await takeLock(tx, LOCKS.write)
    const reports = Promise.all([begin(), begin(), begin(), begin()])
    await expect.poll(() => jobs()).toHaveLength(4)
    return { reports }
  })
  const reports = await all.reports
  const ids = reports.map(({ id }) => id).sort((a, b) => a - b)
  expect(new Set(ids).size).toBe(4)
  expect(reports.reduce((sum, { created }) => sum + created, 0)).toBe(60)
  expect(notices.sort((a, b) => a.length - b.length)).toEqual(
    [1, 2, 3].map((n) =>
      expect.stringMatching(`^Import ${ids.slice(0, n).join(', ')} is reading the same file now`),
    ),
  )
  const { papers } = await dumpCatalogue(t.db)
  expect(papers).toHaveLength(60)
})

test('a process that was presumed dead writes nothing more', async () => {
  const list = writeList('zombie.json', entries(60))
  const zombie = lists([list], {
    onProgress: ({ read }) => {
      if (read === 20) taken = t.db.query(sql`update import_jobs set run_count = run_count + 1`)
    },
  })
  let taken: Promise<unknown> | undefined
  await expect(zombie).rejects.toMatchObject({ code: 'CONFLICT' })
  await taken
  const [job] = await jobs()
  expect(job).toMatchObject({ state: 'running', error: null })
  const [papers] = await t.db.query<{ n: number }>(sql`select count(*) as n from papers`)
  expect(papers?.n).toBe(job?.read)
})

test('a stream is an import too, and resumes from its last mark', async () => {
  const marks: (string | null)[] = []
  const run = (failsAt: number) =>
    runStream({
      ...{ url: t.url, format: 'sync test', name: 'A feed', key: 'all', batchSize: 10 },
      rejectsPath: join(folder, 'stream.jsonl'),
      async *read(mark) {
        marks.push(mark)
        for (let page = Number(mark ?? 0); page < 4; page++) {
          for (let i = 0; i < 15; i++) {
            if (page * 15 + i === failsAt) throw new Error('the feed broke')
            const key = `${page * 15 + i}`
            yield {
              position: page * 15 + i,
              record: paperRecord({ key, title: `Paper no. ${key}` }),
            }
          }
          yield { mark: `${page + 1}` }
        }
      },
    })
  await expect(run(40)).rejects.toThrow('A feed cannot be read to its end: the feed broke')
  const report = await run(-1)
  expect(marks).toEqual([null, '2'])
  expect(report).toMatchObject({ state: 'done', resumedAt: 40, created: 60, unchanged: 10 })
  expect(await run(-1)).toMatchObject({ resumedAt: null, unchanged: 60 })
})
