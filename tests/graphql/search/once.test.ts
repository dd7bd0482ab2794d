import { uniq } from 'es-toolkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

/** Names of methods with their long forms: in the title, in the abstract, or in both. */
const NAMES = [
  [
    'MSP',
    'Multi Stage Prompting',
    'Multi-Stage Prompting for Translators',
    'We propose LONG (NAME).',
  ],
  [
    'AGW',
    'Augmented Gromov-Wasserstein',
    'NAME: LONG Distances',
    'The LONG (NAME) distance is new.',
  ],
  ['CLEA', 'Closed Loop Embodied Agent', 'NAME: LONG for Tasks', 'An agent for kitchens.'],
  ['ALIS', 'Aligned Security Strategy', 'NAME: LONG for Unsafe Input', 'We call it NAME.'],
  ['TPLA', 'Tensor Parallel Latent Attention', 'LONG', 'We introduce LONG (NAME), or NAME.'],
] as const

/** Queries with an acronym and its long form, or with a name twice. */
const QUERIES: ((name: string, long: string, title: string) => string)[] = [
  (name, long) => `${name} ${long}`,
  (name, long) => `${long} ${name}`,
  (name, long) => `${long} (${name})`,
  (name, long) => `"${long}" ${name}`,
  (name, long) => `${name} or ${long}`,
  (name, long) => `${name} OR "${long}"`,
  (name, long) => `${name} ${long.split(' ').slice(0, 2).join(' ')}`,
  (name, long) => `${name.toLowerCase()} ${long.toLowerCase()} ${name}`,
  (name, _, title) => `${name} ${title}`,
  (_, __, title) => title,
]

const written = ([name, long, title, abstract]: (typeof NAMES)[number]) => {
  const full = (text: string) => text.replaceAll('NAME', name).replaceAll('LONG', long)
  return { name, long, title: full(title), abstract: full(abstract) }
}

let t: TestDatabase

beforeAll(async () => {
  t = await createTestDatabase()
  const records = NAMES.map(written).flatMap(({ name, long, title, abstract }, i) => [
    paperRecord({ key: `own ${i}`, title, abstract }),
    paperRecord({
      key: `other ${i}`,
      title: `Better than ${name} ${i}`,
      abstract: `${long} (${name}) is slow.`,
    }),
  ])
  const others = Array.from({ length: 200 }, (_, i) =>
    paperRecord({ key: `zebra ${i}`, title: `Case ${i} of zebras`, abstract: null }),
  )
  await transaction(t.url, (tx) => writeRecords(tx, [...records, ...others]))
  await refreshSearchWords(t.url)
})

afterAll(() => t?.close())

describe('a search finds each paper once', () => {
  test.each(
    NAMES.map(written).flatMap(({ name, long, title }) =>
      QUERIES.map((query) => ({ query: query(name, long, title), title })),
    ),
  )('$query', async ({ query, title }) => {
    const { data } = await askWell<{
      search: {
        totalCount: number
        edges: { cursor: string; node: { id: string; title: string } }[]
      }
    }>(
      t,
      'query ($query: String!) { search(query: $query, first: 100) { totalCount edges { cursor node { id title } } } }',
      { query },
    )
    const { edges, totalCount } = data.search
    expect(edges.map(({ node }) => node.id)).toEqual(uniq(edges.map(({ node }) => node.id)))
    expect(edges).toHaveLength(totalCount)
    expect(edges[0]?.node.title).toBe(title)
  })
})
