import { getNamedType } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { schema } from '../../../src/graphql/index.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase, ORCID } from '../seeded-catalogue.ts'

let t: TestDatabase
beforeAll(async () => {
  t = (await createSeededDatabase()).t
})
afterAll(() => t.close())

const FILTERED = '(first: $first, filter: { minCitations: 1 })'
const IN_ORDER = '(first: $first, order: { field: CITATIONS })'
const NAMED = '(first: $first, filter: { topics: ["clustering"] })'

const NAMED_IN_ORDER =
  '(first: $first, filter: { topics: ["clustering"] }, order: { field: CITATIONS })'

/** A query with `#` in the place of `totalCount`; its number of statements without and with it. */
const CONNECTIONS: [query: string, without: number, counted: number][] = [
  ['papers(first: $first) { nodes { title } # }', 1, 2],
  ['papers(last: $first) { nodes { title } # }', 1, 2],
  [`papers${FILTERED} { nodes { title } # }`, 1, 2],
  [`papers${NAMED} { nodes { title } # }`, 1, 2],
  [`papers${NAMED_IN_ORDER} { nodes { title } # }`, 2, 3],
  ['papers(first: $first) { nodes { title venue { name } identifiers { value } } # }', 1, 2],
  ['papers(first: $first, order: { field: TRENDING }) { nodes { title } # }', 1, 2],
  ['papers(first: $first) { nodes { trend { score stars reasons } } # }', 3, 4],
  ['trending(first: $first) { nodes { title } # }', 1, 2],
  ['trending(last: $first) { nodes { title } # }', 1, 2],
  ['trending(first: $first) { edges { rank trend { score } node { title } } # }', 1, 2],
  ['trending(first: $first) { edges { previousRank trend { reasons } } # }', 3, 4],
  ['trending(first: $first, filter: { topics: { any: ["clustering"] } }) { nodes { id } # }', 2, 3],
  ['authors(first: $first) { nodes { name identifiers { value } } # }', 1, 2],
  ['topics(first: $first) { nodes { name } # }', 1, 2],
  ['venues(first: $first) { nodes { name } # }', 1, 2],
  ['repositories(first: $first) { nodes { name } # }', 1, 2],
  ['authors(first: $first) { nodes { papers(first: $first) { nodes { title } # } } }', 2, 2],
  ['authors(first: $first) { nodes { papers(last: $first) { nodes { title } # } } }', 2, 2],
  [`authors(first: $first) { nodes { papers${FILTERED} { nodes { title } # } } }`, 2, 3],
  [`authors(first: $first) { nodes { papers${IN_ORDER} { nodes { title } # } } }`, 2, 2],
  [`authors(first: $first) { nodes { papers${NAMED} { nodes { title } # } } }`, 3, 4],
  ['topics(first: $first) { nodes { papers(first: $first) { nodes { title } # } } }', 2, 2],
  [`topics(first: $first) { nodes { papers${FILTERED} { nodes { title } # } } }`, 2, 3],
  ['venues(first: $first) { nodes { papers(first: $first) { nodes { title } # } } }', 2, 2],
  [`venues(first: $first) { nodes { papers${FILTERED} { nodes { title } # } } }`, 2, 3],
  ['repositories(first: $first) { nodes { papers(first: $first) { nodes { title } # } } }', 2, 2],
  [`repositories(first: $first) { nodes { papers${FILTERED} { nodes { title } # } } }`, 2, 3],
  [
    'repositories(first: $first) { nodes { papers(first: $first) { edges { evidence node { title } } # } } }',
    2,
    2,
  ],
  ['institutions(first: $first) { nodes { name parent { name } } # }', 1, 2],
  ['institutions(first: $first) { nodes { papers(first: $first) { nodes { title } # } } }', 2, 2],
  ['papers(first: $first) { nodes { institutions(first: $first) { nodes { name } # } } }', 1, 2],
  ['topics(first: $first) { nodes { children(first: $first) { nodes { name } # } } }', 2, 3],
  ['papers(first: $first) { nodes { authorships(first: $first) { nodes { name } # } } }', 1, 1],
  ['papers(first: $first) { nodes { authorships(last: $first) { nodes { name } # } } }', 2, 2],
  ['papers(first: $first) { nodes { topics(first: $first) { nodes { name } # } } }', 1, 2],
  ['papers(first: $first) { nodes { topics(last: $first) { nodes { name } # } } }', 2, 3],
  ['papers(first: $first) { nodes { repositories(first: $first) { nodes { name } # } } }', 1, 1],
  ['papers(first: $first) { nodes { repositories(last: $first) { nodes { name } # } } }', 2, 2],
  [`author(ref: "${ORCID}") { papers(first: $first) { nodes { title } # } }`, 1, 1],
  [`author(ref: "${ORCID}") { papers(last: $first) { nodes { title } # } }`, 2, 2],
  ['topic(slug: "clustering") { papers(first: $first) { nodes { title } # } }', 1, 1],
  [`topic(slug: "clustering") { papers${IN_ORDER} { nodes { title } # } }`, 2, 2],
  ['topic(slug: "machine-learning") { children(first: $first) { nodes { name } # } }', 2, 3],
  ['venue(slug: "acl") { papers(first: $first) { nodes { title } # } }', 1, 1],
  ['repository(ref: "example/alpha") { papers(first: $first) { nodes { title } # } }', 1, 1],
]

const count = /count\(\*\)|paper_count as count/i

/** The statements of a query for one entry; a hundred must need no more. */
async function statementsOf(query: string): Promise<string[]> {
  const operation = `query($first: Int) { ${query} }`
  const one = await askWell<object>(t, operation, { first: 1 })
  const many = await askWell<object>(t, operation, { first: 100 })
  expect(JSON.stringify(many.data).length).toBeGreaterThan(JSON.stringify(one.data).length)
  expect(many.statements).toHaveLength(one.statements.length)
  return one.statements
}

/** Root lists not counted here, each with the reason. */
const ELSEWHERE: Record<string, string> = {
  imports: 'shown to operators only: tests/graphql/imports',
  search: 'ranked, not read in order: tests/graphql/search',
}

test('every list of Query is counted', () => {
  const fields = Object.values(schema.getQueryType()?.getFields() ?? {})
  const lists = fields.filter(({ type }) => getNamedType(type).name.endsWith('Connection'))
  const counted = CONNECTIONS.map(([query]) => /^\w+/.exec(query)?.[0])
  expect(
    lists
      .map(({ name }) => name)
      .filter((name) => !counted.includes(name))
      .toSorted(),
  ).toEqual(Object.keys(ELSEWHERE))
})

describe('one entry or a hundred take the same number of statements', () => {
  test.each(CONNECTIONS)('%s: %i, with totalCount %i', async (query, without, counted) => {
    const plain = await statementsOf(query.replace('#', ''))
    expect(plain).toHaveLength(without)
    expect(plain.filter((text) => count.test(text))).toEqual([])
    const withCount = await statementsOf(query.replace('#', 'totalCount'))
    expect(withCount).toHaveLength(counted)
    expect(withCount.filter((text) => count.test(text))).toHaveLength(counted - without)
  })

  test('from papers to their authors, their papers, and the topics and code of those', async () => {
    const deep = `papers(first: $first) { nodes { title authorships(first: $first) { nodes { author { name
      papers(first: $first) { nodes { title
        topics(first: $first) { nodes { name } }
        repositories(first: $first) { nodes { name } } } } } } } } }`
    expect(await statementsOf(deep)).toHaveLength(2)
  })

  test('from topics to their parents and on to the papers of those', async () => {
    const query =
      'topics(first: $first) { nodes { name parent { papers(first: 5) { nodes { id } } } } }'
    expect(await statementsOf(query)).toHaveLength(2)
  })

  test('nodes of one type', async () => {
    type Ids = { papers: { nodes: { id: string }[] } }
    const { data } = await askWell<Ids>(t, '{ papers(first: 100) { nodes { id } } }')
    const ids = data.papers.nodes.map(({ id }) => id)
    const query = 'query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Paper { title } } }'
    for (const some of [ids.slice(0, 1), ids])
      expect((await askWell(t, query, { ids: some })).statements).toHaveLength(1)
  })

  test('a list of which only the count is selected is not read', async () => {
    const { statements } = await askWell(t, '{ papers { totalCount } }')
    expect(statements).toHaveLength(1)
    expect(statements[0]).toMatch(count)
  })
})

const PAPER_PLACES: [place: string, open: string, close: string][] = [
  ['papers', 'papers { nodes {', '} }'],
  ['edges', 'papers { edges { node {', '} } }'],
  ['a paper', 'paper(ref: "arXiv:2101.00001") {', '}'],
  ['author.papers', 'authors { nodes { papers { nodes {', '} } } }'],
  ['topic.papers', 'topics { nodes { papers { nodes {', '} } } }'],
  ['venue.papers', 'venues { nodes { papers { nodes {', '} } } }'],
  ['repository.papers', 'repositories { nodes { papers { edges { node {', '} } } } }'],
]

test.each(PAPER_PLACES)(
  'the abstract of %s is read only if it is selected',
  async (_, open, close) => {
    const readers = async (fields: string) => {
      const { statements } = await askWell(t, `{ ${open} ${fields} ${close} }`)
      return statements.filter((text) => /abstract/i.test(text)).length
    }
    expect(await readers('title year authorships { nodes { name } }')).toBe(0)
    expect(await readers('title abstract')).toBe(1)
  },
)
