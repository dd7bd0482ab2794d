import { chunk } from 'es-toolkit'
import { expect, test } from 'vitest'
import { guardRecord } from '../../../src/import/guard.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { readText } from '../../helpers/reading.ts'
import { printedName, STATED_NAMES, type StatedParts } from '../../helpers/stated-names.ts'

const inverted = ({ family, given, suffix }: StatedParts) =>
  [family, given, suffix].filter(Boolean).join(', ')
const json = (value: unknown) => JSON.stringify(value)
const element = (name: string, text: string) => (text ? `<${name}>${text}</${name}>` : '')
const lines = (tag: string, names: StatedParts[]) =>
  names.map((name) => `${tag}${inverted(name)}\n`).join('')

/** An entry with these authors in each format that states the parts of names. */
const FORMATS: Record<string, (names: StatedParts[]) => string> = {
  ris: (names) => `TY  - JOUR\nTI  - Weaving\n${lines('AU  - ', names)}ER  - \n`,
  bibtex: (names) =>
    `@article{a, title = {Weaving}, author = {${names.map(({ family, given, suffix }) => [family, suffix, given].filter(Boolean).join(', ')).join(' and ')}}}`,
  'csl-json': (names) =>
    json([
      {
        ...{ id: 'a', type: 'article-journal', title: 'Weaving' },
        author: names.map(({ suffix, ...name }) => ({ ...name, ...(suffix && { suffix }) })),
      },
    ]),
  nbib: (names) => `PMID- 12345678\nTI  - Weaving\n${lines('FAU - ', names)}\n`,
  tagged: (names) => `%0 Journal Article\n%T Weaving\n${lines('%A ', names)}\n`,
  'pubmed-xml': (names) =>
    `<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>12345678</PMID><Article><ArticleTitle>Weaving</ArticleTitle><AuthorList>${names
      .map(
        ({ family, given, suffix }) =>
          `<Author ValidYN="Y">${element('LastName', family)}${element('ForeName', given)}${element('Suffix', suffix)}</Author>`,
      )
      .join('')}</AuthorList></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>`,
  jats: (names) =>
    `<article xmlns:xlink="http://www.w3.org/1999/xlink"><front><article-meta><article-id pub-id-type="doi">10.1000/a</article-id><title-group><article-title>Weaving</article-title></title-group><contrib-group>${names
      .map(
        ({ family, given, suffix }) =>
          `<contrib contrib-type="author"><name>${element('surname', family)}${element('given-names', given)}${element('suffix', suffix)}</name></contrib>`,
      )
      .join('')}</contrib-group></article-meta></front></article>`,
  crossref: (names) =>
    json({
      status: 'ok',
      'message-type': 'work',
      message: {
        ...{ DOI: '10.1000/a', title: ['Weaving'], type: 'journal-article', prefix: '10.1000' },
        author: names.map((name) => ({ ...name, sequence: 'additional', affiliation: [] })),
      },
    }),
  datacite: (names) =>
    json({
      data: {
        ...{ id: '10.1000/a', type: 'dois' },
        attributes: {
          ...{ doi: '10.1000/a', titles: [{ title: 'Weaving' }] },
          types: { resourceTypeGeneral: 'JournalArticle' },
          creators: names.map(({ family, given, suffix }) => ({
            name: `${family}, ${given}`,
            ...{ nameType: 'Personal', familyName: family, givenName: `${given}`, suffix },
          })),
        },
      },
    }),
  csv: (names) => `Title,Authors\nWeaving,"${names.map(inverted).join('; ')}"\n`,
}

test.each(Object.keys(FORMATS))('%s: family names are the stated ones', async (format) => {
  const withSuffix = format !== 'datacite'
  const stated = STATED_NAMES.map((name) => (withSuffix ? name : { ...name, suffix: '' }))
  for (const names of chunk(stated, 12)) {
    const { records } = await readText(format, FORMATS[format]?.(names) ?? '')
    const guarded = records.map((record) => guardRecord(record))
    expect(
      guarded.flatMap((one) =>
        'record' in one
          ? one.record.authors.map(({ name, familyName }) => ({ name, familyName }))
          : [],
      ),
    ).toEqual(names.map((parts) => ({ name: printedName(parts), familyName: parts.family })))
  }
})

test('BibTeX: words in braces at the end of a name, and particles of BibLaTeX, belong to the family name', async () => {
  const byline =
    "Andrea {Cozzi Lepri} and {\\'E}mile {Garc{\\'i}a M{\\'a}rquez} and family=Mises, given=Ludwig, prefix=von and Ann Bee and {Weavers of the Loom}"
  const { records } = await readText('bibtex', `@misc{a, title = {W}, author = {${byline}}}`)
  expect(records[0]?.authors.map(({ name, familyName }) => [name, familyName])).toEqual([
    ['Andrea Cozzi Lepri', 'Cozzi Lepri'],
    ['Émile García Márquez', 'García Márquez'],
    ['Ludwig von Mises', 'von Mises'],
    ['Ann Bee', undefined],
    ['Weavers of the Loom', undefined],
  ])
})

test('CSL-JSON: a particle belongs to the family name unless it is dropped', async () => {
  const author = [
    { family: 'Gogh', given: 'Vincent', 'non-dropping-particle': 'van' },
    { family: 'Humboldt', given: 'Alexander', 'dropping-particle': 'von' },
    { family: 'Alembert', given: 'Jean', 'dropping-particle': "d'" },
    { literal: 'Weavers of the Loom' },
    { family: 'Bee' },
  ]
  const item = { id: 'a', type: 'article-journal', title: 'Weaving', author }
  const { records } = await readText('csl-json', json([item]))
  expect(records[0]?.authors.map(({ name, familyName }) => [name, familyName])).toEqual([
    ['Vincent van Gogh', 'van Gogh'],
    ['Alexander von Humboldt', 'Humboldt'],
    ["Jean d'Alembert", "d'Alembert"],
    ['Weavers of the Loom', undefined],
    ['Bee', undefined],
  ])
})

test.each([
  ['a part of the name', 'Andrea Cozzi Lepri', 'Cozzi Lepri', 'Cozzi Lepri', 0],
  ['LaTeX', "Jos\\'{e} N\\'{u}\\~{n}ez Gil", "N\\'{u}\\~{n}ez Gil", 'Núñez Gil', 0],
  ['the number of DBLP', 'Deng Cai 0001', 'Cai 0001', 'Cai', 0],
  ['another name', 'Andrea Cozzi Lepri', 'Rossi', undefined, 1],
  ['part of a word', 'Andrea Cozzi Lepri', 'pri', undefined, 1],
  ['the whole name', 'Andrea', 'Andrea', undefined, 1],
  ['a group', 'The ATLAS Collaboration', 'Collaboration', undefined, 0],
])('the guard keeps %s', (_, name, familyName, kept, repairs) => {
  const authors = [{ name, familyName, identifiers: [], affiliation: null }]
  const guarded = guardRecord(paperRecord({ authors }))
  expect('record' in guarded && guarded.record.authors[0]?.familyName).toBe(kept)
  expect('repairs' in guarded && guarded.repairs).toHaveLength(repairs)
})
