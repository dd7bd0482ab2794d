import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { idsOf, namesOf, readText } from '../../helpers/reading.ts'

const FIXTURE = readFileSync(
  new URL('../../fixtures/import/acl-anthology.xml', import.meta.url),
  'utf8',
)

const read = (xml: string) => readText('acl-anthology', xml, 'collection.xml')

/** A volume with papers, in a collection with this id. */
const collection = (id: string, volume: string, papers: string, meta = '') =>
  `<?xml version="1.0"?>\n<collection id="${id}">\n<volume ${volume}>\n<meta>${meta}</meta>\n${papers}\n</volume>\n</collection>`

const paper = (id: string, more = '', title = `Paper ${id}`) =>
  `<paper id="${id}"><title>${title}</title>${more}</paper>`

test('a paper has all values that it and its volume state', async () => {
  const { records, rejects, repairs } = await read(FIXTURE)
  expect(rejects).toEqual([])
  expect(repairs).toEqual([
    'an invalid name of a file was left out',
    '"http://hdl.handle.net/2065/9002" in <doi> is not a DOI',
  ])
  const [first, second] = records
  expect(first).toMatchObject({
    source: 'acl-anthology',
    key: '2023.acl-long.9001',
    licence: 'CC-BY-4.0',
    title: 'LoomBERT: Weaving in $O(n^2)$ small steps & more',
    kind: 'conference_paper',
    published: { on: '2023-07-01', precision: 'month' },
    eventYear: 2023,
    venue: { slug: 'acl' },
    landingUrl: 'https://aclanthology.org/2023.acl-long.9001/',
    pdfUrl: 'https://aclanthology.org/2023.acl-long.9001.pdf',
    publication: {
      pages: '1–15',
      publisherPlace: 'Toronto, Canada',
      editors: ['Edna Example'],
      isbns: ['9780000000002'],
    },
    openAccess: { status: 'open', licence: 'cc-by', version: 'published' },
  })
  expect(idsOf(first)).toEqual(['acl:2023.acl-long.9001', 'doi:10.18653/v1/2023.acl-long.9001'])
  expect(first?.authors).toEqual([
    {
      name: 'Ann Loom',
      familyName: 'Loom',
      identifiers: [
        { scheme: 'acl', value: 'ann-loom-weave' },
        { scheme: 'orcid', value: '0000-0002-1825-0097' },
      ],
      affiliation: 'Weaving University',
    },
    { name: '李思', familyName: '李', identifiers: [], affiliation: null },
  ])
  expect(first?.decisions).toEqual([
    {
      venue: first?.venue,
      ...{ year: 2023, outcome: 'accepted', award: 'Best Paper; Best Resource Paper' },
    },
  ])
  expect(first?.events).toEqual([
    {
      ...{ kind: 'version', on: null, number: 1 },
      notice: 'https://aclanthology.org/2023.acl-long.9001v1.pdf',
    },
    {
      ...{ kind: 'version', on: '2023-09-05', number: 2, reason: 'Corrected the second table.' },
      notice: 'https://aclanthology.org/2023.acl-long.9001v2.pdf',
    },
  ])
  expect(second).toMatchObject({
    isRetracted: true,
    events: [
      { kind: 'retraction', on: '2024-02-29', reason: 'The numbers were wrong.' },
      {
        ...{ kind: 'correction', on: '2023-12-01' },
        notice: 'https://aclanthology.org/2023.acl-long.9002e1.pdf',
      },
    ],
  })
  expect(namesOf(second)).toEqual(['Mononym'])
})

test("links are those of the Anthology's files and of other pages, by kind", async () => {
  const { records } = await read(FIXTURE)
  const at = 'https://aclanthology.org/attachments/2023.acl-long.9001'
  expect(records[0]?.links).toEqual([
    { kind: 'supplement', url: `${at}.software.zip`, label: 'Software' },
    { kind: 'dataset', url: `${at}.Dataset.tgz` },
    { kind: 'poster', url: `${at}.poster.pdf` },
    { kind: 'slides', url: `${at}.Presentation.pdf` },
    { kind: 'video', url: 'https://aclanthology.org/2023.acl-long.9001.mp4' },
    { kind: 'video', url: 'https://slideslive.com/9001' },
  ])
  expect(records[0]?.repositories.map(({ url, evidence }) => [url, evidence])).toEqual([
    ['https://github.com/example-loom/code', 'curated'],
    ['https://github.com/example-loom/loombert', 'in_paper'],
  ])
})

test.each([
  ['P18', 'id="1"', '7', 'P18-1007', 2018],
  ['W18', 'id="1"', '7', 'W18-0107', 2018],
  ['W00', 'id="14"', '10', 'W00-1410', 2000],
  ['D19', 'id="1"', '632', 'D19-1632', 2019],
  ['D19', 'id="50"', '3', 'D19-5003', 2019],
  ['C69', 'id="12"', '1', 'C69-1201', 1969],
  ['J79', 'id="1"', '1', 'J79-1001', 1979],
  ['2020.lrec', 'id="1"', '12', '2020.lrec-1.12', 2020],
])(
  'the id of a paper: collection %s, volume %s, paper %s',
  async (id, volume, number, key, year) => {
    const { records } = await read(collection(id, volume, paper(number)))
    expect(records.map((record) => [record.key, record.published?.on])).toEqual([
      [key, `${year}-01-01`],
    ])
  },
)

test.each([
  [
    '',
    '<booktitle>Proceedings of the 9th Workshop on Looms (LoomNLP)</booktitle><venue>loomnlp</venue><venue>ws</venue>',
    'workshop_paper',
    'LoomNLP',
  ],
  [
    '',
    '<booktitle>Findings of the Association for Computational Linguistics: EMNLP 2020</booktitle><venue>findings</venue>',
    'conference_paper',
    'EMNLP',
  ],
  [
    'type="journal"',
    '<booktitle>Computational Linguistics, Volume 46, Issue 1 - March 2020</booktitle><venue>cl</venue>',
    'journal_article',
    null,
  ],
  [
    'type="journal"',
    '<booktitle>American Journal of Weaving (December 1979)</booktitle>',
    'journal_article',
    null,
  ],
])('the venue of a volume %s %s', async (type, meta, kind, acronym) => {
  const { records } = await read(collection('2020.x', `id="1" ${type}`, paper('1'), meta))
  expect(records[0]).toMatchObject({ kind, venue: { acronym } })
  expect(records[0]?.venue?.name).not.toMatch(/\d|Volume|Proceedings/)
})

test.each([
  [
    'Proceedings of the Ninth International Conference on Language Resources and Evaluation (LREC’14)',
    'lrec',
    'International Conference on Language Resources and Evaluation',
    'LREC',
  ],
  [
    'Proceedings of the Twelfth Language Resources and Evaluation Conference',
    'lrec',
    'Language Resources and Evaluation Conference',
    null,
  ],
  [
    'Proceedings of the First Conference on Machine Translation: Volume 2, Shared Task Papers',
    'wmt',
    'Conference on Machine Translation',
    null,
  ],
  [
    'Proceedings of the 22nd Chinese National Conference on Computational Linguistics (Volume 4: Tutorial Abstracts)',
    'ccl',
    'Chinese National Conference on Computational Linguistics',
    null,
  ],
  [
    'Proceedings of the 2nd Edition of the Universal Dependencies Brazilian Festival',
    'udfestbr',
    'Universal Dependencies Brazilian Festival',
    null,
  ],
  [
    'Proceedings of the Second Language Acquisition Group',
    'ws',
    'Second Language Acquisition Group',
    null,
  ],
  [
    'Proceedings of the 60th Annual Meeting of the Association for Computational Linguistics (Volume 1: Long Papers)',
    'acl',
    'Annual Meeting of the Association for Computational Linguistics',
    'ACL',
  ],
])('volumes of a series have one venue: %s', async (book, code, name, acronym) => {
  const meta = `<booktitle>${book}</booktitle><venue>${code}</venue>`
  const { records } = await read(collection('2020.x', 'id="1"', paper('1'), meta))
  expect(records[0]?.venue).toMatchObject({ name, acronym })
})

test('a licence is stated only for publications of the ACL', async () => {
  const of = async (year: number, publisher: string) => {
    const meta = `<booktitle>Proceedings of a Workshop</booktitle><year>${year}</year><publisher>${publisher}</publisher>`
    const { records } = await read(collection('2020.x', 'id="1"', paper('1'), meta))
    return records[0]?.licence
  }
  expect(await of(2016, 'Association for Computational Linguistics')).toBe('CC-BY-4.0')
  expect(await of(2015, 'The Association for Computational Linguistics')).toBe('CC-BY-NC-SA-3.0')
  const others = 'The Association for Computational Linguistics and Chinese Language Processing'
  expect(await of(2020, others)).toBeNull()
  expect(await of(2020, 'MIT Press')).toBeNull()
})

test('languages, removals and back matter', async () => {
  const { records } = await read(
    collection(
      '2020.amta',
      'id="1"',
      [
        paper('1', '<language>zho</language>'),
        paper('2', '<removed date="2021-10-05">Duplicate.</removed>'),
        '<paper id="3" type="backmatter"><title>Index</title></paper>',
      ].join('\n'),
    ),
  )
  expect(records.map(({ language, isRetracted, kind }) => [language, isRetracted, kind])).toEqual([
    ['zh', false, 'conference_paper'],
    [null, true, 'conference_paper'],
    [null, false, 'other'],
  ])
})

test('a broken entry is rejected alone, with its position and reason', async () => {
  const broken = [
    paper('1'),
    '<paper id="2"><title>No end of a <b>tag</title></paper>',
    '<paper id="3"><author><last>Nobody</last></author></paper>',
    '<paper id="-4"><title>No number</title></paper>',
    '<paper><title>None at all</title></paper>',
    '<paper id="6"><title>No end',
    paper('7'),
    '</paper>',
    `<paper id="8"><title>${'<i>'.repeat(60)}deep${'</i>'.repeat(60)}</title></paper>`,
    '<paper id="9"><title>&unknown; entity</title></paper>',
    paper('10'),
  ].join('\n')
  const { records, rejects } = await read(collection('2020.acl', 'id="main"', broken))
  expect(records.map(({ key }) => key)).toEqual(
    ['1', '7', '10'].map((number) => `2020.acl-main.${number}`),
  )
  expect(rejects.map(({ position, reason }) => [position, reason.split(' (')[0]])).toEqual([
    [1, 'the paper is not well-formed XML'],
    [2, 'the paper has no title'],
    [3, 'the paper has no number, or its volume has no valid id'],
    [4, 'the paper has no number, or its volume has no valid id'],
    [5, 'the paper has no start or no end'],
    [7, 'the paper has no start or no end'],
    [8, 'the paper is not well-formed XML'],
    [9, 'the paper is not well-formed XML'],
  ])
})

test('entities of a DTD are not resolved, and papers outside a volume are not guessed', async () => {
  const bomb = `<?xml version="1.0"?>\n<!DOCTYPE c [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>\n<collection id="2020.acl"><volume id="main"><meta/>${paper('1', '', '&a;&b;')}</volume>\n<event id="e"><meta><title>x</title></meta></event>${paper('2')}</collection>`
  const { records, rejects } = await read(bomb)
  expect(records).toEqual([])
  expect(rejects.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('not well-formed'),
    'the paper is not in a <volume> with an id in a <collection> with an id',
  ])
})

test('a volume with an unreadable <meta> loses only the venue, which is reported', async () => {
  const xml = collection('2020.acl', 'id="main"', paper('1'), '<year>2020</yaer>')
  const { records, repairs } = await read(xml)
  expect(records[0]).toMatchObject({
    venue: null,
    published: { on: '2020-01-01', precision: 'year' },
  })
  expect(repairs).toEqual(['the <meta> of the volume cannot be read: its venue is not known'])
})
