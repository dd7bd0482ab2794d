import { expect, test } from 'vitest'
import { venueNamed } from '../../../src/import/fields/venues.ts'
import { readText } from '../../helpers/reading.ts'

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

test.each(Object.keys(WRITE))('%s: no white space ends a title', async (format) => {
  for (const sign of SEPARATORS) {
    const { records, rejects } = await readText(format, WRITE[format]?.(`One${sign}Two`) ?? '')
    expect(rejects).toEqual([])
    expect(records.map(({ title }) => title.split(/\s|\u0085/))).toEqual([['One', 'Two']])
  }
})

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
