import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { ARGS, PAGE, type PageOf, VARIABLES, WAYS, walk } from '../walk.ts'
import { createSearchDatabase, type Found, titlesOf } from './catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createSearchDatabase()
})
afterAll(() => t.close())

const titles = (query: string, more?: string) => titlesOf(t, query, more)

describe('highlights', () => {
  const marks = async (query: string) => {
    const { data } = await askWell<Found>(
      t,
      'query($query: String!) { search(query: $query, first: 1) { edges { highlights { title abstract } } } }',
      { query },
    )
    return data.search.edges[0]?.highlights
  }

  test('are HTML without any tag of the source', async () => {
    expect(await marks('graphs trees')).toEqual({
      title:
        '&lt;script&gt;alert(&quot;<mark>graphs</mark> &amp; <mark>trees</mark>&quot;)&lt;/script&gt;',
      abstract:
        'If a &lt; b then <mark>graphs</mark> shrink; &quot;quoted&quot; <mark>graphs</mark> do not.',
    })
  })

  test.each([
    ['spontanous', '<mark>S^3c-Math</mark>', false],
    ['s3c-math', '<mark>S^3c-Math</mark>: Spontaneous', true],
    [
      'spontanous corection',
      'S^3c-Math: <mark>Spontaneous</mark> Step-level <mark>Correction</mark>',
      true,
    ],
    ['"state of the art" tuning', '<mark>State-of-the-Art Fine-Tuning</mark>', true],
    ['c++', 'A Parser Generator in <mark>C++</mark>', true],
    ['erdos', '<mark>Erdős</mark> Numbers', true],
    ['α', 'The <mark>$\\alpha$-Divergence</mark> Revisited', true],
    ['paper*', 'paper', false],
  ])('of %s mark %s: %s', async (query, text, isThere) => {
    expect(((await marks(query))?.title ?? '').includes(text)).toBe(isThere)
  })

  test('are null for a missing abstract, and mark nothing if no words were searched', async () => {
    expect(await marks('β-VAE')).toEqual({
      title: '<mark>β-VAE</mark> without Tears',
      abstract: null,
    })
    expect((await marks('author:hopper'))?.title).toBe('Deep Graph Embeddings')
  })
})

describe('a search is read page by page without gaps', () => {
  type Page = { search: PageOf<{ title: string }> & { totalCount: number } }
  const orders = ['', ', order: { field: CITATIONS }', ', order: { field: TITLE, direction: ASC }']
  test.each(WAYS.flatMap((way) => orders.map((order) => [way, order] as const)))(
    '%s %s',
    async (way, order) => {
      const query = `query(${VARIABLES}) { search(query: "zebras" ${order}, ${ARGS}) { totalCount nodes { title } ${PAGE} } }`
      const walked = await walk(
        way,
        7,
        async (args) => (await askWell<Page>(t, query, args)).data.search,
      )
      expect(walked).toHaveLength(60)
      const whole = await titles('zebras', `${order}, first: 100`)
      expect(walked.map(({ title }) => title)).toEqual(whole)
      expect(new Set(whole).size).toBe(60)
    },
  )

  test('with cursors that are valid for this query only', async () => {
    const { data } = await askWell<Found>(
      t,
      '{ search(query: "zebras", first: 1) { edges { cursor } } }',
    )
    const after = data.search.edges[0]?.cursor
    const query = 'query($after: String) { search(query: "sorting", after: $after) { totalCount } }'
    const { errors } = await ask(t, query, { after })
    expect(errors).toMatchObject([
      { code: 'BAD_USER_INPUT', message: expect.stringContaining('another list') },
    ])
  })
})

test.each([
  ['nodes { title }', 2],
  ['edges { score node { title authorships { nodes { name } } } }', 2],
  ['totalCount', 2],
  ['totalCount nodes { title }', 3],
  ['edges { highlights { title } }', 3],
  ['totalCount edges { highlights { title } }', 4],
])('one hit or a hundred of { %s } take %i statements', async (fields, statements) => {
  for (const first of [1, 100]) {
    const query = `query($first: Int) { search(query: "zebras case", first: $first) { ${fields} } }`
    expect((await askWell(t, query, { first })).statements).toHaveLength(statements)
  }
})

describe('any query text is answered', () => {
  const anything = [
    '',
    '   ',
    'the of',
    '*',
    '-',
    '"',
    '(((',
    'a:b:c',
    "'; drop table papers; --",
    '.*+?^$()|[]{}\\',
    '%_\\',
    "\\'",
    '-deep',
    '-deep -graph',
    'NOT (deep OR graph)',
    'foo:bar',
    'title:',
    'year:x',
    'title:the',
    '🦓 zebras',
    'deep:*',
    "it's",
    'a*',
    'x'.repeat(3000),
    `author:${'y'.repeat(400)}`,
    `${'z'.repeat(300)}*`,
    '(deep OR author:hopper) -"of the"',
  ]
  test.each(anything)('%s', async (query) => {
    await titles(query)
    const strict =
      'query($query: String!) { search(query: $query, mode: STRICT) { totalCount nodes { id } } }'
    for (const { code } of (await ask(t, strict, { query })).errors)
      expect(code).toBe('BAD_USER_INPUT')
  })

  test('the words of a whole abstract', async () => {
    const words = Array.from({ length: 90 }, (_, i) => `unheard${i}`)
    expect((await titles(['deep', ...words, 'forests'].join(' ')))[0]).toBe('Deep Forests')
  })

  test('parentheses by the thousand', async () => {
    const query = `${'('.repeat(1000)}deep${')'.repeat(1000)}`
    expect(await titles(query)).toHaveLength(4)
  })

  test('a text that is too long, or contains a NUL, is an error', async () => {
    const query = 'query($query: String!) { search(query: $query) { totalCount } }'
    for (const text of ['deep '.repeat(2000), 'deep\0'])
      expect((await ask(t, query, { query: text })).errors).toMatchObject([
        { code: 'BAD_USER_INPUT' },
      ])
  })

  test('stop words are ignored', async () => {
    expect(await titles('the deep of')).toEqual(await titles('deep'))
    expect(await titles('the of')).toEqual(await titles(''))
    expect(await titles('')).toHaveLength(20)
  })
})
