import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { runImport } from '../../src/import/run.ts'
import { dumpCatalogue, emptyCatalogue } from '../helpers/catalogue.ts'
import { createTestDatabase } from '../helpers/database.ts'
import { importFolder } from '../helpers/import-folder.ts'
import { recordsIn } from '../helpers/real-records.ts'
import { atLeast } from '../helpers/thorough.ts'

const fixture = (name: string) =>
  fileURLToPath(new URL(`../fixtures/import/${name}`, import.meta.url))
const { folder, rejectsPath, write } = importFolder()

let t: Awaited<ReturnType<typeof createTestDatabase>>
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

const load = (format: string, ...files: string[]) =>
  runImport({ url: t.url, format, files, rejectsPath })
const FILES = [
  'arxiv.jsonl',
  'hf-daily.json',
  'pwc-papers.json',
  'pwc-links.json',
  'pwc-methods.json',
  'cv-daily.json',
  'arxiv-atom.xml',
  'crossref.json',
  'csl.json',
  'library.bib',
  'library.ris',
  'openalex.jsonl',
  's2-papers.jsonl',
  's2-citations.jsonl',
  'openalex-authors.jsonl',
  'openalex-topics.jsonl',
  's2-authors.jsonl',
].map(fixture)

describe('formats that share papers', () => {
  test('give one catalogue in every order, with shared papers merged, nothing new the second time, no e-mail address, and the licence of each source', async () => {
    const first = await load('auto', ...FILES)
    const dump = await dumpCatalogue(t.db)
    const shared = dump.papers.filter(({ ids }) => (ids as string[]).includes('arxiv:2101.00001'))
    expect(shared).toMatchObject([
      {
        ids: [
          'acl:2021.acl-long.1',
          'arxiv:2101.00001',
          'corpusid:230000001',
          'dblp:conf/acl/HopperT21',
          'doi:10.18653/v1/2021.acl-long.1',
          'hf:2101.00001',
          'openalex:W3000000001',
          'pmid:12345678',
          'pwc:shared-papers-become-one',
          's2:0123456789abcdef0123456789abcdef01234567',
        ],
        kind: 'conference_paper',
        venue: 'acl',
        author_count: 2,
        repository_count: 3,
        records: expect.objectContaining({ length: 14 }),
      },
    ])
    const again = await load('auto', ...FILES)
    expect(again).toMatchObject({
      created: 0,
      updated: 0,
      merged: 0,
      unchanged: first.read - first.rejected,
    })
    expect(await dumpCatalogue(t.db)).toEqual(dump)
    await expectNoAddresses()
    await expectLicences()
    const turned = FILES.map((_, i) => FILES[(i + 3) % FILES.length] ?? '')
    const orders = atLeast([FILES.toReversed()], [FILES.toReversed(), turned])
    for (const files of orders) {
      await emptyCatalogue(t.db)
      for (const file of files) await load('auto', file)
      expect(await dumpCatalogue(t.db)).toEqual(dump)
    }
  })

  async function expectNoAddresses() {
    const everything = JSON.stringify([
      await dumpCatalogue(t.db),
      await t.db.query(sql`select record::text from source_records
        union all select record::text from author_records`),
    ])
    expect(everything).not.toMatch(/[\w.+-]+@[\w-]+\.\w/)
  }

  async function expectLicences() {
    const licences = await t.db.query(sql`
      select distinct source, licence from source_records order by source`)
    expect(licences.map((row) => ({ ...row }))).toEqual([
      { source: 'arxiv', licence: 'CC0-1.0' },
      { source: 'arxiv-atom', licence: 'CC0-1.0' },
      { source: 'bibtex', licence: null },
      { source: 'crossref', licence: 'CC0-1.0' },
      { source: 'crossref-notices', licence: 'CC0-1.0' },
      { source: 'csl-json', licence: null },
      { source: 'cv-daily', licence: null },
      { source: 'hf-daily', licence: null },
      { source: 'openalex', licence: 'CC0-1.0' },
      { source: 'pwc', licence: 'CC-BY-SA-4.0' },
      { source: 'pwc-links', licence: 'CC-BY-SA-4.0' },
      { source: 'pwc-methods', licence: 'CC-BY-SA-4.0' },
      { source: 'ris', licence: null },
      { source: 's2', licence: 'ODC-BY-1.0' },
    ])
  }
})

test('a summary separate from its paper is added to it', async () => {
  await load('s2', fixture('s2-papers.jsonl'))
  expect(await load('s2', fixture('s2-tldrs.jsonl'))).toMatchObject({ merged: 1, rejected: 1 })
  const papers = await t.db.query<{ tldr: string | null }>(
    sql`select tldr from papers order by tldr`,
  )
  expect(papers.map(({ tldr }) => tldr)).toEqual(['Records of one paper become one.', null])
})

test('abstracts separate from their papers are added to these, in either order', async () => {
  const [papersFile, abstracts] = [fixture('s2-papers.jsonl'), fixture('s2-abstracts.jsonl')]
  await load('s2', papersFile)
  expect(await load('s2', abstracts)).toMatchObject({ read: 4, merged: 1, waiting: 2, rejected: 1 })
  expect(await load('s2', abstracts)).toMatchObject({ read: 4, unchanged: 3, rejected: 1 })
  const dump = await dumpCatalogue(t.db)
  await emptyCatalogue(t.db)
  expect(await load('s2', abstracts)).toMatchObject({
    read: 4,
    created: 0,
    waiting: 3,
    rejected: 1,
  })
  expect(await load('s2', abstracts)).toMatchObject({ read: 4, unchanged: 3, rejected: 1 })
  await load('s2', papersFile)
  expect(await dumpCatalogue(t.db)).toEqual(dump)
  const papers = await t.db.query(sql`
    select title, abstract, kind, repository_count from papers where abstract is not null`)
  expect(papers.map((row) => ({ ...row }))).toEqual([
    {
      title: 'Shared Papers Become One: A Study of Catalogues',
      abstract: expect.stringMatching(/^The longest abstract/),
      kind: 'conference_paper',
      repository_count: 1,
    },
  ])
})

const firstOf = (rows: object, count: number) =>
  Object.fromEntries(Object.entries(rows).slice(0, count))

const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url))
const textOf = (name: string) => gunzipSync(readFileSync(join(DATA, name))).toString()

describe.skipIf(!existsSync(DATA))('real files (skipped without ../shared/data)', () => {
  test('BibTeX and the list of the same conference have the same papers, in either order', async () => {
    const entries = JSON.parse(textOf('paperlists/acl2022.json.gz')) as { id: string }[]
    const part = entries.filter((_, at) => at % atLeast(20, 1) === 0)
    const ids = new Set(part.map(({ id }) => id))
    const cited = textOf('acl2022.bib.gz')
      .split(/^(?=@)/m)
      .filter((text) => ids.has(/aclanthology\.org\/([^/"]+)/.exec(text)?.[1] ?? ''))
    const bib = write('acl2022.bib', cited.join(''))
    const list = write('acl2022.json', JSON.stringify(part))
    const report = await load('auto', bib, list)
    const { length } = part
    expect(length).toBeGreaterThan(atLeast(40, 500))
    expect(report).toMatchObject({
      ...{ read: 2 * length, created: length, merged: length, rejected: 0 },
    })
    const dump = await dumpCatalogue(t.db)
    await emptyCatalogue(t.db)
    await load('auto', list, bib)
    expect(await dumpCatalogue(t.db)).toEqual(dump)
  })

  test.runIf(atLeast(false, true))('a whole arXiv daily list can be read', async () => {
    expect(await recordsIn(join(DATA, 'cv-arxiv-daily.json.gz'))).toHaveLength(9312)
  })

  test('all BibTeX and a part of each topic of an arXiv daily list can be read', async () => {
    expect(await recordsIn(join(DATA, 'aistats2024.bib.gz'))).toHaveLength(547)
    const cited = textOf('aistats2024.bib.gz').split(/^(?=@)/m)
    const some = cited.filter((_, at) => at % atLeast(10, 1) === 0)
    const bib = await load('auto', write('aistats2024.bib', some.join('')))
    const { length } = some
    expect(bib).toMatchObject({ read: length, created: length, rejected: 0, repaired: 0 })
    const topics = Object.entries<object>(JSON.parse(textOf('cv-arxiv-daily.json.gz')))
    const few = topics.map(([topic, rows]) => [topic, firstOf(rows, atLeast(20, 200))] as const)
    const part = write('cv-arxiv-daily.json', JSON.stringify(Object.fromEntries(few)))
    const daily = await load('auto', part)
    expect(daily).toMatchObject({ rejected: 0 })
    expect(daily.read).toBeGreaterThan(topics.length * 15)
    expect(await load('auto', part)).toMatchObject({ unchanged: daily.read })
  })
})

describe('files', () => {
  const text = readFileSync(fixture('arxiv.jsonl'))

  test('plain, gzip, gzip of several members, with a byte order mark: the same records', async () => {
    const half = text.indexOf('\n') + 1
    const files = [
      fixture('arxiv.jsonl'),
      write('a.gz', gzipSync(text)),
      write(
        'b.gz',
        Buffer.concat([text.subarray(0, half), text.subarray(half)].map((part) => gzipSync(part))),
      ),
      write('c.jsonl', Buffer.concat([Buffer.from('\uFEFF'), text])),
      write('d.jsonl', text.toString('utf8').replaceAll('\n', '\r\n\r\n').trimEnd()),
    ]
    expect(await load('arxiv', ...files)).toMatchObject({ read: 15, created: 3, unchanged: 12 })
  })

  test.skipIf(spawnSync('zstd', ['--version']).error)('zstd, also of several frames', async () => {
    const plain = write('z.jsonl', text)
    spawnSync('zstd', ['-qf', plain])
    const frame = readFileSync(`${plain}.zst`)
    const two = write('two.zst', Buffer.concat([frame, frame]))
    expect(await load('arxiv', `${plain}.zst`, two)).toMatchObject({ read: 9, created: 3 })
    const cut = write('cut.zst', frame.subarray(0, frame.length - 20))
    await expect(load('arxiv', cut)).rejects.toThrow(/cut\.zst is truncated: its zstd data/)
    const damaged = write('damaged.zst', Buffer.concat([frame, Buffer.from('no frame')]))
    expect(await load('arxiv', damaged)).toMatchObject({
      ...{ read: 3, state: 'partial' },
      unreadable: [{ reason: expect.stringMatching(/damaged\.zst is damaged/) }],
    })
  })

  test('JSON in any layout: by line, in an array, in a response, one document, indented', async () => {
    const work = (n: number) => ({
      ...{ DOI: `10.1000/layout.${n}`, type: 'journal-article', title: [`Layout Number ${n}`] },
      ...{ author: [{ given: 'Ada', family: 'Lovelace' }], issued: { 'date-parts': [[2021]] } },
    })
    const json = (value: unknown) => JSON.stringify(value)
    const files = [
      write('l1.json', `${json(work(1))}\n\n${json(work(2))}\n`),
      write('l2.json', `{"DOI": "broken\n${json(work(3))}\n${json(work(4))}`),
      write('l3.json', JSON.stringify([work(5), work(6)], null, 2)),
      write('l4.json', json({ message: { facets: {}, items: [work(7), work(8)], query: {} } })),
      write('l5.json', `{"items":[\n${json(work(9))},\n${json(work(10))}\n]}`),
      write('l6.json', JSON.stringify({ status: 'ok', message: work(11) }, null, 2)),
      write('l7.json', json(work(12))),
    ]
    for (const format of ['crossref', 'auto'])
      expect(await load(format, ...files)).toMatchObject({ read: 13, rejected: 1 })
    expect(await t.db.query(sql`select id from papers`)).toHaveLength(12)
  })

  test('patterns match files', async () => {
    write('p1.jsonl', text)
    write('p2.jsonl', text)
    expect(await load('arxiv', join(folder, 'p?.jsonl'))).toMatchObject({ read: 6 })
    await expect(load('arxiv', join(folder, 'q*.jsonl'))).rejects.toThrow(/No files match .*q\*/)
  })

  test('the error for another format names it, or none if it is unknown', async () => {
    await expect(load('pwc', fixture('arxiv.jsonl'))).rejects.toThrow(
      /arxiv\.jsonl is not a pwc file: expected a JSON array of .*, it looks like the format arxiv/,
    )
    await expect(load('arxiv', write('x.json', '[{"a": 1}]'))).rejects.toThrow(
      /x\.json is not an arxiv file.* looks like a JSON array with the keys a\./,
    )
    await expect(load('auto', write('y.txt', 'To be, or not'))).rejects.toThrow(
      /y\.txt is in no format that paperql reads \(paperql, openreview, paperlists, .*"To be, or not"/,
    )
    await expect(load('auto', write('z.html', '<!DOCTYPE html><p>'))).rejects.toThrow(
      /is a web page/,
    )
  })
})
