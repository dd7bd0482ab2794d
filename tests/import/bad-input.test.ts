import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { hasAddress, withoutAddresses } from '../../src/import/fields/addresses.ts'
import { guardRecord } from '../../src/import/guard.ts'
import { runImport } from '../../src/import/run.ts'
import { emptyCatalogue, paperRecord } from '../helpers/catalogue.ts'
import { createTestDatabase } from '../helpers/database.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-bad-'))
const rejectsPath = join(folder, 'rejects.jsonl')

let t: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

let made = 0
/** One line of arXiv's snapshot, complete unless `over` changes it. */
const entry = (over: Record<string, unknown> = {}) => {
  made++
  return {
    ...{ id: `2101.${10000 + made}`, title: `The Invented Paper of Number ${made}` },
    ...{ abstract: 'An abstract.', categories: 'cs.CL', authors_parsed: [['Lovelace', 'Ada', '']] },
    versions: [{ version: 'v1', created: 'Fri, 1 Jan 2021 00:30:00 GMT' }],
    ...over,
  }
}

/** Imports the lines; returns the reports about them by position. */
async function load(
  lines: (string | Buffer)[],
  { format = 'arxiv', pack = (b: Buffer) => b } = {},
) {
  const file = join(folder, `file-${made++}.jsonl`)
  const bytes = lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')])
  writeFileSync(file, pack(Buffer.concat(bytes)))
  const report = await runImport({ url: t.url, format, files: [file], rejectsPath })
  const told =
    report.rejectsPath === null ? [] : readFileSync(rejectsPath, 'utf8').trim().split('\n')
  const papers = await t.db.query<{ title: string; abstract: string; authors: number }>(sql`
    select title, abstract, author_count as authors from papers order by id`)
  return { report, told: told.map((line) => JSON.parse(line)), papers }
}

const json = (over?: Record<string, unknown>) => JSON.stringify(entry(over))

test('a line of 100 MB, in a gzip bomb of 100 kB, is rejected; the rest is imported', async () => {
  const long = Buffer.concat([Buffer.from('{"id": "'), Buffer.alloc(100 * 2 ** 20, 'a')])
  const { report, told } = await load([json(), long, json()], { pack: (b) => gzipSync(b) })
  expect(report).toMatchObject({ read: 3, created: 2, rejected: 1 })
  expect(told).toMatchObject([{ position: 2, reason: 'longer than 16 MB', key: null }])
})

test('an element of 100 MB in an array is rejected; the rest is imported', async () => {
  const long = Buffer.concat([
    Buffer.from('{"title": "'),
    Buffer.alloc(100 * 2 ** 20, 'a'),
    Buffer.from('"}'),
  ])
  const lines = [`[${json()},`, long, `,${json()}]`]
  const { report, told } = await load(lines)
  expect(report).toMatchObject({ read: 3, created: 2, rejected: 1 })
  expect(told).toMatchObject([{ position: 1, reason: 'longer than 16 MB' }])
})

test('a first record larger than the start that is used to detect the format is read', async () => {
  const { report } = await load([json({ padding: 'x'.repeat(1_500_000) }), json()])
  expect(report).toMatchObject({ read: 2, created: 2 })
})

test('JSON nested 100,000 deep, and invalid JSON', async () => {
  const deep = `{"id":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  const lines = [
    deep,
    json({ versions: 'none', title: 'Whole Among the Broken' }),
    '{"id": "x',
    '[]',
    'null',
    '{}',
  ]
  const { report, told, papers } = await load([json(), ...lines])
  expect(report).toMatchObject({ read: 7, created: 2, rejected: 5 })
  expect(papers[1]?.title).toBe('Whole Among the Broken')
  expect(told.map(({ position, reason, repaired }) => [position, reason ?? repaired])).toEqual([
    [2, 'nested deeper than 100 levels'],
    [3, 'versions is not a list; left out'],
    [4, expect.stringMatching(/^not valid JSON/)],
    [5, 'the entry is not a JSON object'],
    [6, 'the entry is not a JSON object'],
    [7, 'the entry has no arXiv id'],
  ])
})

test('bytes that are not UTF-8, NUL and lone surrogates are repaired, and reported', async () => {
  const [before = '', after = ''] = json({ title: 'Two Halves of €', abstract: 'x' }).split('€')
  const latin1 = Buffer.concat([Buffer.from(before), Buffer.from([0xe9]), Buffer.from(after)])
  const odd = json({ title: 'Odd TITLE', abstract: 'An odd ABSTRACT' })
    .replace('TITLE', '\\u0000T\\ud83d')
    .replace('ABSTRACT', '\\udc00A\\ud83d\\ude00')
  const { report, told, papers } = await load([json(), latin1, odd])
  expect(report).toMatchObject({ read: 3, created: 3, rejected: 0, repaired: 2 })
  expect(told.map(({ position, repaired }) => [position, repaired])).toEqual([
    [2, 'bytes that are not UTF-8 were read as Windows-1252'],
    [3, 'NUL characters were removed; halves of characters (lone surrogates) were replaced'],
  ])
  expect(papers.slice(1).map(({ title, abstract }) => [title, abstract])).toEqual([
    ['Two Halves of é', 'x'],
    ['Odd T\uFFFD', 'An odd \uFFFDA😀'],
  ])
})

test('10,000 authors are imported; more are cut', async () => {
  const authors = (n: number) => ({
    authors_parsed: Array.from({ length: n }, (_, i) => [`Family${i}`, 'Given', '']),
  })
  const { report, told, papers } = await load([json(authors(10_000)), json(authors(10_001))])
  expect(report).toMatchObject({ created: 2, repaired: 1 })
  expect(told).toMatchObject([
    { position: 2, repaired: 'of 10001 authors the first 10000 were kept' },
  ])
  expect(papers.map(({ authors: count }) => count)).toEqual([10_000, 10_000])
})

test('DOIs that differ in case are one, contested by two arXiv ids; of a key or a record given twice, the last counts', async () => {
  const twice = json({ title: 'First Said of It' }).replace(/\}$/, ',"title":"Last Said of It"}')
  const id = '2101.99999'
  const { report, papers } = await load([
    json({ doi: '10.1000/ABC.def' }),
    json({ doi: '10.1000/abc.DEF' }),
    twice,
    json({ id, title: 'A Record Given Twice' }),
    json({ id, title: 'A Record Given Twice Over' }),
  ])
  expect(report).toMatchObject({ created: 4, merged: 0, updated: 0, unchanged: 1 })
  expect(report.doubts.contestedCount).toBe(1)
  expect(papers.map(({ title }) => title).slice(2)).toEqual([
    'Last Said of It',
    'A Record Given Twice Over',
  ])
})

test('values that no record may hold are removed or refused, in any adapter', async () => {
  const guard = (over: Parameters<typeof paperRecord>[0]) => guardRecord(paperRecord(over))
  const year = (on: string) => guard({ published: { on, precision: 'day' }, eventYear: 9999 })
  for (const on of ['0000-01-01', '9999-12-31', '2021-02-30', 'soon'])
    expect(year(on)).toMatchObject({
      record: { published: null, eventYear: null },
      repairs: [
        `${on} is not a date of a paper; left out`,
        '9999 is not a year of a paper; left out',
      ],
    })
  expect(guard({ title: ' \0 ' })).toEqual({ key: '1', reason: 'the entry has no title' })
  expect(guard({ title: 'x'.repeat(2001) })).toMatchObject({
    reason: expect.stringMatching(/2001 characters/),
  })
  // An index cannot hold longer text, nor a column a higher number.
  const rating = { mean: 5, count: 99_999 }
  const decision = { venue: null, year: 99_999, session: 'x'.repeat(9000), area: 'Looms', rating }
  expect(guard({ decisions: [decision] })).toMatchObject({
    record: {
      decisions: [{ venue: null, year: null, area: 'Looms', rating: { mean: 5, count: null } }],
    },
    repairs: ['a session of 9000 characters is not a name; left out'],
  })
  expect(guard({ key: 'ada@example.org' })).toMatchObject({ key: null })
  const guarded = guard({
    abstract: 'y'.repeat(200_000),
    citationCount: 2 ** 40,
    landingUrl: 'javascript:alert(1)',
    pdfUrl: 'https://example.org/?mail=ada@example.org',
    identifiers: [
      { scheme: 'doi', value: 'nonsense' },
      { scheme: 'doi', value: `10.1000/${'x'.repeat(1000)}` },
      { scheme: 'doi', value: '10.48550/arXiv.2101.00001' },
    ],
    authors: [
      { name: 'ada@example.org', identifiers: [], affiliation: null },
      { name: 'Ada', identifiers: [], affiliation: 'Engines; ada@example.org' },
    ],
  })
  expect(guarded).toMatchObject({
    record: {
      citationCount: null,
      landingUrl: null,
      pdfUrl: null,
      identifiers: [{ scheme: 'arxiv', value: '2101.00001' }],
      authors: [{ name: 'Ada', affiliation: 'Engines' }],
    },
  })
  if ('record' in guarded) await transaction(t.url, (tx) => writeRecords(tx, [guarded.record]))
})

test.each([
  ['Ada Lovelace (ada@example.org)', 'Ada Lovelace'],
  ['Contact: ada.l@maths.example.co.uk', ''],
  ['{ada,alan}@example.org, Engines', 'Engines'],
  ['Engines, ada [at] example.org', 'Engines'],
  ['mailto:ada@example.org', ''],
  ...['163.com', '126.com', '189.cn', '263.net', '21cn.com', 'example.org'].map((host) => [
    `Engines, London. Electronic address: ada_1@${host}.`,
    'Engines, London.',
  ]),
  ['mAP@0.5 and precision@5. The end', 'mAP@0.5 and precision@5. The end'],
  ['clone git@github.com:ada/engine', 'clone git@github.com:ada/engine'],
])('of %j stays %j', (text, left) => {
  expect(withoutAddresses(text)).toBe(left)
  expect(hasAddress(withoutAddresses(text))).toBe(false)
})
