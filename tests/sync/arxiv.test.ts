import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addDays, today } from '../../src/day.ts'
import { transaction } from '../../src/db/transaction.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { runImport } from '../../src/import/run.ts'
import { type ArxivSyncOptions, type ArxivSyncReport, syncArxiv } from '../../src/sync/arxiv.ts'
import { OAI_PACE } from '../../src/sync/oai.ts'
import { dumpCatalogue, emptyCatalogue, paperRecord } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import {
  type ArxivPaper,
  answerTo,
  type Misbehaviour,
  type OaiServer,
  snapshotLine,
  startOai,
} from './oai-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-arxiv-'))
const rejectsPath = join(folder, 'rejects.jsonl')

let t: TestDatabase
let arxiv: OaiServer
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())
beforeEach(async () => {
  arxiv = await startOai()
  await emptyCatalogue(t.db)
  await t.db.query(sql`truncate sync_states, import_jobs cascade`)
  return () => arxiv.close()
})

const PACE = { ...OAI_PACE, intervalMs: 0, backoffMs: 5, attempts: 3, maxWaitMs: 2_500 }

const syncSets = (options: Partial<ArxivSyncOptions> = {}) =>
  syncArxiv({
    ...{ url: t.url, baseUrl: `${arxiv.url}/oai`, userAgent: 'paperql/test', sets: [] },
    ...{ pace: PACE, rejectsPath, ...options },
  })

async function sync(options: Partial<ArxivSyncOptions> = {}): Promise<ArxivSyncReport> {
  const [report] = await syncSets(options)
  if (!report) throw new Error('there is a report for each set')
  return report
}

const FIRST: ArxivPaper = {
  ...{ id: '2101.00001', datestamp: '2024-06-03', sets: ['cs:cs:CL'], created: '2021-01-02' },
  title: 'On Schr\\"odinger\'s\n  Parser & $\\alpha < \\beta$',
  abstract: 'We parse with Erd\\H{o}s numbers.\n  Our code is at https://github.com/ada/parser.',
  authors: [
    ["Lov\\'asz", "L\\'aszl\\'o", '', 'E\\"otv\\"os University', 'Microsoft'],
    ['King', 'Martin Luther', 'Jr.'],
    ['Łukasiewicz', 'Jan', ''],
  ],
  categories: 'cs.CL cs.LG',
  comments: '10 pages, code: \\url{https://github.com/ada/parser2}; accepted at ACL 2021',
  doi: '10.18653/v1/2021.acl-long.1',
  journalRef: 'ACL 2021, pages 1-10',
}

const paper = (n: number, over: Partial<ArxivPaper> = {}): ArxivPaper => ({
  ...{ id: `2101.${String(n).padStart(5, '0')}`, datestamp: '2024-06-03', sets: ['cs:cs:CL'] },
  ...{ title: `Numbers of the kind ${n}`, abstract: `About ${n}.`, categories: 'cs.CL' },
  ...{ authors: [[`Name${n}`, 'Ada', '']], created: '2021-01-02' },
  ...over,
})

const papers = (count: number) => [
  FIRST,
  ...Array.from({ length: count - 1 }, (_, i) => paper(i + 2)),
]

const DAYS = { from: '2024-06-01', until: '2024-06-30' }

const titles = async () =>
  (await t.db.query<{ title: string }>(sql`select title from papers order by id`)).map(
    ({ title }) => title,
  )

const queries = () =>
  arxiv.requests.map((url) => Object.fromEntries(new URL(url, arxiv.url).searchParams))

test('lists are read page by page, by the tokens that arXiv gives', async () => {
  arxiv.state.papers = papers(5)
  expect(await sync(DAYS)).toMatchObject({
    ...{ read: 5, created: 5, rejected: 0, removed: 0, set: null, state: 'done' },
  })
  const [first, ...others] = queries()
  expect(first).toEqual({ verb: 'ListRecords', metadataPrefix: 'arXiv', ...DAYS })
  expect(others.map((query) => Object.keys(query).sort())).toEqual(
    Array(2).fill(['resumptionToken', 'verb']),
  )
  expect(arxiv.headers[0]?.['user-agent']).toBe('paperql/test')
  expect(await titles()).toHaveLength(5)
})

test('the snapshot and the API give the same records', async () => {
  arxiv.state.papers = [
    ...[FIRST, paper(2), paper(3, { authors: [['The ATLAS Collaboration', '', '']] })],
    paper(4, { id: 'hep-th/9901001', created: '1999-01-03', doi: '10.1/a, 10.1/b' }),
  ]
  const file = join(folder, 'snapshot.jsonl')
  writeFileSync(file, arxiv.state.papers.map(snapshotLine).join('\n'))
  await runImport({ url: t.url, format: 'arxiv', files: [file], rejectsPath })
  const before = await dumpCatalogue(t.db)
  expect(before.papers).toHaveLength(4)
  expect(await sync(DAYS)).toMatchObject({ read: 4, unchanged: 4 })
  expect(await dumpCatalogue(t.db)).toEqual(before)
  const [found] = await t.db.query<{ record: Record<string, unknown> }>(
    sql`select record from source_records where key = '2101.00001'`,
  )
  expect(found?.record).toMatchObject({
    title: "On Schrödinger's Parser & $\\alpha < \\beta$",
    published: { on: '2021-01-02', precision: 'day' },
    authors: [
      { name: 'László Lovász', affiliation: 'Eötvös University; Microsoft' },
      { name: 'Martin Luther King Jr.' },
      { name: 'Jan Łukasiewicz' },
    ],
    repositories: [{ name: 'parser2' }, { name: 'parser' }],
  })
})

describe('the next run', () => {
  test('continues on the day on which the last one ended', async () => {
    const [from, then, later] = [-9, -5, -3].map((count) => addDays(today(), count))
    if (!from || !then || !later) throw new Error('three days')
    arxiv.state.papers = [paper(1, { datestamp: from }), paper(2, { datestamp: then })]
    // A day that has not ended at arXiv is not recorded as complete.
    arxiv.state.now = `${then}T01:00:00Z`
    expect(await sync({ from })).toMatchObject({ created: 2 })
    arxiv.state.papers.push(paper(9, { datestamp: then }), paper(8, { datestamp: later }))
    arxiv.state.now = new Date().toISOString()
    arxiv.requests.length = 0
    expect(await sync()).toMatchObject({ read: 3, unchanged: 1, created: 2 })
    expect(queries()[0]).toMatchObject({ from: then, until: today() })
    arxiv.requests.length = 0
    expect(await sync()).toMatchObject({ read: 0 })
    expect(queries()).toMatchObject([{ from: today(), until: today() }])
  })

  test('for days before or after does not hide the days between', async () => {
    await sync({ from: '2024-06-01', until: '2024-06-10' })
    await sync({ from: '2023-06-01', until: '2023-06-10' })
    await sync({ from: '2024-07-01', until: '2024-07-10' })
    expect(await t.db.query(sql`select done_until from sync_states`)).toEqual([
      { done_until: '2024-06-10' },
    ])
    await sync({ from: '2024-06-11', until: '2024-06-12' })
    expect(await t.db.query(sql`select done_until from sync_states`)).toEqual([
      { done_until: '2024-06-12' },
    ])
  })

  test('of one set is separate from that of another', async () => {
    arxiv.state.papers = [
      paper(1),
      paper(2, { sets: ['math:math:AG'] }),
      paper(3, { sets: ['cs:cs:LG'] }),
    ]
    const reports = await syncSets({ ...DAYS, sets: ['cs:cs:CL', 'math', 'cs:cs:CL'] })
    expect(reports).toMatchObject([
      { set: 'cs:cs:CL', created: 1 },
      { set: 'math', created: 1 },
    ])
    expect(await sync({ ...DAYS, sets: ['cs'] })).toMatchObject({ read: 2, created: 1 })
    expect(await t.db.query(sql`select scope from sync_states order by scope`)).toEqual([
      ...[{ scope: 'cs' }, { scope: 'cs:cs:CL' }, { scope: 'math' }],
    ])
  })
})

test('a long time is read in parts, some of which are empty', async () => {
  arxiv.state.papers = [
    paper(1, { datestamp: '2024-01-15' }),
    paper(2, { datestamp: '2024-04-15' }),
  ]
  expect(await sync({ from: '2024-01-01', until: '2024-05-01' })).toMatchObject({ created: 2 })
  expect(queries().map(({ from, until }) => [from, until])).toEqual([
    ['2024-01-01', '2024-01-31'],
    ['2024-02-01', '2024-03-02'],
    ['2024-03-03', '2024-04-02'],
    ['2024-04-03', '2024-05-01'],
  ])
})

test('the first run without days begins with the first change, and reports how long that takes', async () => {
  const notices: string[] = []
  arxiv.state.papers = papers(1)
  const until = '2005-10-01'
  await sync({ until, onNotice: (message) => notices.push(message) })
  expect(queries()).toMatchObject([{ verb: 'Identify' }, { from: '2005-09-16', until }])
  expect(notices.join()).toMatch(/since 2005-09-16 .*Kaggle/)
})

test('deleted records are removed, and papers with other records stay without them', async () => {
  arxiv.state.papers = [paper(1), paper(2), paper(3)]
  await sync(DAYS)
  const other = paperRecord({
    ...{ source: 'other', key: 'x', title: 'Numbers of the kind 2' },
    identifiers: [{ scheme: 'arxiv', value: '2101.00002' }],
  })
  await transaction(t.url, (tx) => writeRecords(tx, [other]))
  arxiv.state.papers = [
    paper(3),
    ...[1, 2, 77].map((n) => paper(n, { isDeleted: true, datestamp: '2024-06-20' })),
  ]
  expect(await sync(DAYS)).toMatchObject({ read: 1, unchanged: 1, removed: 3 })
  expect((await titles()).sort()).toEqual(['Numbers of the kind 2', 'Numbers of the kind 3'])
  expect(
    await t.db.query(sql`select source, key from source_records order by source, key`),
  ).toEqual([
    { source: 'arxiv', key: '2101.00003' },
    { source: 'other', key: 'x' },
  ])
})

test('no two requests are closer than the pace, including redirects', async () => {
  arxiv.state.papers = papers(5)
  const redirect: Misbehaviour = (request, response) => {
    response.writeHead(302, { location: `${request.url}&moved=1`.replace('&moved=1', '') }).end()
  }
  arxiv.state.misbehaviours = [redirect, undefined, redirect]
  const startedAt = Date.now()
  expect(await sync({ ...DAYS, pace: { ...PACE, intervalMs: 300 } })).toMatchObject({ created: 5 })
  expect(arxiv.times).toHaveLength(5)
  const gaps = arxiv.times.map((time, i) => time - (arxiv.times[i - 1] ?? startedAt))
  // A timer may fire a millisecond early.
  for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(298)
})

describe('faults', () => {
  const unavailable =
    (retryAfter: string): Misbehaviour =>
    (_, response) => {
      response.writeHead(503, { 'retry-after': retryAfter }).end('<html>Retry later</html>')
    }
  const cutOff: Misbehaviour = (request, response) => {
    const query = Object.fromEntries(new URL(request.url ?? '', arxiv.url).searchParams)
    const text = answerTo(query, arxiv.state)
    response.end(text.slice(0, text.lastIndexOf('<metadata>') + 30))
  }

  beforeEach(() => {
    arxiv.state.papers = papers(7)
  })

  /** The catalogue of a run without faults. */
  async function undisturbed() {
    await sync(DAYS)
    const dump = await dumpCatalogue(t.db)
    await emptyCatalogue(t.db)
    await t.db.query(sql`truncate sync_states, import_jobs cascade`)
    arxiv.requests.length = 0
    return dump
  }

  test('503 is retried after the time in its header, in seconds or as a date', async () => {
    const date = new Date(Date.now() + 2_000).toUTCString()
    arxiv.state.misbehaviours = [unavailable('1'), undefined, unavailable(date)]
    const startedAt = Date.now()
    const told: string[] = []
    const onNotice = (message: string) => void told.push(message)
    expect(await sync({ ...DAYS, onNotice })).toMatchObject({ created: 7 })
    const refusal = /^arXiv did not answer: 503 Service Unavailable\. Retrying at most \d times\.$/
    expect(told).toEqual([expect.stringMatching(refusal), expect.stringMatching(refusal)])
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_000)
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(date))
  })

  test('a longer 503 ends the run, and the next run resumes it', async () => {
    arxiv.state.misbehaviours = [undefined, undefined, unavailable('86400')]
    await expect(sync(DAYS)).rejects.toMatchObject({
      ...{
        code: 'RATE_LIMITED',
        message: expect.stringMatching(/^arXiv asks to wait until/),
      },
    })
    expect(await titles()).toHaveLength(4)
    arxiv.requests.length = 0
    expect(await sync(DAYS)).toMatchObject({ read: 7, created: 7, resumedAt: 4 })
    expect(queries().map(({ resumptionToken }) => resumptionToken !== undefined)).toEqual([
      true,
      true,
    ])
  })

  test('an expired token restarts its part', async () => {
    const expected = await undisturbed()
    let isOld = true
    arxiv.state.isExpired = (token) => isOld && token.includes('skip=4')
    arxiv.state.misbehaviours = [
      ...[undefined, undefined, undefined],
      (request, response) => {
        isOld = false
        const query = Object.fromEntries(new URL(request.url ?? '', arxiv.url).searchParams)
        response.end(answerTo(query, arxiv.state))
      },
    ]
    expect(await sync(DAYS)).toMatchObject({ created: 7, unchanged: 4 })
    expect(await dumpCatalogue(t.db)).toEqual(expected)
    arxiv.state.isExpired = () => true
    await expect(sync({ ...DAYS, isRestart: true })).rejects.toMatchObject({
      ...{ code: 'UNAVAILABLE', message: expect.stringMatching(/expired 6 times before its end/) },
    })
  })

  test('truncated XML is requested again', async () => {
    const expected = await undisturbed()
    arxiv.state.misbehaviours = [cutOff, undefined, cutOff, cutOff]
    expect(await sync(DAYS)).toMatchObject({ read: 7, created: 7, rejected: 0 })
    expect(await dumpCatalogue(t.db)).toEqual(expected)
  })

  test.each([0, 1, 2, 3])(
    'a run that ends in its page %i is resumed, with the same result',
    async (page) => {
      const expected = await undisturbed()
      arxiv.state.misbehaviours = [
        ...Array(page).fill(undefined),
        ...Array(PACE.attempts).fill(cutOff),
      ]
      await expect(sync(DAYS)).rejects.toMatchObject({
        code: 'UNAVAILABLE',
        message: expect.stringMatching(
          /^arXiv did not answer in any of 3 attempts: the answer is truncated or not XML .*oai\?verb=ListRecords/,
        ),
      })
      expect(await titles()).toHaveLength(page * 2)
      expect(await t.db.query(sql`select * from sync_states`)).toEqual([])
      arxiv.requests.length = 0
      expect(await sync(DAYS)).toMatchObject({ read: 7, created: 7, unchanged: 0 })
      expect(arxiv.requests).toHaveLength(4 - page)
      expect(await dumpCatalogue(t.db)).toEqual(expected)
    },
  )

  test.each([
    ['an HTML page', '<html><body>Maintenance</body></html>', /its root element is html/],
    ['a DOCTYPE', '<!DOCTYPE OAI-PMH [<!ENTITY a "b">]><OAI-PMH/>', /it has a DOCTYPE/],
    ['nothing', '', /truncated or not XML/],
  ])('%s is not a valid response', async (_, text, message) => {
    arxiv.state.misbehaviours = Array(PACE.attempts).fill(((_, response) => {
      response.end(text)
    }) satisfies Misbehaviour)
    await expect(sync(DAYS)).rejects.toMatchObject({
      ...{ code: 'UNAVAILABLE', message: expect.stringMatching(message) },
    })
  })

  test('a URL without such a repository is reported', async () => {
    arxiv.state.misbehaviours = [(_, response) => void response.writeHead(404).end()]
    await expect(sync(DAYS)).rejects.toMatchObject({
      message: expect.stringMatching(/^arXiv answers 404 to .*ARXIV_OAI_URL/),
    })
  })

  test('characters that XML cannot hold do not end the run', async () => {
    arxiv.state.papers = [paper(1, { title: 'A\u0000 \u0008Title\u000b' })]
    expect(await sync(DAYS)).toMatchObject({ created: 1 })
    expect(await titles()).toEqual(['A Title'])
  })

  test('errors of arXiv are reported', async () => {
    await expect(sync({ ...DAYS, sets: ['physic'] })).rejects.toMatchObject({
      ...{ code: 'BAD_USER_INPUT' },
      message:
        'arXiv does not list the changes from 2024-06-01 to 2024-06-30 in the set physic: badArgument, Set does not exist.',
    })
    await expect(sync({ from: '2024-06-02', until: '2024-06-01' })).rejects.toMatchObject({
      ...{ code: 'BAD_USER_INPUT', message: '--from 2024-06-02 is after --until 2024-06-01.' },
    })
    await expect(sync({ from: '2999-01-01' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
  })

  test('unusable records are reported with their reasons, and the rest is imported', async () => {
    arxiv.state.papers = [paper(1, { title: ' ' }), paper(2), paper(3, { id: 'not/an id' })]
    expect(await sync(DAYS)).toMatchObject({ read: 3, created: 1, rejected: 2, rejectsPath })
  })
})
