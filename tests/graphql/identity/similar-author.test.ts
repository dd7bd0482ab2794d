import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

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
  { affiliation = null, orcid }: { affiliation?: string | null; orcid?: string } = {},
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
      identifiers: i === 0 && orcid ? [{ scheme: 'orcid', value: orcid }] : [],
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

test('authors of a rare name with a co-author and an affiliation in common are possibly one, with the reasons', async () => {
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

test('what is not a name of a person is like no other', async () => {
  const { nodes } = await similar('Anonymous')
  expect(nodes).toHaveLength(2)
  for (const node of nodes) expect(node).toMatchObject({ possiblySame: [], namesakes: [] })
})

test('the list takes one statement, both fields two and each one for its authors, however many there are', async () => {
  const { nodes, statements } = await similar('a')
  expect(nodes.length).toBeGreaterThan(5)
  expect(statements).toHaveLength(1 + 2 + 2)
})
