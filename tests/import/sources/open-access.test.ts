import { expect, test } from 'vitest'
import { accessNamed, accessOfRights } from '../../../src/import/sources/open-access.ts'
import { readText } from '../../helpers/reading.ts'

test.each([
  ['All Open Access; Gold Open Access; Green Open Access', 'gold', null],
  ['All Open Access; Hybrid Gold Open Access', 'hybrid', null],
  ['All Open Access; Green Accepted Open Access', 'green', 'accepted'],
  ['gold, Green Published', 'gold', null],
  ['Green Submitted, Bronze', 'bronze', null],
  ['Green Published', 'green', 'published'],
  ['DOAJ Gold', 'gold', null],
  ['Other Gold', 'hybrid', null],
  ['All OA; Green, Final', 'green', 'published'],
  ['diamond', 'diamond', null],
  ['All Open Access', 'open', null],
  ['TRUE', 'open', null],
  ['False', 'closed', null],
  ['Closed', 'closed', null],
])('%j is %s open access', (printed, status, version) => {
  expect(accessNamed(printed)).toEqual({ status, version })
})

test('other words are not a kind of open access', () => {
  expect(['', 'maybe', 'https://example.org/open'].map(accessNamed)).toEqual([null, null, null])
})

test.each([
  ['info:eu-repo/semantics/openAccess', 'open'],
  ['http://purl.org/coar/access_right/c_abf2', 'open'],
  ['Open Access', 'open'],
  ['info:eu-repo/semantics/embargoedAccess', 'closed'],
  ['http://purl.org/coar/access_right/c_16ec', 'closed'],
  ['Restricted access', 'closed'],
  ['Not open access', null],
  ['Copyright of the authors', null],
])('rights %j mean %j', (rights, status) => {
  expect(accessOfRights([rights], null)).toBe(status)
})

test('a table of Scopus', async () => {
  const { records, repairs } = await readText(
    'csv',
    'Authors,Title,Year,Source title,Open Access\n"Bee, A.",One,2020,Odd,"All Open Access; Bronze Open Access"\n"Bee, A.",Two,2020,Odd,\n"Bee, A.",Three,2020,Odd,some\n',
  )
  expect(records.map(({ openAccess }) => openAccess?.status)).toEqual([
    'bronze',
    undefined,
    undefined,
  ])
  expect(repairs).toEqual(['open_access has an unknown value; left out'])
})

test('a table of OpenAlex, with the best location', async () => {
  const { records } = await readText(
    'csv',
    'title,publication_year,open_access.is_oa,open_access.oa_status,open_access.oa_url,best_oa_location.license,best_oa_location.version\nOne,2020,True,green,https://example.org/1.pdf,cc-by,acceptedVersion\nTwo,2020,False,closed,,,\n',
  )
  expect(records.map(({ openAccess }) => openAccess)).toEqual([
    { status: 'green', url: 'https://example.org/1.pdf', licence: 'cc-by', version: 'accepted' },
    { status: 'closed', url: null, licence: null, version: null },
  ])
})

test('an export of Web of Science', async () => {
  const { records } = await readText(
    'tagged',
    'FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Bee, A\nTI A made-up article\nSO ODD FILES\nPY 2020\nOA Green Accepted\nUT WOS:1\nER\n\nEF\n',
  )
  expect(records[0]?.openAccess).toEqual({
    ...{ status: 'green', url: null, licence: null, version: 'accepted' },
  })
})

test('arXiv: a Creative Commons licence, and no other', async () => {
  const entry = (id: string, license: string) =>
    JSON.stringify({ id, title: 'A made-up paper', abstract: '', categories: 'cs.LG', license })
  const { records } = await readText(
    'arxiv',
    [
      entry('2401.00001', 'http://creativecommons.org/licenses/by-sa/4.0/'),
      entry('2401.00002', 'http://arxiv.org/licenses/nonexclusive-distrib/1.0/'),
    ].join('\n'),
  )
  expect(records.map(({ openAccess }) => openAccess)).toEqual([
    { status: 'open', url: 'https://arxiv.org/pdf/2401.00001', licence: 'cc-by-sa', version: null },
    undefined,
  ])
})

test('Dublin Core: closed access, the version of an open text, and data', async () => {
  const record = (elements: string) =>
    `<record><header><identifier>oai:example.org:1</identifier></header><metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A made-up article</dc:title><dc:type>article</dc:type>${elements}</oai_dc:dc></metadata></record>`
  const text = `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>${record('<dc:rights>info:eu-repo/semantics/restrictedAccess</dc:rights>')}${record('<dc:type>info:eu-repo/semantics/acceptedVersion</dc:type><dc:rights>http://purl.org/coar/access_right/c_abf2</dc:rights><dc:relation>info:eu-repo/semantics/dataset/doi/10.5555/data</dc:relation>')}</ListRecords></OAI-PMH>`
  const { records } = await readText('oai-pmh', text)
  expect(records.map(({ openAccess }) => [openAccess?.status, openAccess?.version])).toEqual([
    ['closed', null],
    ['open', 'accepted'],
  ])
  expect(records[1]?.links).toEqual([{ kind: 'dataset', url: 'https://doi.org/10.5555/data' }])
})
