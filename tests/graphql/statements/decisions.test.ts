import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { countBy } from 'es-toolkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runImport } from '../../../src/import/run.ts'
import { readPaperlist } from '../../../src/import/sources/paperlists.ts'
import { readPaperql } from '../../../src/import/sources/paperql.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

const LIST = fileURLToPath(
  new URL('../../../../shared/data/paperlists/iclr2017.json.gz', import.meta.url),
)

interface Entry {
  id: string
  title: string
  status: string
  rating: string
  tldr: string
}

describe.skipIf(!existsSync(LIST))('a real list (skipped without ../shared/data)', () => {
  let t: TestDatabase
  let raw: Entry[]
  beforeAll(async () => {
    t = await createTestDatabase()
    raw = JSON.parse(gunzipSync(readFileSync(LIST)).toString('utf8'))
    await runImport({ url: t.url, format: 'paperlists', files: [LIST], rejectsPath: null })
  })
  afterAll(() => t.close())

  const meanOf = ({ rating }: Entry) => {
    const ratings = rating.split(';').map(Number)
    return ratings.reduce((sum, one) => sum + one, 0) / ratings.length
  }

  test('facets equal the printed counts of the list, and the best rated papers come first', async () => {
    const query = `{ papers(first: 3, order: RATING, filter: { decisions: { venues: ["iclr"], years: [2017] } }) {
      totalCount
      nodes { title decisions { venue { slug } year outcome presentation status rating { mean count } sources } }
      facets { outcomes { value count } presentations { value count } } } }`
    type Count = { value: string; count: number }
    interface Found {
      totalCount: number
      nodes: { title: string; decisions: { rating: { mean: number; count: number } }[] }[]
      facets: { outcomes: Count[]; presentations: Count[] }
    }
    const { data, statements } = await askWell<{ papers: Found }>(t, query)
    const { totalCount, nodes, facets } = data.papers
    const titled = raw.filter(({ title }) => title?.trim())
    const printed = countBy(titled, ({ status }) => status)
    // One entry of the list is a placeholder, and some occur twice.
    expect(titled.length - totalCount).toBeLessThanOrEqual(3)
    const counts = Object.fromEntries(
      [...facets.outcomes, ...facets.presentations].map(({ value, count }) => [value, count]),
    )
    const near = (count = 0, expected = 0) => expect(Math.abs(count - expected)).toBeLessThan(4)
    near(counts.REJECTED, printed.Reject)
    near(counts.WORKSHOP, printed.Workshop)
    near(counts.ORAL, printed.Oral)
    near(counts.POSTER, printed.Poster)
    near(counts.ACCEPTED, (printed.Oral ?? 0) + (printed.Poster ?? 0))
    const best = Math.max(...titled.map(meanOf))
    expect(nodes[0]?.decisions[0]?.rating.mean).toBeCloseTo(best, 3)
    // The list, its names, its count and two facets, however many papers there are.
    expect(statements.length).toBeLessThanOrEqual(5)
  })

  test('records are unchanged after an export and import', async () => {
    async function* bytes() {
      yield gunzipSync(readFileSync(LIST))
    }
    const records: object[] = []
    for await (const outcome of readPaperlist(bytes(), LIST))
      if ('record' in outcome) records.push(outcome.record)
    async function* lines() {
      yield Buffer.from(records.map((record) => `${JSON.stringify({ record })}\n`).join(''))
    }
    const again: object[] = []
    for await (const outcome of readPaperql(lines(), 'export.jsonl'))
      if ('record' in outcome) again.push(outcome.record)
    expect(again).toEqual(records)
    expect(records.filter((record) => 'decisions' in record).length).toBeGreaterThan(480)
    expect(records.filter((record) => 'authorSummary' in record).length).toBeGreaterThan(350)
  })
})
