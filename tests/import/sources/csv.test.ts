import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { findAdapter } from '../../../src/import/formats.ts'
import { openInput } from '../../../src/import/input/input.ts'
import type { Outcome } from '../../../src/import/input/outcome.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-csv-'))

async function read(content: string | Buffer) {
  const path = join(folder, 'table.csv')
  writeFileSync(path, content)
  const input = await openInput(path)
  const adapter = await findAdapter('auto', input)
  const outcomes: Outcome[] = []
  for await (const outcome of adapter(input.text, path)) outcomes.push(outcome)
  const records = outcomes.flatMap((one): PaperRecord[] => ('record' in one ? [one.record] : []))
  return { outcomes, records }
}

const names = (record: PaperRecord | undefined) => record?.authors.map(({ name }) => name)

const ZOTERO = `"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url","Abstract Note","Date","Pages","Issue","Volume","Manual Tags"
"AB12CD34","journalArticle","2019","Bee, Ann; Dee, Carl","A study, with a comma","Journal of Z","10.1000/csv.zot","https://example.org/z","About ""quotes"",
on two lines","2019-05","1-9","2","7","parsing; trees"\n`

test("Zotero's export is read completely", async () => {
  const { records } = await read(ZOTERO)
  expect(records).toMatchObject([
    {
      title: 'A study, with a comma',
      abstract: 'About "quotes", on two lines',
      kind: 'journal_article',
      published: { on: '2019-05-01', precision: 'month' },
      identifiers: [{ scheme: 'doi', value: '10.1000/csv.zot' }],
      venue: { name: 'Journal of Z', kind: 'journal' },
      publication: { volume: '7', number: '2' },
    },
  ])
  expect(names(records[0])).toEqual(['Ann Bee', 'Carl Dee'])
})

test.each([
  ['semicolons', 'Title;Authors;Year\nThe same study;A. Bee, C. Dee;2019\n'],
  ['tabs', 'TITLE\tAUTHORS\tYEAR\nThe same study\tA. Bee, C. Dee\t2019\n'],
  ['bars', ' title | authors | year\nThe same study|A. Bee, C. Dee|2019.0\n'],
  [
    'CRLF and a mark',
    '\uFEFF"Title","Authors","Year"\r\n"The same study","Bee, A., Dee, C.","2019"\r\n',
  ],
  [
    'Scopus',
    '"Authors","Title","Year","Cited by","DOI","EID"\n"Bee A.; Dee C.","The same study","2019","3","10.1/x","2-s2.0-1"\n',
  ],
  [
    'UTF-16 LE',
    Buffer.from('\uFEFFtitle\tauthors\tyear\nThe same study\tA. Bee; C. Dee\t2019\n', 'utf16le'),
  ],
  [
    'UTF-16 BE',
    Buffer.from(
      '\uFEFFtitle,authors,year\nThe same study,"Bee, A.; Dee, C.",2019\n',
      'utf16le',
    ).swap16(),
  ],
])('a table with %s', async (_, content) => {
  const { records } = await read(content)
  expect(records).toMatchObject([
    { title: 'The same study', published: { on: '2019-01-01', precision: 'year' } },
  ])
  expect(records[0]?.authors).toHaveLength(2)
})

test('Windows-1252 is read, and reported; a bad row does not affect its neighbours', async () => {
  const latin = Buffer.from(
    'title,authors,year\nMüller’s study,"Müller, Jörg",2018\nPlain,A. Bee,2019\n',
    'utf8',
  )
    .toString('utf8')
    .replace('’', '\x92')
  const { outcomes, records } = await read(Buffer.from(latin, 'latin1'))
  expect(records.map(({ title }) => title)).toEqual(['Müller’s study', 'Plain'])
  expect(names(records[0])).toEqual(['Jörg Müller'])
  expect(outcomes).toMatchObject([
    { repairs: [expect.stringMatching(/Windows-1252/)] },
    { repairs: [] },
  ])
})

test('columns with unknown names are reported once, at the first row', async () => {
  const rows = 'A study,,1\nAnother,y,2\n'
  const head = 'title,Sample Size,Reviewer\n'
  const { outcomes } = await read(`${head},x,0\n${rows}`)
  expect(outcomes).toMatchObject([
    { reject: { reason: 'the row has no title' } },
    { repairs: ['columns that are not read, in all rows: sample size, reviewer'] },
    { repairs: [] },
  ])
  const numbered = await read(`,Unnamed: 0,title,year\n0,0,A study,2019\n`)
  expect(numbered.outcomes).toMatchObject([{ repairs: [] }])
  const many = Array.from({ length: 30 }, (_, i) => `x${i}`).join(',')
  const wide = await read(`title,${many}\nA study\n`)
  expect(wide.outcomes).toMatchObject([
    { repairs: [expect.stringMatching(/x0, .*x19 and 10 more$/)] },
  ])
})

test('an invalid date does not hide the year', async () => {
  const { records } = await read(
    'title,year,published\nOne study,2019.0,03/04/2019\nTwo,2019.0,\nThree,,soon\n',
  )
  expect(records.map(({ published }) => published?.on ?? null)).toEqual([
    '2019-01-01',
    '2019-01-01',
    null,
  ])
})

test('entities are letters, and their semicolons separate no names', async () => {
  const { records } = await read(
    'title,authors,venue,year\n"Caf&eacute; R&amp;D &mdash; n < k","J&#246;rg Sander, Raymond T. Ng",VLDB &mdash; Journal,1999\n',
  )
  expect(names(records[0])).toEqual(['Jörg Sander', 'Raymond T. Ng'])
  expect(records[0]).toMatchObject({ title: 'Café R&D — n < k' })
})
