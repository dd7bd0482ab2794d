import { expect, test } from 'vitest'
import { STRAYS } from '../../../src/import/names/strays.ts'
import { readText } from '../../helpers/reading.ts'

interface Stated {
  doi?: string | undefined
  year?: string | undefined
}

/** An entry of each format that states a DOI and a year. */
const FORMATS: Record<string, (stated: Stated) => string> = {
  bibtex: ({ doi, year }) =>
    `@article{k,\n title={A study},\n author={Bee, Ann}${doi ? `,\n doi={${doi}}` : ''}${year ? `,\n year={${year}}` : ''}\n}`,
  ris: ({ doi, year }) =>
    `TY  - JOUR\nTI  - A study\n${doi ? `DO  - ${doi}\n` : ''}${year ? `PY  - ${year}\n` : ''}ER  - \n`,
  nbib: ({ doi, year }) =>
    `PMID- 90000001\nTI  - A study\n${doi ? `LID - ${doi} [doi]\n` : ''}${year ? `DP  - ${year}\n` : ''}`,
  csv: ({ doi, year }) => `title,doi,year\nA study,${doi ?? ''},${year ?? ''}\n`,
  'csl-json': ({ doi, year }) =>
    JSON.stringify([
      {
        id: 'k',
        type: 'article-journal',
        title: 'A study',
        author: [{ family: 'Bee', given: 'Ann' }],
        DOI: doi,
        ...(year && { issued: { 'date-parts': [[year]] } }),
      },
    ]),
  'endnote-xml': ({ doi, year }) =>
    `<xml><records><record><rec-number>1</rec-number><ref-type name="Journal Article">17</ref-type><titles><title>A study</title></titles><dates><year>${year ?? ''}</year></dates><electronic-resource-num>${doi ?? ''}</electronic-resource-num></record></records></xml>`,
}

const BAD_DOI = 'an identifier that is not a valid doi was left out'
const BAD_DATE = 'the date of publication cannot be read; left out'
const CASES: { stated: Stated; told: string[] }[] = [
  { stated: {}, told: [] },
  { stated: { doi: '10.1000/x.1', year: '2020' }, told: [] },
  ...['not-a-doi', '10.1000', 'x10.1/1'].map((doi) => ({ stated: { doi }, told: [BAD_DOI] })),
  ...['20x1', '3021', '0999', '12'].map((year) => ({ stated: { year }, told: [BAD_DATE] })),
  { stated: { doi: 'n/a 1', year: '9999' }, told: [BAD_DOI, BAD_DATE] },
]

test.each(
  Object.entries(FORMATS).flatMap(([format, write]) =>
    CASES.map(({ stated, told }) => ({ format, write, stated, told })),
  ),
)('$format: $stated', async ({ format, write, stated, told }) => {
  const { records, repairs } = await readText(format, write(stated))
  expect(records).toHaveLength(1)
  expect(records[0]).not.toHaveProperty('lost')
  expect(repairs).toEqual(told)
})

const ESTIMATED = 'only the first year of a range or an estimate was read'

test.each(
  ['bibtex', 'csv'].flatMap((format) =>
    (
      [
        ['c. 1999', 1999, [ESTIMATED]],
        ['1999?', 1999, [ESTIMATED]],
        ['ca 1999', 1999, [ESTIMATED]],
        ['2019-2020', 2019, [ESTIMATED]],
        ['2019\u201320', 2019, [ESTIMATED]],
        ['2019', 2019, []],
        ['2019a', 2019, []],
        ['abcd', null, [BAD_DATE]],
        ['98', null, [BAD_DATE]],
        ['20200', null, [BAD_DATE]],
      ] as const
    ).map(([year, read, told]) => ({ format, year, read, told })),
  ),
)('$format: the year $year', async ({ format, year, read, told }) => {
  const { records, repairs } = await readText(format, FORMATS[format]?.({ year }) ?? '')
  expect(records[0]?.published?.on.slice(0, 4)).toBe(read === null ? undefined : String(read))
  expect(repairs).toEqual(told)
})

const UNDATED = 'words in place of a date, such as "in press", were left out'

/** Formats that state a year, but no DOI here. */
const OF_YEARS: Record<string, (year: string) => string> = {
  ...Object.fromEntries(
    Object.entries(FORMATS).map(([format, write]) => [format, (year: string) => write({ year })]),
  ),
  'bibtex, date': (year) => `@article{k, title = {A study}, date = {${year}}}`,
  'ris, DA': (year) => `TY  - JOUR\nTI  - A study\nDA  - ${year}\nER  - \n`,
  'csv, published': (year) => `title,published\nA study,${year}\n`,
  'csl-json, literal': (year) =>
    JSON.stringify([{ id: 'k', type: 'article', title: 'A study', issued: { literal: year } }]),
  'csl-json, text': (year) =>
    JSON.stringify([{ id: 'k', type: 'article', title: 'A study', issued: year }]),
  tagged: (year) => `%0 Journal Article\n%T A study\n%D ${year}\n`,
  'tagged, ciw': (year) => `FN Clarivate\nVR 1.0\nPT J\nTI A study\nPY ${year}\nER\n\nEF\n`,
  'oai-pmh': (year) =>
    `<record><header><identifier>oai:x:1</identifier></header><metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A study</dc:title><dc:date>${year}</dc:date></oai_dc:dc></metadata></record>`,
  datacite: (year) =>
    JSON.stringify([
      {
        doi: '10.5555/a',
        titles: [{ title: 'A study' }],
        types: { resourceTypeGeneral: 'Text' },
        publicationYear: year,
      },
    ]),
}

/** Words that people write for papers that have not appeared, or whose date nobody knows. */
const NO_YEARS = ['in press', 'forthcoming', 'to appear', 'n.d.', 'submitted'].flatMap((words) => [
  ...[words, words.toUpperCase(), `(${words})`],
  words.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()),
])

test.each(
  Object.entries(OF_YEARS).flatMap(([format, write]) =>
    NO_YEARS.map((year) => ({ format, write, year })),
  ),
)('$format: $year is not a date, which is reported', async ({ format, write, year }) => {
  const { records, rejects, repairs } = await readText(format.split(',')[0] ?? '', write(year))
  expect(rejects).toEqual([])
  expect(records.map(({ title, published }) => ({ title, published }))).toEqual([
    { title: 'A study', published: null },
  ])
  expect(repairs).toEqual([UNDATED])
})

const WRONG_PART = 'a month or day of publication that does not exist was left out'

test.each([
  [[2020, 5, 31], []],
  [[2020, 2, 29], []],
  [['2020', '13'], []],
  [['2020', '13', '45'], [WRONG_PART]],
  [[2020, 4, 31], [WRONG_PART]],
  [[2020, 99], [WRONG_PART]],
  [[2020, 0, 0], []],
])('csl-json: the date %j', async (parts, told) => {
  const item = { id: 'k', type: 'article', title: 'A study', issued: { 'date-parts': [parts] } }
  const { records, repairs } = await readText('csl-json', JSON.stringify([item]))
  expect(records[0]?.published?.on).toMatch(/^2020/)
  expect(repairs).toEqual(told)
})

const NOT_TEXT = 'a name of an author that is not text was left out'

test.each([
  [[{ family: 'Bee', given: 'Ann' }], 1, []],
  [[{ literal: 'et al.' }], 0, [STRAYS.others]],
  [[{ family: 5 }], 0, [NOT_TEXT]],
  [[{ family: 'Bee', given: { x: 1 } }], 1, [NOT_TEXT]],
  [[{}], 0, [NOT_TEXT]],
  [[null, 7], 0, [NOT_TEXT]],
  [['Bee, Ann'], 1, ['authors that are texts, not objects, were read as names']],
  [{ family: 'Bee' }, 0, ['authors that are not a list were left out']],
])('csl-json: the authors %j', async (author, count, told) => {
  const item = { id: 'k', type: 'article-journal', title: 'A study', author }
  const { records, repairs } = await readText('csl-json', JSON.stringify([item]))
  expect(records[0]?.authors).toHaveLength(count)
  expect(repairs).toEqual(told)
})

test.each([
  ['A study,10.1000/x.1,2020', []],
  ['A study,10.1000/x.1,2020,,,', []],
  ['A study,10.1000/x.1,2020,more', ['cells beyond the last column were left out']],
  ['A study,10.1000/x.1,2020,,"late, too"', ['cells beyond the last column were left out']],
])('csv: the cells of %s', async (row, told) => {
  expect((await readText('csv', `title,doi,year\n${row}\n`)).repairs).toEqual(told)
})

const BAD_DAY = 'the day of a version cannot be read; left out'

test.each([
  ['Mon, 2 Apr 2007 19:18:42 GMT', []],
  ['nonsense', [BAD_DAY]],
  [20070402, [BAD_DAY]],
  [undefined, []],
])('arxiv: the day %j of a version', async (created, told) => {
  const entry = { id: '0704.0001', title: 'A study', versions: [{ version: 'v1', created }] }
  const line = { submitter: 'A', authors: 'Ann Bee', categories: 'cs.CL', abstract: 'x', ...entry }
  expect((await readText('arxiv', `${JSON.stringify(line)}\n`)).repairs).toEqual(told)
})

test.each([
  ['10.1000/x.1, 10.1000/x.2', []],
  ['none', [BAD_DOI]],
])('arxiv: the DOI %s', async (doi, told) => {
  const line = {
    id: '0704.0001',
    title: 'A study',
    authors: 'Ann Bee',
    categories: 'cs.CL',
    abstract: 'x',
    versions: [],
    authors_parsed: [],
    doi,
  }
  expect((await readText('arxiv', `${JSON.stringify(line)}\n`)).repairs).toEqual(told)
})

test('crossref and datacite: an impossible year and author', async () => {
  const work = {
    DOI: '10.1000/x.1',
    type: 'journal-article',
    title: ['A study'],
    URL: 'https://doi.org/10.1000/x.1',
    prefix: '10.1000',
    member: '1',
  }
  const author = [{ family: 5, sequence: 'first' }]
  const crossref = { ...work, author, issued: { 'date-parts': [[3021]] } }
  expect((await readText('crossref', JSON.stringify(crossref))).repairs).toEqual([
    BAD_DATE,
    NOT_TEXT,
  ])
  const datacite = {
    id: '10.1000/x.1',
    type: 'dois',
    attributes: {
      doi: '10.1000/x.1',
      titles: [{ title: 'A study' }],
      creators: [{ name: 5 }],
      publicationYear: 3021,
      types: { resourceTypeGeneral: 'JournalArticle' },
    },
  }
  expect((await readText('datacite', JSON.stringify(datacite))).repairs).toEqual([
    BAD_DATE,
    NOT_TEXT,
  ])
})
