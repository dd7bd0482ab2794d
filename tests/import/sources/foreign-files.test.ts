import { expect, test } from 'vitest'
import { publicationOf } from '../../../src/import/fields/publication.ts'
import { venueNamed } from '../../../src/import/fields/venues.ts'
import { nameOfInverted } from '../../../src/import/names/names.ts'
import { namesOf, readText } from '../../helpers/reading.ts'

/** Kinds of values found in files of other projects, in generated members of each. */

const WRITE: Record<string, (title: string) => string> = {
  ris: (title) => `TY  - JOUR\nTI  - ${title}\nER  - \n`,
  nbib: (title) => `PMID- 90000001\nTI  - ${title}\n\n`,
  bibtex: (title) => `@article{k,\n  title = {${title}}\n}\n`,
  csv: (title) => `title,authors\n"${title}","Bee, Ann"\n`,
  'csl-json': (title) => JSON.stringify([{ id: 'k', type: 'book', title, author: [] }]),
  crossref: (title) =>
    JSON.stringify({ DOI: '10.5555/k', type: 'journal-article', title: [title] }),
}

const SEPARATORS = ['\u2028', '\u2029', '\u000b', '\u000c', '\u0085', '\u00a0', '\u2003']

test.each(Object.keys(WRITE))(
  '%s: white space at the end of a title is removed',
  async (format) => {
    for (const sign of SEPARATORS) {
      const { records, rejects } = await readText(format, WRITE[format]?.(`One${sign}Two`) ?? '')
      expect(rejects).toEqual([])
      expect(records.map(({ title }) => title.split(/\s|\u0085/))).toEqual([['One', 'Two']])
    }
  },
)

const WORK = { DOI: '10.5555/k', indexed: {}, author: [{ family: 'Bee', given: 'Ann' }] }

test.each([
  ['journal-article', 'article-journal', 'journal_article'],
  ['proceedings-article', 'paper-conference', 'conference_paper'],
  ['book-chapter', 'chapter', 'chapter'],
  ['dissertation', 'thesis', 'thesis'],
  ['posted-content', 'article', 'preprint'],
  ['book', 'book', 'book'],
])(
  'the CSL-JSON to which Crossref resolves a DOI is read as its work: %s',
  async (type, csl, kind) => {
    const list = { ...WORK, type, title: ['T'], subtitle: ['S'], 'container-title': ['Studies'] }
    const single = { ...WORK, type: csl, title: 'T', subtitle: 'S', 'container-title': 'Studies' }
    const [asList, asText] = await Promise.all(
      [list, single].map((work) => readText('crossref', JSON.stringify(work))),
    )
    expect(asText).toEqual(asList)
    expect(asText?.records).toMatchObject([
      { title: 'T: S', kind, publication: { container: 'Studies' } },
    ])
  },
)

test('a work of Crossref without a type is a paper, a deleted DOI is not', async () => {
  const selected = { DOI: '10.5555/a', title: ['Selected Fields'] }
  const deleted = {
    ...{ DOI: '10.5555/b', type: 'journal-article', title: ['10.5555/b'] },
    'container-title': ['CrossRef Listing of Deleted DOIs'],
  }
  const { records, rejects } = await readText('crossref', JSON.stringify([selected, deleted]))
  expect(records).toMatchObject([{ title: 'Selected Fields', kind: 'other' }])
  expect(rejects).toMatchObject([{ key: '10.5555/b', reason: 'Crossref has deleted the DOI' }])
})

test.each([
  ['Proceedings of the National Academy of Sciences', null],
  ['Proceedings of the IEEE', null],
  ['Proceedings of the Royal Society B: Biological Sciences', null],
  ['Proc. Natl. Acad. Sci. U.S.A.', null],
  ['Proceedings of the 3rd Workshop on Tests', 'Workshop on Tests'],
  ['Proceedings of the Conference on Odd Files', 'Conference on Odd Files'],
  ['Proceedings of the 2019 Odd Files', 'Odd Files'],
])('the journal %s keeps its name', (printed, shortened) => {
  expect(venueNamed(printed, 'journal')?.name).toBe(shortened ?? printed)
  expect(venueNamed(printed, 'conference')?.name).not.toMatch(/^Proc/)
})

test.each([[undefined], [''], ['journal-article']])(
  'an item of CSL-JSON whose type is %j is recognised',
  async (type) => {
    const item = {
      ...{ id: 'k', type, title: 'T', 'container-title': 'Studies' },
      issued: { 'date-parts': [[2021]] },
    }
    const { records } = await readText('csl-json', JSON.stringify(item))
    expect(records).toMatchObject([{ title: 'T', publication: { container: 'Studies' } }])
  },
)

test.each([
  ['{\\TUG}', 'TUG'],
  ['{{\\CSTUG{}}}', 'CSTUG'],
  ['A \\TUG{} meeting', 'A TUG meeting'],
  ['One\\Dash Two', 'One—Two'],
  ['{\\Large Large} and {\\LARGE larger}', 'Large and larger'],
  ['\\MakeUppercase{word} \\Xname{word}', 'word word'],
  ['H$_{\\textrm{2}}$O', 'H2O'],
  ['Actes du $4^{\\textrm{ème}}$ congrès', 'Actes du 4ème congrès'],
  ['The $x^{2}$ of $\\Sigma^{0}$', 'The $x^{2}$ of $\\Sigma^{0}$'],
])('LaTeX: %s', async (title, text) => {
  const { records } = await readText('bibtex', `@misc{k, title = {${title}}}`)
  expect(records[0]?.title).toBe(text)
})

const NOTHING = ['null', 'n/a', 'N/A', 'NaN', 'none', 'undefined', '??', '-', 'n/a-n/a']

test.each(NOTHING)('%j is not a volume, a page or a publisher', (nothing) => {
  const parts = { container: 'Studies', volume: nothing, pages: nothing, publisher: nothing }
  expect(publicationOf(parts)).toEqual({ publication: { container: 'Studies' } })
})

test.each(['NA', 'NaN', 'NULL', 'None', '#N/A', ' N/A '])('a cell %j is empty', async (cell) => {
  const row = (value: string) =>
    `title,authors,volume,pmid,abstract\nT,"Bee, Ann",${value},${value},${value}\n`
  expect(await readText('csv', row(cell))).toEqual(await readText('csv', row('')))
})

test('markup of publishers in a table is read as text', async () => {
  const row = '"The <i>odd</i> T","Bee, Ann","<jats:p>It says A&lt;B.</jats:p>"'
  const { records } = await readText('csv', `title,authors,abstract\n${row}\n`)
  expect(records).toMatchObject([{ title: 'The odd T', abstract: 'It says A<B.' }])
})

test.each([
  ['Ann Bee (15649)', 'Ann Bee'],
  ['Bee, Ann (Ed.)', 'Ann Bee'],
  ['Bee, Ann (Hrsg.)', 'Ann Bee'],
  ['Ann (Ed.) Bee', 'Ann Bee'],
  ['A Group (GRP)', 'A Group (GRP)'],
  ['(15649)', '(15649)'],
])('the name %s', (printed, name) => {
  expect(nameOfInverted(printed)).toBe(name)
})

test('keywords: a comma is part of one where others are separated by semicolons or lines', async () => {
  const commas = ['Crystallography, X-Ray', 'Models, Molecular']
  const entry = (keywords: string) => `@misc{k, title = {T}, keywords = {${keywords}}}`
  const ris = (lines: string[]) =>
    `TY  - JOUR\nTI  - T\n${lines.map((line) => `KW  - ${line}\n`).join('')}ER  - \n`
  const keywordsOf = async (format: string, text: string) =>
    (await readText(format, text)).records[0]?.keywords
  expect(await keywordsOf('bibtex', entry(commas.join('; ')))).toEqual(commas)
  expect(await keywordsOf('ris', ris(commas))).toEqual(commas)
  expect(await keywordsOf('bibtex', entry('looms, threads'))).toEqual(['looms', 'threads'])
  expect(await keywordsOf('ris', ris(['looms, threads']))).toEqual(['looms', 'threads'])
  const csl = (keyword: string | string[]) =>
    JSON.stringify([{ type: 'book', title: 'T', URL: '', keyword }])
  expect(await keywordsOf('csl-json', csl(commas.join('; ')))).toEqual(commas)
  expect(await keywordsOf('csl-json', csl('looms, threads'))).toEqual(['looms', 'threads'])
})

const CONTAINERS: [object, object][] = [
  [{ title: 'Studies; 34(2):Doc25' }, { volume: '34', number: '2', pages: 'Doc25' }],
  [{ title: 'Studies, 15(1-2)' }, { volume: '15', number: '1-2' }],
  [
    { title: 'Studies', firstPage: 'Bd. 1 Nr. 3 (2018)' },
    { volume: '1', number: '3' },
  ],
  [{ title: 'Studies', firstPage: 'No 1', lastPage: '2 (2018)' }, { number: '1–2' }],
  [{ title: 'Studies', firstPage: 'Studies' }, {}],
  [{ title: 'Studies', firstPage: 'xi', lastPage: '20' }, { pages: 'xi–20' }],
  [{ title: 'Studies', firstPage: 'e17', lastPage: 'e17' }, { pages: 'e17' }],
  [{ title: 'Studies', volume: '7', firstPage: 'Korea' }, { volume: '7' }],
]

test.each(CONTAINERS)('DataCite: %j', async (container, place) => {
  const work = {
    ...{
      doi: '10.5555/k',
      titles: [{ title: 'T' }],
      creators: [{ name: 'Bee, Ann', affiliation: 'Loom' }],
    },
    ...{ types: { resourceTypeGeneral: 'JournalArticle' }, container },
  }
  const { records, repairs } = await readText('datacite', JSON.stringify(work))
  expect(records).toMatchObject([
    { venue: { name: 'Studies' }, authors: [{ affiliation: 'Loom' }] },
  ])
  expect(records[0]?.publication).toEqual({ container: 'Studies', ...place })
  const isLost = 'firstPage' in container && container.firstPage === 'Korea'
  expect(repairs).toEqual(isLost ? ['pages that are not numbers were left out'] : [])
})

test('DataCite: the item in which a work is published, and works without a type', async () => {
  const item = {
    ...{ relationType: 'IsPublishedIn', titles: { title: 'A Book' }, volume: '4', issue: '2' },
    ...{ firstPage: '109', lastPage: '128' },
    relatedItemIdentifier: {
      relatedItemIdentifier: '1234-5679',
      relatedItemIdentifierType: 'ISSN',
    },
  }
  const work = { doi: '10.5555/k', titles: [{ title: 'T' }], creators: [] }
  const chapter = { ...work, types: { resourceTypeGeneral: 'BookChapter' }, relatedItems: [item] }
  const { records, rejects } = await readText('datacite', JSON.stringify([chapter, work]))
  expect(records).toMatchObject([
    {
      publication: {
        ...{ container: 'A Book', volume: '4', number: '2', pages: '109–128' },
        issns: ['1234-5679'],
      },
    },
  ])
  expect(rejects).toMatchObject([{ reason: 'a work without a type is not a paper' }])
})

const ERIC = ['OWN - ERIC', 'TI  - A Test of Tests', 'AU  - Bee, Ann', 'JT  - Odd Press']
test.each([
  [['OID - EJ410320', 'PT  - Journal Articles'], 'journal_article', 'container'],
  [['OID - EJ1208101', 'PT  - Reports - Research'], 'journal_article', 'container'],
  [['OID - ED562752', 'PT  - Reports - Evaluative'], 'report', 'publisher'],
  [['OID - ED620611', 'PT  - Dissertations/Theses'], 'thesis', 'publisher'],
  [['OID - ED529121', 'PT  - Books'], 'book', 'publisher'],
])("ERIC's citations: %j", async (lines, kind, place) => {
  const rest = [
    ...['AID - http://dx.doi.org/10.5555/eric', 'LID - http://eric.ed.gov/?id=1'],
    ...['ISSN - EISSN-1234-5679', 'DP  - Article 10 2019'],
  ]
  const { records } = await readText('nbib', [...ERIC, ...lines, ...rest].join('\n'))
  expect(records).toMatchObject([
    {
      ...{ kind, landingUrl: 'http://eric.ed.gov/?id=1', published: { on: '2019-01-01' } },
      identifiers: [{ scheme: 'doi', value: '10.5555/eric' }],
      publication: { [place]: 'Odd Press', issns: ['1234-5679'] },
    },
  ])
})

test('OpenAlex: an abstract whose markup was escaped twice', async () => {
  const words =
    '&lt;div&gt;&lt;p&gt;(A) Blood was drawn.&lt;/p&gt;\\n &lt;p&gt;Again.&lt;/p&gt;&lt;/div&gt;'.split(
      ' ',
    )
  const abstract_inverted_index = Object.fromEntries(words.map((word, at) => [word, [at]]))
  const work = {
    id: 'https://openalex.org/W1',
    title: 'T',
    type: 'article',
    abstract_inverted_index,
  }
  const { records } = await readText('openalex', JSON.stringify(work))
  expect(records[0]?.abstract).toBe('(A) Blood was drawn. Again.')
})

test.each([
  ['Ann Bee, Carl Dee, Eve Fox and Guy Hay', ['Ann Bee', 'Carl Dee', 'Eve Fox', 'Guy Hay']],
  ['Bee, Jr., Ann and van der Dee, III, Carl', ['Ann Bee Jr.', 'Carl van der Dee III']],
  ['Bee Dee, Ann Eve and Fox, Guy', ['Ann Eve Bee Dee', 'Guy Fox']],
  ["Garc{\\textbackslash}'ia, Ann and Jos{\\textbackslash}'{\\i} Bee", ['Ann García', 'Josí Bee']],
])('the byline %s', async (byline, names) => {
  const { records } = await readText('bibtex', `@misc{k, title = {T}, author = {${byline}}}`)
  expect(namesOf(records[0])).toEqual(names)
})

const PAPER_ID = '649def34f8be52c8b66281af98ae884c09aef38b'
const WHOLE: [string, object, object][] = [
  ['s2', { paperId: PAPER_ID, title: 'T' }, { authors: [], year: 2018, abstract: 'A.' }],
  ['crossref', { DOI: '10.5555/k', title: ['T'] }, { type: 'journal-article', indexed: {} }],
  [
    'openalex',
    { id: 'https://openalex.org/W1', title: 'T', type: 'article' },
    { authorships: [], publication_year: 2018 },
  ],
]

test.each(WHOLE)(
  '%s: a response with some fields does not replace the complete entry',
  async (format, part, rest) => {
    const keyOf = async (entry: object) =>
      (await readText(format, JSON.stringify(entry))).records[0]?.key ?? ''
    const whole = await keyOf({ ...part, ...rest })
    const keys = [await keyOf(part), await keyOf({ ...part, abstract: null })]
    expect(new Set([whole, ...keys]).size).toBe(3)
    for (const key of keys) expect(key.startsWith(`${whole}/`)).toBe(true)
    // The same fields in another order give the same record.
    expect(await keyOf(Object.fromEntries(Object.entries(part).toReversed()))).toBe(keys[0])
  },
)
