import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase } from '../seeded-catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  t = (await createSeededDatabase()).t
})
afterAll(() => t.close())

const MATCH = `query($title: String, $reference: String, $authors: [String!], $year: Int, $first: Int) {
  matchPaper(title: $title, reference: $reference, authors: $authors, year: $year, first: $first) {
    confidence titleSimilarity reasons paper { title venue { slug } authorships(first: 1) { nodes { name } } } } }`

interface Match {
  confidence: number
  reasons: string[]
  paper: { title: string }
}
const match = async (variables: object) =>
  (await askWell<{ matchPaper: Match[] }>(t, MATCH, { ...variables })).data.matchPaper

test('a misprinted title finds its paper, with the reasons', async () => {
  const [best] = await match({ title: 'The nueral case of 1' })
  expect(best).toMatchObject({
    paper: { title: 'The neural case of 1', authorships: { nodes: [{ name: 'Alan Turing' }] } },
    reasons: ['title similar 90%'],
  })
  const [surer] = await match({
    title: 'The nueral case of 1',
    authors: ['Turing, A.', 'et al.'],
    year: 2013,
  })
  expect(surer?.confidence).toBeGreaterThan(best?.confidence ?? 1)
  expect(surer?.reasons).toEqual(expect.arrayContaining(['first author matches', '1 of 1 authors']))
})

test('a reference as one text', async () => {
  const [best] = await match({ reference: 'Turing, A., et al. The neural case of 1. 2015' })
  expect(best?.paper.title).toBe('The neural case of 1')
  expect(
    await match({ reference: 'Nothing, N. Entirely different words altogether. 1999' }),
  ).toEqual([])
})

test('many at once', async () => {
  const query = `query($references: [String!]!) { matchPapers(references: $references, first: 1) {
    reference matches { confidence paper { title abstract venue { name } } } } }`
  const all = Array.from({ length: 50 }, (_, i) => `The Parser case of ${i}. 2015.`)
  for (const references of [all.slice(2, 3), all]) {
    const { data, statements } = await askWell<{
      matchPapers: { reference: string; matches: Match[] }[]
    }>(t, query, { references })
    expect(statements).toHaveLength(2)
    expect(data.matchPapers.map(({ reference }) => reference)).toEqual(references)
    expect(data.matchPapers.at(references.length === 1 ? 0 : 2)?.matches[0]?.paper.title).toBe(
      'The Parser case of 2',
    )
  }
  const { errors } = await ask(t, query, { references: Array.from({ length: 51 }, () => 'x y z') })
  expect(errors[0]?.message).toBe('references has 51 entries; expected at most 50.')
})

test.each([
  [{}, /Neither title nor reference is given/],
  [{ title: 'A', reference: 'B' }, /exclude each other/],
  [{ title: '  ' }, /has no letter or digit/],
  [{ title: '%_\\' }, /has no letter or digit/],
  [{ title: 'a\0b' }, /title: .*NUL/],
  [{ reference: 'a\0b' }, /reference: .*NUL/],
  [{ title: 'x'.repeat(1001) }, /title has 1001 characters; expected at most 1000/],
  [{ reference: 'x'.repeat(10_240) }, /reference has 10240 characters; expected at most 2000/],
  [{ title: 'A title', year: 0 }, /year: 0 is not a year/],
  [{ title: 'A title', first: 21 }, /first: 21 is out of range; expected 0 to 20/],
  [
    { title: 'A title', authors: Array.from({ length: 101 }, () => 'A') },
    /authors has 101 entries/,
  ],
])('%# is an error', async (variables, message) => {
  const { data, errors } = await ask(t, MATCH, { ...variables })
  expect(data).toEqual({ matchPaper: null })
  expect(errors).toMatchObject([
    { code: 'BAD_USER_INPUT', message: expect.stringMatching(message) },
  ])
})

test.each([
  "'); drop table papers; --",
  "a' | b & !c:*",
  '(((',
  'x '.repeat(400),
  '资源 模型 分析',
  '\ud800 lone surrogate here',
  'the of and',
])('%j does no harm', async (text) => {
  for (const request of [{ title: text }, { reference: text }]) {
    const { errors } = await ask(t, MATCH, request)
    for (const { code } of errors) expect(code).toBe('BAD_USER_INPUT')
  }
})
