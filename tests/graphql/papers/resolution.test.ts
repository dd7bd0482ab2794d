import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { arxivId, createSeededDatabase, nodeId } from '../seeded-catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  t = (await createSeededDatabase()).t
  await put(...RECORDS)
})
afterAll(() => t.close())

const put = (...records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))

const code = (name: string, isOfficial: boolean) => ({
  host: 'github.com',
  owner: 'lab',
  name,
  url: `https://github.com/lab/${name}`,
  isOfficial,
  evidence: 'curated' as const,
  framework: null,
})

const RECORDS: PaperRecord[] = [
  paperRecord({
    key: 'r1',
    title: 'Known by its arXiv id',
    identifiers: [{ scheme: 'arxiv', value: 'math/0309136' }],
    repositories: [code('shared', false), code('alone', true)],
    citationCount: 50,
  }),
  paperRecord({
    key: 'r2',
    title: 'Known by its Anthology id',
    identifiers: [{ scheme: 'acl', value: '2021.acl-long.24' }],
    repositories: [code('shared', true)],
  }),
  paperRecord({
    key: 'r3',
    title: 'Known by its DOI only',
    identifiers: [{ scheme: 'doi', value: '10.48550/arxiv.1706.03762' }],
    repositories: [code('shared', false)],
    citationCount: 70,
  }),
  paperRecord({
    key: 'r4',
    title: 'Known to PubMed',
    identifiers: [{ scheme: 'pmid', value: '424242' }],
  }),
  paperRecord({
    key: 'r5',
    title: 'Known to Semantic Scholar',
    identifiers: [{ scheme: 'corpusid', value: '424242' }],
  }),
  paperRecord({
    key: 'r6',
    title: 'Known to PubMed alone',
    identifiers: [{ scheme: 'pmid', value: '555' }],
  }),
]

const RESOLVE = `query($refs: [String!]!) { resolvePapers(refs: $refs) { __typename
  ... on PaperFound { ref means normalised paper { title } }
  ... on PaperNotFound { ref reason message readAs }
  ... on PaperAmbiguous { ref message paperCount candidates { means normalised isOfficial paper { title } } } } }`

interface Result {
  __typename: string
  ref: string
  reason?: string
  message?: string
  normalised?: string | null
  paper?: { title: string }
}

const resolve = async (...refs: string[]) =>
  (await askWell<{ resolvePapers: Result[] }>(t, RESOLVE, { refs })).data.resolvePapers

describe('a reference is found', () => {
  const FOUND: [ref: string, title: string, means: string, normalised: string][] = [
    ['math.GT/0309136v2', 'Known by its arXiv id', 'IDENTIFIER', 'arxiv:math/0309136'],
    [
      'https://doi.org/10.48550/arXiv.math/0309136',
      'Known by its arXiv id',
      'IDENTIFIER',
      'arxiv:math/0309136',
    ],
    [
      'HTTPS://DX.DOI.ORG/10.18653/V1/2021.ACL-LONG.24',
      'Known by its Anthology id',
      'IDENTIFIER',
      'acl:2021.acl-long.24',
    ],
    [
      'https://arxiv.org/pdf/1706.03762v7.pdf',
      'Known by its DOI only',
      'IDENTIFIER',
      'doi:10.48550/arxiv.1706.03762',
    ],
    ['555', 'Known to PubMed alone', 'IDENTIFIER', 'pmid:555'],
    ['CorpusId:424242', 'Known to Semantic Scholar', 'IDENTIFIER', 'corpusid:424242'],
    [
      'https://github.com/Lab/Alone/tree/main/src',
      'Known by its arXiv id',
      'REPOSITORY',
      'https://github.com/Lab/Alone',
    ],
    [
      'git@github.com:lab/alone.git',
      'Known by its arXiv id',
      'REPOSITORY',
      'https://github.com/lab/alone',
    ],
  ]

  test.each(FOUND)('by %s', async (ref, title, means, normalised) => {
    const expected = { __typename: 'PaperFound', ref, means, normalised, paper: { title } }
    expect(await resolve(ref)).toEqual([expected])
    const query = 'query($ref: String!) { paper(ref: $ref) { title } }'
    expect((await askWell(t, query, { ref })).data).toEqual({ paper: { title } })
  })

  test('by its global id, also that of a paper merged into it', async () => {
    const doi = { scheme: 'doi' as const, value: '10.7777/resolved' }
    const pmid = { scheme: 'pmid' as const, value: '777' }
    await put(
      paperRecord({ key: 'm1', title: 'The whole work, once told', identifiers: [doi] }),
      paperRecord({ key: 'm2', title: 'The whole work, twice told', identifiers: [pmid] }),
    )
    const ids = '{ a: paper(ref: "10.7777/resolved") { id } b: paper(ref: "pmid:777") { id } }'
    type Ids = Record<'a' | 'b', { id: string }>
    const { a, b } = (await askWell<Ids>(t, ids)).data
    await put(paperRecord({ key: 'm3', title: 'The whole work, told', identifiers: [doi, pmid] }))
    const found = { __typename: 'PaperFound', means: 'ID', normalised: a.id }
    expect(await resolve(a.id, b.id)).toMatchObject([
      { ...found, ref: a.id },
      { ...found, ref: b.id },
    ])
  })
})

test('a repository of several papers is ambiguous: official papers first, then the most cited', async () => {
  const ref = 'https://github.com/lab/shared'
  const candidate = (title: string, isOfficial: boolean) => ({
    means: 'REPOSITORY',
    normalised: ref,
    isOfficial,
    paper: { title },
  })
  expect(await resolve(ref)).toEqual([
    {
      __typename: 'PaperAmbiguous',
      ref,
      message: `${ref} holds code of 3 papers.`,
      paperCount: 3,
      candidates: [
        candidate('Known by its Anthology id', true),
        candidate('Known by its DOI only', false),
        candidate('Known by its arXiv id', false),
      ],
    },
  ])
  const { data, errors } = await ask(t, `{ paper(ref: "${ref}") { title } }`)
  expect(data).toEqual({ paper: null })
  expect(errors).toMatchObject([
    {
      code: 'BAD_USER_INPUT',
      message: `${ref} holds code of 3 papers. resolvePapers(refs:) lists them.`,
    },
  ])
})

test('a repository of very many papers lists twenty', async () => {
  const [result] = await resolve('github.com/example/alpha')
  expect(result).toMatchObject({ __typename: 'PaperAmbiguous', paperCount: expect.any(Number) })
  const { paperCount, candidates } = result as unknown as { paperCount: number; candidates: [] }
  expect(paperCount).toBeGreaterThan(20)
  expect(candidates).toHaveLength(20)
})

test('a number that is an id of two papers in two schemes is ambiguous; one scheme alone decides', async () => {
  const [result] = await resolve('424242')
  expect(result).toMatchObject({
    __typename: 'PaperAmbiguous',
    message:
      'Without its scheme it may mean pmid:424242 and corpusid:424242, which are different papers.',
    candidates: [
      { means: 'IDENTIFIER', normalised: 'pmid:424242', isOfficial: null },
      { means: 'IDENTIFIER', normalised: 'corpusid:424242', isOfficial: null },
    ],
  })
})

const NOT_FOUND: [ref: string, reason: string, message: RegExp, readAs: string | null][] = [
  ['', 'MALFORMED', /empty/i, null],
  [' \t\n', 'MALFORMED', /empty/i, null],
  ['a\0b', 'MALFORMED', /NUL/, null],
  ['10.1000/a\0b', 'MALFORMED', /NUL/, null],
  ['https://github.com/lab/al\0one', 'MALFORMED', /NUL/, null],
  ['x'.repeat(10_240), 'MALFORMED', /10240 characters; at most 2000/, null],
  ['\ud800', 'MALFORMED', /not a paper reference/, null],
  ["'; drop table papers; --", 'MALFORMED', /not a paper reference/, null],
  ['isbn:12345', 'UNKNOWN_SCHEME', /"isbn"/, null],
  ['https://example.org/p/1', 'UNKNOWN_SCHEME', /"example.org"/, null],
  ['https://github.com/explore', 'UNKNOWN_SCHEME', /"github.com"/, null],
  [nodeId('Author', 1), 'MALFORMED', /expected Paper/, null],
  [nodeId('Paper', 999_999), 'ABSENT', /No paper has the id/, nodeId('Paper', 999_999)],
  ['arXiv:1234.56789v3', 'ABSENT', /identifier arxiv:1234.56789/, 'arxiv:1234.56789'],
  ['DOI:10.9999/NONE', 'ABSENT', /doi:10.9999\/none/, 'doi:10.9999/none'],
  ['99999', 'ABSENT', /pmid:99999 or corpusid:99999/, 'pmid:99999'],
  ['https://github.com/no/thing.git', 'ABSENT', /linked to/, 'https://github.com/no/thing'],
]

test.each(NOT_FOUND)('%j is not found: %s', async (ref, reason, message, readAs) => {
  const [result] = await resolve(ref)
  expect(result).toEqual({
    __typename: 'PaperNotFound',
    ref,
    reason,
    message: expect.stringMatching(message),
    readAs,
  })
})

test('five hundred references of all kinds are returned in their order, by one statement', async () => {
  const good = Array.from({ length: 150 }, (_, i) => `https://arxiv.org/abs/${arxivId(i)}v1`)
  const mixed = [...good, ...NOT_FOUND.map(([ref]) => ref), 'github.com/lab/shared', '424242']
  const refs = Array.from({ length: 500 }, (_, i) => mixed[(i * 7) % mixed.length] ?? '')
  const { data, statements } = await askWell<{ resolvePapers: Result[] }>(t, RESOLVE, { refs })
  expect(statements).toHaveLength(1)
  expect(data.resolvePapers.map(({ ref }) => ref)).toEqual(refs)
  const found = data.resolvePapers.filter(({ __typename }) => __typename === 'PaperFound')
  expect(found.length).toBeGreaterThan(400)
  for (const { ref, paper } of found.slice(0, 20)) {
    const one = `{ paper(ref: "${ref}") { title } }`
    expect((await askWell(t, one)).data).toEqual({ paper })
  }
})

const LISTS = `authorships(first: 2) { nodes { name author { id } } } topics { nodes { slug } }
  venue { slug } identifiers { value } repositories(first: 1) { nodes { url } }`

test.each([
  `... on PaperFound { paper { title ${LISTS} } }`,
  `... on PaperResolution { ... on PaperFound { paper { ...P } } }`,
  `...F ... on PaperAmbiguous { candidates { paper { ${LISTS} abstract } } }`,
  `__typename ... on PaperNotFound { reason }`,
])('selected fields of papers are read in the same statement: %s', async (fields) => {
  const fragments = [
    fields.includes('...P ') ? `fragment P on Paper { title ${LISTS} }` : '',
    fields.includes('...F') ? `fragment F on PaperFound { ref paper { title ${LISTS} } }` : '',
  ].join(' ')
  const query = `query($refs: [String!]!) { resolvePapers(refs: $refs) { ${fields} } } ${fragments}`
  const refs = [
    'github.com/lab/shared',
    'nothing',
    ...Array.from({ length: 30 }, (_, i) => arxivId(i)),
  ]
  for (const some of [refs.slice(0, 3), refs]) {
    const { statements } = await askWell(t, query, { refs: some })
    expect(statements).toHaveLength(1)
    expect(/abstract/.test(statements[0] ?? '')).toBe(fields.includes('abstract'))
  }
  expect(JSON.stringify((await askWell(t, query, { refs })).data)).not.toContain('undefined')
})

test('lists of the papers take one more statement, for any number of papers', async () => {
  const query = `query($refs: [String!]!) { resolvePapers(refs: $refs) { ... on PaperFound { paper {
    authorships { nodes { author { papers(first: 2) { nodes { title } } } } } } } } }`
  for (const count of [1, 100]) {
    const refs = Array.from({ length: count }, (_, i) => arxivId(i))
    expect((await askWell(t, query, { refs })).statements).toHaveLength(2)
  }
})

test('no references give no results, without a statement', async () => {
  const { data, statements } = await askWell(t, RESOLVE, { refs: [] })
  expect(data).toEqual({ resolvePapers: [] })
  expect(statements).toEqual([])
})

test('more than five hundred are an error', async () => {
  const refs = Array.from({ length: 501 }, () => '10.1000/xyz')
  const { data, errors } = await ask(t, RESOLVE, { refs })
  expect(data).toEqual({ resolvePapers: null })
  const message = 'refs has 501 entries; expected at most 500.'
  expect(errors).toEqual([{ message, path: ['resolvePapers'], code: 'BAD_USER_INPUT' }])
})
