import { expect, test } from 'vitest'
import { idsOf, namesOf, readText } from '../../helpers/reading.ts'

const read = (text: string | Buffer) => readText('csv', text, 'export.csv')

/** A table from its first line, in the form of a program, and the values of some of its columns. */
function table(header: string, separator: string, ...rows: Record<string, string>[]): string {
  const quoted = (cell: string) =>
    separator !== '\t' && /["\n]|[,;]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
  const names = header.split(separator).map((name) => name.replace(/["\uFEFF]/g, ''))
  for (const row of rows)
    for (const name of Object.keys(row)) expect(names, `no column ${name}`).toContain(name)
  const lines = rows.map((row) => names.map((name) => quoted(row[name] ?? '')).join(separator))
  return `${[header, ...lines].join('\r\n')}\r\n`
}

const WOS_TABBED =
  'PT\tAU\tBA\tBE\tGP\tAF\tBF\tCA\tTI\tSO\tSE\tBS\tLA\tDT\tCT\tCY\tCL\tSP\tHO\tDE\tID\tAB\tC1\tRP\tEM\tRI\tOI\tFU\tFX\tCR\tNR\tTC\tZ9\tU1\tU2\tPU\tPI\tPA\tSN\tEI\tBN\tJ9\tJI\tPD\tPY\tVL\tIS\tPN\tSU\tSI\tMA\tBP\tEP\tAR\tDI\tD2\tEA\tEY\tPG\tWC\tSC\tGA\tUT\tPM\tOA\tHC\tHP\tDA'

test('Web of Science, tab-delimited: quotes are text, and PD has no year', async () => {
  const rows = [
    {
      ...{ PT: 'J', AU: 'Bee, A; Dee, CM', AF: 'Bee, Ann; Dee, Carl M.' },
      ...{ TI: '"Quoted words" at the start', SO: 'JOURNAL OF TABLES', LA: 'English' },
      ...{ DT: 'Article', DE: 'tables; "free" words', AB: 'It says "so', TC: '7', PU: 'PRESS' },
      ...{ PI: 'LONDON', SN: '1234-5679', PD: 'MAY 12', PY: '2019', VL: '3', IS: '2', BP: '101' },
      ...{ EP: '119', DI: '10.1000/wos.1', UT: 'WOS:000000000000001', PM: '30000001' },
      EM: 'ann.bee@example.org',
    },
    {
      PT: 'C',
      AU: 'Dee, CM',
      TI: '"Open quote',
      SO: 'PROC OF X',
      DT: 'Proceedings Paper',
      AR: 'e7',
    },
    { PT: 'S', AU: 'Bee, A', TI: 'Last', DT: 'Article; Proceedings Paper', PY: '2020' },
  ]
  const { records, rejects } = await read(`\uFEFF${table(WOS_TABBED, '\t', ...rows)}`)
  expect(rejects).toEqual([])
  expect(records.map(({ title }) => title)).toEqual([
    ...['"Quoted words" at the start', '"Open quote', 'Last'],
  ])
  expect(records).toMatchObject([
    {
      ...{ kind: 'journal_article', abstract: 'It says "so', citationCount: 7, language: 'en' },
      published: { on: '2019-05-12', precision: 'day' },
      venue: { name: 'JOURNAL OF TABLES', kind: 'journal' },
      publication: {
        ...{ container: 'JOURNAL OF TABLES', volume: '3', number: '2', pages: '101–119' },
        ...{ publisher: 'PRESS', publisherPlace: 'LONDON', issns: ['1234-5679'] },
      },
    },
    { kind: 'conference_paper', published: null, publication: { articleNumber: 'e7' } },
    { kind: 'conference_paper', published: { on: '2020-01-01', precision: 'year' } },
  ])
  expect(namesOf(records[0])).toEqual(['Ann Bee', 'Carl M. Dee'])
  expect(idsOf(records[0])).toEqual(['doi:10.1000/wos.1', 'pmid:30000001'])
  expect(JSON.stringify(records)).not.toContain('@')
})

const SCOPUS =
  '"Authors","Author full names","Author(s) ID","Title","Year","Source title","Volume","Issue","Art. No.","Page start","Page end","Page count","Cited by","DOI","Link","Affiliations","Authors with affiliations","Abstract","Author Keywords","Index Keywords","Molecular Sequence Numbers","Chemicals/CAS","Tradenames","Manufacturers","Funding Details","Funding Texts","References","Correspondence Address","Editors","Publisher","Sponsors","Conference name","Conference date","Conference location","Conference code","ISSN","ISBN","CODEN","PubMed ID","Language of Original Document","Abbreviated Source Title","Document Type","Publication Stage","Open Access","Source","EID"'

test('Scopus: full names without the numbers of their authors, pages in two columns', async () => {
  const { records } = await read(
    table(
      SCOPUS,
      ',',
      {
        ...{ Authors: 'Bee A.; Dee C.M.' },
        'Author full names': 'Bee, Ann (57000000001); Dee, Carl M. (57000000002)',
        ...{ Title: 'A study', Year: '2024', 'Source title': 'Letters of Z', Volume: '15' },
        ...{ 'Page start': '101', 'Page end': '119', 'Cited by': '2', DOI: '10.1000/sco.1' },
        ...{ Abstract: '[No abstract available]', 'Index Keywords': 'Tables; Rows' },
        ...{ 'PubMed ID': '30000002', 'Language of Original Document': 'German' },
        ...{ 'Document Type': 'Review', Source: 'Scopus', EID: '2-s2.0-1' },
      },
      { Authors: 'Bee A., Dee C.M.', Title: 'Another', Year: '2017', Source: 'Scopus' },
      { Authors: 'Bee A.-B.', Title: 'A third', 'Document Type': 'Conference Paper' },
    ),
  )
  expect(records.map(namesOf)).toEqual([
    ['Ann Bee', 'Carl M. Dee'],
    ['A. Bee', 'C.M. Dee'],
    ['A.-B. Bee'],
  ])
  expect(records).toMatchObject([
    {
      ...{ kind: 'journal_article', abstract: null, citationCount: 2, language: 'de' },
      publication: { volume: '15', pages: '101–119' },
    },
    // "Scopus" is not a journal.
    { venue: null },
    { kind: 'conference_paper' },
  ])
})

const DIMENSIONS =
  'Rank,Publication ID,DOI,PMID,PMCID,Title,Abstract,Acknowledgements,Source title,Anthology title,MeSH terms,Publication Date,PubYear,Volume,Issue,Pagination,Open Access,Publication Type,Authors,Authors (Raw Affiliation),Corresponding Author,Authors Affiliations,Research Organizations - standardized,GRID IDs,Country of Research organization,Funder,Times cited,Recent citations,RCR,FCR,Altmetric,Source Linkout,Dimensions URL'

test.each([
  'About the data: Exported on Sep 30, 2026. Criteria: "tables" in title and abstract.',
  '"About the data: Exported on Sep 30, 2026. Criteria: Title, authors; year."',
  'sep=,',
])('Dimensions: the line before the columns is skipped: %s', async (preamble) => {
  const rows = table(
    DIMENSIONS,
    ',',
    {
      ...{ Rank: '1', 'Publication ID': 'pub.1000000001', DOI: '10.1000/dim.1', PMID: '30000003' },
      ...{ PMCID: 'PMC7000001', Title: 'A study, with a comma', 'Source title': 'Trials of Z' },
      ...{ 'Publication Date': '2020-03-01', PubYear: '2020', Pagination: '1-9', Volume: '4' },
      ...{ 'Publication Type': 'Article', Authors: 'Bee, Ann; Dee, Carl', 'Times cited': '42' },
    },
    {
      ...{ Title: 'A chapter', 'Anthology title': 'The Book', PubYear: '2021' },
      ...{ 'Publication Type': 'Chapter', Authors: 'Dee, Carl' },
    },
  )
  const { records, rejects } = await read(`\uFEFF${preamble}\r\n${rows}`)
  expect(rejects).toEqual([])
  expect(records).toMatchObject([
    {
      ...{ title: 'A study, with a comma', citationCount: 42, kind: 'journal_article' },
      ...{ published: { on: '2020-03-01', precision: 'day' }, publication: { pages: '1–9' } },
    },
    { kind: 'chapter', publication: { container: 'The Book' } },
  ])
  expect(idsOf(records[0])).toEqual(['doi:10.1000/dim.1', 'pmid:30000003', 'pmcid:PMC7000001'])
})

const POP =
  'Cites,Authors,Title,Year,Source,Publisher,ArticleURL,CitesURL,GSRank,QueryDate,Type,DOI,ISSN,CitationURL,Volume,Issue,StartPage,EndPage,ECC,CitesPerYear,CitesPerAuthor,AuthorCount,Age,Abstract,FullTextURL,RelatedURL'

test('Publish or Perish: a truncated name names no venue, and an ellipsis no person', async () => {
  const { records } = await read(
    `\uFEFF${table(POP, ',', {
      ...{ Cites: '39', Authors: 'A Bee, CM Dee, ...', Title: 'A study', Year: '2014' },
      ...{ Source: 'American Journal of …', ArticleURL: 'https://example.org/a', Type: 'PDF' },
      ...{ StartPage: '3', EndPage: '5', FullTextURL: 'https://example.org/a.pdf' },
    })}`,
  )
  expect(namesOf(records[0])).toEqual(['A Bee', 'CM Dee'])
  expect(records).toMatchObject([
    {
      ...{ venue: null, citationCount: 39, landingUrl: 'https://example.org/a' },
      ...{ pdfUrl: 'https://example.org/a.pdf', publication: { pages: '3–5' } },
    },
  ])
  expect(records[0]?.publication).not.toHaveProperty('container')
})

const ZOTERO =
  '"Key","Item Type","Publication Year","Author","Title","Publication Title","ISBN","ISSN","DOI","Url","Abstract Note","Date","Date Added","Date Modified","Access Date","Pages","Num Pages","Issue","Volume","Number Of Volumes","Journal Abbreviation","Short Title","Series","Series Number","Series Text","Series Title","Publisher","Place","Language","Rights","Type","Archive","Archive Location","Library Catalog","Call Number","Extra","Notes","File Attachments","Link Attachments","Manual Tags","Automatic Tags","Editor","Series Editor","Translator","Number","Edition","Conference Name"'

test('Zotero: the issue beside an empty number, identifiers in the extra lines', async () => {
  const { records } = await read(
    `\uFEFF${table(
      ZOTERO,
      ',',
      {
        ...{ Key: 'YVC6GC78', 'Item Type': 'journalArticle', Author: 'Bee, Ann; Dee, Carl' },
        ...{ Title: 'A study', 'Publication Title': 'Journal of Z', Date: 'May 5, 2021' },
        ...{ 'Publication Year': '2021', Issue: '7', Volume: '2', Language: 'en-GB' },
        Extra: 'PMID: 30000004\narXiv:2101.00009 [cs]\nDOI: 10.1000/zot.1',
      },
      {
        ...{ 'Item Type': 'bookSection', Title: 'A chapter', 'Publication Title': 'The Book' },
        ...{ Editor: 'Gee, Eve; Jay, Kay', Publisher: 'Press', Place: 'Bern', Edition: '2' },
      },
    )}`,
  )
  expect(records).toMatchObject([
    {
      ...{ published: { on: '2021-05-05', precision: 'day' }, language: 'en-GB' },
      publication: { number: '7', volume: '2' },
    },
    {
      kind: 'chapter',
      publication: {
        ...{ container: 'The Book', edition: '2', editors: ['Eve Gee', 'Kay Jay'] },
        ...{ publisher: 'Press', publisherPlace: 'Bern' },
      },
    },
  ])
  expect(idsOf(records[0])).toEqual(['pmid:30000004', 'arxiv:2101.00009', 'doi:10.1000/zot.1'])
})

const JABREF =
  '"Identifier","BibliographyType","ISBN","Address","Annote","Author","Booktitle","Chapter","Edition","Editor","Howpublished","Institution","Journal","Month","Note","Number","Organizations","Pages","Publisher","School","Series","Title","ReportType","Volume","Year","URL"'

test('JabRef: types in numbers, the venue in one of two columns, names joined by "and"', async () => {
  const { records } = await read(
    table(
      JABREF,
      ',',
      {
        ...{ Identifier: 'bee2019', BibliographyType: '7', Author: 'Bee, Ann and Dee, Carl' },
        ...{ Journal: 'Journal of J', Month: 'May', Number: '4', Title: 'A study', Year: '2019' },
        Pages: '1--9',
      },
      {
        ...{ BibliographyType: '6', Author: 'Ann Bee and Carl Dee', Title: 'A talk' },
        ...{ Booktitle: 'Proceedings of the Meeting on Tables', Year: '2020', Journal: '' },
      },
      { BibliographyType: '9', Author: 'Dee, Carl', Title: 'A thesis', School: 'School of Rows' },
    ),
  )
  expect(records.map(namesOf)).toEqual([
    ['Ann Bee', 'Carl Dee'],
    ['Ann Bee', 'Carl Dee'],
    ['Carl Dee'],
  ])
  expect(records).toMatchObject([
    {
      ...{ kind: 'journal_article', published: { on: '2019-05-01', precision: 'month' } },
      publication: { container: 'Journal of J', number: '4', pages: '1–9' },
    },
    {
      kind: 'conference_paper',
      publication: { container: 'Proceedings of the Meeting on Tables' },
    },
    { kind: 'thesis', publication: { institution: 'School of Rows' } },
  ])
})

test('EndNote, tab-delimited: the line with the type of reference is skipped', async () => {
  const header =
    'Reference Type\tRecord Number\tAuthor\tYear\tTitle\tSecondary Author\tSecondary Title\tPlace Published\tPublisher\tVolume\tNumber\tPages\tDate\tDOI\tKeywords\tAbstract\tURL'
  const rows = table(header, '\t', {
    ...{ 'Reference Type': 'Journal Article', Author: 'Bee, Ann;Dee, Carl', Year: '2019' },
    ...{ Title: 'A study', 'Secondary Title': 'Journal of E', Volume: '3', Pages: '1-9' },
    DOI: '10.1000/end.1',
  })
  const { records } = await read(`*Generic\r\n${rows}`)
  expect(namesOf(records[0])).toEqual(['Ann Bee', 'Carl Dee'])
  expect(records).toMatchObject([
    { kind: 'journal_article', publication: { container: 'Journal of E', volume: '3' } },
  ])
})

const OTHERS: [string, string, Record<string, string>, object, string[]][] = [
  [
    'The Lens',
    'Lens ID,Title,Date Published,Publication Year,Publication Type,Source Title,ISSNs,Publisher,Source Country,Author/s,Abstract,Volume,Issue Number,Start Page,End Page,Fields of Study,Keywords,MeSH Terms,Chemicals,Funding,Source URLs,External URL,PMID,DOI,Microsoft Academic ID,PMCID,Citing Patents Count,References,Citing Works Count',
    {
      ...{ 'Lens ID': '000-1', Title: 'A study', 'Author/s': 'Ann Bee; Carl Dee' },
      ...{ 'Date Published': '2012-07-03', ISSNs: '12345679; 23456780', 'Issue Number': '2' },
      ...{ 'Publication Type': 'journal article', 'Citing Works Count': '50' },
    },
    { citationCount: 50, publication: { number: '2', issns: ['1234-5679', '2345-6780'] } },
    ['Ann Bee', 'Carl Dee'],
  ],
  [
    'PubMed',
    '\uFEFFPMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI',
    {
      ...{ Title: 'A study', Authors: "Bee A, O'Dee CM, van der Gee E.", 'Journal/Book': 'J Tab' },
      'Publication Year': '2020',
    },
    { kind: 'journal_article', publication: { container: 'J Tab' } },
    ['A Bee', "CM O'Dee", 'E. van der Gee'],
  ],
  [
    'OpenAlex',
    'id,doi,title,display_name,publication_year,publication_date,language,type,cited_by_count,is_retracted,ids.openalex,primary_location.landing_page_url,primary_location.pdf_url,primary_location.source.display_name,primary_location.source.issn,biblio.volume,biblio.first_page,biblio.last_page,abstract,authorships.author.display_name,authorships.author.orcid,keywords.display_name',
    {
      ...{ id: 'https://openalex.org/W2741809800', doi: 'https://doi.org/10.1000/oa.1' },
      ...{ title: 'A study', publication_year: '2024', publication_date: '2024-02-01' },
      ...{ language: 'en', type: 'article', cited_by_count: '2', is_retracted: 'True' },
      'authorships.author.display_name': 'Ann Bee|Carl Dee',
      'authorships.author.orcid': 'https://orcid.org/0000-0002-1825-0097|None',
      ...{ 'primary_location.source.display_name': 'Tables', 'biblio.first_page': 'e1' },
    },
    {
      ...{ isRetracted: true, published: { on: '2024-02-01', precision: 'day' } },
      ...{ citationCount: 2, publication: { container: 'Tables', pages: 'e1' } },
      authors: [{ identifiers: [{ scheme: 'orcid', value: '0000-0002-1825-0097' }] }, {}],
      identifiers: [{ scheme: 'doi' }, { scheme: 'openalex', value: 'W2741809800' }],
    },
    ['Ann Bee', 'Carl Dee'],
  ],
  [
    'IEEE Xplore',
    '"Document Title",Authors,"Author Affiliations","Publication Title",Date Added To Xplore,"Publication_Year","Volume","Issue","Start Page","End Page","Abstract","ISSN",ISBNs,"DOI",Funding Information,PDF Link,"Author Keywords","IEEE Terms","INSPEC Controlled Terms","INSPEC Non-Controlled Terms","Mesh_Terms",Article Citation Count,"Reference Count","License","Online Date",Issue Date,"Meeting Date","Publisher",Document Identifier',
    {
      ...{ 'Document Title': 'A study', Authors: 'A. Bee; C. Dee', Publication_Year: '2017' },
      ...{ 'Publication Title': 'Meeting on Tables', 'Start Page': '66', 'End Page': '69' },
      ...{ 'Article Citation Count': '4', 'PDF Link': 'https://example.org/stamp.jsp?pdf=1' },
    },
    {
      ...{ citationCount: 4, published: { on: '2017-01-01', precision: 'year' } },
      ...{ publication: { pages: '66–69' }, pdfUrl: 'https://example.org/stamp.jsp?pdf=1' },
    },
    ['A. Bee', 'C. Dee'],
  ],
  [
    'Rayyan',
    'key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,publisher,location,abstract,notes,doi,keywords,pubmed_id,pmc_id',
    {
      ...{ key: 'rayyan-1', title: 'A study', year: '2024', month: '6', day: '21' },
      ...{ journal: 'Sci Tab', authors: 'Bee, A. and Dee, C.M. and Gee, E.', language: 'English' },
      doi: '10.1000/ray.1     LK  - https://example.org/x',
    },
    {
      ...{ language: 'en', published: { on: '2024-06-21', precision: 'day' } },
      identifiers: [{ scheme: 'doi', value: '10.1000/ray.1' }],
    },
    ['A. Bee', 'C.M. Dee', 'E. Gee'],
  ],
  [
    'Springer',
    'Item Title,Publication Title,Book Series Title,Journal Volume,Journal Issue,Item DOI,Authors,Publication Year,URL,Content Type',
    {
      ...{ 'Item Title': 'A study', 'Item DOI': '10.1000/spr.1', 'Content Type': 'Chapter' },
      ...{ Authors: 'Ann BeeCarl (Kay) McDeeJürgen Gee', 'Book Series Title': 'Notes on Tables' },
    },
    { kind: 'chapter', publication: { series: 'Notes on Tables' } },
    ['Ann Bee', 'Carl (Kay) McDee', 'Jürgen Gee'],
  ],
  [
    'Google Scholar',
    '\uFEFFAuthors,Title,Publication,Volume,Number,Pages,Year,Publisher',
    {
      ...{ Authors: 'Bee, Ann; Dee, Carl M; ', Title: 'A study', Publication: 'Reviews of T' },
      ...{ Number: '3', Pages: '411-447', Year: '2001' },
    },
    { publication: { container: 'Reviews of T', number: '3', pages: '411–447' } },
    ['Ann Bee', 'Carl M Dee'],
  ],
]

test.each(OTHERS)('%s', async (_, header, row, expected, names) => {
  const { records, rejects, repairs } = await read(table(header, ',', row))
  expect(rejects).toEqual([])
  expect(records).toMatchObject([{ title: 'A study', ...expected }])
  expect(namesOf(records[0])).toEqual(names)
  // Guesses are reported.
  const guessed = repairs.filter((one) => !one.startsWith('columns that are not read'))
  expect(guessed).toHaveLength(header.startsWith('Item Title') ? 1 : 0)
})

test('Embase: a title of the search, lines and empty rows before the columns', async () => {
  const header =
    'Title;Original Title;Author Names;Author Addresses;Source;Source title;Publication Year;Volume;Issue;First Page;Last Page;Date of Publication;Publication Type'
  const preamble = ['SEARCH QUERY;tables:ti;;;', '------------------;;;;', ';;;;'].join('\r\n')
  const { records } = await read(
    `\uFEFF${preamble}\r\n${table(header, ';', {
      ...{ Title: 'A study', 'Author Names': 'Bee A., Dee C.M.', 'Source title': 'Tables' },
      ...{ 'Date of Publication': '1 Dec 2024', 'First Page': '7', 'Last Page': '9' },
    })}`,
  )
  expect(namesOf(records[0])).toEqual(['A. Bee', 'C.M. Dee'])
  expect(records).toMatchObject([
    { published: { on: '2024-12-01' }, publication: { pages: '7–9' } },
  ])
})

test('quotes within a quoted cell are text, and the row is read', async () => {
  const { records, rejects } = await read(
    'Title,Authors,Year\n"A "quoted" word","Bee, Ann",2019\n"Plain, with a comma","Dee, Carl",2020\n',
  )
  expect(rejects).toEqual([])
  expect(records.map(({ title }) => title)).toEqual(['A "quoted" word', 'Plain, with a comma'])
  expect(records.map(namesOf)).toEqual([['Ann Bee'], ['Carl Dee']])
})

test.each([
  ['LEE ANN', 'ANN LEE'],
  ['John Smith III', 'John Smith III'],
  ['Malcolm Lee', 'Malcolm Lee'],
])('a name in capitals or with a number is not reversed: %s', async (printed) => {
  const { records } = await read(`title,author,year\nA study,${printed},2019\n`)
  expect(namesOf(records[0])).toEqual([printed])
})
