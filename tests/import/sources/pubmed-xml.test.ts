import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { STRAYS } from '../../../src/import/names/strays.ts'
import { idsOf, namesOf, readText } from '../../helpers/reading.ts'

const FIXTURE = readFileSync(new URL('../../fixtures/import/pubmed.xml', import.meta.url), 'utf8')

test('pubmed-xml: an article with all data of PubMed', async () => {
  const { records, rejects, repairs } = await readText('pubmed-xml', FIXTURE)
  const [article] = records
  expect(article).toMatchObject({
    ...{ source: 'pubmed-xml', key: '90000011', kind: 'journal_article', language: 'en' },
    title: 'Looms & their weavers: CO2 at p<0.05',
    abstract: 'AIM: We look at looms. They weave.',
    published: { on: '2021-03-04', precision: 'day' },
    isRetracted: true,
    landingUrl: 'https://pubmed.ncbi.nlm.nih.gov/90000011/',
    venue: { name: 'Journal of Invented Results', kind: 'journal' },
    publication: {
      ...{ container: 'Journal of Invented Results', volume: '7', number: '2', pages: '11–9' },
      issns: ['2049-3630', '2049-3649'],
    },
    keywords: ['Looms/history', 'weaving'],
    events: [{ kind: 'retraction', on: '2022-05-06', notice: 'https://doi.org/10.5555/pubmed.2' }],
  })
  expect(idsOf(article)).toEqual(['pmid:90000011', 'pmcid:PMC7000011', 'doi:10.5555/pubmed.1'])
  expect(article?.authors).toEqual([
    {
      name: 'Ada Lovelace',
      familyName: 'Lovelace',
      identifiers: [{ scheme: 'orcid', value: '0000-0001-5000-0007' }],
      affiliation: 'ETH Zurich, Zurich, Switzerland.; Engine House, London.',
      institutions: [
        { name: 'ETH Zurich, Zurich, Switzerland', isPrinted: true, ror: '05a28rw58' },
      ],
    },
    { name: 'Martin L King Jr', familyName: 'King', identifiers: [], affiliation: null },
    { name: 'The Loom Collaboration', identifiers: [], affiliation: null },
  ])
  expect(article?.references).toEqual([
    {
      identifiers: [{ scheme: 'doi', value: '10.5555/cited' }],
      title: null,
      text: 'Noether E. On weaving. 1918.',
    },
    { identifiers: [], title: null, text: 'Babbage C. Engines. 1837.' },
    {
      identifiers: [{ scheme: 'pmid', value: '90000099' }],
      title: null,
      text: 'Old J. 1918 Jan;1(1):2-3',
    },
  ])
  expect(repairs).toEqual(['of several abstracts the first was kept', STRAYS.others])
  expect(rejects).toEqual([
    { position: 4, key: '90000015', reason: 'the record has no title (TI)' },
    ...['90000016', '90000017'].map((key, at) => ({
      ...{ position: 5 + at, key },
      reason: 'PubMed has deleted this citation; an imported record stays',
    })),
  ])
})

test('pubmed-xml: titles only in the original language, parts of books', async () => {
  const { records } = await readText('pubmed-xml', FIXTURE)
  const [, , german, chapter] = records
  expect(german).toMatchObject({
    ...{ title: 'Über Webstühle', abstract: null, language: 'de' },
    published: { on: '1998-01-01', precision: 'year' },
  })
  expect(namesOf(german)).toEqual(['A E Noether'])
  expect(chapter).toMatchObject({
    ...{ title: 'Broken Threads', kind: 'chapter', venue: null },
    published: { on: '2010-09-27', precision: 'day' },
    publication: {
      ...{ container: 'LoomReviews®', series: 'Engines', editors: ['Charles Babbage'] },
      ...{ publisher: 'The Press', publisherPlace: 'London', isbns: ['9783161484100'] },
    },
  })
  expect(namesOf(chapter)).toEqual(['Ada Lovelace'])
})

const BARE = `<MedlineCitationSet>${(FIXTURE.match(/<MedlineCitation[ >].*?<\/MedlineCitation>/gs) ?? []).join('\n')}<DeleteCitation><PMID>1</PMID></DeleteCitation></MedlineCitationSet>`

test.each([
  ['as before 2016', BARE, 3, 2],
  ['one after the other', `${FIXTURE}${FIXTURE}`, 8, 6],
  ['with CRLF', FIXTURE.replaceAll('\n', '\r\n'), 4, 3],
  ['with an article that has no end', FIXTURE.replace('</PubmedArticle>', ''), 3, 4],
  ['with an article that is not well-formed', FIXTURE.replace('</i>', ''), 3, 4],
  ['of no article', '<PubmedArticleSet></PubmedArticleSet>', 0, 0],
])('pubmed-xml: a file %s', async (_, text, read, rejected) => {
  const { records, rejects } = await readText('pubmed-xml', text)
  expect([records.length, rejects.length]).toEqual([read, rejected])
})

/** A citation in PubMed's two formats. */
const citation = (nbib: string, xml: string, lists = '') => ({
  nbib: `PMID- 90000021\n${nbib.includes('TI  - ') ? '' : 'TI  - A study of looms.\n'}${nbib}\n`,
  xml: `<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>90000021</PMID><Article>${xml.includes('<ArticleTitle>') ? '' : '<ArticleTitle>A study of looms.</ArticleTitle>'}${xml}</Article>${lists}</MedlineCitation></PubmedArticle></PubmedArticleSet>`,
})

const dated = (printed: string, parts: string, online = '') =>
  citation(
    `DP  - ${printed}${online && `\nDEP - ${online.replaceAll('-', '')}`}`,
    `<Journal><JournalIssue><PubDate>${parts}</PubDate></JournalIssue></Journal>${online.replace(/(.*)-(.*)-(.*)/, '<ArticleDate><Year>$1</Year><Month>$2</Month><Day>$3</Day></ArticleDate>')}`,
  )
const medlineDate = (text: string) => dated(text, `<MedlineDate>${text}</MedlineDate>`)
const noticed = (tag: string, type: string) =>
  citation(
    `${tag} - J Inv Res. 2022 May 6;8(1):1. doi: 10.5555/other. PMID: 90000022`,
    '',
    `<CommentsCorrectionsList><CommentsCorrections RefType="${type}"><RefSource>J Inv Res. 2022 May 6;8(1):1. doi: 10.5555/other.</RefSource><PMID>90000022</PMID></CommentsCorrections></CommentsCorrectionsList>`,
  )
const type = (name: string) =>
  citation(
    `PT  - ${name}`,
    `<PublicationTypeList><PublicationType>${name}</PublicationType></PublicationTypeList>`,
  )

const SAME: Record<string, ReturnType<typeof citation>> = {
  day: dated('2019 Sep 18', '<Year>2019</Year><Month>Sep</Month><Day>18</Day>'),
  'day of numbers': dated('2019 Sep 8', '<Year>2019</Year><Month>09</Month><Day>08</Day>'),
  'day online': dated('2019 Sep', '<Year>2019</Year><Month>Sep</Month>', '2019-09-18'),
  'day online of another month': dated(
    '2019 Sep',
    '<Year>2019</Year><Month>09</Month>',
    '2019-08-18',
  ),
  'day online alone': dated('', '', '2019-08-18'),
  season: dated('1998 Spring', '<Year>1998</Year><Season>Spring</Season>'),
  ...Object.fromEntries(
    [
      ...['1998 Dec-1999 Jan', '2000 Dec 23- 30', '2001 Oct 31-Nov 2', '2019 Sep/Oct', '1977-1978'],
      ...[
        'Spring 2000',
        '2011 - 2012',
        '1998 1st Half',
        '1992 4th Trimest',
        '2000 2nd-3rd Trimest',
      ],
      ...['1976-1977 Winter', '1984 Summer-Fall', '2007 Nov-Dec'],
    ].map((text) => [text, medlineDate(text)]),
  ),
  ...Object.fromEntries(
    Object.entries({
      ...{ RIN: 'RetractionIn', ROF: 'RetractionOf', EIN: 'ErratumIn', EFR: 'ErratumFor' },
      ...{ UIN: 'UpdateIn', UOF: 'UpdateOf', CRI: 'CorrectedandRepublishedIn' },
      ...{ ECI: 'ExpressionOfConcernIn', ECF: 'ExpressionOfConcernFor' },
      ...{ CRF: 'CorrectedandRepublishedFrom', RRI: 'RetractedandRepublishedIn' },
      ...{ RRF: 'RetractedandRepublishedFrom' },
    }).map(([tag, name]) => [name, noticed(tag, name)]),
  ),
  ...Object.fromEntries(
    ['Review', 'Retracted Publication', 'Retraction Notice', 'Preprint', 'Published Erratum'].map(
      (name) => [name, type(name)],
    ),
  ),
  'sections of an abstract': citation(
    'AB  - AIM: To weave. RESULTS: It is done.',
    '<Abstract><AbstractText Label="AIM">To weave.</AbstractText><AbstractText Label="RESULTS">It is <b>done</b>.</AbstractText></Abstract>',
  ),
  'an abstract in another language': citation(
    'OAB - Publisher: Wir weben.',
    '',
    '<OtherAbstract Type="Publisher" Language="ger"><AbstractText>Wir weben.</AbstractText></OtherAbstract>',
  ),
  'an abstract that is elsewhere': citation(
    'OAB - Publisher: Abstract available from the publisher.',
    '',
    '<OtherAbstract Type="Publisher" Language="ger"><AbstractText>Abstract available from the publisher.</AbstractText></OtherAbstract>',
  ),
  'a translated title': citation(
    'TI  - [On looms].\nTT  - Über Webstühle.',
    '<ArticleTitle>[On looms].</ArticleTitle><VernacularTitle>Über Webstühle.</VernacularTitle>',
  ),
  authors: citation(
    'FAU - Lovelace, Ada A\nAU  - Lovelace AA\nAUID- ORCID: 0000-0002-1825-0097\nAD  - Engine House.\nAD  - London.\nFAU - King, Martin Jr\nCN  - The Weavers\nFAU - van der Berg, P\nFIR - Nobody, Ed',
    '<AuthorList><Author><LastName>Lovelace</LastName><ForeName>Ada A</ForeName><Identifier Source="ORCID">https://orcid.org/0000000218250097</Identifier><AffiliationInfo><Affiliation>Engine House.</Affiliation></AffiliationInfo><AffiliationInfo><Affiliation>London.</Affiliation></AffiliationInfo></Author><Author><LastName>King</LastName><ForeName>Martin</ForeName><Suffix>Jr</Suffix></Author><Author><CollectiveName>The Weavers</CollectiveName></Author><Author><LastName>van der Berg</LastName><ForeName>P</ForeName></Author></AuthorList>',
    '<InvestigatorList><Investigator><LastName>Nobody</LastName><ForeName>Ed</ForeName></Investigator></InvestigatorList>',
  ),
  places: citation(
    'LID - 10.5555/PLACE [doi]\nLID - e17 [pii]\nIS  - 2049-3630 (Electronic)\nIS  - 2049-3649 (Linking)\nVI  - 7\nIP  - 2\nJT  - Journal of Invented Results\nTA  - J Inv Res\nLA  - ger\nLA  - fre\nMH  - *Looms/history/trends\nMH  - Humans\nOT  - weaving',
    '<Journal><ISSN>2049-3630</ISSN><JournalIssue><Volume>7</Volume><Issue>2</Issue></JournalIssue><Title>Journal of Invented Results</Title></Journal><ELocationID EIdType="doi">https://doi.org/10.5555/PLACE</ELocationID><ELocationID EIdType="pii">e17</ELocationID><Language>ger</Language><Language>fre</Language>',
    '<MedlineJournalInfo><MedlineTA>J Inv Res</MedlineTA><ISSNLinking>2049-3649</ISSNLinking></MedlineJournalInfo><MeshHeadingList><MeshHeading><DescriptorName MajorTopicYN="Y">Looms</DescriptorName><QualifierName>history</QualifierName><QualifierName>trends</QualifierName></MeshHeading><MeshHeading><DescriptorName>Humans</DescriptorName></MeshHeading></MeshHeadingList><KeywordList><Keyword>weaving</Keyword></KeywordList>',
  ),
  'a preprint at arXiv that was published': citation(
    'PT  - Preprint\nJT  - ArXiv\nLID - arXiv:2304.02112v2 [pii]\nUIN - Cell. 2023 Jul 20;186(15):3307. doi: 10.5555/cell. PMID: 90000023',
    '<Journal><Title>ArXiv</Title></Journal><ELocationID EIdType="pii">arXiv:2304.02112v2</ELocationID><PublicationTypeList><PublicationType>Preprint</PublicationType></PublicationTypeList>',
    '<CommentsCorrectionsList><CommentsCorrections RefType="UpdateIn"><RefSource>Cell. 2023 Jul 20;186(15):3307. doi: 10.5555/cell.</RefSource><PMID>90000023</PMID></CommentsCorrections></CommentsCorrectionsList>',
  ),
}

test.each(Object.entries(SAME))('nbib and pubmed-xml agree: %s', async (_, { nbib, xml }) => {
  const [one, other] = [await readText('nbib', nbib), await readText('pubmed-xml', xml)]
  expect(one.rejects).toEqual([])
  expect(one.records).toHaveLength(1)
  const ofXml = (record: PaperRecord) => ({ ...record, source: 'pubmed-xml' })
  expect(other).toEqual({ ...one, records: one.records.map(ofXml), also: one.also.map(ofXml) })
})

test('the values of the pairs', async () => {
  const read = async (name: string) => {
    const { records, repairs } = await readText('pubmed-xml', SAME[name]?.xml ?? '')
    return { record: records[0], repairs }
  }
  const on = async (name: string) => (await read(name)).record?.published?.on
  expect(await on('day online')).toBe('2019-09-18')
  expect(await on('day online of another month')).toBe('2019-09-01')
  expect(await on('day online alone')).toBe('2019-08-18')
  expect(await on('1998 Dec-1999 Jan')).toBe('1998-12-01')
  expect(await on('2001 Oct 31-Nov 2')).toBe('2001-10-31')
  expect(await on('Spring 2000')).toBe('2000-01-01')
  for (const name of ['1998 1st Half', '2011 - 2012', '2000 Dec 23- 30'])
    expect((await read(name)).repairs, name).toEqual([])
  const { record: preprint } = await read('a preprint at arXiv that was published')
  expect(preprint).toMatchObject({ kind: 'preprint', venue: null })
  expect(idsOf(preprint)).toEqual([
    ...['pmid:90000021', 'arxiv:2304.02112', 'doi:10.5555/cell', 'pmid:90000023'],
  ])
  expect((await read('an abstract that is elsewhere')).record?.abstract).toBeNull()
  expect((await read('an abstract in another language')).record?.abstract).toBe('Wir weben.')
})
