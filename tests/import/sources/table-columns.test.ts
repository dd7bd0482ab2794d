import { expect, test } from 'vitest'
import { idsOf, readText } from '../../helpers/reading.ts'

test.each(['code', 'Code URL', 'code_link', 'GitHub', 'Repository'])(
  'a column %s has code, and other pages as links',
  async (column) => {
    const { records, repairs } = await readText(
      'csv',
      `title,${column}\nA,https://github.com/bee/tables\nB,\nC,https://bee.example/code\nD,soon at bee\n`,
    )
    expect(records.map(({ repositories }) => repositories.map(({ url }) => url))).toEqual([
      ...[['https://github.com/bee/tables'], [], [], []],
    ])
    expect(records[2]?.links).toMatchObject([{ url: 'https://bee.example/code' }])
    expect(repairs).toEqual([
      'an address of code that is neither a repository nor a page was left out',
    ])
  },
)

test.each([
  ['https://www.aclweb.org/anthology/2020.emnlp-main.188', 'acl:2020.emnlp-main.188'],
  ['https://www.aclweb.org/anthology/P19-1001.pdf', 'acl:p19-1001'],
  ['https://aclanthology.org/2021.acl-long.1', 'acl:2021.acl-long.1'],
  ['https://arxiv.org/pdf/2004.01234v2', 'arxiv:2004.01234'],
])('a URL of a full text that identifies the paper gives the identifier: %s', async (url, id) => {
  const { records, repairs } = await readText('csv', `UID,title,pdf_url\n1,A study,${url}\n`)
  expect(idsOf(records[0])?.map((one) => one.toLowerCase())).toEqual([id])
  expect(repairs).toEqual(['columns that are not read, in all rows: uid'])
})

test('another page in the column of the full text is reported', async () => {
  const { records, repairs } = await readText('csv', 'title,pdf_url\nA,https://bee.example/paper\n')
  expect(records[0]).toMatchObject({ pdfUrl: null, identifiers: [] })
  expect(repairs).toEqual(['an address of a full text that is not a PDF was left out'])
})

test.each([
  ['J', 'Article; Proceedings Paper', 'journal_article', 'journal'],
  ['J', 'Article', 'journal_article', 'journal'],
  ['C', 'Proceedings Paper', 'conference_paper', 'conference'],
  ['S', 'Article; Proceedings Paper', 'conference_paper', 'conference'],
])('Web of Science: PT %s, DT %s', async (pt, dt, kind, venueKind) => {
  const { records } = await readText(
    'csv',
    `PT\tAU\tTI\tSO\tDT\n${pt}\tBee, A\tA study\tSURGERY\t${dt}\n`,
  )
  expect(records[0]).toMatchObject({ kind, venue: { kind: venueKind } })
})

test("a record's number in Cochrane's register is not the DOI of the paper", async () => {
  for (const number of ['CN-01622149', 'cn-00000001', 'CN-02013416/full']) {
    const url = `https://www.cochranelibrary.com/central/doi/10.1002/central/${number}`
    const ris = `TY  - JOUR\nTI  - A trial\nDO  - 10.1056/trial\nUR  - ${url}\nER  - \n`
    const { records } = await readText('ris', ris)
    expect(idsOf(records[0])).toEqual(['doi:10.1056/trial'])
    expect(records[0]?.landingUrl).toBe(url)
  }
})

test.each(['web_page', 'online-article', 'misc2', 'article'])(
  'a file with only entries @%s is BibTeX',
  async (type) => {
    const { records } = await readText(
      'bibtex',
      `@${type}{k,\n  title = {A page},\n  year = {2018}\n}\n`,
    )
    expect(records[0]?.title).toBe('A page')
  },
)
