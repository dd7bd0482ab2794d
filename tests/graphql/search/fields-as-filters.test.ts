import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase({ sample: 'sample' })
})
afterAll(() => t.close())

interface Named {
  nodes: { ref: string; name: string }[]
}

/** Minimum number of papers, so that the comparison is meaningful. */
const LEAST = 8

const FIELDS = [
  ['topic', 'topics', '{ list: topics(first: 60) { nodes { ref: slug name } } }'],
  ['venue', 'venues', '{ list: venues(first: 60) { nodes { ref: slug name } } }'],
] as const

describe('a field of the search finds the same papers as the filter', () => {
  test.each(FIELDS)('%s: by slug', async (field, filter, query) => {
    const { nodes } = (await askWell<{ list: Named }>(t, query)).data.list
    expect(nodes.length).toBeGreaterThan(LEAST)
    for (const { ref } of nodes) {
      const { data } = await askWell<Record<'found' | 'filtered', { totalCount: number }>>(
        t,
        `query ($query: String!, $filter: PaperFilter) {
          found: search(query: $query, mode: STRICT) { totalCount } filtered: papers(filter: $filter) { totalCount } }`,
        { query: `${field}:"${ref}"`, filter: { [filter]: [ref] } },
      )
      expect([ref, data.found.totalCount]).toEqual([ref, data.filtered.totalCount])
      expect(data.found.totalCount).toBeGreaterThan(0)
    }
  })

  test('affiliation: short forms of the filter, in any script', async () => {
    for (const name of ['清华', 'MIT', 'Stanford', 'Edinburgh']) {
      const { data } = await askWell<Record<'found' | 'filtered', { totalCount: number }>>(
        t,
        `query ($query: String!, $filter: PaperFilter) {
          found: search(query: $query, mode: STRICT) { totalCount } filtered: papers(filter: $filter) { totalCount } }`,
        { query: `affiliation:${name}`, filter: { institutions: [name] } },
      )
      expect(data.filtered.totalCount).toBeGreaterThan(0)
      expect([name, data.found.totalCount >= data.filtered.totalCount]).toEqual([name, true])
    }
  })
})
