import { createReadStream, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addDays, today } from '../../src/day.ts'
import { readPaperql } from '../../src/import/sources/paperql.ts'
import { type HfDailySyncOptions, syncHfDaily } from '../../src/sync/hf-daily.ts'
import { dumpCatalogue, emptyCatalogue } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { askWell } from '../helpers/graphql.ts'
import { type HfServer, startHuggingFace } from './hf-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-hf-'))
const rejectsPath = join(folder, 'rejects.jsonl')

let t: TestDatabase
let hf: HfServer
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())
beforeEach(async () => {
  hf = await startHuggingFace()
  await emptyCatalogue(t.db)
  await t.db.query(sql`truncate sync_states, import_jobs cascade`)
  return () => hf.close()
})

const PACE = { intervalMs: 0, timeoutMs: 5_000, attempts: 3, backoffMs: 5, maxWaitMs: 2_500 }

const sync = (options: Partial<HfDailySyncOptions> = {}) =>
  syncHfDaily({
    ...{ url: t.url, baseUrl: hf.url, userAgent: 'paperql/test', pace: PACE, rejectsPath },
    ...options,
  })

const days = () => hf.requests.map((url) => new URL(url, hf.url).searchParams.get('date'))

test('one day is read, and reading it again changes nothing', async () => {
  hf.days.set('2025-06-30', 3)
  const day = { from: '2025-06-30', until: '2025-06-30' }
  expect(await sync(day)).toMatchObject({ read: 3, created: 3, rejected: 0 })
  expect(hf.requests).toEqual(['/api/daily_papers?date=2025-06-30&limit=100'])
  expect(hf.headers[0]?.['user-agent']).toBe('paperql/test')
  expect(await sync(day)).toMatchObject({ read: 3, unchanged: 3 })
  const { papers, repositories } = await dumpCatalogue(t.db)
  expect(papers).toHaveLength(3)
  expect(repositories).toMatchObject([{ url: 'https://github.com/ada/code' }])
})

test('upvotes are those of the last reading, and stars are those of the day on which they were read', async () => {
  hf.days.set('2025-06-30', 3)
  const day = { from: '2025-06-30', until: '2025-06-30' }
  await sync(day)
  const query = `{ papers(order: { field: TITLE, direction: ASC }) { nodes { upvoteCount starCount
    repositories { nodes { stars checkedAt starHistory { on stars } } } } } }`
  const code = (stars: number) => ({
    nodes: [{ stars, checkedAt: null, starHistory: [{ on: today(), stars: 12 }] }],
  })
  const shown = async () =>
    (await askWell<{ papers: { nodes: unknown } }>(t, query)).data.papers.nodes
  expect(await shown()).toEqual([
    { upvoteCount: 0, starCount: 0, repositories: { nodes: [] } },
    { upvoteCount: 1, starCount: 12, repositories: code(12) },
    { upvoteCount: 2, starCount: 0, repositories: { nodes: [] } },
  ])
  hf.upvotes = 5
  expect(await sync(day)).toMatchObject({ read: 3, updated: 3 })
  // The data read from GitHub itself stay.
  await t.db.query(sql`update repositories set checked_at = now(), stars = 20`)
  await t.db.query(sql`update repository_stars set observed_on = observed_on - 1`)
  await sync(day)
  const [{ count, stars } = {}] = await t.db.query<Record<string, number>>(
    sql`select count(*) as count, (select stars from repositories) as stars from repository_stars`,
  )
  expect({ count, stars }).toEqual({ count: 2, stars: 20 })
  expect(await shown()).toMatchObject([{ upvoteCount: 5 }, { upvoteCount: 6 }, { upvoteCount: 7 }])
})

test('impossible counts of upvotes are dropped, and others survive an export and import', async () => {
  hf.days.set('2025-06-30', 1)
  hf.upvotes = 3_000_000_000
  const day = { from: '2025-06-30', until: '2025-06-30' }
  expect(await sync(day)).toMatchObject({ created: 1, rejected: 0, repaired: 1 })
  hf.upvotes = 7
  expect(await sync(day)).toMatchObject({ updated: 1, repaired: 0 })
  const [{ record } = {}] = await t.db.query<{ record: string }>(
    sql`select record::text as record from source_records`,
  )
  const file = join(folder, 'export.jsonl')
  writeFileSync(file, `{"paperql": 1}\n{"record": ${record}}\n`)
  const outcomes = []
  for await (const outcome of readPaperql(createReadStream(file), 'export.jsonl'))
    outcomes.push(outcome)
  expect(outcomes).toMatchObject([{ record: { source: 'hf-daily', upvoteCount: 7 } }])
})

test('a day of several pages is read to its end', async () => {
  hf.days.set('2025-06-30', 230)
  expect(await sync({ from: '2025-06-30', until: '2025-06-30' })).toMatchObject({ created: 230 })
  expect(hf.requests.map((url) => new URL(url, hf.url).searchParams.get('p'))).toEqual([
    ...[null, '1', '2'],
  ])
})

test('continues with the last day that was read, until today', async () => {
  hf.days.set(addDays(today(), -2), 2)
  await sync()
  expect(days()).toEqual([-6, -5, -4, -3, -2, -1, 0].map((count) => addDays(today(), count)))
  hf.requests.length = 0
  hf.days.set(today(), 4)
  expect(await sync()).toMatchObject({ created: 4 })
  expect(days()).toEqual([today()])
  await t.db.query(sql`update sync_states set done_until = done_until - 2`)
  hf.requests.length = 0
  expect(await sync()).toMatchObject({ unchanged: 6 })
  expect(days()).toEqual([-2, -1, 0].map((count) => addDays(today(), count)))
})

describe('faults', () => {
  const range = { from: '2025-06-01', until: '2025-06-04' }
  beforeEach(() => {
    for (const [i, day] of ['2025-06-01', '2025-06-02', '2025-06-03', '2025-06-04'].entries())
      hf.days.set(day, i + 1)
  })

  test('temporary ones are retried: 503, a redirect, truncated JSON, a lost connection', async () => {
    hf.misbehaviours.push(
      (_, response) => void response.writeHead(503, { 'retry-after': '1' }).end(),
      (request, response) => void response.writeHead(307, { location: request.url }).end(),
      undefined,
      (_, response) => void response.end('[{"paper": {"id": "2506.00001", "tit'),
      (request) => void request.socket.destroy(),
      (_, response) => void response.writeHead(429, { 'retry-after': '0' }).end(),
    )
    const startedAt = Date.now()
    expect(await sync({ ...range, pace: { ...PACE, attempts: 5 } })).toMatchObject({ created: 10 })
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_000)
  })

  test('lasting ones end the run, and the next resumes the day', async () => {
    hf.misbehaviours.push(undefined, undefined)
    for (let i = 0; i < PACE.attempts; i++)
      hf.misbehaviours.push((_, response) => void response.writeHead(500).end())
    await expect(sync(range)).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/^Hugging Face did not answer in any of 3 attempts: 500/),
    })
    hf.requests.length = 0
    expect(await sync(range)).toMatchObject({ read: 10, created: 10 })
    expect(days()).toEqual(['2025-06-03', '2025-06-04'])
  })

  test('an invalid list is reported; a list that does not exist yet is empty', async () => {
    hf.misbehaviours.push((_, response) => void response.writeHead(400).end('{"error": "Invalid"}'))
    await expect(sync(range)).rejects.toMatchObject({
      message: expect.stringMatching(/^Hugging Face answers 400 to .*date=2025-06-01/),
    })
    hf.misbehaviours.push((_, response) => void response.writeHead(400).end('{"error": "Invalid"}'))
    expect(await sync({ from: today(), until: today() })).toMatchObject({ read: 0 })
    for (let i = 0; i < PACE.attempts; i++)
      hf.misbehaviours.push((_, response) => void response.end('{"papers": []}'))
    await expect(sync(range)).rejects.toMatchObject({
      message: expect.stringMatching(/the answer is not a list/),
    })
  })

  test('unusable entries are reported, and the rest is imported', async () => {
    hf.misbehaviours.push(
      (_, response) => void response.end('[{"paper": {"id": "x"}}, 7, {"paper": null}]'),
    )
    const report = await sync({ from: '2025-06-01', until: '2025-06-02' })
    expect(report).toMatchObject({ read: 4, created: 2, rejected: 2, rejectsPath })
  })
})
