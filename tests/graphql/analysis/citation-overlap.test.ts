import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { createCitedDatabase, type SeededCitation } from '../cited-catalogue.ts'
import { arxivId, type SeededPaper } from '../seeded-catalogue.ts'
import { inOrder } from '../walk.ts'

let t: TestDatabase
let papers: SeededPaper[]
let citations: SeededCitation[]
beforeAll(async () => {
  ;({ t, papers, citations } = await createCitedDatabase())
})
afterAll(() => t.close())

const paperAt = (i: number) => papers[i] as SeededPaper
const cited = (i: number) => citations.filter(({ citing }) => citing === i).map((c) => c.cited)
const citing = (i: number) => citations.filter(({ cited }) => cited === i).map((c) => c.citing)
const refOf = (i: number) => `arXiv:${arxivId(i)}`

interface Overlap {
  count: number
  paper: { id: string }
}

/** The papers with most in common, computed by plain code. */
function expected(i: number, through: (i: number) => number[], back: (i: number) => number[]) {
  const counts = new Map<number, number>()
  for (const other of through(i).flatMap(back))
    if (other !== i) counts.set(other, (counts.get(other) ?? 0) + 1)
  const rows = [...counts].map(([other, count]) => ({ paper: paperAt(other), count, other }))
  return inOrder(rows, 'DESC', ({ count, paper, other }) => [
    count,
    Math.max(paper.record.citationCount ?? 0, citing(other).length),
    paper.number,
  ]).map(({ paper, count }) => ({ count, paper: { id: paper.id } }))
}

describe.each([
  { field: 'coCited', through: citing, back: cited },
  { field: 'sharedReferences', through: cited, back: citing },
])('$field', ({ field, through, back }) => {
  const query = `query($first: Int!) { papers(first: 100) { nodes { id
    list: ${field}(first: $first) { count paper { id } } } } }`

  test.each([1, 10, 100])('of each paper, the first %i', async (first) => {
    type Papers = { papers: { nodes: { id: string; list: Overlap[] }[] } }
    const { data } = await askWell<Papers>(t, query, { first })
    let most = 0
    for (const { id, list } of data.papers.nodes) {
      const index = papers.findIndex((paper) => paper.id === id)
      expect(list).toEqual(expected(index, through, back).slice(0, first))
      most = Math.max(most, list.length, list[0]?.count ?? 0)
    }
    expect(most).toBeGreaterThan(2)
  })

  test('takes one statement for one paper or a hundred', async () => {
    const counted = `query($first: Int) { papers(first: $first) { nodes {
      list: ${field} { count paper { title authorships { nodes { name } } } } } } }`
    for (const first of [1, 100])
      expect((await askWell(t, counted, { first })).statements).toHaveLength(2)
  })

  test.each([-1, 101])('%i as first is an error that states the expected value', async (first) => {
    const { errors } = await ask(
      t,
      `{ paper(ref: "${refOf(1)}") { ${field}(first: ${first}) { count } } }`,
    )
    expect(errors).toMatchObject([
      { message: `first: ${first} is out of range; expected 0 to 100.`, code: 'BAD_USER_INPUT' },
    ])
  })

  test('may be read with first: 0', async () => {
    const none = `{ paper(ref: "${refOf(1)}") { ${field}(first: 0) { count } } }`
    expect((await askWell<{ paper: object }>(t, none)).data.paper).toEqual({ [field]: [] })
  })
})

describe('the citation path between two papers', () => {
  const query = `query($from: String!, $to: String!, $most: Int!) {
    citationPath(from: $from, to: $to, maxLength: $most) { length papers { id title } } }`
  interface Found {
    citationPath: { length: number; papers: { id: string }[] } | null
  }
  const way = async (from: number, to: number, most = 4) =>
    (await askWell<Found>(t, query, { from: refOf(from), to: refOf(to), most })).data.citationPath

  /** The length of the shortest citation path from a paper to each other one. */
  function distances(from: number): Map<number, number> {
    const found = new Map([[from, 0]])
    let ends = [from]
    for (let length = 1; ends.length > 0; length++) {
      const next = ends.flatMap(cited).filter((other) => !found.has(other))
      for (const other of next) found.set(other, length)
      ends = [...new Set(next)]
    }
    return found
  }

  test('is a shortest path of existing citations', async () => {
    const lengths = new Set<number | null>()
    for (const from of [149, 140, 97, 70]) {
      const known = distances(from)
      for (let to = 0; to < from; to += 4) {
        const distance = known.get(to) ?? Number.POSITIVE_INFINITY
        const found = await way(from, to)
        lengths.add(found?.length ?? null)
        if (distance > 4) {
          expect(found).toBeNull()
          continue
        }
        expect(found?.length).toBe(distance)
        const steps = found?.papers.map(({ id }) => papers.findIndex((paper) => paper.id === id))
        expect([steps?.[0], steps?.at(-1)]).toEqual([from, to])
        for (const [i, step] of (steps ?? []).slice(1).entries())
          expect(cited(steps?.[i] ?? -1)).toContain(step)
        if (distance > 0) expect(await way(from, to, distance)).toEqual(found)
        if (distance > 1) expect(await way(from, to, distance - 1)).toBeNull()
      }
    }
    expect([...lengths].sort()).toEqual([1, 2, 3, 4, null])
  })

  test('is directed, and is empty from a paper to itself', async () => {
    expect(await way(149, 146)).toMatchObject({ length: 1 })
    expect(await way(146, 149)).toBeNull()
    expect(await way(149, 149, 1)).toMatchObject({ length: 0, papers: [{ id: paperAt(149).id }] })
  })

  test('takes the same number of statements for any length', async () => {
    const known = distances(149)
    for (const length of [1, 2, 3, 4]) {
      const [to = -1] = [...known].find(([, distance]) => distance === length) ?? []
      const variables = { from: refOf(149), to: refOf(to), most: 4 }
      const { data, statements } = await askWell<Found>(t, query, variables)
      expect(data.citationPath?.length).toBe(length)
      expect(statements).toHaveLength(3)
    }
  })

  test.each([
    [{ most: 0 }, 'BAD_USER_INPUT', /maxLength: 0 is out of range; expected 1 to 4/],
    [{ most: 5 }, 'BAD_USER_INPUT', /maxLength: 5 is out of range; expected 1 to 4/],
    [{ from: 'nonsense' }, 'BAD_USER_INPUT', /from: .*"nonsense"/],
    [{ to: 'arXiv:9999.99999' }, 'NOT_FOUND', /to: .*9999\.99999/],
    [{ to: '' }, 'BAD_USER_INPUT', /to: /],
    [{ from: 'a\0b' }, 'BAD_USER_INPUT', /from: /],
  ])('for %j gives %s', async (over, code, message) => {
    const variables = { from: refOf(3), to: refOf(0), most: 4, ...over }
    const { data, errors } = await ask<Found>(t, query, variables)
    expect(data.citationPath).toBeNull()
    expect(errors).toMatchObject([{ code, message: expect.stringMatching(message) }])
  })
})
