import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { STRAYS } from '../../../src/import/names/strays.ts'
import { namesOf, readText } from '../../helpers/reading.ts'
import { hasRealData, recordsOfFiles } from '../../helpers/real-records.ts'
import { atLeast } from '../../helpers/thorough.ts'

interface Person {
  given: string
  family: string
}
const person = fc.record({
  given: fc.constantFrom('Ann', 'Carl', 'Maria'),
  family: fc.constantFrom('Mavromichalaki', 'Livada', 'Crosby', 'Drube'),
})
const people = fc.uniqueArray(person, {
  minLength: 1,
  maxLength: 4,
  selector: ({ given, family }) => `${given} ${family}`,
})

const spoken = ({ given, family }: Person) => `${given} ${family}`
const inverted = ({ given, family }: Person) => `${family}, ${given}`
const lines = (names: readonly string[], line: (name: string) => string) => names.map(line).join('')
const TITLE = 'A study of looms'
const arxivEntry = (names: readonly string[]) => ({
  ...{ id: '2001.00001', title: TITLE, abstract: 'Weaving.', categories: 'cs.CL' },
  ...{ authors: names.join(', '), versions: [], update_date: '2020-01-01' },
})

/** A file of each format with the names of a byline, of which the last may be words for further people. */
const FILES: Record<string, (names: string[], all: Person[]) => string> = {
  bibtex: (names) => `@article{k, title = {${TITLE}}, author = {${names.join(' and ')}}}`,
  ris: (names) =>
    `TY  - JOUR\nTI  - ${TITLE}\n${lines(names, (name) => `AU  - ${name}\n`)}ER  - \n`,
  csv: (names) => `Title,Authors,Year\n${TITLE},"${names.join('; ')}",2020\n`,
  'csl-json': (names, all) =>
    JSON.stringify([
      {
        ...{ id: 'k', type: 'article-journal', title: TITLE },
        author: [...all, ...names.slice(all.length).map((literal) => ({ literal }))],
      },
    ]),
  'endnote-xml': (names) =>
    `<xml><records><record><ref-type name="Journal Article">17</ref-type><contributors><authors>${lines(names, (name) => `<author>${name}</author>`)}</authors></contributors><titles><title>${TITLE}</title></titles></record></records></xml>`,
  arxiv: (names) => JSON.stringify({ ...arxivEntry(names), authors_parsed: names.map(parsed) }),
  jats: (names) =>
    `<article><front><article-meta><article-id pub-id-type="doi">10.1000/k</article-id><title-group><article-title>${TITLE}</article-title></title-group><contrib-group>${lines(names, (name) => `<contrib contrib-type="author"><string-name>${name.split(', ').reverse().join(' ')}</string-name></contrib>`)}</contrib-group></article-meta></front></article>`,
  nbib: (names) => `PMID- 12345678\nTI  - ${TITLE}\n${lines(names, (name) => `FAU - ${name}\n`)}\n`,
}
const parsed = (name: string) => {
  const [family = '', given = ''] = name.split(', ')
  return [family, given, '']
}

const OTHERS = fc.constantFrom('', 'et al.', 'others')

describe.each(Object.keys(FILES))('%s', (format) => {
  test('keeps whether the byline has further authors', async () => {
    await fc.assert(
      fc.asyncProperty(people, OTHERS, async (all, others) => {
        const names = [...all.map(inverted), ...(others === '' ? [] : [others])]
        const { records, repairs } = await readText(format, FILES[format]?.(names, all) ?? '')
        expect(namesOf(records[0])).toEqual(all.map(spoken))
        const { hasMoreAuthors = false } = records[0] ?? {}
        expect({ hasMoreAuthors, isReported: repairs.includes(STRAYS.others) }).toEqual({
          ...{ hasMoreAuthors: others !== '', isReported: others !== '' },
        })
      }),
      { numRuns: atLeast(15, 300) },
    )
  })
})

test('an ellipsis says the same', async () => {
  const { records } = await readText('csv', `Title,Authors\n${TITLE},"A Bee, C Dee, E Fox…"\n`)
  expect(records[0]).toMatchObject({ hasMoreAuthors: true })
})

test('PubMed and OpenAlex state it apart from the names', async () => {
  const author = '<Author ValidYN="Y"><LastName>Bee</LastName><ForeName>Ann</ForeName></Author>'
  for (const [complete, expected] of [['Y'], ['N', true]] as const) {
    const xml = `<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>12345678</PMID><Article><ArticleTitle>${TITLE}</ArticleTitle><AuthorList CompleteYN="${complete}">${author}</AuthorList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>`
    const { records } = await readText('pubmed-xml', xml)
    expect(namesOf(records[0])).toEqual(['Ann Bee'])
    expect(records[0]?.hasMoreAuthors).toBe(expected)
  }
  const work = {
    ...{ id: 'https://openalex.org/W1', type: 'article', title: TITLE },
    authorships: [{ author: { id: 'https://openalex.org/A1', display_name: 'Ann Bee' } }],
    is_authors_truncated: true,
  }
  const { records } = await readText('openalex', `${JSON.stringify(work)}\n`)
  expect(records[0]).toMatchObject({ hasMoreAuthors: true })
})

test.each([
  ['bibtex', `@book{k, title={${TITLE}}, author={Bee, Ann}, editor={Dee, Carl and others}}`],
  ['ris', `TY  - CHAP\nTI  - ${TITLE}\nAU  - Bee, Ann\nA2  - Dee, Carl\nA2  - et al.\nER  - \n`],
  ['csv', `Title,Authors,Editors\n${TITLE},Ann Bee,"Carl Dee; et al."\n`],
])('further editors are not authors: %s', async (format, text) => {
  const { records, repairs } = await readText(format, text)
  expect(records[0]?.publication?.editors).toEqual(['Carl Dee'])
  expect(records[0]).not.toHaveProperty('hasMoreAuthors')
  expect(repairs).toEqual([STRAYS.editors])
})

test('without any name there is no byline', async () => {
  const { records } = await readText('bibtex', `@misc{k, title={${TITLE}}, author={others}}`)
  expect(records[0]).not.toHaveProperty('hasMoreAuthors')
})

test.skipIf(!hasRealData)('lists of the first authors, as people publish them', async () => {
  const records = await recordsOfFiles('cv-arxiv-daily.json.gz')
  expect(records.length).toBeGreaterThan(100)
  const named = records.filter(({ authors }) => authors.length > 0)
  expect(named.filter(({ hasMoreAuthors }) => !hasMoreAuthors)).toEqual([])
})
