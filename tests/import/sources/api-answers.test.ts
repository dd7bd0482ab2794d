import { readFileSync } from 'node:fs'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { findAdapter } from '../../../src/import/formats.ts'
import { openInput } from '../../../src/import/input/input.ts'
import type { Outcome } from '../../../src/import/input/outcome.ts'
import { runImport } from '../../../src/import/run.ts'
import { emptyCatalogue } from '../../helpers/catalogue.ts'
import { createTestDatabase } from '../../helpers/database.ts'
import { importFolder } from '../../helpers/import-folder.ts'

const { rejectsPath, write } = importFolder()

let t: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

async function titlesIn(path: string): Promise<unknown[]> {
  const input = await openInput(path)
  const adapter = await findAdapter('auto', input)
  const outcomes: Outcome[] = []
  for await (const outcome of adapter(input.text, path)) outcomes.push(outcome)
  return outcomes.map((outcome) => ('record' in outcome ? outcome.record.title : outcome))
}

const crossref = (n: number) => ({
  ...{ DOI: `10.1000/${n}`, type: 'journal-article', title: [`Work ${n}`] },
  ...{ issued: { 'date-parts': [[2020]] }, reference: [{ key: 'a', DOI: '10.1000/9' }] },
})
const openAlex = (n: number) => ({
  id: `https://openalex.org/W${12345 + n}`,
  type: 'article',
  title: `Work ${n}`,
})
const s2 = (n: number) => ({ paperId: String(n).repeat(40), title: `Work ${n}`, authors: [] })

const ANSWERS: [string, object][] = [
  [
    'crossref list',
    { status: 'ok', message: { 'total-results': 2, items: [crossref(1), crossref(2)] } },
  ],
  ['crossref items', { items: [crossref(1), crossref(2)] }],
  [
    'openalex list',
    { meta: { count: 2, cost: null }, results: [openAlex(1), openAlex(2)], group_by: [] },
  ],
  ['s2 search', { total: 2, offset: 0, data: [s2(1), s2(2)] }],
  ['s2 batch', [s2(1), s2(2)]],
  [
    's2 citations',
    { offset: 0, data: [{ isInfluential: true, citingPaper: s2(1) }, { citingPaper: s2(2) }] },
  ],
  [
    's2 references',
    { data: [{ citedPaper: s2(1) }, { citedPaper: { paperId: null, title: 'Work 2' } }] },
  ],
  ['s2 recommendations', { recommendedPapers: [s2(1), s2(2)] }],
]

const LAYOUTS: [string, (answer: object) => string | Buffer][] = [
  ['compact', (answer) => JSON.stringify(answer)],
  ['with a final newline', (answer) => `${JSON.stringify(answer)}\n`],
  ['pretty', (answer) => JSON.stringify(answer, null, 2)],
  ['CRLF', (answer) => `${JSON.stringify(answer, null, 4).replaceAll('\n', '\r\n')}\r\n`],
  ['with a byte order mark', (answer) => `\uFEFF${JSON.stringify(answer)}\n`],
]

test.each(ANSWERS)('the response %s is read in every layout', async (name, answer) => {
  for (const [layout, lay] of LAYOUTS)
    expect([layout, await titlesIn(write(`${name}.json`, lay(answer)))]).toEqual([
      layout,
      ['Work 1', 'Work 2'],
    ])
})

test('consecutive responses, each with a list', async () => {
  const answers = [1, 2, 3].map((n) => JSON.stringify({ message: { items: [crossref(n)] } }))
  expect(await titlesIn(write('pages.json', `${answers.join('\n')}\n`))).toEqual([
    ...['Work 1', 'Work 2', 'Work 3'],
  ])
})

const daily = (day: string, githubStars: number, over: object = {}) => ({
  paper: {
    ...{ id: '2501.00001', title: 'A Daily Paper', authors: [{ name: 'Ada Lovelace' }] },
    ...{
      upvotes: 3,
      submittedOnDailyAt: `${day}T00:00:00.000Z`,
      publishedAt: '2025-01-01T00:00:00Z',
    },
    ...{ githubRepo: 'https://github.com/invented/daily', githubStars },
    ...{
      organization: { name: 'inv', fullname: 'Invented' },
      projectPage: 'https://example.org/p',
    },
  },
  numComments: 4,
  ...over,
})

test('stars of daily papers belong to their day, in any order of files', async () => {
  const files = [
    write('later.json', JSON.stringify([daily('2025-03-01', 70)])),
    write('earlier.json', JSON.stringify([daily('2025-02-01', 30)])),
  ]
  await runImport({ url: t.url, format: 'auto', files, rejectsPath })
  const [row] = await t.db.query(sql`
    select r.stars, (select json_agg(json_build_array(observed_on, stars) order by observed_on)
      from repository_stars) as history, (select star_count from papers) as paper,
      (select json_agg(record->'listing'->>'organisation') from source_records) as organisations
    from repositories r`)
  expect(row).toMatchObject({
    ...{ stars: 70, paper: 70, organisations: ['Invented', 'Invented'] },
    history: [
      ['2025-02-01', 30],
      ['2025-03-01', 70],
    ],
  })
})

test('a day whose entries are Python text is read', async () => {
  const text = `{'paper': {'id': '2501.00002', 'title': "It's \\xe9 \\'quoted\\'", 'upvotes': 1, 'x': None}, 'y': True}`
  const wrapped = { status: 'success', date: '2025-01-10', count: 1, data: [text] }
  expect(await titlesIn(write('day.json', JSON.stringify(wrapped)))).toEqual(["It's é 'quoted'"])
})

/** A response of Semantic Scholar for a paper, with its references and citations. */
const s2Answer = {
  paperId: 'a'.repeat(40),
  externalIds: { CorpusId: 91, DOI: '10.5555/herons' },
  title: 'A study of herons',
  authors: [],
  references: [
    { paperId: 'b'.repeat(40), externalIds: { DOI: '10.5555/storks' }, title: 'A study of storks' },
    { paperId: 'c'.repeat(40), externalIds: null, title: 'A study of cranes' },
    { paperId: null, title: 'A work that was not found' },
    { paperId: 'd'.repeat(40), externalIds: { DOI: 'none' }, title: 'A work with a wrong DOI' },
  ],
  citations: [
    { paperId: 'e'.repeat(40), externalIds: { DOI: '10.5555/gulls' }, title: 'A study of gulls' },
    { paperId: 'f'.repeat(40), title: 'A study of terns' },
    { paperId: null, title: 'A citing work that was not found' },
  ],
}

test('references and citations in a response of Semantic Scholar are kept, and linked in any order', async () => {
  const others = [
    { paperId: 'b'.repeat(40), externalIds: { CorpusId: 92 }, title: 'A study of storks' },
    { paperId: 'f'.repeat(40), externalIds: { CorpusId: 93 }, title: 'A study of terns' },
  ].map((paper) => ({ ...paper, authors: [] }))
  const gulls = { ...crossref(5), DOI: '10.5555/gulls', title: ['A study of gulls'] }
  const files = [
    write('answer.json', JSON.stringify(s2Answer)),
    write('others.json', JSON.stringify(others)),
    write('gulls.json', JSON.stringify({ message: { items: [gulls] } })),
  ]
  for (const order of [files, files.toReversed()]) {
    await emptyCatalogue(t.db)
    const report = await runImport({ url: t.url, format: 'auto', files: order, rejectsPath })
    expect(report).toMatchObject({ read: 4, created: 4, rejected: 0, repaired: 1 })
    expect(readFileSync(rejectsPath, 'utf8')).toMatch(
      /an identifier that is not a valid doi was left out; citations by papers without an identifier/,
    )
    const links = await t.db.query(sql`
      select a.title as citing, b.title as cited from citations c
      join papers a on a.id = c.citing_id join papers b on b.id = c.cited_id order by 1, 2`)
    expect(links).toEqual([
      { citing: 'A study of gulls', cited: 'A study of herons' },
      { citing: 'A study of herons', cited: 'A study of storks' },
      { citing: 'A study of terns', cited: 'A study of herons' },
    ])
    const [stored] = await t.db.query<{ references: object[] }>(sql`
      select record->'references' as references from source_records where record->>'title' = 'A study of herons'`)
    expect(stored?.references).toHaveLength(4)
  }
})

test.each(['citingPaper', 'citedPaper'])(
  'a page of citations (%s) reports that it does not name the other paper',
  async (end) => {
    const data = [{ contexts: ['as in [1]'], intents: ['methodology'], [end]: s2(1) }]
    const path = write('page.json', JSON.stringify({ offset: 0, data }))
    const report = await runImport({ url: t.url, format: 'auto', files: [path], rejectsPath })
    expect(report).toMatchObject({ created: 1, repaired: 1 })
    expect(readFileSync(rejectsPath, 'utf8')).toMatch(/the citation was left out/)
  },
)

test.each([
  ['alone', (entry: string) => entry],
  ['in an array', (entry: string) => `[${entry}]`],
  ['in a list', (entry: string) => `{"total":1,"data":[${entry}]}`],
])(
  'the format of a response is recognised even if its first entry is longer than the start of the file (%s)',
  async (_, lay) => {
    const entry = { ...s2(1), citations: Array.from({ length: 9000 }, (_, n) => s2(n % 10)) }
    const path = write('long.json', lay(JSON.stringify(entry)))
    expect(await titlesIn(path)).toEqual(['Work 1'])
  },
)

test.each([
  [{ id: 'a', type: 'article-journal', title: 'Herons' }],
  [{ id: 'b', type: 'book', title: ['Herons'], DOI: '10.5555/herons' }],
])('minimal items of CSL-JSON are recognised: %j', async (item) => {
  const input = await openInput(write('items.json', JSON.stringify([item])))
  expect(await findAdapter('auto', input)).toBe(await findAdapter('csl-json', input))
})
