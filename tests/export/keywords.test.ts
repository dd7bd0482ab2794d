import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { recordOf } from '../../src/import/input/outcome.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { type Exported, exportInAll, FORMATS, importAgain } from './round-trip.ts'

let t: TestDatabase
let exported: Exported
beforeAll(async () => {
  t = await createTestDatabase()
  exported = await exportInAll(t, records)
})
afterAll(() => t.close())

const WORDS = ['Nests', 'Fire ecology', 'birds of prey', 'USA', 'wood', 'BERT', 'transformers']
const keywords = fc.shuffledSubarray(WORDS, { minLength: 3 })
const lists = fc.sample(keywords, { numRuns: 12, seed: 20 })
const NAMES = ['Indicators', 'ROC curves', 'Birds of Prey', 'eDNA', 'wood', 'Transformers']

const records = lists.map((list, n) =>
  recordOf({
    ...{ source: 'test', key: String(n), licence: null, kind: 'journal_article' },
    ...{ title: `Paper of number ${n}x`, keywords: list },
    topics: [
      { slug: 'transformers', name: 'Transformers', kind: 'method', score: 1, source: 'test' },
      ...NAMES.slice(0, n % 5).map((name) => ({
        ...{ slug: name.toLowerCase().replaceAll(' ', '-'), name },
        ...{ kind: 'field' as const, score: 1, source: 'test' },
      })),
    ],
    publication: { container: 'Condor', pages: n % 2 === 0 ? '67–+' : '67–70' },
  }),
)

describe.each(FORMATS)('%s', (format) => {
  test('keywords keep their order and spelling, topics their names, and open-ended pages stay open', async () => {
    const { before } = exported
    const { after } = await importAgain(t, exported, format)
    expect(before.map((paper) => paper.keywords)).toEqual(lists)
    expect(after.map((paper, i) => paper.keywords.slice(0, lists[i]?.length))).toEqual(lists)
    expect(after.map(({ publication }) => publication?.pages)).toEqual(
      before.map(({ publication }) => publication?.pages),
    )
    const namesOf = (papers: typeof before) =>
      papers.map(({ topics }) => topics.map(({ name }) => name).sort())
    if (format === 'csv' || format === 'jsonl') expect(namesOf(after)).toEqual(namesOf(before))
  })
})
