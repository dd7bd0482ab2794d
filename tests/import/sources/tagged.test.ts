import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { LOST_BOOK_AUTHORS } from '../../../src/import/sources/tagged.ts'
import { idsOf, namesOf, readText } from '../../helpers/reading.ts'

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/import/${name}`, import.meta.url)))

const FILES = ['savedrecs.ciw', 'scholar.enw', 'refworks.txt']

test.each(FILES)('%s has the data of RIS under other tags', async (name) => {
  const { records } = await readText('tagged', fixture(name))
  const [first] = records
  expect(first?.title.toLowerCase()).toBe('shared papers become one: a study of catalogues')
  expect(namesOf(first)).toEqual(['Grace Hopper', 'John von Neumann'])
  expect(idsOf(first)).toContain('doi:10.5555/shared.papers')
  expect(first).toMatchObject({
    ...{ kind: 'journal_article', venue: { slug: 'journal-of-invented-libraries' } },
    publication: { volume: '7', number: '2', pages: '1–9', issns: ['1234-5679'] },
  })
  expect(first?.published?.on).toMatch(/^2021/)
})

test.each(FILES)(
  '%s is read the same with other line ends and without a byte order mark',
  async (name) => {
    const text = fixture(name).toString('utf8')
    const forms = [text, text.replace(/^\uFEFF/, ''), text.replaceAll('\n', '\r\n')]
    const [first, ...others] = await Promise.all(forms.map((form) => readText('tagged', form)))
    for (const other of others) expect(other).toEqual(first)
  },
)

test('Web of Science: numbers, cited works, ORCID iDs, events, and entries without a title', async () => {
  const { records, rejects, repairs } = await readText('tagged', fixture('savedrecs.ciw'))
  const [article, paper] = records
  expect(article).toMatchObject({
    ...{ language: 'en', citationCount: 12, abstract: 'We show how.' },
    published: { on: '2021-08-03', precision: 'day' },
    keywords: ['record linkage', 'merging'],
    references: [
      { identifiers: [{ scheme: 'doi', value: '10.5555/noether' }] },
      { identifiers: [], text: 'Unknown A., 1901, AN ODD BOOK' },
    ],
  })
  expect(idsOf(article)).toContain('pmid:34567890')
  expect(article?.authors[0]?.identifiers).toEqual([
    { scheme: 'orcid', value: '0000-0002-1825-0097' },
  ])
  expect(paper).toMatchObject({
    ...{ kind: 'conference_paper', venue: { name: 'Workshop on Odd Files' } },
    publication: { container: 'PROCEEDINGS OF ODD FILES', editors: ['C Dee'] },
  })
  expect(rejects).toMatchObject([
    { key: 'WOS:000000000000003', reason: 'the entry has no title (TI)' },
  ])
  expect(repairs).toEqual([])
})

const BYLINE = 'PT J\nAU Hopper, G\n   Bee, A\nAF Hopper, Grace\n   Bee, Ada\nTI Addresses\n'

test.each([
  [
    'C1 [Hopper, Grace; Bee, Ada] Univ One, Bern, Switzerland.\n   [Bee, Ada] Univ Two, Ulm, Germany.',
    ['Univ One, Bern, Switzerland', 'Univ One, Bern, Switzerland; Univ Two, Ulm, Germany'],
    [],
  ],
  ['C1 [BEE, ADA] Univ Two, Ulm, Germany.', [null, 'Univ Two, Ulm, Germany'], []],
  ['C1 Univ One, Bern.', ['Univ One, Bern', 'Univ One, Bern'], []],
  [
    'C1 Univ One, Bern.\n   Univ Two, Ulm.',
    [null, null],
    ['an address whose authors are not in the byline was left out'],
  ],
  [
    'C1 [Nobody, Else] Univ One, Bern.',
    [null, null],
    ['an address whose authors are not in the byline was left out'],
  ],
  [
    'OI Hopper, Grace/0000-0002-1825-0098',
    [null, null],
    ['an ORCID iD that is not valid was left out'],
  ],
  ['TC many', [null, null], ['TC is not a count; left out']],
])('Web of Science: %j', async (lines, affiliations, lost) => {
  const { records, repairs } = await readText('tagged', `${BYLINE}${lines}\nER\n`)
  expect(records[0]?.authors.map(({ affiliation }) => affiliation)).toEqual(affiliations)
  expect(repairs.flat()).toEqual(lost)
})

test.each([
  ['no author', [], ['BA'], ['J Kosecka'], []],
  ['no author', [], ['BF'], ['J Kosecka'], []],
  ['an author', ['AU'], ['BA'], ['A Zeng'], [LOST_BOOK_AUTHORS]],
  ['an author', ['AU'], ['BF'], ['A Zeng'], [LOST_BOOK_AUTHORS]],
  ['an author', ['AF'], ['BA', 'BF'], ['A Zeng'], [LOST_BOOK_AUTHORS]],
  ['an author', ['AU', 'AF'], ['BA', 'BF'], ['A Zeng'], [LOST_BOOK_AUTHORS]],
])(
  'Web of Science: authors of a book beside %s of the paper in %j are not authors of the paper: %j',
  async (_, own, ofBook, names, lost) => {
    const lines = (tags: string[], name: string) => tags.map((tag) => `${tag} ${name}\n`).join('')
    const entry = (book: string) =>
      `PT S\n${lines(own, 'Zeng, A')}${lines(ofBook, book)}BE Maciejewski, AA\nTI Learning\nER\n`
    const { records, repairs } = await readText('tagged', entry('Kosecka, J'))
    expect([namesOf(records[0]), repairs.flat()]).toEqual([names, lost])
    const same = await readText('tagged', entry('Zeng, A'))
    expect([namesOf(same.records[0]), same.repairs]).toEqual([['A Zeng'], []])
  },
)

test('EndNote: an entry without a type, other numbers where DOIs are', async () => {
  const { records } = await readText('tagged', fixture('scholar.enw'))
  expect(records[1]).toMatchObject({ kind: 'other', title: 'A Report of No Type' })
  const numbers = ['oai:example:1', 'URN:NBN:1', 'https://example.org/1', '10.5555/a']
  const text = `%0 Book\n%T T\n${numbers.map((number) => `%R ${number}\n`).join('')}`
  const { records: books, repairs } = await readText('tagged', text)
  expect([idsOf(books[0]), repairs]).toEqual([['doi:10.5555/a'], []])
})

test.each([
  ['AUG 3', '2021-08-03'],
  ['AUG', '2021-08-01'],
  ['2021 Aug-Sep', '2021-08-01'],
  ['2021', '2021-01-01'],
])('Web of Science: the date %s', async (day, on) => {
  const { records, repairs } = await readText('tagged', `PT J\nTI T\nPD ${day}\nPY 2021\nER\n`)
  expect([records[0]?.published?.on, repairs]).toEqual([on, []])
})

test.each([
  ...[
    '[Anonymous]',
    '[Anon]',
    '(anonymous)',
    '<Anonymous>',
    '{Anonymous}',
    '[No author]',
    '[Unknown]',
  ],
  ...[
    '[s.n.]',
    '[Author unknown]',
    '\uFF3BAnonymous\uFF3D',
    '[authors not listed]',
    '[various authors]',
  ],
])(
  'text in brackets that an index prints in place of an author is not a person: %s',
  async (printed) => {
    const { records } = await readText('tagged', `PT J\nAU ${printed}\n   Bee, A\nTI A study\nER\n`)
    expect(namesOf(records[0])).toEqual(['A Bee'])
    const ris = await readText('ris', `TY  - JOUR\nTI  - A\nAU  - ${printed}\nER  - \n`)
    expect(ris.records[0]?.authors).toEqual([])
  },
)

/** Fields of a paper in a book, in the form of Web of Science exports; only full ones have the type of document. */
describe('Web of Science: a paper in a book', () => {
  const SO = 'SO 2018 ANNUAL SYMPOSIUM ON LOOMS\n   (LOOMS)\n'
  const CT = 'CT Annual Symposium on Looms\n'
  const BP = 'BP 403\nEP 415\n'
  const BOOK = '2018 ANNUAL SYMPOSIUM ON LOOMS (LOOMS)'
  test.each([
    ['B', SO + CT + BP, 'conference_paper'],
    ['B', SO + CT, 'conference_paper'],
    ['S', SO + CT + BP, 'conference_paper'],
    ['B', `${SO}DT Proceedings Paper\n${CT}`, 'conference_paper'],
    ['B', SO + BP, 'chapter'],
    ['B', `${SO}DT Book Chapter\n`, 'chapter'],
    ['J', SO + CT + BP, 'journal_article'],
  ])('PT %s, %j', async (type, fields, kind) => {
    const { records } = await readText('tagged', `PT ${type}\nAU Bee, A\nTI A study\n${fields}ER\n`)
    expect(records[0]).toMatchObject({ kind, publication: { container: BOOK } })
    const venues = { chapter: undefined, journal_article: 'ANNUAL SYMPOSIUM ON LOOMS (LOOMS)' }
    const event = 'Annual Symposium on Looms'
    expect(records[0]?.venue?.name).toBe(kind in venues ? venues[kind as 'chapter'] : event)
  })

  test.each(['DT Book\n', 'SO A STUDY\n', ''])('a book itself: %j', async (fields) => {
    const { records } = await readText('tagged', `PT B\nAU Bee, A\nTI A study\n${fields}ER\n`)
    expect(records[0]).toMatchObject({ kind: 'book', venue: null })
  })
})

test('Web of Science: a letter that the short names have among the initials is not a generation', async () => {
  const text = `PT J
AU Kuchin, AV
   Enina, YI
   Smith, J
AF Kuchin, Andrej, V
   Enina, Yulia, I
   Smith, John, III
TI Initials
C1 [Kuchin, Andrej, V; Smith, John, III] Univ One, Bern.
OI Kuchin, Andrej, V/0000-0002-1825-0097
ER
`
  const { records, repairs } = await readText('tagged', text)
  expect(namesOf(records[0])).toEqual(['Andrej V Kuchin', 'Yulia I Enina', 'John Smith III'])
  expect(records[0]?.authors.map(({ affiliation }) => affiliation)).toEqual([
    ...['Univ One, Bern', null, 'Univ One, Bern'],
  ])
  expect(records[0]?.authors[0]?.identifiers).toHaveLength(1)
  expect(repairs.flat()).toEqual([])
})

describe('Zoological Record', () => {
  const read = async (...lines: string[]) => {
    const text = `PT J\nAN ZOOR1\nTI Nests\nSO Condor\n${lines.join('\n')}\nER\n`
    return (await readText('tagged', text)).records[0]
  }

  test.each([
    ['162-164', '162–164', undefined],
    ['pp. 78-81', '78–81', undefined],
    ['2-10,illust.', '2–10', undefined],
    ['(36-45)', '36–45', undefined],
    ['88', '88', undefined],
    ['i-iv, 1-74', 'i–iv, 1–74', undefined],
    ['1A-9A', '1A–9A', undefined],
    ['art2, 1-16', '1–16', 'art2'],
    ['31, 1-17', '1–17', '31'],
    ['duz039', undefined, 'duz039'],
    ['e0191645', undefined, 'e0191645'],
    ['Unpaginated', undefined, undefined],
    ['14pp.', undefined, undefined],
  ])('pages %s', async (printed, pages, articleNumber) => {
    const record = await read('DT Article', `PS ${printed}`)
    expect(record?.publication?.pages).toBe(pages)
    expect(record?.publication?.articleNumber).toBe(articleNumber)
  })

  test.each(['Article; Meeting paper', 'Article; Proceedings Paper', 'Proceedings Paper; Article'])(
    '%s as the form of publication is an article of the journal',
    async (type) => {
      expect(await read(`DT ${type}`)).toMatchObject({
        ...{ kind: 'journal_article', venue: { name: 'Condor', kind: 'journal' } },
      })
    },
  )
})
