import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { runExport } from '../../../src/export/run.ts'
import { isObject } from '../../../src/import/input/json.ts'
import { fromPython } from '../../../src/import/input/python-literal.ts'
import { readHfDailyEntry } from '../../../src/import/sources/hf-daily.ts'
import { emptyCatalogue } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { importFolder } from '../../helpers/import-folder.ts'
import { atLeast } from '../../helpers/thorough.ts'

const { folder, write, load } = importFolder()

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

/** An entry of a daily list, with the fields under test. */
const entry = (id: string, paper: object, around: object = {}) => ({
  paper: {
    ...{ id, title: `On the Invented Subject ${id}`, authors: [{ name: 'Ada Lovelace' }] },
    ...{ publishedAt: '2026-04-07T17:59:35.000Z', summary: 'It is invented.' },
    ...paper,
  },
  ...{ publishedAt: '2026-04-07T13:59:35.000Z', ...around },
})

const MEDIA = ['https://cdn.example.org/a/b.mp4', 'https://cdn.example.org/a/c.png']
const FIRST = [
  entry(
    '2604.00001',
    { submittedOnDailyAt: '2026-04-10T00:20:00.000Z', upvotes: 2 },
    { numComments: 1 },
  ),
  entry('2604.00002', { submittedOnDailyAt: '2026-04-10T01:00:00.000Z', upvotes: 7 }),
]
const SECOND = [
  entry(
    '2604.00001',
    {
      ...{ submittedOnDailyAt: '2026-04-16T09:00:00.000Z', upvotes: 42 },
      ...{ organization: { name: 'ial', fullname: 'Institute of Invented Lists' } },
      ...{ projectPage: 'https://example.org/project', mediaUrls: MEDIA },
      ai_summary: 'In short.',
    },
    { numComments: 3, mediaUrls: [...MEDIA, 'data:image/png;base64,AA=='] },
  ),
]
const FILES: [string, object[]][] = [
  ['2026-04-10.json', FIRST],
  ['2026-04-16.json', SECOND],
]

const LISTINGS = 'listings { source day upvotes comments organisation projectUrl media }'
const query = `{ papers(order: { field: TITLE, direction: ASC }) { nodes { upvoteCount tldr ${LISTINGS} } } }`

const shown = async (db = t) => (await askWell<{ papers: unknown }>(db, query)).data.papers

const listing = (day: string, upvotes: number, over: object = {}) => ({
  ...{ source: 'hf-daily', day, upvotes, comments: null, organisation: null, projectUrl: null },
  ...{ media: [], ...over },
})
const EXPECTED = {
  nodes: [
    {
      ...{ upvoteCount: 42, tldr: 'In short.' },
      listings: [
        listing('2026-04-16', 42, {
          ...{ comments: 3, organisation: 'Institute of Invented Lists' },
          ...{ projectUrl: 'https://example.org/project', media: MEDIA },
        }),
        listing('2026-04-10', 2, { comments: 1 }),
      ],
    },
    { upvoteCount: 7, tldr: null, listings: [listing('2026-04-10', 7)] },
  ],
}

describe('a paper on the lists of two days', () => {
  test.each([
    ['in the order of the days', FILES],
    ['the later day first', FILES.toReversed()],
  ])('keeps both, imported %s, and again', async (_, files) => {
    const paths = files.map(([name, entries]) => write(name, JSON.stringify(entries)))
    for (const path of paths) await load(t, [path])
    expect(await shown()).toEqual(EXPECTED)
    for (const path of paths.toReversed())
      expect((await load(t, [path])).report).toMatchObject({ updated: 0, rejected: 0 })
    expect(await shown()).toEqual(EXPECTED)
  })

  test('keeps both in another catalogue', async () => {
    for (const [name, entries] of FILES) await load(t, [write(name, JSON.stringify(entries))])
    const output = join(folder, 'exported.jsonl')
    const all = { filter: '', excludedLicences: [], abstracts: true }
    await runExport({ url: t.url, format: 'jsonl', output, ...all })
    await emptyCatalogue(t.db)
    expect((await load(t, [output])).report).toMatchObject({ read: 3, rejected: 0, repaired: 0 })
    expect(await shown()).toEqual(EXPECTED)
    const [{ days } = {}] = await t.db.query<{ days: number }>(
      sql`select count(listed_on) as days from source_records`,
    )
    expect(days).toBe(3)
  })

  test('lists are read with the page: one statement for all papers', async () => {
    const entries = Array.from({ length: 12 }, (_, i) =>
      entry(`2604.1${String(i).padStart(4, '0')}`, { submittedOnDailyAt: '2026-04-10T00:00:00Z' }),
    )
    await load(t, [write('2026-04-10.json', JSON.stringify(entries))])
    for (const first of [1, 12]) {
      const { statements, data } = await askWell<{ papers: { nodes: unknown[] } }>(
        t,
        `{ papers(first: ${first}) { nodes { ${LISTINGS} } } }`,
      )
      expect(data.papers.nodes).toHaveLength(first)
      expect(statements).toHaveLength(1)
    }
  })
})

describe('the day of an entry without one', () => {
  const dayOf = (around: object, listDay: string | null) => {
    const record = readHfDailyEntry(entry('2604.00009', {}, around), listDay)
    return 'listing' in record ? record.listing?.on : null
  }
  test('is that of the requested list', () => {
    expect(dayOf({ publishedAt: '2026-04-08T22:40:15.000Z' }, '2026-04-09')).toBe('2026-04-09')
  })
  test('otherwise that of its own instant', () => {
    expect(dayOf({ publishedAt: '2026-04-08T22:40:15.000Z' }, null)).toBe('2026-04-08')
  })
  test('but never the day of the paper in another time zone', () => {
    expect(dayOf({ publishedAt: '2026-04-07T13:59:35.000Z', numComments: 1 }, null)).toBeNull()
  })
  test.each([
    ['2026-04-09.json', '2026-04-09'],
    ['hf_daily_20260409.json', '2026-04-09'],
    ['2026-04-01_2026-04-09.json', null],
    ['2026-13-40.json', null],
    ['papers.json', null],
  ])('is read from the name of a file: %s', async (name, day) => {
    await load(t, [
      write(name, JSON.stringify([entry('2604.00009', { upvotes: 1 }, { numComments: 1 })])),
    ])
    expect(await shown()).toMatchObject({ nodes: [{ listings: [{ day, comments: 1 }] }] })
  })
})

const DATA = fileURLToPath(new URL('../../../../shared/data/hf-daily', import.meta.url))

describe.skipIf(!existsSync(DATA))('the real lists', () => {
  const entriesOf = (name: string): unknown[] => {
    const value = JSON.parse(gunzipSync(readFileSync(join(DATA, name))).toString())
    return Array.isArray(value) ? value : value.data
  }

  test('each entry is of the day whose list it is in', () => {
    const wrong: unknown[] = []
    let read = 0
    for (const name of readdirSync(DATA).filter((_, i) => i % atLeast(9, 1) === 0))
      for (const one of entriesOf(name).map(fromPython)) {
        const record = readHfDailyEntry(isObject(one) ? one : {}, name.slice(0, 10))
        read++
        if ('reason' in record || record.listing?.on !== name.slice(0, 10))
          wrong.push([name, record])
      }
    expect(wrong).toEqual([])
    expect(read).toBeGreaterThan(atLeast(900, 9_000))
  })

  test('both days of a paper are shown, with what each list said', async () => {
    const names = ['2026-04-10.json.gz', '2026-04-16.json.gz', '2025-01-10.json.gz']
    const { report } = await load(
      t,
      names.map((name) => join(DATA, name)),
    )
    const entries = names.flatMap(entriesOf)
    expect(report).toMatchObject({ read: entries.length, rejected: 0, merged: 1 })
    const { data } = await askWell<{ paper: unknown }>(
      t,
      '{ paper(ref: "arXiv:2604.07429") { listings { day upvotes comments organisation } } }',
    )
    expect(data.paper).toEqual({
      listings: [
        {
          ...{ day: '2026-04-16', upvotes: 42, comments: 3 },
          organisation: 'National University of Singapore',
        },
        { day: '2026-04-10', upvotes: 2, comments: 1, organisation: null },
      ],
    })
  })
})
