import { expect, test } from 'vitest'
import { idsOf, namesOf, readText } from '../../helpers/reading.ts'

const readWork = async (work: Record<string, unknown>) => {
  const given = { DOI: '10.1000/w', type: 'journal-article', title: ['T'], ...work }
  return (await readText('crossref', JSON.stringify(given))).records[0]
}

test('crossref: subtitles, entities, text that looks like tags, MathML', async () => {
  expect(
    await readWork({
      title: ['Widget9'],
      subtitle: ['A fast tool'],
      'container-title': ['Rev. d&rsquo;&Eacute;tudes'],
    }),
  ).toMatchObject({ title: 'Widget9: A fast tool', venue: { name: 'Rev. d’Études' } })
  expect(await readWork({ title: ['Why? A fast tool'], subtitle: ['A fast tool'] })).toMatchObject({
    title: 'Why? A fast tool',
  })
  expect(
    await readWork({ title: ['Caf&eacute; &amp;lt; when n<k is an <object> of H<sub>2</sub>O'] }),
  ).toMatchObject({ title: 'Café < when n<k is an <object> of H2O' })
})

test('crossref: the book and its series in either order; conference papers in series', async () => {
  const chapter = { type: 'book-chapter', ISBN: ['9783030000000'] }
  const books = [
    ['Lecture Notes in Computer Science', 'Vision of Things'],
    ['Vision of Things', 'Lecture Notes in Computer Science'],
    ['Invented Library', 'Vision of Things'],
  ]
  for (const titles of books)
    expect(await readWork({ ...chapter, 'container-title': titles })).toMatchObject({
      kind: 'chapter',
      venue: null,
      publication: {
        container: 'Vision of Things',
        series: titles.find((t) => t !== 'Vision of Things'),
      },
    })
  expect(
    await readWork({
      ...chapter,
      'container-title': [
        'Lecture Notes in X',
        'International Conference on Machine Learning 2014',
      ],
    }),
  ).toMatchObject({ kind: 'conference_paper', venue: { slug: 'icml' } })
})

test('crossref: versions and translations that are separate papers', async () => {
  const to = (id: string) => [{ 'id-type': 'doi', id, 'asserted-by': 'subject' }]
  const relation = {
    'is-version-of': to('10.1000/Conf'),
    'is-translation-of': to('https://doi.org/10.1000/original'),
    'has-translation': [{ 'id-type': 'uri', id: 'https://example.org/x' }],
    'is-review-of': to('10.1000/other'),
  }
  const record = await readWork({ relation })
  expect(idsOf(record)).toEqual(['doi:10.1000/w'])
  expect(record?.versions).toEqual([
    { relation: 'original', identifier: { scheme: 'doi', value: '10.1000/original' } },
    { relation: 'version', identifier: { scheme: 'doi', value: '10.1000/conf' } },
  ])
  expect((await readWork({ type: 'posted-content', relation }))?.versions).toHaveLength(1)
  expect(await readWork({})).not.toHaveProperty('versions')
  const exported = [{ paperql: 1 }, { record }].map((line) => JSON.stringify(line)).join('\n')
  expect((await readText('paperql', exported)).records).toEqual([record])
})

test('crossref: names of people and groups, in their order', async () => {
  const record = await readWork({
    author: [
      {
        given: 'Ren&eacute;e',
        family: 'M&uuml;ller',
        suffix: 'Jr.',
        affiliation: [{ name: 'R&amp;D' }],
      },
      { name: 'Barnes and Noble, Inc.' },
      { given: '四', family: '李' },
      { given: 'Si', family: 'Li' },
      { family: 'et al.' },
      { name: ':' },
    ],
  })
  expect(namesOf(record)).toEqual(['Renée Müller Jr.', 'Barnes and Noble, Inc.', '李四', 'Si Li'])
  expect(record?.authors[0]?.affiliation).toBe('R&D')
})

test('crossref: preprints and their publications, notices of changes, retractions', async () => {
  const to = (id: string) => [{ id, 'id-type': 'doi', 'asserted-by': 'subject' }]
  expect(
    idsOf(
      await readWork({ type: 'posted-content', relation: { 'is-preprint-of': to('10.1000/J') } }),
    ),
  ).toEqual(['doi:10.1000/w', 'doi:10.1000/j'])
  expect(
    idsOf(
      await readWork({
        relation: { 'has-preprint': [...to('10.48550/arXiv.2101.00001'), ...to('10.1101/x')] },
      }),
    ),
  ).toEqual(['doi:10.1000/w', 'arxiv:2101.00001', 'doi:10.1101/x'])
  expect(idsOf(await readWork({ relation: { 'is-review-of': to('10.1000/other') } }))).toEqual([
    'doi:10.1000/w',
  ])
  for (const type of ['correction', 'retraction', 'Erratum', 'expression_of_concern'])
    expect(await readWork({ 'update-to': [{ DOI: '10.1000/other', type }] })).toMatchObject({
      kind: 'other',
      isRetracted: false,
      identifiers: [{ value: '10.1000/w' }],
    })
  expect(
    await readWork({ 'update-to': [{ DOI: '10.1000/old', type: 'new_version' }] }),
  ).toMatchObject({
    kind: 'journal_article',
  })
  for (const type of ['retraction', 'withdrawal'])
    expect(await readWork({ 'updated-by': [{ DOI: '10.1000/n', type }] })).toMatchObject({
      isRetracted: true,
    })
  expect(
    await readWork({ 'updated-by': [{ DOI: '10.1000/n', type: 'correction' }] }),
  ).toMatchObject({
    isRetracted: false,
  })
})

test.each([
  ['482-482', '482'],
  ['45-67', '45–67'],
  ['no-no', undefined],
  ['n/a', undefined],
])('crossref: the pages %s', async (page, pages) => {
  expect((await readWork({ page, volume: '1' }))?.publication?.pages).toBe(pages)
})

test.each([
  { pmcid: 'https://www.ncbi.nlm.nih.gov/pmc/articles/5815300' },
  { pmcid: 'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC5815300/' },
  { pmcid: 'PMC5815300' },
  { pmcid: '5815300' },
])('openalex: %j', async (ids) => {
  const work = { id: 'https://openalex.org/W900000200', title: 'T', type: 'article', ids }
  const { records } = await readText('openalex', JSON.stringify(work))
  expect(idsOf(records[0])).toEqual(['openalex:W900000200', 'pmcid:PMC5815300'])
})

const PARTS: [name: string, value: string][] = [
  ['author', 'Bhatia'],
  ['year', '1997'],
  ['volume-title', 'Matrix Analysis'],
  ['series-title', 'Graduate Texts'],
  ['journal-title', 'Matrices'],
  ['volume', '169'],
  ['issue', '2'],
  ['first-page', '17'],
]

test.each(PARTS)('crossref: a reference that only states its %s is kept', async (name, value) => {
  const work = await readWork({ reference: [{ key: 'r1', [name]: value }] })
  expect(work?.references).toEqual([{ identifiers: [], title: null, text: value }])
})

test('crossref: the parts of a reference are its text if it has none, and a reference without any is reported', async () => {
  const parts = Object.fromEntries(PARTS)
  const reference = [parts, { key: 'r2' }, { ...parts, DOI: '10.1000/x.1' }]
  const work = { DOI: '10.1000/w', type: 'journal-article', title: ['T'], reference }
  const { records, repairs } = await readText('crossref', JSON.stringify(work))
  expect(records[0]?.references?.map(({ text }) => text)).toEqual([
    'Bhatia, 1997, Matrix Analysis, Graduate Texts, Matrices, 169(2), 17',
    null,
  ])
  expect(repairs).toEqual([
    'references with neither title, text nor identifier were left out: 1 of 3',
  ])
})

test('jats: the parts of a reference are its text if it has neither a title nor a number', async () => {
  const jats = (cited: string) =>
    `<article><front><article-meta><article-id pub-id-type="doi">10.1000/w</article-id><title-group><article-title>T</article-title></title-group></article-meta></front><back><ref-list><ref>${cited}</ref></ref-list></back></article>`
  const cited =
    '<element-citation><name><surname>Bhatia</surname></name><source>Matrix Analysis</source><year>1997</year></element-citation>'
  expect((await readText('jats', jats(cited))).records[0]?.references).toEqual([
    { identifiers: [], title: null, text: 'Bhatia, 1997, Matrix Analysis' },
  ])
  const { repairs } = await readText('jats', jats('<element-citation/>'))
  expect(repairs).toEqual([
    'references with neither title, text nor identifier were left out: 1 of 1',
  ])
})
