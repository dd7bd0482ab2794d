import { getOperationAST, isObjectType, parse } from 'graphql'
import { describe, expect, test } from 'vitest'
import { schema } from '../../../src/graphql/index.ts'
import { fragmentsOf, plansOf } from '../../../src/graphql/plan/plans.ts'
import { printPlan } from '../../../src/graphql/plan/print.ts'

function planOf(query: string, variables: Record<string, unknown> = {}): string {
  const document = parse(query)
  const operation = getOperationAST(document)
  if (!operation) throw new Error('The query has no operation')
  return printPlan(plansOf(schema, fragmentsOf(document), operation).forValues(variables))
}

describe('one walk builds the plan of a query', () => {
  test('with columns, relations, lists, pages and resolvers', () => {
    const query = `{ paper(ref: "x") { id name: title url createdAt venue { slug } identifiers { value url }
      authorships(first: 2) { totalCount nodes { position author { name } } pageInfo { endCursor } }
      topics { edges { cursor score node { slug } } } citationCounts { count } } }`
    expect(planOf(query)).toMatchInlineSnapshot(`
      "Query
        paper: rows → Paper
          id: id of a Paper
          name (title): column title as text
          url: column landingUrl as url
          createdAt: column createdAt as instant
          venue: relation venue → Venue
            slug: column slug as text
          identifiers: list identifiers → Identifier
            value: column value as text
            url: resolver, reads scheme, value
          authorships: page of authorships, first 2 → AuthorshipConnection
            totalCount: totalCount
            nodes: nodes → Authorship
              position: column id as whole
              author: relation author → Author
                name: column name as text
            pageInfo: pageInfo → PageInfo
              endCursor: endCursor
          topics: page of topics, first 20 → PaperTopicConnection
            edges: edges → PaperTopic
              cursor: cursor
              score: column score as number
              node: node through topic → Topic
                slug: column slug as text
          citationCounts: resolver → SourceCitationCount
            count: column count as whole"
    `)
  })

  test('with fragments, and without skipped fields', () => {
    const query = `query ($all: Boolean!) { topics(first: 3) { nodes { ...T } } }
      fragment T on Topic { slug ...P @include(if: $all) kind @skip(if: $all) }
      fragment P on Topic { papers(first: 5) { nodes { title } } }`
    expect(planOf(query, { all: true })).toMatchInlineSnapshot(`
      "Query
        topics: rows → TopicConnection
          nodes: nodes → Topic
            slug: column slug as text
            papers: page of newestPapers, first 5 → PaperConnection
              nodes: nodes → Paper
                title: column title as text"
    `)
    expect(planOf(query, { all: false })).not.toContain('papers')
  })

  test('for each type that a field may return', () => {
    const plan = planOf('{ node(id: "x") { id ... on Venue { name } } }')
    expect(plan).toContain('on Venue\n      id: id of a Venue\n      name: column name as text')
    expect(plan).toContain('on Topic\n      id: id of a Topic\n')
  })

  test('a page that is not the first is left to its resolver', () => {
    const pageOf = (args: string) => planOf(`{ paper(ref: "x") { topics${args} { totalCount } } }`)
    expect(pageOf('(first: 3)')).toContain('page of topics, first 3')
    expect(pageOf('(last: 3)')).toContain('topics: resolver')
    expect(pageOf('(after: "x")')).toContain('topics: resolver')
  })
})

test('parts that are equal for all values of the variables are planned once', () => {
  const document = parse('query ($ref: String!) { paper(ref: $ref) { title } }')
  const operation = getOperationAST(document)
  if (!operation) throw new Error('The query has no operation')
  const plans = plansOf(schema, {}, operation)
  expect(plans.forValues({ ref: 'a' })).toBe(plans.forValues({ ref: 'b' }))
})

test('each field declares exactly one way of answering', () => {
  const doubled: string[] = []
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    for (const { name, extensions } of Object.values(type.getFields()))
      if ('answeredBy' in extensions && 'pothosExposedField' in extensions)
        doubled.push(`${type.name}.${name}`)
  }
  expect(doubled).toEqual([])
})
