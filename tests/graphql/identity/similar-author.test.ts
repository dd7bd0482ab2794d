import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { findAuthorOrNamesakes } from '../../../src/domain/identity/lookup/resolution.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import type { AuthorIdentifier } from '../../../src/domain/reference/author-ref.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import type { AppError } from '../../../src/errors.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'

/** Two identifiers of each scheme, one for each of two authors who agree in everything else. */
const DIFFERING = {
  openreview: ['~Wim_Sandvoort1', '~Wim_Sandvoort2'],
  acl: ['bea-sandvoort-kleve', 'bea-sandvoort-aachen'],
  dblp: ['11/1111', '22/2222'],
  google_scholar: ['aaaaaaaaaaaa', 'bbbbbbbbbbbb'],
  openalex: ['A11111', 'A22222'],
  s2: ['111111', '222222'],
  ieee: ['37000000001', '37000000002'],
}
const DIFFERING_GIVEN = ['Wim', 'Bea', 'Otto', 'Lena', 'Quint', 'Karla', 'Uwe']

let t: TestDatabase
let last = 0
beforeAll(async () => {
  t = await createTestDatabase()
  await transaction(t.url, (tx) =>
    writeRecords(tx, [
      ...rarePair(),
      ...commonPair(),
      paper('Sums of Cubes', 2001, ['Zita Quorvex', 'Ana Lima'], { orcid: '0000-0002-1825-0097' }),
      paper('Sums of Squares', 2001, ['Zita Quorvex'], { orcid: '0000-0001-5109-3700' }),
      ...Object.entries(DIFFERING).flatMap(([scheme, ids], i) =>
        ids.map((value) =>
          paper('Tides of Norderney', 2011, [`${DIFFERING_GIVEN[i]} Sandvoort`, 'Ruth Abara'], {
            affiliation: 'Tide Lab, Norderney',
            identifiers: [{ scheme: scheme as AuthorIdentifier['scheme'], value }],
          }),
        ),
      ),
      ...['lotta-x-vandermoor', 'lotta-vandermoor'].map((value, i) =>
        paper(
          'Dikes of Texel',
          2012 + i,
          ['Lotta X. Vandermoor', 'Lotta Vandermoor'].slice(i, i + 1),
          {
            affiliation: 'Dike Lab, Texel',
            identifiers: [{ scheme: 'acl', value }],
          },
        ),
      ),
      paper('Two of One Name', 2010, ['Ola Brentwick', 'Ola Brentwick']),
      paper('Anonymous Reviews', 2010, ['Anonymous']),
      paper('Anonymous Ratings', 2010, ['Anonymous']),
    ]),
  )
})
afterAll(() => t.close())

function paper(
  title: string,
  year: number,
  names: string[],
  {
    affiliation = null,
    orcid,
    identifiers = orcid ? [{ scheme: 'orcid', value: orcid }] : [],
  }: { affiliation?: string | null; orcid?: string; identifiers?: AuthorIdentifier[] } = {},
): PaperRecord {
  last++
  return paperRecord({
    key: String(last),
    title,
    published: { on: `${year}-01-01`, precision: 'year' },
    identifiers: [{ scheme: 'doi', value: `10.5555/${last}` }],
    authors: names.map((name, i) => ({
      name,
      affiliation: i === 0 ? affiliation : null,
      identifiers: i === 0 ? identifiers : [],
    })),
  })
}

/** Two papers of a rare name with a co-author in common. */
function rarePair(): PaperRecord[] {
  return [
    paper('Knot Polynomials Revisited', 2015, ['Ingmar Tolvanen', 'Ruth Abara'], {
      affiliation: 'University of Turku',
    }),
    paper('Braids beyond Knot Polynomials', 2017, ['I. Tolvanen', 'Ruth Abara'], {
      affiliation: 'Department of Mathematics, University of Turku, Finland',
    }),
  ]
}

/** Two papers of a common name that have nothing in common. */
function commonPair(): PaperRecord[] {
  return [
    paper('Soil Moisture by Radar', 1999, ['Wei Zhang'], { affiliation: 'Tongji University' }),
    paper('Opera Houses of Lyon', 2019, ['Wei Zhang'], { affiliation: 'Université de Lyon' }),
  ]
}

interface Similar {
  confidence: number
  affiliation: string | null
  coAuthors: string[]
  firstYear: number | null
  evidence: { kind: string; detail: string; weight: number | null }[]
  author: { name: string; paperCount: number }
}

const SIMILAR = `{ confidence affiliation coAuthors firstYear evidence { kind detail weight } author { name paperCount } }`

async function similar(name: string) {
  const { data, statements } = await askWell<{
    authors: { nodes: { name: string; possiblySame: Similar[]; namesakes: Similar[] }[] }
  }>(
    t,
    `query ($name: String) { authors(name: $name) { nodes { name possiblySame ${SIMILAR} namesakes ${SIMILAR} } } }`,
    { name },
  )
  return { nodes: data.authors.nodes, statements }
}

test('authors of a rare name with a co-author and an affiliation in common are possibly the same, with reasons', async () => {
  const { nodes } = await similar('Ingmar Tolvanen')
  const [other, ...more] = nodes[0]?.possiblySame ?? []
  expect(more).toEqual([])
  expect(other).toMatchObject({
    author: { name: 'I. Tolvanen', paperCount: 1 },
    affiliation: 'Department of Mathematics, University of Turku, Finland',
    coAuthors: ['Ruth Abara'],
    firstYear: 2017,
  })
  expect(other?.confidence).toBeGreaterThan(0.9)
  const evidence = new Map(other?.evidence.map((one) => [one.kind, one]))
  expect(evidence.get('CO_AUTHORS')?.detail).toBe('Ruth Abara')
  expect(evidence.get('TITLE_WORDS')?.detail).toBe('knot, polynomials')
  expect(evidence.get('AFFILIATION')?.detail).toContain('University of Turku / Department')
  const weights = other?.evidence.map(({ weight }) => Math.abs(weight ?? 0)) ?? []
  expect(weights).toEqual(weights.toSorted((a, b) => b - a))
})

test('authors of a common name with nothing in common are namesakes', async () => {
  const { nodes } = await similar('Wei Zhang')
  expect(nodes).toHaveLength(2)
  for (const node of nodes) {
    expect(node.possiblySame).toEqual([])
    expect(node.namesakes).toHaveLength(1)
    expect(node.namesakes[0]?.confidence).toBeLessThan(0.1)
  }
  expect(
    nodes.flatMap((node) => node.namesakes.map(({ affiliation }) => affiliation)).sort(),
  ).toEqual(['Tongji University', 'Université de Lyon'])
})

test.each([
  ['Zita Quorvex', /different ORCID iDs: 0000-000[12]/],
  ...Object.values(DIFFERING).map(([one, other], i): [string, RegExp] => [
    `${DIFFERING_GIVEN[i]} Sandvoort`,
    new RegExp(`^They have different .*: (${one} and ${other}|${other} and ${one})\\.$`),
  ]),
  ['Ola Brentwick', /^Both are authors of one paper\.$/],
])('%s: a contradiction outweighs all', async (name, detail) => {
  const { nodes } = await similar(name)
  expect(nodes).toHaveLength(2)
  for (const { possiblySame, namesakes } of nodes) {
    expect(possiblySame).toEqual([])
    expect(namesakes).toMatchObject([
      { confidence: 0, evidence: [{ kind: 'CONTRADICTION', weight: null }] },
    ])
    expect(namesakes[0]?.evidence[0]?.detail).toMatch(detail)
  }
})

test('pages of the ACL Anthology that have only the name as key do not contradict', async () => {
  const { nodes } = await similar('Vandermoor')
  for (const { namesakes, possiblySame } of nodes)
    for (const { evidence } of [...namesakes, ...possiblySame])
      expect(evidence.map(({ kind }) => kind)).not.toContain('CONTRADICTION')
  expect(nodes.flatMap((node) => [...node.possiblySame, ...node.namesakes])).not.toEqual([])
})

test("a text that is not a person's name is similar to none", async () => {
  const { nodes } = await similar('Anonymous')
  expect(nodes).toHaveLength(2)
  for (const node of nodes) expect(node).toMatchObject({ possiblySame: [], namesakes: [] })
})

test('the list takes one statement, both fields five, each one more for its authors, and their summaries one, however many there are', async () => {
  const { nodes, statements } = await similar('a')
  expect(nodes.length).toBeGreaterThan(5)
  expect(statements).toHaveLength(1 + 2 + 5 + 1)
})

const SUMMARY = 'summary { text affiliation firstYear lastYear topics coAuthors }'

test('namesakes are distinguished by affiliation, year and co-author, in one statement for all', async () => {
  const { data, statements } = await askWell<{
    authors: { nodes: { name: string; summary: Record<string, unknown> }[] }
  }>(t, `{ authors(name: "Wei Zhang") { nodes { name ${SUMMARY} } } }`)
  // The authors of the name in other forms, the list, and the summaries.
  expect(statements).toHaveLength(3)
  expect(data.authors.nodes.map(({ summary }) => summary.text).sort()).toEqual([
    'Tongji University · 1999',
    'Université de Lyon · 2019',
  ])
  const { data: suggested, statements: all } = await askWell<{
    suggest: { label: string; detail: string | null }[]
  }>(t, '{ suggest(prefix: "zhang wei", kinds: [AUTHOR]) { label detail } }')
  expect(all).toHaveLength(2)
  expect(suggested.suggest.map(({ detail }) => detail).sort()).toEqual([
    'Tongji University · 1999',
    'Université de Lyon · 2019',
  ])
  const lima = await askWell<{ author: { summary: Record<string, unknown> } }>(
    t,
    `{ author(ref: "Ana Lima") { ${SUMMARY} } }`,
  )
  expect(lima.data.author.summary).toMatchObject({
    affiliation: null,
    coAuthors: ['Zita Quorvex'],
    text: '2001 · with Zita Quorvex',
  })
})

test('a name of several authors is an error that lists them, and each can be queried', async () => {
  const { errors, data } = await ask<{ author: null }>(t, '{ author(ref: "Wei Zhang") { id } }')
  expect(data.author).toBeNull()
  expect(errors).toMatchObject([
    {
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(
        /^"Wei Zhang" may mean 2 authors: Wei Zhang \((?:Tongji|Université) .* Ask again with/,
      ),
    },
  ])
  const refusal = await findAuthorOrNamesakes(t.db, 'Wei Zhang', {
    columns: new Set(),
    relations: new Map(),
  }).catch((error: unknown) => error as AppError)
  const { authorCount, candidates } = (refusal as AppError).details as unknown as {
    authorCount: number
    candidates: { ref: string; name: string; affiliation: string; paperCount: number }[]
  }
  expect(authorCount).toBe(2)
  for (const { ref, affiliation, paperCount } of candidates) {
    const { data: one } = await askWell<{
      author: { id: string; summary: { affiliation: string } }
    }>(t, 'query ($ref: String!) { author(ref: $ref) { id summary { affiliation } } }', { ref })
    expect(one.author).toEqual({ id: ref, summary: { affiliation } })
    expect(paperCount).toBe(1)
  }
})

test.each(['Wei Zhang', 'zhang,  WEI', 'Zhang Wei', 'W. Zhang', 'Zhang'])(
  'the error for %s contains a query that returns the candidates',
  async (ref) => {
    const { errors } = await ask(t, 'query ($ref: String!) { author(ref: $ref) { id } }', { ref })
    const [field] = /authors\(name: ".*?"\)/.exec(errors[0]?.message ?? '') ?? []
    const { data } = await askWell<{ authors: { nodes: { id: string; summary: object }[] } }>(
      t,
      `{ ${field} { nodes { id ${SUMMARY} } } }`,
    )
    const { data: resolved } = await askWell<{
      resolveAuthors: { candidates: { id: string }[] }[]
    }>(
      t,
      'query ($ref: String!) { resolveAuthors(refs: [$ref]) { ... on AuthorAmbiguous { candidates { id } } } }',
      { ref },
    )
    const ids = resolved.resolveAuthors[0]?.candidates.map(({ id }) => id) ?? []
    expect(ids).toHaveLength(2)
    for (const id of ids) {
      expect(data.authors.nodes.map((node) => node.id)).toContain(id)
      expect(errors[0]?.message).toContain(id)
    }
  },
)

test.each(['Ana Lima', 'A. Lima', 'Lima, A.', 'LIMA, ANA', 'Lima Ana', 'ána  lima'])(
  '%s: a name that fits only one author leads to that author',
  async (ref) => {
    const { data } = await askWell<{ author: { name: string } }>(
      t,
      'query ($ref: String!) { author(ref: $ref) { name } }',
      { ref },
    )
    expect(data.author.name).toBe('Ana Lima')
  },
)

test('references and names resolve in their order, each with its own result', async () => {
  const { data, statements } = await askWell<{ resolveAuthors: Record<string, unknown>[] }>(
    t,
    `query ($refs: [String!]!) { resolveAuthors(refs: $refs) { __typename
      ... on AuthorFound { means author { name } }
      ... on AuthorAmbiguous { message authorCount candidates { name } }
      ... on AuthorNotFound { reason message } } }`,
    {
      refs: [
        'Ana Lima',
        '0000-0002-1825-0097',
        'A. Lima',
        'Lima',
        'Zhang, Wei',
        'Nobody Atall',
        '0000-0002-1825-0098',
        'someone@example.org',
        '',
      ],
    },
  )
  expect(statements).toHaveLength(3)
  const found = (means: string, name: string) => ({
    __typename: 'AuthorFound',
    means,
    author: { name },
  })
  expect(data.resolveAuthors).toMatchObject([
    found('NAME', 'Ana Lima'),
    found('IDENTIFIER', 'Zita Quorvex'),
    found('NAME', 'Ana Lima'),
    { __typename: 'AuthorAmbiguous', authorCount: 1, candidates: [{ name: 'Ana Lima' }] },
    {
      __typename: 'AuthorAmbiguous',
      message: '"Zhang, Wei" may mean 2 authors.',
      candidates: [{ name: 'Wei Zhang' }, { name: 'Wei Zhang' }],
    },
    { reason: 'ABSENT', message: 'No author here has the name "Nobody Atall".' },
    { reason: 'MALFORMED' },
    { reason: 'MALFORMED' },
    { reason: 'MALFORMED' },
  ])
})

test('a family name alone is answered with the probable author', async () => {
  const query = `query ($name: String!) { resolveAuthors(refs: [$name]) {
    ... on AuthorAmbiguous { message authorCount candidates { name } } } }`
  const { data } = await askWell<{ resolveAuthors: object[] }>(t, query, { name: 'Lima' })
  const message = '"Lima" is probably Ana Lima, the only author here with a matching name.'
  expect(data.resolveAuthors).toEqual([
    { message, authorCount: 1, candidates: [{ name: 'Ana Lima' }] },
  ])
  const { errors } = await ask(t, '{ author(ref: "Lima") { id } }')
  expect(errors?.[0]?.message).toMatch(
    /^"Lima" is probably Ana Lima \(.*\), the only author here with a matching name\. Ask again with that id\.$/,
  )
})

test('other authors with fitting names are counted with two statements, for any number of authors', async () => {
  const { data, statements } = await askWell<{
    authors: { nodes: { name: string; namesakeCount: number }[] }
  }>(t, '{ authors(first: 100) { nodes { name namesakeCount } } }')
  const counts = new Map(data.authors.nodes.map((one) => [one.name, one.namesakeCount]))
  expect(
    ['Ingmar Tolvanen', 'I. Tolvanen', 'Wei Zhang', 'Anonymous'].map((name) => counts.get(name)),
  ).toEqual([1, 1, 1, 0])
  expect(statements).toHaveLength(2)
})
