import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import type { PaperRecord, VenueClaim } from '../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { type ExportOptions, runExport } from '../../src/export/run.ts'
import { runImport } from '../../src/import/run.ts'
import { emptyCatalogue, paperRecord } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-export-papers-'))

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

const write = (...records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))

let files = 0

async function exported(format: string, over: Partial<ExportOptions> = {}) {
  const output = join(folder, `${++files}.${format}`)
  const chosen = { filter: '', excludedLicences: [], abstracts: true }
  const report = await runExport({ url: t.url, format, output, ...chosen, ...over })
  return { ...report, output, text: readFileSync(output, 'utf8') }
}

const by = (...names: string[]) =>
  names.map((name) => ({ name, identifiers: [], affiliation: null }))

const ACL: VenueClaim = {
  slug: 'acl',
  name: 'Annual Meeting of the Association for Computational Linguistics',
  acronym: 'ACL',
  kind: 'conference',
}
const JOURNAL: VenueClaim = {
  slug: 'journal-of-tests',
  name: 'Journal of Tests',
  acronym: null,
  kind: 'journal',
}

/** Papers with everything that is difficult for formats; each has an arXiv id, so that every format can hold it. */
const TRICKY: Partial<PaperRecord>[] = [
  { title: 'BERT: Größe & 100% of “C#” — or $5_a in l’été', authors: by('Laurens van der Maaten') },
  {
    title: 'A {brace}, a back\\slash, ~tilde ^hat | pipe, a < b > c',
    authors: by('Kiết Văn Nguyễn'),
  },
  { title: 'α-Divergence ≤ β of $\\mathcal{O}(n^{2})$ for x² and 深度学习', authors: by('李明') },
  { title: '=SUM(A1), +1 or "quoted", and; a; semicolon', authors: by('Martin King Jr.') },
  {
    title: '-1 Is Not a Number of Papers',
    authors: by('NLLB Team', 'OpenAI', 'Benjamin Van Durme'),
  },
  {
    title: '@home: Learning to Read Mail',
    authors: by('Ada Lovelace'),
    abstract: '=1+1 }{ \\cite{x} 5%',
  },
]

function trickyRecords(): PaperRecord[] {
  return TRICKY.map((over, i) =>
    paperRecord({
      key: String(i),
      kind: i % 2 === 0 ? 'conference_paper' : 'journal_article',
      venue: i % 2 === 0 ? ACL : JOURNAL,
      eventYear: i % 2 === 0 ? 2021 : null,
      published: { on: '2021-01-01', precision: 'month' },
      upvoteCount: i + 7,
      identifiers: [
        { scheme: 'arxiv', value: `2101.0000${i + 1}` },
        { scheme: 'doi', value: `10.1234/x_${i}` },
      ],
      ...over,
    }),
  )
}

/** The data of a paper that every format holds. */
const shown = () =>
  t.db.query(sql`
    select p.title, p.abstract, extract(year from p.published_on)::int as year, v.slug as venue,
      array(select a.name from authorships a where a.paper_id = p.id order by a.position) as authors,
      array(select scheme || ':' || value from paper_identifiers i where i.paper_id = p.id order by 1) as ids
    from papers p left join venues v on v.id = p.venue_id order by p.id`)

const FORMATS = ['bibtex', 'ris', 'csl-json', 'csv', 'arxiv']

describe('an export and import give the same papers', () => {
  test.each(FORMATS)('%s, into its own catalogue', async (format) => {
    await write(...trickyRecords())
    const before = await shown()
    const { output } = await exported(format)
    const report = await runImport({
      url: t.url,
      format: 'auto',
      files: [output],
      rejectsPath: null,
    })
    expect(report).toMatchObject({ read: TRICKY.length, merged: TRICKY.length, rejected: 0 })
    expect(await shown()).toEqual(before)
  })

  test.each(FORMATS)('%s, into an empty catalogue', async (format) => {
    await write(...trickyRecords())
    const before = await shown()
    const { output } = await exported(format)
    await emptyCatalogue(t.db)
    const report = await runImport({
      url: t.url,
      format: 'auto',
      files: [output],
      rejectsPath: null,
    })
    expect(report).toMatchObject({ read: TRICKY.length, created: TRICKY.length, rejected: 0 })
    // arXiv's entries only name conferences.
    const without = (rows: object[]) =>
      rows.map((row) => ({ ...row, ...(format === 'arxiv' && { venue: null }) }))
    expect(without(await shown())).toEqual(without(before))
  })
})

describe('csv', () => {
  test('is a table that any reader parses, without formulas', async () => {
    await write(...trickyRecords())
    const { text } = await exported('csv')
    expect(text).toMatch(/^key,title,authors,year,.*,abstract\r\n/)
    const rows = parse(text, { columns: true }) as Record<string, string>[]
    expect(rows).toHaveLength(TRICKY.length)
    for (const row of rows)
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@]/)
    expect(rows[3]?.title).toBe(`'=SUM(A1), +1 or "quoted", and; a; semicolon`)
    expect(rows[4]?.authors).toBe('NLLB Team; OpenAI; Benjamin Van Durme')
    expect(rows[0]).toMatchObject({
      upvotes: '7',
      year: '2021',
      published: '2021-01',
      venue_acronym: 'ACL',
    })
  })
})

test('an empty selection gives a complete file', async () => {
  const texts = await Promise.all(
    ['csl-json', 'bibtex', 'ris', 'arxiv'].map(async (format) => (await exported(format)).text),
  )
  expect(JSON.parse(texts[0] ?? '')).toEqual([])
  expect(texts.slice(1)).toEqual(['', '', ''])
})

test('papers without an arXiv id are left out of arxiv, which is reported', async () => {
  await write(paperRecord({ key: 'x' }), ...trickyRecords())
  expect(await exported('arxiv')).toMatchObject({ papers: TRICKY.length, leftOut: 1 })
})

test('abstracts can be left out', async () => {
  await write(paperRecord({ abstract: 'It is abstract.' }))
  for (const format of ['bibtex', 'ris', 'csl-json', 'csv']) {
    expect((await exported(format)).text).toContain('It is abstract.')
    expect((await exported(format, { abstracts: false })).text).not.toContain('It is abstract.')
  }
})

describe('excluded licences', () => {
  const shared = { identifiers: [{ scheme: 'doi' as const, value: '10.1234/x' }] }

  test.each(['bibtex', 'ris', 'csl-json', 'csv'])('are absent from %s', async (format) => {
    await write(
      paperRecord({ source: 'a', licence: 'CC0-1.0', ...shared }),
      paperRecord({ source: 'b', licence: 'CC-BY-SA-4.0', abstract: 'Shared alike.', ...shared }),
      paperRecord({ source: 'b', key: '2', licence: 'CC-BY-SA-4.0', title: 'Shared Alike Alone' }),
    )
    expect((await exported(format)).text).toMatch(/Shared alike[\s\S]*Shared Alike Alone/)
    const { text, papers } = await exported(format, { excludedLicences: ['cc-by-sa-4.0'] })
    expect(papers).toBe(1)
    expect(text).toContain('A Paper of Its Own')
    expect(text).not.toMatch(/Shared alike/i)
  })
})

describe('the filter', () => {
  test('is a query of the search language', async () => {
    await write(
      paperRecord({ key: '1', title: 'Parsing of Sentences' }),
      paperRecord({ key: '2', title: 'Parsing of Words', published: null }),
      paperRecord({ key: '3', title: 'Translating of Words' }),
    )
    const titles = async (filter: string) =>
      [...(await exported('ris', { filter })).text.matchAll(/^TI {2}- (.*)\r$/gm)].map(
        ([, title]) => title,
      )
    expect(await titles('parsing')).toEqual(['Parsing of Sentences', 'Parsing of Words'])
    expect(await titles('parsing year:2020..')).toEqual(['Parsing of Sentences'])
    expect(await titles('NOT parsing')).toEqual(['Translating of Words'])
  })

  test.each([
    ['year:20x0', /^query, character \d+: /],
    ['the of', /"the of" has only words that are too common/],
  ])('%s is reported', async (filter, message) => {
    await write(paperRecord())
    await expect(exported('ris', { filter })).rejects.toThrow(message)
  })
})
