import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { IDENTIFIER_SCHEMES, type IdentifierScheme } from '../../../src/db/tables/vocabulary.ts'
import { transaction } from '../../../src/db/transaction.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase, nodeId, ORCID } from '../seeded-catalogue.ts'

/** An identifier of each scheme, as people write it. */
const SPELLINGS: [scheme: IdentifierScheme, value: string, refs: string[]][] = [
  [
    'doi',
    '10.1234/abc.5',
    [
      '10.1234/ABC.5',
      'doi:10.1234/abc.5',
      'https://doi.org/10.1234/abc.5',
      'http://dx.doi.org/10.1234/abc.5',
    ],
  ],
  [
    'arxiv',
    '2305.18290',
    [
      '2305.18290',
      'arXiv:2305.18290v2',
      'https://arxiv.org/abs/2305.18290v3',
      'arxiv.org/pdf/2305.18290.pdf',
      '10.48550/arXiv.2305.18290',
    ],
  ],
  [
    'openalex',
    'W2741809807',
    ['w2741809807', 'openalex:W2741809807', 'https://openalex.org/W2741809807'],
  ],
  [
    's2',
    '0796f6cd7f0403a854d67d525e9b32af3b277331',
    [
      '0796F6CD7F0403A854D67D525E9B32AF3B277331',
      'https://www.semanticscholar.org/paper/A-Title/0796f6cd7f0403a854d67d525e9b32af3b277331',
    ],
  ],
  [
    'corpusid',
    '215416146',
    ['215416146', 'CorpusID:215416146', 'https://api.semanticscholar.org/CorpusID:215416146'],
  ],
  ['pmid', '31452104', ['31452104', 'PMID: 31452104', 'https://pubmed.ncbi.nlm.nih.gov/31452104/']],
  [
    'pmcid',
    'PMC1234567',
    ['pmc1234567', 'pmcid:1234567', 'https://www.ncbi.nlm.nih.gov/pmc/articles/PMC1234567/'],
  ],
  ['acl', 'P19-1001', ['p19-1001', 'ACL:P19-1001', 'https://aclanthology.org/P19-1001.pdf']],
  [
    'dblp',
    'conf/acl/Smith24',
    ['conf/acl/Smith24', 'dblp:conf/acl/Smith24', 'https://dblp.org/rec/conf/acl/Smith24.html'],
  ],
  ['openreview', 'rJl8BhRqF7', ['rJl8BhRqF7', 'https://openreview.net/forum?id=rJl8BhRqF7']],
  [
    'pmlr',
    'v235/smith24a',
    ['v235/smith24a', 'pmlr:v235/smith24a', 'https://proceedings.mlr.press/v235/smith24a.html'],
  ],
  [
    'neurips',
    '2017/3f5ee243547dee91fbd053c1c4a845aa',
    [
      'neurips:2017/3f5ee243547dee91fbd053c1c4a845aa',
      'https://papers.nips.cc/paper/2017/hash/3f5ee243547dee91fbd053c1c4a845aa-Abstract.html',
    ],
  ],
  ['pwc', 'a-paper', ['pwc:A-Paper', 'https://paperswithcode.com/paper/a-paper']],
  ['hf', '2401.00001', ['hf:2401.00001', 'https://huggingface.co/papers/2401.00001']],
]

let t: TestDatabase
beforeAll(async () => {
  t = (await createSeededDatabase()).t
  const identifiers = SPELLINGS.map(([scheme, value]) => ({ scheme, value }))
  await put(paperRecord({ key: 'known', title: 'A Paper of Many Names', identifiers }))
})
afterAll(() => t.close())

const put = (...records: PaperRecord[]) => transaction(t.url, (tx) => writeRecords(tx, records))
const titleBy = async (ref: string) => {
  const query = 'query($ref: String!) { paper(ref: $ref) { title } }'
  type Titled = { paper: { title: string } | null }
  return (await askWell<Titled>(t, query, { ref })).data.paper?.title
}

describe('a paper is found', () => {
  test('by every scheme', async () => {
    const schemes = SPELLINGS.map(([scheme]) => scheme)
    expect(schemes.toSorted()).toEqual([...IDENTIFIER_SCHEMES].sort())
    const query = '{ paper(ref: "10.1234/abc.5") { identifiers { scheme value } } }'
    const { data } = await askWell(t, query)
    const identifiers = IDENTIFIER_SCHEMES.map((scheme) => ({
      scheme: scheme.toUpperCase(),
      value: SPELLINGS.find(([one]) => one === scheme)?.[1],
    }))
    expect(data).toEqual({ paper: { identifiers } })
  })

  test.each(SPELLINGS.flatMap(([, , refs]) => refs))('by %s', async (ref) => {
    expect(await titleBy(ref)).toBe('A Paper of Many Names')
  })

  test('by each page of its identifiers', async () => {
    const query = '{ paper(ref: "10.1234/abc.5") { id identifiers { scheme url } } }'
    type Urls = { paper: { id: string; identifiers: { scheme: string; url: string | null }[] } }
    const { id, identifiers } = (await askWell<Urls>(t, query)).data.paper
    expect(await titleBy(id)).toBe('A Paper of Many Names')
    const silent = identifiers.filter(({ url }) => url === null).map(({ scheme }) => scheme)
    expect(silent).toEqual(['NEURIPS', 'PWC'])
    for (const { url } of identifiers)
      if (url !== null) expect(await titleBy(url)).toBe('A Paper of Many Names')
  })
})

test('papers that are not in the catalogue are null', async () => {
  const query = `{ a: paper(ref: "10.9999/none") { id } b: paper(ref: "arXiv:1706.03762") { id }
    c: paper(ref: "${nodeId('Paper', 999_999)}") { id } d: author(ref: "acl:nobody") { id }
    e: author(ref: "${nodeId('Author', 999_999)}") { id } f: repository(ref: "no/thing") { id }
    g: repository(ref: "${nodeId('Repository', 999_999)}") { id } h: topic(slug: "nothing") { id }
    i: venue(slug: "nowhere") { id } j: node(id: "${nodeId('Topic', 999_999)}") { id } }`
  const { data } = await askWell<object>(t, query)
  expect(Object.values(data)).toEqual(Array(10).fill(null))
})

test('authors and repositories are found by the references that people write', async () => {
  const query = 'query($ref: String!) { author(ref: $ref) { name } }'
  for (const ref of [
    ORCID,
    `https://orcid.org/${ORCID}`,
    'acl:ada-lovelace',
    '/people/a/ada-lovelace/',
  ])
    expect((await askWell(t, query, { ref })).data).toEqual({ author: { name: 'Ada Lovelace' } })
  const code = 'query($ref: String!) { repository(ref: $ref) { url } }'
  const url = 'https://github.com/example/alpha'
  for (const ref of [
    'Example/Alpha',
    `${url}.git`,
    `${url}/tree/main`,
    'git@github.com:example/alpha.git',
  ])
    expect((await askWell(t, code, { ref })).data).toEqual({ repository: { url } })
})

describe('nodes', () => {
  const NODES = `query($ids: [ID!]!) { nodes(ids: $ids) { __typename id
    ... on Paper { title } ... on Author { name } ... on Topic { slug }
    ... on Venue { acronym } ... on Repository { owner } } }`
  type Found = { nodes: ({ __typename: string; id: string } | null)[] }

  test('of all types are returned in the requested order, null if missing', async () => {
    const things = `{ papers(first: 3) { nodes { __typename id title } } authors(first: 3) { nodes { __typename id name } }
      topics(first: 3) { nodes { __typename id slug } } venues(first: 3) { nodes { __typename id acronym } }
      repositories(first: 3) { nodes { __typename id owner } } }`
    type Things = Record<string, { nodes: { id: string }[] }>
    const { data } = await askWell<Things>(t, things)
    const lists = Object.values(data).map(({ nodes }) => nodes)
    const mixed = [2, 0, 1, 0].flatMap((place) => lists.flatMap((list) => list[place] ?? []))
    expect(mixed).toHaveLength(20)
    const ids = mixed.map(({ id }) => id)
    const absent = ['Paper', 'Author', 'Topic', 'Venue', 'Repository'].map((type) =>
      nodeId(type, 999_999),
    )
    const all = absent.flatMap((id, place) => [id, ...ids.slice(4 * place, 4 * place + 4)])
    const answer = await askWell<Found>(t, NODES, { ids: all })
    const expected = absent.flatMap((_, place) => [null, ...mixed.slice(4 * place, 4 * place + 4)])
    expect(answer.data.nodes).toEqual(expected)
    // One for each type, and one more each for papers, authors and repositories that might have been merged.
    expect(answer.statements).toHaveLength(8)
  })

  test('one by one', async () => {
    const query = `{ paper(ref: "2101.00001") { id } node(id: "${nodeId('Venue', 1)}") { __typename id } }`
    const { data } = await askWell<{ paper: { id: string }; node: object }>(t, query)
    expect(data.node).toEqual({ __typename: 'Venue', id: nodeId('Venue', 1) })
    const one = `{ node(id: "${data.paper.id}") { ... on Node { id } ... on Paper { title } ... on Venue { name } } }`
    expect((await askWell(t, one)).data).toEqual({
      node: { id: data.paper.id, title: 'The neural case of 1' },
    })
  })
})

test('merged objects are found under the remaining id', async () => {
  const doi = { scheme: 'doi' as const, value: '10.7777/merged' }
  const pmid = { scheme: 'pmid' as const, value: '7777777' }
  const acl = { scheme: 'acl' as const, value: '2024.merged-long.1' }
  const byXenia = (...identifiers: { scheme: string; value: string }[]) => ({
    authors: [{ name: 'Xenia Merged', identifiers, affiliation: null }],
  })
  const atAcl = { scheme: 'acl', value: 'xenia' }
  const atDblp = { scheme: 'dblp', value: '77/7777' }
  await put(
    paperRecord({ key: 'a', title: 'Alpha of a kind', identifiers: [doi], ...byXenia(atAcl) }),
    paperRecord({ key: 'b', title: 'Beta of a kind', identifiers: [pmid], ...byXenia(atDblp) }),
    paperRecord({ key: 'c', title: 'Gamma of a kind', identifiers: [acl] }),
  )
  const old = await t.db.query<{ id: number }>(
    sql`select id from papers where title like '% of a kind' order by id`,
  )
  expect(old).toHaveLength(3)
  const oldIds = old.map(({ id }) => nodeId('Paper', id))
  const people = await t.db.query<{ id: number }>(
    sql`select id from authors where name = 'Xenia Merged' order by id`,
  )
  expect(people).toHaveLength(2)
  const [stays = '', goes = ''] = people.map(({ id }) => nodeId('Author', id))

  // First the last two are merged, then the result and the first.
  await put(
    paperRecord({ key: 'd', title: 'Delta of a kind', identifiers: [pmid, acl], authors: [] }),
  )
  await put(
    paperRecord({
      key: 'e',
      title: 'Epsilon of a kind',
      identifiers: [doi, pmid],
      ...byXenia(atAcl, atDblp),
    }),
  )

  const [kept] = await t.db.query<{ id: number; title: string }>(
    sql`select id, title from papers where id = any(${old.map(({ id }) => id)}::bigint[])`,
  )
  const paper = { id: nodeId('Paper', kept?.id ?? 0), title: kept?.title }
  for (const ref of [...oldIds, '10.7777/merged', '7777777', 'acl:2024.merged-long.1']) {
    const query = 'query($ref: String!) { paper(ref: $ref) { id title } }'
    expect((await askWell(t, query, { ref })).data).toEqual({ paper })
  }
  const nodes = 'query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Paper { title } } }'
  expect((await askWell(t, nodes, { ids: oldIds })).data).toEqual({ nodes: [paper, paper, paper] })
  for (const ref of [stays, goes]) {
    const query = `{ author(ref: "${ref}") { id } papers(filter: { authors: ["${ref}"] }) { nodes { id } } }`
    const expected = { author: { id: stays }, papers: { nodes: [{ id: paper.id }] } }
    expect((await askWell(t, query)).data).toEqual(expected)
  }
})
