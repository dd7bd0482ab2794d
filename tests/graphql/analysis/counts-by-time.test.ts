import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import type { TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'
import { createSeededDatabase } from '../seeded-catalogue.ts'

type Published = NonNullable<PaperRecord['published']>

/** Dates that the seeded papers lack: imprecise ones, a 1 January that is a day, and both ends of the calendar. */
const DATES: Published[] = [
  { on: '2019-01-01', precision: 'year' },
  { on: '2019-01-01', precision: 'year' },
  { on: '2019-01-01', precision: 'day' },
  { on: '2019-01-01', precision: 'month' },
  { on: '2019-07-01', precision: 'month' },
  { on: '2031-01-01', precision: 'year' },
]
const OLD: Published[] = [
  { on: '0001-01-01', precision: 'month' },
  { on: '2020-02-29', precision: 'day' },
  { on: '9999-12-31', precision: 'day' },
]

const CLUSTERING = { slug: 'clustering', name: 'Clustering', kind: 'task' as const }
const EPOCHS = { slug: 'epochs', name: 'Epochs', kind: 'keyword' as const }
const UNDATED = { slug: 'undated', name: 'Undated', kind: 'keyword' as const }

function datedRecord(
  published: Published | null,
  topic: typeof CLUSTERING | typeof EPOCHS,
  i: number,
) {
  return paperRecord({
    source: 'dated',
    key: `${topic.slug} ${i}`,
    title: `A dated thing about ${topic.slug} number ${i}`,
    published,
    authors: [
      {
        name: 'Ada Lovelace',
        identifiers: [{ scheme: 'acl', value: 'ada-lovelace' }],
        affiliation: null,
      },
    ],
    venue: { slug: 'weather', name: 'Weather Letters', acronym: null, kind: 'other' },
    topics: [{ ...topic, score: 1, source: 'keywords' }],
  })
}

let t: TestDatabase
let records: PaperRecord[]
beforeAll(async () => {
  const seeded = await createSeededDatabase()
  t = seeded.t
  const extra = [
    ...DATES.map((date, i) => datedRecord(date, CLUSTERING, i)),
    ...OLD.map((date, i) => datedRecord(date, EPOCHS, i)),
    datedRecord(null, UNDATED, 0),
  ]
  await transaction(t.url, (tx) => writeRecords(tx, extra))
  records = [...seeded.papers.map(({ record }) => record), ...extra]
})
afterAll(() => t.close())

const PARENTS: [list: string, belongs: (record: PaperRecord, name: string) => boolean][] = [
  ['authors', ({ authors }, name) => authors.some((author) => author.name === name)],
  ['topics', ({ topics }, name) => topics.some((topic) => topic.name === name)],
  ['venues', ({ venue }, name) => venue?.name === name],
]

function tally(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys.toSorted()) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

describe.each(PARENTS)('papers per year of %s', (list, belongs) => {
  test('are equal to the records', async () => {
    type Row = { name: string; papersPerYear: { year: number; count: number }[] }
    const { data } = await askWell<Record<string, { nodes: Row[] }>>(
      t,
      `{ ${list}(first: 100) { nodes { name papersPerYear { year count } } } }`,
    )
    const rows = data[list]?.nodes ?? []
    expect(rows.length).toBeGreaterThan(3)
    for (const { name, papersPerYear } of rows) {
      const own = records.filter((record) => belongs(record, name))
      const years = tally(own.flatMap(({ published }) => published?.on.slice(0, 4) ?? []))
      const expected = [...years].map(([year, count]) => ({ year: Number(year), count }))
      expect([name, papersPerYear]).toEqual([name, expected])
    }
  })
})

interface MonthCount {
  month: string
  count: number
}

/** The result of plain code: one entry for each month from the first to the last, given or found. */
function monthsOf(name: string, from: string | null, to: string | null): MonthCount[] {
  const dates = records
    .filter(({ topics }) => topics.some((topic) => topic.name === name))
    .flatMap(({ published }) => (published && published.precision !== 'year' ? published.on : []))
  const counts = tally(dates.map((on) => on.slice(0, 7)))
  const inside = [...counts.keys()].filter((m) => m >= (from ?? '') && m <= (to ?? '9999-12'))
  const [first, last] = [from ?? inside[0], to ?? inside.at(-1)]
  const months: MonthCount[] = []
  for (let month = first; month && last && month <= last; month = next(month)) {
    months.push({ month, count: counts.get(month) ?? 0 })
    if (month === last) break
  }
  return months.slice(-1200)
}

function next(month: string): string {
  const [year = 0, of = 0] = month.split('-').map(Number)
  const parts = of === 12 ? [year + 1, 1] : [year, of + 1]
  return `${String(parts[0]).padStart(4, '0')}-${String(parts[1]).padStart(2, '0')}`
}

const MONTHS =
  'query($from: Month, $to: Month) { topics(first: 100) { nodes { name papersPerMonth(from: $from, to: $to) { month count } } } }'

describe('papers per month of topics', () => {
  test.each([
    [null, null],
    ['2016-03', null],
    [null, '2017-11'],
    ['2016-03', '2019-01'],
    ['2019-01', '2019-01'],
    ['2018-12', '2019-02'],
    ['1990-05', '1990-07'],
    ['9999-11', '9999-12'],
    ['0001-01', '0001-03'],
    ['9999-12', null],
  ])('from %s to %s are equal to the records', async (from, to) => {
    type Row = { name: string; papersPerMonth: MonthCount[] }
    const { data } = await askWell<{ topics: { nodes: Row[] } }>(t, MONTHS, { from, to })
    expect(data.topics.nodes.length).toBeGreaterThan(3)
    for (const { name, papersPerMonth } of data.topics.nodes)
      expect([name, papersPerMonth]).toEqual([name, monthsOf(name, from, to)])
  })

  test('exclude papers with only a year, which the years include', async () => {
    const { data } = await askWell(
      t,
      '{ topic(slug: "clustering") { papersPerMonth(from: "2031-01", to: "2031-01") { month count } papersPerYear { year count } } }',
    )
    expect(data).toMatchObject({
      topic: {
        papersPerMonth: [{ month: '2031-01', count: 0 }],
        papersPerYear: expect.arrayContaining([{ year: 2031, count: 1 }]),
      },
    })
  })
})

const FAULTS: [args: string, parts: string[]][] = [
  ['from: "2020-05", to: "2020-04"', ['from: 2020-05 is after to: 2020-04']],
  ['from: "1900-01", to: "2000-01"', ['1900-01 to 2000-01 is 1201 months', 'at most 1200']],
  ['from: "0001-01", to: "9999-12"', ['at most 1200']],
]

test.each(FAULTS)('papersPerMonth(%s) is refused with a message', async (args, parts) => {
  const query = `{ bad: topic(slug: "clustering") { papersPerMonth(${args}) { count } } good: venue(slug: "acl") { acronym } }`
  const { data, errors } = await ask<object>(t, query)
  expect(data).toEqual({ bad: null, good: { acronym: 'ACL' } })
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', path: ['bad', 'papersPerMonth'] }])
  for (const part of parts) expect(errors[0]?.message).toContain(part)
})

const NO_MONTHS: unknown[] = [
  '2020',
  '2020-00',
  '2020-13',
  '0000-01',
  '2020-1',
  '2020-01-01',
  '',
  'a\u0000b',
  202001,
  true,
  ['2020-01', '2020-02'],
  {},
  { toString: 1 },
]

test.each(NO_MONTHS.map((value) => ({ value })))('$value is not a month', async ({ value }) => {
  const { data, errors } = await ask(t, MONTHS, { from: value })
  expect(data).toBeNull()
  expect(errors[0]?.message).toMatch(
    /is not a month; expected a month from 0001-01 to 9999-12 as YYYY-MM/,
  )
})

test.each(['"2020"', '"2020-13"', '202001', '["2020-01", "2020-02"]', '{ year: 2020 }'])(
  '%s is not a month in a query either',
  async (from) => {
    const asked = ask(t, `{ topics { nodes { papersPerMonth(from: ${from}) { count } } } }`)
    await expect(asked).rejects.toThrow(
      /is not a month; expected a month from 0001-01 to 9999-12 as YYYY-MM/,
    )
  },
)

test.each([
  'authors(first: $first) { nodes { papersPerYear { count } } }',
  'topics(first: $first) { nodes { papersPerYear { count } } }',
  'venues(first: $first) { nodes { papersPerYear { count } } }',
  'topics(first: $first) { nodes { papersPerMonth { count } } }',
  'topics(first: $first) { nodes { papersPerMonth(from: "2016-01", to: "2016-12") { count } } }',
])('%s takes two statements for one parent and for many', async (field) => {
  for (const first of [1, 100]) {
    const { statements } = await askWell(t, `query($first: Int) { ${field} }`, { first })
    expect(statements).toHaveLength(2)
  }
})
