import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'
import { importFolder } from '../../helpers/import-folder.ts'
import { hasRealData } from '../../helpers/real-records.ts'

const FOLDER = fileURLToPath(new URL('../../../../shared/data/hf-daily', import.meta.url))

/** Difficult days: Christmas without lists, a file with a wrapper, papers listed twice. */
const SPANS = [
  ['2024-12-18', '2025-01-14'],
  ['2026-04-09', '2026-04-17'],
  ['2026-06-09', '2026-06-17'],
] as const

/** An entry, or its text in Python's notation. */
type Entry = string | { paper: { id: string } }

const idOf = (entry: Entry) =>
  typeof entry === 'string' ? /^\{'paper': \{'id': '([\d.]+)'/.exec(entry)?.[1] : entry.paper.id

/** The arXiv ids on the list of each day, read without the importer. */
const LISTS = new Map<string, Set<string>>()
const files: string[] = []
for (const name of hasRealData ? readdirSync(FOLDER).sort() : []) {
  const day = name.slice(0, 10)
  if (!SPANS.some(([from, until]) => from <= day && day <= until)) continue
  files.push(join(FOLDER, name))
  const content = JSON.parse(gunzipSync(readFileSync(join(FOLDER, name))).toString())
  const entries: Entry[] = Array.isArray(content) ? content : content.data
  LISTS.set(day, new Set(entries.map((entry) => idOf(entry) ?? '')))
}

interface Page {
  previousDate: string | null
  nextDate: string | null
  isComplete: boolean
  papers: {
    totalCount: number
    pageInfo: { hasNextPage: boolean; endCursor: string }
    nodes: { identifiers: { value: string }[] }[]
  }
}

describe.skipIf(!hasRealData)('real lists', () => {
  let t: TestDatabase
  beforeAll(async () => {
    t = await createTestDatabase()
    const { rejects } = await importFolder().load(t, files)
    expect(rejects).toEqual([])
  })
  afterAll(() => t.close())

  /** All pages of a list. */
  async function read(field: string): Promise<Page & { ids: string[] }> {
    const ids: string[] = []
    let after: string | null = null
    for (;;) {
      const list: Page = await readPage(field, after)
      const { totalCount, pageInfo, nodes } = list.papers
      ids.push(...nodes.flatMap(({ identifiers }) => identifiers.map(({ value }) => value)))
      after = pageInfo.endCursor
      if (pageInfo.hasNextPage) continue
      expect(totalCount).toBe(ids.length)
      return { ...list, ids: ids.sort() }
    }
  }

  async function readPage(field: string, after: string | null): Promise<Page> {
    const query = `query($after: String) { list: ${field} { previousDate nextDate isComplete
      papers(first: 40, after: $after) { totalCount pageInfo { hasNextPage endCursor }
        nodes { identifiers(schemes: [ARXIV]) { value } } } } }`
    return (await askWell<{ list: Page }>(t, query, { after })).data.list
  }

  test('each day has the papers of its list, and links to the days before and after', async () => {
    const days = [...LISTS.keys()].filter((day) => LISTS.get(day)?.size)
    expect(days.length).toBeGreaterThan(25)
    for (const [i, day] of days.entries()) {
      const { ids, previousDate, nextDate, isComplete } = await read(`daily(date: "${day}")`)
      expect([day, ids]).toEqual([day, [...(LISTS.get(day) ?? [])].sort()])
      expect([previousDate, nextDate]).toEqual([days[i - 1] ?? null, days[i + 1] ?? null])
      expect(isComplete).toBe(true)
    }
  })

  test('a weekend is empty, and is skipped by the links', async () => {
    const { ids, previousDate, nextDate } = await read('daily(date: "2024-12-28")')
    expect(ids).toEqual([])
    expect([previousDate, nextDate].every((day) => day && LISTS.get(day)?.size)).toBe(true)
  })

  test('weeks and months are the union of their days', async () => {
    const unionOf = (from: string, until: string) => {
      const days = [...LISTS].filter(([day]) => from <= day && day <= until)
      return [...new Set(days.flatMap(([, ids]) => [...ids]))].sort()
    }
    for (const [field, from, until] of [
      ['weekly(week: "2025-W01")', '2024-12-30', '2025-01-05'],
      ['weekly(week: "2026-W25")', '2026-06-15', '2026-06-21'],
      ['monthly(month: "2024-12")', '2024-12-01', '2024-12-31'],
      ['monthly(month: "2026-04")', '2026-04-01', '2026-04-30'],
      ['monthly(month: "2026-06")', '2026-06-01', '2026-06-30'],
    ] as const)
      expect([field, (await read(field)).ids]).toEqual([field, unionOf(from, until)])
  })
})
