import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { describeReport } from '../../src/cli/base/report.ts'
import { emptyCatalogue } from '../helpers/catalogue.ts'
import { createTestDatabase } from '../helpers/database.ts'
import { importFolder } from '../helpers/import-folder.ts'

const { folder, write, load: loadInto } = importFolder()

let t: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

const load = (...files: string[]) => loadInto(t, files)

const words = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon', 'Zeta']
const title = (i: number) => `The ${words[i % 6]} study of number ${i}`

/** Each damage: the file with six entries, some of them broken, and its number of readable titles. */
const DAMAGED: [string, string, string, number][] = [
  [
    'a stray quote in a row of CSV',
    'stray.csv',
    `title,authors,year\n${words.map((_, i) => `${i === 2 ? 'A 5" stray quote' : title(i)},A. Bee,2019`).join('\n')}\n`,
    6,
  ],
  [
    'a quote that is never closed',
    'open.csv',
    `title,authors,year\n${words.map((_, i) => `${i === 2 ? '"An open quote' : title(i)},A. Bee,2019`).join('\n')}\n`,
    5,
  ],
  [
    'rows that are too short and too long',
    'uneven.csv',
    `title,authors,year\n${words.map((_, i) => [title(i), ...(i === 1 ? [] : ['A. Bee', '2019']), ...(i === 2 ? ['', 'x'] : [])].join(',')).join('\n')}\n`,
    6,
  ],
  [
    'a broken line of JSON',
    'broken.jsonl',
    words
      .map((_, i) => JSON.stringify({ id: `2101.0000${i}`, title: title(i), categories: 'cs.CL' }))
      .map((line, i) => (i === 3 ? line.slice(0, 30) : line))
      .join('\n'),
    5,
  ],
  [
    'fields of wrong types',
    'types.json',
    JSON.stringify(
      words.map((_, i) => ({
        ...{ type: 'article-journal', id: `k${i}`, title: title(i) },
        author: i === 1 ? 'nobody' : i === 2 ? [7, null, { family: ['x'] }] : [{ family: 'Bee' }],
        ...(i === 3 && { issued: 'soon', DOI: 5, note: { a: 1 }, keyword: [1] }),
        ...(i === 4 && { title: { text: 'none' } }),
      })),
    ),
    5,
  ],
]

test.each(DAMAGED)('%s: each entry is imported or rejected', async (_, name, text, readable) => {
  const { report, rejects, titles } = await load(write(name, text))
  const { read, created, updated, merged, unchanged, waiting, rejected } = report
  expect(read).toBe(created + updated + merged + unchanged + waiting + rejected)
  expect(rejects.filter(({ position }) => position !== null)).toHaveLength(rejected)
  expect(titles.length + rejected).toBe(6)
  expect(titles).toHaveLength(readable)
  const whole = words.map((_, i) => title(i)).filter((one) => text.includes(one))
  expect(titles).toEqual(expect.arrayContaining(whole.filter((one) => titles.includes(one))))
})

test.each([
  ['rows.csv', (i: number) => `Editorial,A. Bee,Journal of ${words[i % 3]},${2000 + (i % 4)}`],
])(
  'entries with one title and byline, of other years and venues, are separate records',
  async (name, row) => {
    const rows = Array.from({ length: 12 }, (_, i) => row(i))
    const text = (order: string[]) => ['title,authors,venue,year', ...order].join('\n')
    expect((await load(write(name, text(rows)))).report).toMatchObject({ read: 12, updated: 0 })
    const again = await load(write(name, text([...rows].reverse())))
    expect(again.report).toMatchObject({ read: 12, unchanged: 12 })
    expect(again.titles).toHaveLength(12)
  },
)

test.each([
  [0, 1],
  [1, 0],
  [2, 3],
])(
  'for %i papers and %i profiles, the report states how many papers it created',
  async (papers, profiles) => {
    const works = Array.from({ length: papers }, (_, i) => ({
      ...{ id: `https://openalex.org/W300000000${i}`, title: title(i), type: 'article' },
      authorships: [],
    }))
    const authors = Array.from({ length: profiles }, (_, i) => ({
      ...{ id: `https://openalex.org/A500000000${i}`, display_name: `Ann Bee${i}`, works_count: 3 },
    }))
    const lines = [...works, ...authors].map((one) => JSON.stringify(one)).join('\n')
    const { report } = await load(write(`counts${papers}${profiles}.jsonl`, lines))
    expect(report).toMatchObject({ created: papers + profiles, createdPapers: papers })
    const told = describeReport(report)
    if (profiles === 0) expect(told).toContain(`${papers} created,`)
    else
      expect(told).toContain(
        `${papers + profiles} created (${papers} as papers; ${profiles} profiles, decisions, states of repositories or citations),`,
      )
    const [job] = await t.db.query(
      sql`select created_count as all, created_paper_count as papers from import_jobs order by id desc limit 1`,
    )
    expect(job).toEqual({ all: papers + profiles, papers })
  },
)

test('unreadable files are reported before the first is read, and the others are read', async () => {
  const line = (i: number) =>
    `${JSON.stringify({ id: `2101.0000${i}`, title: title(i), categories: 'cs.CL' })}\n`
  mkdirSync(join(folder, 'folder.jsonl'), { recursive: true })
  const many = Array.from({ length: 400 }, (_, i) =>
    JSON.stringify({
      id: `2102.${10000 + i}`,
      title: `${title(i)} ${i * 7919}`,
      categories: 'cs.CL',
    }),
  ).join('\n')
  const whole = gzipSync(many)
  const files = [
    write('one.jsonl', line(0)),
    write('empty.jsonl', ''),
    join(folder, 'folder.jsonl'),
    write('binary.bin', Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 37) % 256))),
    write('cut.jsonl.gz', whole.subarray(0, whole.length - 60)),
    write('half.json', `[${line(1)},${line(2)},{"id": "2101.00`),
    write('last.jsonl', line(3)),
  ]
  const { report, rejects, notices, titles } = await load(...files)
  expect(report.unreadable.map(({ file }) => file.split('/').at(-1))).toEqual([
    ...['empty.jsonl', 'folder.jsonl', 'binary.bin', 'cut.jsonl.gz', 'half.json'],
  ])
  expect(rejects.map(({ file, reason }) => `${file} ${reason}`)).toEqual([
    expect.stringMatching(/^empty\.jsonl .* is empty/),
    expect.stringMatching(/^folder\.jsonl .* is not a file/),
    expect.stringMatching(/^binary\.bin .* is in no format/),
    expect.stringMatching(/^cut\.jsonl\.gz .* is truncated/),
    expect.stringMatching(/^half\.json .* cannot be read to its end/),
  ])
  expect(notices).toHaveLength(5)
  expect(titles).toEqual(expect.arrayContaining([title(0), title(1), title(2), title(3)]))
  expect(report.read).toBe(titles.length)
  expect(report.read).toBeGreaterThan(100)
  const [job] = await t.db.query(
    sql`select state, read_count from import_jobs order by id desc limit 1`,
  )
  expect(job).toMatchObject({ state: 'done', read_count: report.read })
})

test('if no file can be read, the first error is thrown', async () => {
  const files = [write('empty.csv', ''), write('words.txt', 'To be, or not')]
  await expect(load(...files)).rejects.toThrow(/empty\.csv is empty.*None of the 2 files/)
})

test('a notice of Crossref retracts the named work, in either order, and counts once', async () => {
  const work = (DOI: string, more = {}) =>
    JSON.stringify({ DOI, type: 'journal-article', title: [`The study ${DOI}`], ...more })
  const update = {
    DOI: '10.5555/old',
    type: 'retraction',
    updated: { 'date-parts': [[2024, 2, 3]] },
  }
  const notice = write('notice.json', work('10.5555/note', { 'update-to': [update] }))
  const paper = write('paper.json', work('10.5555/old'))
  for (const files of [
    [notice, paper],
    [paper, notice],
  ]) {
    await emptyCatalogue(t.db)
    for (const file of files)
      expect((await load(file)).report).toMatchObject({ read: 1, created: 1 })
    const rows = await t.db.query(sql`
      select p.title, p.is_retracted, e.kind, e.happened_on::text as on, e.sources from papers p left join paper_events e on e.paper_id = p.id
      order by p.title`)
    expect(rows).toEqual([
      { title: 'The study 10.5555/note', is_retracted: false, kind: null, on: null, sources: null },
      {
        ...{ title: 'The study 10.5555/old', is_retracted: true, kind: 'retraction' },
        ...{ on: '2024-02-03', sources: ['crossref-notices'] },
      },
    ])
  }
})
