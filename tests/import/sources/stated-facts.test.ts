import { describe, expect, test } from 'vitest'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { idsOf, readText } from '../../helpers/reading.ts'

/** Facts that only some files of a format state. */

/** The records of one JSON entry. */
const readEntry = async (format: string, entry: unknown): Promise<PaperRecord[]> =>
  (await readText(format, JSON.stringify([entry]))).records

const CROSSREF = {
  ...{ DOI: '10.5555/posted-v2', type: 'posted-content', title: ['A made-up preprint'] },
  ...{ 'is-referenced-by-count': 0, prefix: '10.5555', posted: { 'date-parts': [[2023, 4, 5]] } },
}

describe('Crossref', () => {
  test('versions of a preprint, of which this one has a day', async () => {
    const relation = { 'is-version-of': [{ id: '10.5555/posted', 'id-type': 'doi' }] }
    const [record] = await readEntry('crossref', { ...CROSSREF, relation })
    expect(record?.events).toEqual([
      ...[
        {
          kind: 'version',
          on: '2023-04-05',
          number: 2,
          notice: 'https://doi.org/10.5555/posted-v2',
        },
      ],
      { kind: 'version', on: null, notice: 'https://doi.org/10.5555/posted' },
    ])
  })

  test('a preprint without versions, and a paper whose DOI ends like a version, have none', async () => {
    const plain = await readEntry('crossref', { ...CROSSREF, DOI: '10.5555/posted' })
    const article = await readEntry('crossref', { ...CROSSREF, type: 'journal-article' })
    expect([...plain, ...article].map(({ events }) => events)).toEqual([undefined, undefined])
  })

  test('supplements', async () => {
    const relation = {
      'is-supplemented-by': [
        { id: '10.5555/posted/supp1', 'id-type': 'doi', 'asserted-by': 'subject' },
        { id: 'https://example.org/data.zip', 'id-type': 'uri' },
        { id: 'javascript:alert(1)', 'id-type': 'uri' },
      ],
    }
    const [record] = await readEntry('crossref', { ...CROSSREF, relation })
    expect(record?.links).toEqual([
      { kind: 'supplement', url: 'https://doi.org/10.5555/posted/supp1' },
      { kind: 'supplement', url: 'https://example.org/data.zip' },
    ])
  })
})

const DATACITE = {
  ...{
    doi: '10.5555/zenodo.1',
    url: 'https://example.org/1',
    schemaVersion: 'http://datacite.org/schema/kernel-4',
  },
  titles: [{ title: 'A made-up deposit' }],
  types: { resourceTypeGeneral: 'Preprint' },
  creators: [{ name: 'Bee, Ann' }],
  publicationYear: 2024,
}
const related = (relationType: string, relatedIdentifier: string, others = {}) => ({
  ...{ relationType, relatedIdentifier, ...others },
  relatedIdentifierType: relatedIdentifier.startsWith('http') ? 'URL' : 'DOI',
})

describe('DataCite', () => {
  test('a withdrawal with day and reason', async () => {
    const dates = [
      { date: '2024-01-02', dateType: 'Issued' },
      { date: '2024-05-06', dateType: 'Withdrawn', dateInformation: 'Uploaded by mistake' },
    ]
    const [record] = await readEntry('datacite', { ...DATACITE, dates })
    expect(record?.events).toEqual([
      { kind: 'withdrawal', on: '2024-05-06', reason: 'Uploaded by mistake' },
    ])
  })

  test('supplements, by their kind, and code', async () => {
    const relatedIdentifiers = [
      related('IsSupplementedBy', '10.5555/zenodo.2', { resourceTypeGeneral: 'Dataset' }),
      related('IsSupplementedBy', '10.5555/zenodo.3'),
      related('IsSupplementedBy', 'https://github.com/bee/odd-files'),
      related('References', 'https://github.com/bee/other'),
    ]
    const [record] = await readEntry('datacite', { ...DATACITE, relatedIdentifiers })
    expect(record?.links).toEqual([
      { kind: 'dataset', url: 'https://doi.org/10.5555/zenodo.2' },
      { kind: 'supplement', url: 'https://doi.org/10.5555/zenodo.3' },
    ])
    expect(record?.repositories.map(({ name, isOfficial }) => [name, isOfficial])).toEqual([
      ['odd-files', true],
    ])
  })

  test('slides and posters that supplement a paper', async () => {
    const kinds = ['Presentation', 'Poster'].map(async (resourceTypeGeneral) => {
      const [record] = await readEntry('datacite', {
        ...{ ...DATACITE, types: { resourceTypeGeneral } },
        relatedIdentifiers: [related('IsSupplementTo', '10.5555/paper')],
      })
      return record?.links?.[0]?.kind
    })
    expect(await Promise.all(kinds)).toEqual(['slides', 'poster'])
  })

  test('the original of a translation, and a licence by its SPDX id', async () => {
    const [record] = await readEntry('datacite', {
      ...DATACITE,
      relatedIdentifiers: [related('IsTranslationOf', '10.5555/original')],
      rightsList: [{ rights: 'Attribution', rightsIdentifier: 'cc-by-nc-4.0' }],
    })
    expect(record?.versions).toEqual([
      { relation: 'original', identifier: { scheme: 'doi', value: '10.5555/original' } },
    ])
    expect(record?.openAccess).toMatchObject({ status: 'open', licence: 'cc-by-nc' })
  })
})

describe('JATS', () => {
  const article = (type: string, meta: string) =>
    `<article article-type="${type}" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:ali="http://www.niso.org/schemas/ali/1.0/"><front><journal-meta><journal-title-group><journal-title>Odd Files</journal-title></journal-title-group></journal-meta><article-meta><article-id pub-id-type="doi">10.5555/one</article-id><title-group><article-title>A made-up article</article-title></title-group>${meta}</article-meta></front></article>`
  const read = async (type: string, meta: string) => await readText('jats', article(type, meta))

  test('a notice has the day of its publication, not the year of its collection', async () => {
    const { also } = await read(
      'retraction',
      '<pub-date pub-type="collection"><year>2021</year></pub-date><pub-date pub-type="epub"><day>5</day><month>Mar</month><year>2021</year></pub-date><related-article related-article-type="retracted-article" ext-link-type="doi" xlink:href="10.5555/two"/>',
    )
    expect(also[0]?.events).toEqual([
      { kind: 'retraction', on: '2021-03-05', notice: 'https://doi.org/10.5555/one' },
    ])
  })

  test.each([
    [
      'retraction-forward',
      'pubmed',
      '12345',
      'retraction',
      'https://pubmed.ncbi.nlm.nih.gov/12345/',
    ],
    ['expression-of-concern', 'doi', '10.5555/two', 'concern', 'https://doi.org/10.5555/two'],
    ['addendum', 'doi', '10.5555/two', 'correction', 'https://doi.org/10.5555/two'],
  ])('a notice of the type %s, by the identifier %s', async (type, scheme, id, kind, notice) => {
    const { records } = await read(
      'research-article',
      `<related-article related-article-type="${type}" ext-link-type="${scheme}" xlink:href="${id}"/>`,
    )
    expect(records[0]?.events).toEqual([{ kind, on: null, notice }])
  })

  test('a partial retraction, and the article that it is about', async () => {
    const { records, also } = await read(
      'partial-retraction',
      '<related-article related-article-type="partial-retraction" ext-link-type="pmc" xlink:href="54321"/>',
    )
    expect(records[0]?.events).toBeUndefined()
    expect(idsOf(also[0])).toEqual(['pmcid:PMC54321'])
    expect(also[0]?.events).toEqual([
      {
        kind: 'retraction',
        on: null,
        reason: 'partial retraction',
        notice: 'https://doi.org/10.5555/one',
      },
    ])
  })

  test('the PDF, open access without a Creative Commons licence, and the version of a preprint', async () => {
    const pdf = '<self-uri xlink:href="https://example.org/one.pdf">The PDF</self-uri>'
    const licence = '<license license-type="open-access"><license-p>Free.</license-p></license>'
    const {
      records: [one],
    } = await read('research-article', `${pdf}<permissions>${licence}</permissions>`)
    const {
      records: [two],
    } = await read('preprint', '<permissions><ali:free_to_read/></permissions>')
    const {
      records: [none],
    } = await read(
      'research-article',
      '<self-uri xlink:href="one.pdf"/><permissions><license><license-p>No.</license-p></license></permissions>',
    )
    expect(one?.pdfUrl).toBe('https://example.org/one.pdf')
    expect(one?.openAccess).toMatchObject({ status: 'open', licence: null, version: 'published' })
    expect(two?.openAccess).toMatchObject({ status: 'open', version: 'submitted' })
    expect([none?.pdfUrl, none?.openAccess]).toEqual([null, undefined])
  })

  test('the preprint and reviewed preprints of an article, with their days', async () => {
    const { records } = await read(
      'research-article',
      '<pub-history><event><event-desc>Published as a preprint.</event-desc><date date-type="preprint" iso-8601-date="2022-01-02"><day>2</day><month>1</month><year>2022</year></date><self-uri content-type="preprint" xlink:href="https://doi.org/10.5555/preprint"/></event><event><date date-type="reviewed-preprint"><day>3</day><month>4</month><year>2022</year></date><self-uri content-type="reviewed-preprint" xlink:href="https://doi.org/10.5555/one.1"/></event><event><date date-type="accepted"><year>2022</year></date></event></pub-history>',
    )
    expect(records[0]?.events).toEqual([
      { kind: 'version', on: '2022-01-02', notice: 'https://doi.org/10.5555/preprint' },
      { kind: 'version', on: '2022-04-03', notice: 'https://doi.org/10.5555/one.1' },
    ])
    expect(idsOf(records[0])).toEqual(['doi:10.5555/one', 'doi:10.5555/preprint'])
  })
})

describe('PubMed', () => {
  const xml = (article: string, others: string) =>
    `<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>A made-up trial</ArticleTitle>${article}</Article>${others}</MedlineCitation></PubmedArticle></PubmedArticleSet>`
  const notice = (type: string, note = '') =>
    `<CommentsCorrectionsList><CommentsCorrections RefType="${type}"><RefSource>Odd Files. 2002 Nov 7;3(1):5</RefSource><PMID>2</PMID>${note}</CommentsCorrections></CommentsCorrectionsList>`

  test('the remark on a correction', async () => {
    const text = xml('', notice('ErratumIn', '<Note>Dosage error in article text</Note>'))
    const { records } = await readText('pubmed-xml', text)
    expect(records[0]?.events).toEqual([
      {
        ...{ kind: 'correction', on: '2002-11-07', reason: 'Dosage error in article text' },
        notice: 'https://pubmed.ncbi.nlm.nih.gov/2/',
      },
    ])
  })

  test.each([
    ['pubmed-xml', xml('', notice('PartialRetractionIn'))],
    ['nbib', 'PMID- 1\nTI  - A made-up trial\nPRIN- Odd Files. 2002 Nov 7;3(1):5. PMID: 2\n'],
  ])('%s: a partial retraction', async (format, text) => {
    const { records } = await readText(format, text)
    expect(records[0]?.isRetracted).toBe(true)
    expect(records[0]?.events).toMatchObject([{ on: '2002-11-07', reason: 'partial retraction' }])
  })

  test.each([
    [
      'pubmed-xml',
      xml(
        '<DataBankList><DataBank><DataBankName>Dryad</DataBankName><AccessionNumberList><AccessionNumber>10.5061/dryad.1</AccessionNumber></AccessionNumberList></DataBank><DataBank><DataBankName>ClinicalTrials.gov</DataBankName><AccessionNumberList><AccessionNumber>NCT01</AccessionNumber></AccessionNumberList></DataBank></DataBankList>',
        '',
      ),
    ],
    [
      'nbib',
      'PMID- 1\nTI  - A made-up trial\nSI  - Dryad/10.5061/dryad.1\nSI  - ClinicalTrials.gov/NCT01\n',
    ],
  ])('%s: data with a DOI', async (format, text) => {
    const { records } = await readText(format, text)
    expect(records[0]?.links).toEqual([
      { kind: 'dataset', url: 'https://doi.org/10.5061/dryad.1', label: 'Dryad' },
    ])
  })
})

describe('OpenReview', () => {
  const note = (content: object, venueid = 'ICLR.cc/2023/Conference') => ({
    ...{ id: 'abcDEF123', forum: 'abcDEF123', domain: 'ICLR.cc/2023/Conference' },
    ...{ invitations: ['ICLR.cc/2023/Conference/-/Submission'], cdate: 1_670_000_000_000 },
    content: { title: { value: 'A made-up submission' }, venueid: { value: venueid }, ...content },
  })

  test.each([
    'Please_choose_the_closest_area_that_your_submission_falls_into',
    'Primary Subject Area',
    'research_area',
  ])('the area in the field %s', async (name) => {
    const [record] = await readEntry('openreview', note({ [name]: { value: 'Odd learning' } }))
    expect(record?.decisions?.[0]?.area).toBe('Odd learning')
  })

  test('the summary of the authors in a field with spaces', async () => {
    const [record] = await readEntry(
      'openreview',
      note({ 'One-sentence Summary': { value: 'It is odd.' } }),
    )
    expect(record?.authorSummary).toBe('It is odd.')
  })

  test('an acceptance that was retracted is not an acceptance', async () => {
    const retracted = note(
      { venue: { value: 'Retracted Acceptance by ICLR 2023' } },
      'ICLR.cc/2023/Conference/Retracted_Acceptance',
    )
    const [record] = await readEntry('openreview', retracted)
    expect(record?.decisions?.[0]?.outcome).toBe('withdrawn')
    expect(record?.venue).toBeNull()
  })
})

describe('older files', () => {
  test('OpenAlex: keywords and affiliations of 2023, and institutions of authors', async () => {
    const [work] = await readEntry('openalex', {
      ...{ id: 'https://openalex.org/W1', title: 'A made-up work', type: 'article' },
      keywords: [{ keyword: 'odd files', score: 0.5 }],
      authorships: [
        {
          author: { id: 'https://openalex.org/A1', display_name: 'Ann Bee' },
          ...{ raw_affiliation_string: 'Odd Lab, Oddville', institutions: [] },
        },
      ],
    })
    expect(work?.keywords).toEqual(['odd files'])
    expect(work?.authors[0]?.affiliation).toBe('Odd Lab, Oddville')
  })

  test('Semantic Scholar: fields of study of the first version', async () => {
    const paper = { paperId: 'a'.repeat(40), title: 'A made-up paper', authors: [] }
    const [record] = await readEntry('s2', { ...paper, fieldsOfStudy: ['Computer Science'] })
    expect(record?.topics.map(({ slug }) => slug)).toContain('computer-science')
  })
})

test('EndNote: decisions in notes', async () => {
  const { records } = await readText(
    'endnote-xml',
    '<xml><records><record><ref-type name="Conference Paper">47</ref-type><titles><title>A made-up paper</title></titles><notes>Accepted to ICLR 2024 (Oral)</notes></record></records></xml>',
  )
  expect(records[0]?.decisions).toMatchObject([{ year: 2024, presentation: 'oral' }])
})
