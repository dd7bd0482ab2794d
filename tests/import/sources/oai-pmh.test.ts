import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { idsOf, namesOf, readText } from '../../helpers/reading.ts'

const FIXTURE = readFileSync(new URL('../../fixtures/import/oai-pmh.xml', import.meta.url), 'utf8')
const CONTINUED = 'the list continues in further responses of the repository (resumptionToken)'

test('oai-pmh: a paper of arXiv in each of its formats', async () => {
  const [arxiv, raw, dc] = (await readText('oai-pmh', FIXTURE)).records
  const journal = { container: 'Nature', volume: '521', number: '7553', pages: '436–444' }
  expect(arxiv).toMatchObject({
    ...{ source: 'arxiv-oai', key: '2101.00001', kind: 'preprint', publication: journal },
    ...{ title: 'Looms and their weavers', abstract: 'We look at looms.' },
    published: { on: '2021-01-04', precision: 'day' },
    authors: [{ name: 'Ada Lovelace', affiliation: 'Engine House' }, { name: 'Martin King Jr' }],
    repositories: [{ owner: 'invented', name: 'looms' }],
    events: [
      { kind: 'version', number: 1, on: '2021-01-04' },
      { kind: 'version', on: '2021-02-05' },
    ],
  })
  expect(raw).toMatchObject({
    ...{ source: 'arxiv-oai', key: '2101.00001/raw', title: 'Looms and their weavers' },
    events: [1, 2, 3].map((number) => ({ kind: 'version', number })),
  })
  expect(dc).toMatchObject({
    ...{ source: 'arxiv-oai', key: '2101.00001/dc', kind: 'preprint', publication: journal },
    ...{ abstract: 'We look at looms.', published: { on: '2021-01-04', precision: 'day' } },
    keywords: ['Computer Science - Computation and Language'],
  })
  for (const one of [raw, dc]) expect(namesOf(one)?.[0]).toBe('Ada Lovelace')
  for (const one of [arxiv, dc])
    expect(idsOf(one)).toEqual(['arxiv:2101.00001', 'doi:10.5555/looms'])
})

test('oai-pmh: Dublin Core of a repository', async () => {
  const { records, rejects, repairs } = await readText('oai-pmh', FIXTURE)
  const [article, thesis] = records.slice(3)
  expect(article).toMatchObject({
    ...{ source: 'oai-dc', key: 'oai:repository.example.org:2', kind: 'journal_article' },
    ...{
      title: 'Broken threads',
      language: 'en',
      published: { on: '2020-05-01', precision: 'month' },
    },
    abstract: expect.stringMatching(/^Threads break where/),
    landingUrl: 'https://repository.example.org/2/',
    pdfUrl: 'https://repository.example.org/2/1/threads.pdf',
    venue: { name: 'Journal of Invented Results', kind: 'journal' },
    publication: {
      ...{ container: 'Journal of Invented Results', volume: '5', number: '2', pages: '10–20' },
      ...{ publisher: 'The Press', issns: ['2049-3630'] },
    },
    openAccess: { status: 'open', licence: 'cc-by' },
    keywords: ['looms'],
    repositories: [{ owner: 'invented', name: 'threads' }],
  })
  expect(idsOf(article)).toEqual(['doi:10.5555/threads'])
  expect(article?.authors).toMatchObject([
    { name: 'Ada Lovelace', identifiers: [{ scheme: 'orcid', value: '0000-0001-5000-0007' }] },
    { name: 'Charles Babbage' },
  ])
  expect(thesis).toMatchObject({
    ...{ kind: 'thesis', publication: { institution: 'University of Invention' } },
  })
  expect(rejects).toEqual([
    {
      ...{ position: 3, key: 'oai:repository.example.org:1' },
      reason: 'the repository has deleted this record; an imported record stays',
    },
    {
      ...{ position: 5, key: 'oai:repository.example.org:3' },
      reason: 'a record of the type Image is not a paper',
    },
  ])
  expect(repairs).toEqual(['of several titles the first was kept', CONTINUED])
})

const dc = (inner: string) =>
  `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Looms</dc:title>${inner}</oai_dc:dc>`
const record = (inner = '', header = '') =>
  `<record><header${header}><identifier>oai:a:1</identifier></header><metadata>${dc(inner)}</metadata></record>`
const answer = (inner: string) =>
  `<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>${inner}</ListRecords></OAI-PMH>`
const prefixed = (text: string) =>
  text.replace(
    /<(\/?)(record|header|identifier|metadata|OAI-PMH|ListRecords|error)\b/g,
    '<$1ns0:$2',
  )
const error = (inner: string) =>
  `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><error code="noRecordsMatch"${inner}</OAI-PMH>`

test.each([
  ['an answer', answer(record() + record()), 2, []],
  ['answers one after the other', answer(record()) + answer(record()), 2, []],
  ['answers in one element', `<answers>${answer(record())}${answer(record())}</answers>`, 2, []],
  ['records alone', `<records>${record()}${record()}</records>`, 2, []],
  ['a record alone', record(), 1, []],
  ['metadata alone', dc('<dc:identifier>doi:10.5555/a</dc:identifier>'), 1, []],
  ['names with a prefix', prefixed(answer(record())), 1, []],
  ['no records', answer(''), null, []],
  ['an error', error('>Nothing matches.</error>'), 0, ['noRecordsMatch: Nothing matches.']],
  ['an error without a text', error('/>'), 0, ['noRecordsMatch']],
  ['an error with a prefix', prefixed(error('>No.</error>')), 0, ['noRecordsMatch: No.']],
  ['records and an error', `${answer(record())}${error('/>')}`, 1, ['noRecordsMatch']],
])('oai-pmh: %s', async (_, text, count, errors) => {
  const reading = readText('oai-pmh', text)
  if (count === null)
    return expect(reading).rejects.toThrow(/OAI-PMH response in another metadata format/)
  const { records, rejects, repairs } = await reading
  expect(records).toHaveLength(count)
  expect(rejects.map(({ reason }) => reason)).toEqual(
    errors.map((one) => `the repository answered with an error: ${one}`),
  )
  expect(repairs).toEqual([])
})

test.each([
  ['<resumptionToken>next</resumptionToken>', 1],
  ['<resumptionToken cursor="1"></resumptionToken>', 0],
  ['<resumptionToken/>', 0],
  ['', 0],
])(
  'oai-pmh: for a list that ends with %s, it is reported whether it continues',
  async (token, count) => {
    const told = Array(count).fill(CONTINUED)
    expect((await readText('oai-pmh', answer(record() + token))).repairs).toEqual(told)
    const whole = `${answer(`${record()}<resumptionToken>x</resumptionToken>`)}${answer(record() + token)}`
    expect((await readText('oai-pmh', whole)).repairs).toEqual(told)
    const deleted =
      '<record><header status="deleted"><identifier>oai:a:1</identifier></header></record>'
    const { rejects } = await readText('oai-pmh', answer(deleted + token))
    expect(rejects.filter(({ reason }) => reason.endsWith(CONTINUED))).toHaveLength(count)
  },
)

test.each([
  ['info:eu-repo/semantics/article', 'journal_article'],
  ['http://purl.org/coar/resource_type/c_6501', 'journal_article'],
  ['http://purl.org/coar/resource_type/c_db06', 'thesis'],
  ['info:eu-repo/semantics/doctoralThesis', 'thesis'],
  ['Yüksek lisans', 'thesis'],
  ['info:eu-repo/semantics/bookPart', 'chapter'],
  ['Conference or Workshop Item', 'conference_paper'],
  ['info:eu-repo/semantics/workingPaper', 'preprint'],
  ['Technical Report', 'report'],
  ['Book', 'book'],
  ['text', 'other'],
  ['info:eu-repo/semantics/publishedVersion', 'other'],
  ['Dataset', null],
  ['http://purl.org/coar/resource_type/c_ddb1', null],
  ['Moving Image', null],
])('oai-pmh: the type %s', async (type, kind) => {
  const { records, rejects } = await readText('oai-pmh', record(`<dc:type>${type}</dc:type>`))
  expect(records.map((one) => one.kind)).toEqual(kind === null ? [] : [kind])
  expect(rejects.map(({ reason }) => reason)).toEqual(
    kind === null ? [`a record of the type ${type.slice(0, 40)} is not a paper`] : [],
  )
})

test.each([
  ['2020', '2020-01-01'],
  ['(1876)', '1876-01-01'],
  ['Published in 1983', '1983-01-01'],
  ['December 2010', '2010-12-01'],
  ['1960?', '1960-01-01'],
  ['2015-05-15T21:05:56Z', '2015-05-15'],
  ['NO_RESTRICTION', undefined],
  ['info:eu-repo/date/embargoEnd/2022-01-01', undefined],
])('oai-pmh: the date %s', async (date, on) => {
  const { records, repairs } = await readText('oai-pmh', record(`<dc:date>${date}</dc:date>`))
  expect([records[0]?.published?.on, repairs]).toEqual([on, []])
})
