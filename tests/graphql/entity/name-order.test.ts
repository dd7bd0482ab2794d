import fc from 'fast-check'
import sql from 'sql-template-tag'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { nameKey } from '../../../src/domain/record/title-key.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { emptyCatalogue, paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { atLeast } from '../../helpers/thorough.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(() => emptyCatalogue(t.db))
afterAll(() => t.close())

interface Named {
  name: string
  papers: number
}

/** A catalogue with objects of one kind that have these names and numbers of papers. */
async function write(kind: string, things: readonly Named[]): Promise<void> {
  const records = things.flatMap(({ name, papers }, i) =>
    Array.from({ length: papers }, (_, n) => {
      const key = `${i} ${n}`
      const institutions = [{ name }]
      const orcid = { scheme: 'orcid' as const, value: `0000-${i}` }
      const authors =
        kind === 'authors'
          ? [{ name, affiliation: null, identifiers: [orcid] }]
          : kind === 'institutions'
            ? [{ name: 'Ada Quimby', affiliation: null, identifiers: [], institutions }]
            : []
      const topics =
        kind === 'topics'
          ? [{ slug: `t${i}`, name, kind: 'task' as const, score: 1, source: 'test' }]
          : []
      const venue =
        kind === 'venues'
          ? { slug: `v${i}`, name, acronym: null, kind: 'conference' as const }
          : null
      return paperRecord({ key, title: `Paper ${key} of ${i}`, authors, topics, venue })
    }),
  )
  await transaction(t.url, (tx) => writeRecords(tx, records))
}

interface Page {
  list: {
    totalCount: number
    nodes: { name: string; paperCount: number }[]
    pageInfo: {
      endCursor: string
      startCursor: string
      hasNextPage: boolean
      hasPreviousPage: boolean
    }
  }
}
const FIELDS = `totalCount nodes { name paperCount } pageInfo { endCursor startCursor hasNextPage hasPreviousPage }`

async function readAll(list: string, name: string, size: number, isBackwards: boolean) {
  const [count, cursor] = isBackwards ? ['last', 'before'] : ['first', 'after']
  const query = `query($name: String!, $size: Int!, $at: String) {
    list: ${list}(name: $name, ${count}: $size, ${cursor}: $at) { ${FIELDS} } }`
  const all: Page['list']['nodes'] = []
  let at: string | null = null
  for (;;) {
    const answer: { data: Page } = await askWell<Page>(t, query, { name, size, at })
    const { nodes, pageInfo, totalCount } = answer.data.list
    if (isBackwards) all.unshift(...nodes)
    else all.push(...nodes)
    at = isBackwards ? pageInfo.startCursor : pageInfo.endCursor
    if (!(isBackwards ? pageInfo.hasPreviousPage : pageInfo.hasNextPage)) {
      expect(all).toHaveLength(totalCount)
      return all
    }
  }
}

/** How well a name fits, computed differently from the statements. */
function fitOf(list: string, name: string, asked: string): number {
  const [own, words] = [name, asked].map((one) => nameKey(one).split(' ')) as [string[], string[]]
  const inOrder = own.join(' ')
  const orders = list === 'authors' ? [words, [...words.slice(-1), ...words.slice(0, -1)]] : [words]
  const isWhole = orders.some((one) => one.join(' ') === inOrder)
  if (isWhole && (list !== 'authors' || words.length > 1)) return 3
  if (list === 'authors' || list === 'institutions')
    return words.every((word) => own.includes(word))
      ? 2
      : Number(words.every((word) => own.some((one) => one.startsWith(word))))
  const padded = ` ${inOrder} `
  return padded.includes(` ${words.join(' ')} `)
    ? 2
    : Number(padded.includes(` ${words.join(' ')}`))
}

const WORDS = ['hao', 'wang', 'haowang', 'wangler', 'haojie', 'schwang'] as const
const name = fc
  .uniqueArray(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 })
  .map((words) => words.map((word) => word[0]?.toUpperCase() + word.slice(1)).join(' '))
const things = fc.uniqueArray(fc.record({ name, papers: fc.integer({ min: 1, max: 3 }) }), {
  minLength: 4,
  maxLength: 9,
  selector: (one) => one.name,
})

describe.each(['authors', 'topics', 'venues', 'institutions'])('%s by a name', (list) => {
  test('list the whole name first, then whole words, then by papers, in pages from either end', () =>
    fc.assert(
      fc.asyncProperty(
        things,
        fc.constantFrom('hao wang', 'Wang', 'hao', 'wang hao'),
        fc.integer({ min: 1, max: 3 }),
        async (all, asked, size) => {
          await emptyCatalogue(t.db)
          await write(list, all)
          const found = await readAll(list, asked, size, false)
          expect(await readAll(list, asked, size + 1, true)).toEqual(found)
          const keys = found.map((one) => [fitOf(list, one.name, asked), one.paperCount] as const)
          expect(keys).toEqual(keys.toSorted(([a, m], [b, n]) => b - a || n - m))
        },
      ),
      { numRuns: atLeast(8, 60) },
    ))
})

const shortWord = fc.constantFrom('A', 'Al', 'Ali', 'Lia', 'Li', 'Liu', 'Wu', 'Wulian', 'Bo')
const ofShortWords = fc
  .uniqueArray(shortWord, { minLength: 1, maxLength: 3 })
  .map((words) => words.join(' '))

test('the first results for a name of short words, which are looked up separately, are the first of all', () =>
  fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.record({ name: ofShortWords, papers: fc.integer({ min: 1, max: 3 }) }), {
        minLength: 6,
        maxLength: 12,
        selector: (one) => one.name,
      }),
      fc.constantFrom('a', 'l', 'li', 'wu', 'li wu', 'wu li', 'al li', 'a li'),
      fc.integer({ min: 1, max: 4 }),
      async (all, asked, size) => {
        await emptyCatalogue(t.db)
        await write('authors', all)
        const found = await readAll('authors', asked, size, false)
        expect(await readAll('authors', asked, size, true)).toEqual(found)
        const keys = found.map(
          (one) => [fitOf('authors', one.name, asked), one.paperCount] as const,
        )
        if (!asked.includes(' '))
          expect(keys).toEqual(keys.toSorted(([x, m], [y, n]) => y - x || n - m))
      },
    ),
    { numRuns: atLeast(20, 200) },
  ))

test('a requested order is kept', async () => {
  await write('authors', [
    { name: 'Haowang Li', papers: 3 },
    { name: 'Hao Wang', papers: 1 },
  ])
  const query = '{ authors(name: "hao wang", order: { field: PAPER_COUNT }) { nodes { name } } }'
  const { data } = await askWell<{ authors: { nodes: { name: string }[] } }>(t, query)
  expect(data.authors.nodes.map((one) => one.name)).toEqual(['Haowang Li', 'Hao Wang'])
})

test('suggestions of authors list whole words first, also family name first', async () => {
  await write('authors', [
    { name: 'Haojie Wangler', papers: 9 },
    { name: 'Hao Wang', papers: 1 },
    { name: 'Hao Q. Wang', papers: 1 },
  ])
  await t.db.query(sql`analyze`)
  for (const prefix of ['hao wang', 'wang hao']) {
    const query = 'query($prefix: String!) { suggest(prefix: $prefix) { label } }'
    const { data } = await askWell<{ suggest: { label: string }[] }>(t, query, { prefix })
    const labels = data.suggest.map(({ label }) => label)
    expect(labels.slice(0, 2).sort()).toEqual(['Hao Q. Wang', 'Hao Wang'])
    expect(labels.slice(2)).toEqual(['Haojie Wangler'])
  }
})
