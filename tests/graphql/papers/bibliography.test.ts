import { parse } from '@retorquere/bibtex-parser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  for (const [i, over] of PAPERS.entries())
    await transaction(t.url, (tx) =>
      writeRecords(tx, [paperRecord({ key: String(i), kind: 'conference_paper', ...over })]),
    )
})
afterAll(() => t.close())

const by = (...names: string[]) =>
  names.map((name) => ({ name, identifiers: [], affiliation: null }))
const doi = (value: string) => [{ scheme: 'doi' as const, value }]
const venue = { slug: 'coe', name: 'Conference on Examples', acronym: 'CoE', kind: 'conference' }
const in2021 = { on: '2021-08-01', precision: 'month' } as const

const PAPERS: Partial<PaperRecord>[] = [
  {
    title: 'The Attention of BERT to Grammar',
    abstract: 'It is attentive.',
    authors: by('Laurens van der Maaten', 'Ada Lovelace'),
    identifiers: doi('10.1234/a'),
    venue: venue as PaperRecord['venue'],
    published: in2021,
  },
  // The same name, year and words as the first, except for an article.
  {
    title: 'Attention of BERT: A Sequel',
    authors: by('Eva Maaten'),
    identifiers: doi('10.1234/b'),
  },
  { title: 'An Attention of Bert, a Third Time', authors: by('Eva Maaten') },
  { title: 'Attention of BERT in Another Year', published: null, authors: by('Eva Maaten') },
  { title: 'Attention of BERT by Somebody Else', authors: by('Eva Aula-Blasco') },
  { title: 'Attention of', authors: by('Eva Maaten') },
  { title: '注意力 机制', authors: by('李明'), identifiers: doi('10.1234/c') },
  { title: 'Anonymous Advice', authors: [] },
]

interface Cited {
  papers: { bibliography: string; nodes: { title: string; citation: string }[] }
}

const allOf = (args: string) => `{ papers(first: 100, order: { field: CREATED, direction: ASC }) {
  bibliography(${args}) nodes { title citation(${args}) } } }`

const keysIn = (bibtex: string) => parse(bibtex).entries.map(({ key }) => key)

describe('citation keys', () => {
  test('consist of name, year and title; the first paper has the plain key', async () => {
    const { data } = await askWell<Cited>(t, allOf('format: BIBTEX'))
    const keys = keysIn(data.papers.bibliography)
    expect(keys).toEqual([
      'maaten2021-attention-of-bert',
      expect.stringMatching(/^maaten2021-attention-of-bert-[0-9a-f]{6}$/),
      expect.stringMatching(/^maaten2021-attention-of-bert-[0-9a-f]{6}$/),
      'maaten-attention-of-bert',
      'aulablasco2021-attention-of-bert',
      'maaten2021-attention-of',
      expect.stringMatching(/^anon2021-[0-9a-f]{6}$/),
      'anon2021-anonymous-advice',
    ])
    expect(new Set(keys).size).toBe(keys.length)
  })

  test('are the same in each format, whatever else is cited', async () => {
    const { data } = await askWell<Cited>(t, allOf('format: BIBTEX'))
    const keys = keysIn(data.papers.bibliography)
    expect(data.papers.nodes.flatMap(({ citation }) => keysIn(citation))).toEqual(keys)
    const csl = await askWell<Cited>(t, allOf('format: CSL_JSON'))
    const items: { id: string }[] = JSON.parse(csl.data.papers.bibliography)
    expect(items.map(({ id }) => id)).toEqual(keys)
    const ris = (await askWell<Cited>(t, allOf('format: RIS'))).data.papers.bibliography
    expect([...ris.matchAll(/^ID {2}- (.*)\r$/gm)].map(([, key]) => key)).toEqual(keys)
  })
})

test('a citation in each format', async () => {
  const { data } = await askWell<{ paper: Record<string, string> }>(
    t,
    `{ paper(ref: "10.1234/a") {
      bibtex: citation csl: citation(format: CSL_JSON) ris: citation(format: RIS)
      apa: citation(format: TEXT) vancouver: citation(format: TEXT, style: "Vancouver")
      abstract: citation(abstract: true) } }`,
  )
  const { bibtex, csl, ris, apa, vancouver, abstract } = data.paper
  expect(bibtex).toBe(`@inproceedings{maaten2021-attention-of-bert,
  title = {The Attention of {BERT} to Grammar},
  author = {van der Maaten, Laurens and Lovelace, Ada},
  booktitle = {Conference on Examples},
  year = {2021},
  month = aug,
  doi = {10.1234/a},
  url = {https://doi.org/10.1234/a},
}
`)
  expect(abstract).toContain('  abstract = {It is attentive.},\n')
  expect(JSON.parse(csl ?? '')).toEqual([
    {
      id: 'maaten2021-attention-of-bert',
      type: 'paper-conference',
      title: 'The Attention of BERT to Grammar',
      author: [
        { family: 'Maaten', given: 'Laurens', 'non-dropping-particle': 'van der' },
        { family: 'Lovelace', given: 'Ada' },
      ],
      issued: { 'date-parts': [[2021, 8]] },
      'container-title': 'Conference on Examples',
      DOI: '10.1234/a',
      URL: 'https://doi.org/10.1234/a',
    },
  ])
  expect(ris).toMatch(/^TY {2}- CONF\r\nID {2}- maaten2021-attention-of-bert\r\n/)
  expect(apa).toBe(
    'van der Maaten, L., & Lovelace, A. (2021, August). The Attention of BERT to Grammar. Conference on Examples. https://doi.org/10.1234/a',
  )
  expect(vancouver).toMatch(/^1\. van der Maaten L, Lovelace A\. The Attention of BERT to Grammar/)
})

test('a bibliography as text has one line for each entry, in the order of its style', async () => {
  const { data } = await askWell<Cited>(t, allOf('format: TEXT'))
  const lines = data.papers.bibliography.split('\n')
  expect(lines).toHaveLength(PAPERS.length)
  expect(lines[0]).toMatch(/^Anonymous Advice\. \(2021\)/)
})

test('the error for an unknown style lists the styles', async () => {
  const { errors } = await ask(t, '{ papers { bibliography(format: TEXT, style: "mla") } }')
  expect(errors).toMatchObject([
    {
      code: 'BAD_USER_INPUT',
      message: 'style: Unknown style "mla"; expected one of apa, harvard1, vancouver.',
    },
  ])
})

test('an empty page has an empty bibliography', async () => {
  for (const [format, empty] of [
    ['BIBTEX', ''],
    ['RIS', ''],
    ['CSL_JSON', '[]'],
    ['TEXT', ''],
  ]) {
    const { data } = await askWell<Cited>(
      t,
      `{ papers(first: 0) { bibliography(format: ${format}) } }`,
    )
    expect(data.papers.bibliography).toBe(empty)
  }
})

describe('citing takes one more statement, for any number of papers', () => {
  test.each([
    ['papers(first: $first) { nodes { title citation } }', 2],
    ['papers(first: $first) { bibliography }', 2],
    ['papers(first: $first) { bibliography(format: TEXT) nodes { title } }', 2],
    ['authors(first: $first) { nodes { papers(first: $first) { bibliography(format: RIS) } } }', 3],
    ['venues(first: $first) { nodes { papers(first: $first) { nodes { citation } } } }', 3],
    ['search(query: "attention", first: $first) { bibliography }', 3],
  ])('%s: %i', async (query, count) => {
    const operation = `query($first: Int) { ${query} }`
    const one = await askWell<object>(t, operation, { first: 1 })
    const many = await askWell<object>(t, operation, { first: 100 })
    expect(one.statements).toHaveLength(count)
    expect(many.statements).toHaveLength(count)
  })

  test('abstracts are read only if they are requested', async () => {
    const readers = async (args: string) => {
      const { statements } = await askWell(t, `{ papers { bibliography${args} } }`)
      return statements.filter((text) => /p\.abstract/.test(text)).length
    }
    expect(await readers('')).toBe(0)
    expect(await readers('(abstract: true)')).toBe(1)
  })
})
