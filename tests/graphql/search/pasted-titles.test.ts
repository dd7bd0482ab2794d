import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { refreshSearchWords } from '../../../src/domain/search/dictionary.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

/** Titles of older papers, each beside more newer papers with its words than are ranked without some of the query's words. */
const TITLES = [
  'Quokka3 Technical Report',
  'The Quokka Herd of Models',
  'QuokkaOS: A Memory OS for AI System',
]
const NEWER = 320

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  const words = 'Quokka, quokka3, QuokkaOS, technical report of a herd of models'
  const newer = Array.from({ length: NEWER }, (_, n) =>
    paperRecord({
      ...{
        key: `n${n}`,
        title: `Study ${'abcdefghij'.at(n % 10)}${'klmnopqrst'.at(n / 10)} of marsupials`,
        abstract: `${words}, a memory.`,
      },
      published: { on: '2026-01-01', precision: 'day' },
    }),
  )
  const older = TITLES.map((title, n) =>
    paperRecord({
      ...{ key: `o${n}`, title, abstract: 'It is shown.' },
      published: { on: '2020-01-01', precision: 'day' },
    }),
  )
  await transaction(t.url, (tx) => writeRecords(tx, [...newer, ...older]))
  await refreshSearchWords(t.url)
})
afterAll(() => t.close())

async function find(query: string): Promise<string[]> {
  const { data } = await askWell<{ search: { nodes: { title: string }[] } }>(
    t,
    'query ($query: String!) { search(query: $query, first: 100) { nodes { title } } }',
    { query },
  )
  return data.search.nodes.map(({ title }) => title)
}

const BESIDE: [before: string, after: string][] = [
  ['', ''],
  ['', ' zzyzx'],
  ['', ' (arXiv:2505.09388)'],
  ['', ' arXiv 2505.09388v2 pdf'],
  ['', ', 2020'],
  ['', ' - Proceedings of ABCD'],
  ['[12] ', ' | ABCD 2020'],
  ['Lovelace, A. ', '. 2020'],
  ['"', '" zzyzx'],
]

test.each(TITLES.flatMap((title) => BESIDE.map(([before, after]) => before + title + after)))(
  '%s: finds the paper of the title first',
  async (query) => {
    const [first = ''] = await find(query)
    expect(query).toContain(first)
  },
)

test('a title within a query must meet the other conditions', async () => {
  const [title = ''] = TITLES
  for (const condition of ['-technical', 'author:nobody', 'year:2026', 'has:code'])
    expect(await find(`${title} zzyzx ${condition}`)).not.toContain(title)
})
