import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import type { PaperRecord } from '../../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { ask, askWell } from '../../helpers/graphql.ts'

const day = (on: string) => ({ on, precision: 'day' as const })

let count = 0
/** A record of a paper with its own arXiv id; `over` replaces fields. */
function record(title: string, over: Partial<PaperRecord> = {}): PaperRecord {
  count += 1
  const identifiers = [
    { scheme: 'arxiv' as const, value: `2606.${String(count).padStart(5, '0')}` },
  ]
  return paperRecord({ source: 'arxiv', key: title, title, identifiers, ...over })
}

function listed(of: PaperRecord, on: string | null): PaperRecord {
  const listing = { on, organisation: null, projectUrl: null, mediaUrls: [], commentCount: 1 }
  return { ...of, source: 'hf-daily', key: `${of.key}/${on}`, listing }
}

const SUBMITTED = record('Submitted at noon', { published: day('2026-06-03') })
const LISTED = record('Listed after its submission', { published: day('2026-06-03') })
const TWICE = record('Listed on two days', { published: day('2026-06-01') })
const ALONE = record('Read by itself', { published: day('2026-06-05') })
const PUBLISHED = record('Later published by a journal', { published: day('2026-06-08') })
const RECORDS = [
  SUBMITTED,
  LISTED,
  listed(LISTED, '2026-06-05'),
  listed(TWICE, '2026-06-02'),
  listed(TWICE, '2026-06-10'),
  listed(ALONE, null),
  PUBLISHED,
  {
    ...PUBLISHED,
    source: 'crossref',
    kind: 'journal_article' as const,
    published: { on: '2026-11-01', precision: 'month' as const },
    venue: { slug: 'jmlr', name: 'JMLR', acronym: null, kind: 'journal' as const },
  },
  record('Known to the month', { published: { on: '2026-06-01', precision: 'month' } }),
  record('Without a date', { published: null }),
  record('Of next year', { published: day('2027-02-01') }),
  ...Array.from({ length: 5 }, (_, i) =>
    record(`One of five, number ${i}`, { published: day('2026-07-15') }),
  ),
]

let t: TestDatabase
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-07-15T23:30:00Z') })
  t = await createTestDatabase()
  await transaction(t.url, (tx) => writeRecords(tx, RECORDS))
})
afterAll(async () => {
  vi.useRealTimers()
  await t.close()
})

interface List {
  period: string
  from: string
  until: string
  previousDate: string | null
  previousPeriod: string | null
  nextDate: string | null
  nextPeriod: string | null
  isComplete: boolean
  papers: { totalCount: number; nodes: { title: string }[] }
}
const LIST = `{ period from until previousDate previousPeriod nextDate nextPeriod isComplete
  papers(order: { field: TITLE, direction: ASC }) { totalCount nodes { title } } }`

async function read(field: string): Promise<List & { titles: string[] }> {
  const { data } = await askWell<{ list: List }>(t, `{ list: ${field} ${LIST} }`)
  const titles = data.list.papers.nodes.map(({ title }) => title)
  expect(data.list.papers.totalCount).toBe(titles.length)
  return { ...data.list, titles }
}

test.each([
  ['2026-06-02', ['Listed on two days'], null, '2026-06-03'],
  ['2026-06-03', ['Submitted at noon'], '2026-06-02', '2026-06-05'],
  ['2026-06-04', [], '2026-06-03', '2026-06-05'],
  ['2026-06-05', ['Listed after its submission', 'Read by itself'], '2026-06-03', '2026-06-08'],
  ['2026-06-08', ['Later published by a journal'], '2026-06-05', '2026-06-10'],
  ['2026-06-10', ['Listed on two days'], '2026-06-08', '2026-07-15'],
  ['2026-06-30', [], '2026-06-10', '2026-07-15'],
])('the list of %s', async (date, titles, previousDate, nextDate) => {
  expect(await read(`daily(date: "${date}")`)).toMatchObject({
    ...{ period: date, from: date, until: date, titles, previousDate, nextDate },
    ...{ previousPeriod: previousDate, nextPeriod: nextDate, isComplete: true },
  })
})

test('a week and a month hold each paper once', async () => {
  expect(await read('weekly(week: "2026-W23")')).toMatchObject({
    ...{ from: '2026-06-01', until: '2026-06-07', previousDate: null, previousPeriod: null },
    ...{ nextDate: '2026-06-08', nextPeriod: '2026-W24', isComplete: true },
    titles: [
      'Listed after its submission',
      'Listed on two days',
      'Read by itself',
      'Submitted at noon',
    ],
  })
  expect(await read('monthly(month: "2026-06")')).toMatchObject({
    ...{ from: '2026-06-01', until: '2026-06-30', nextDate: '2026-07-15', nextPeriod: '2026-07' },
    titles: [
      'Later published by a journal',
      'Listed after its submission',
      'Listed on two days',
      'Read by itself',
      'Submitted at noon',
    ],
  })
})

test.each(['daily', 'weekly', 'monthly'])(
  '%s without a period returns the latest',
  async (field) => {
    const { titles, nextDate, isComplete } = await read(field)
    expect(titles).toHaveLength(5)
    expect([nextDate, isComplete]).toEqual([null, false])
  },
)

test('it takes filter, order, facets and pages like every list of papers', async () => {
  const { data } = await askWell<{
    daily: { papers: Record<string, { totalCount: number; nodes: { title: string }[] }> }
    none: { papers: { totalCount: number } }
  }>(
    t,
    `{ daily(date: "2026-07-15") { papers(first: 2, order: TITLE, filter: { text: "five" }) {
        totalCount nodes { title } pageInfo { hasNextPage } facets { years { value count } } } }
      none: daily(date: "2026-07-15") { papers(filter: { kind: BOOK }) { totalCount } } }`,
  )
  expect(data.daily.papers).toMatchObject({
    totalCount: 5,
    nodes: [{ title: 'One of five, number 4' }, { title: 'One of five, number 3' }],
    pageInfo: { hasNextPage: true },
    facets: { years: [{ value: 2026, count: 5 }] },
  })
  expect(data.none.papers.totalCount).toBe(0)
})

test('an unknown name in the filter is an error, also on a day without papers', async () => {
  const { errors } = await ask(
    t,
    '{ daily(date: "2026-06-04") { papers(filter: { topics: ["nonesuch"] }) { totalCount } } }',
  )
  expect(errors[0]).toMatchObject({ code: 'BAD_USER_INPUT' })
  expect(errors[0]?.message).toContain('no topic has the slug "nonesuch"')
})

test.each([
  [
    'daily(date: "2026-07-16")',
    'date: 2026-07-16 is in the future; expected 2026-07-15 at the latest, by the day in UTC.',
  ],
  ['daily(date: "9999-12-31")', 'date: 9999-12-31 is in the future'],
  [
    'daily(date: "2026-06-01")',
    'date: 2026-06-01 is before the first paper; expected 2026-06-02 or later.',
  ],
  ['daily(date: "0001-01-01")', 'date: 0001-01-01 is before the first paper'],
  ['weekly(week: "2026-W30")', 'week: 2026-W30 is in the future; expected 2026-W29 at the latest'],
  ['weekly(week: "9999-W52")', 'week: 9999-W52 is in the future'],
  [
    'weekly(week: "2026-W22")',
    'week: 2026-W22 is before the first paper; expected 2026-W23 or later.',
  ],
  ['weekly(week: "0001-W01")', 'week: 0001-W01 is before the first paper'],
  ['monthly(month: "2026-08")', 'month: 2026-08 is in the future'],
  ['monthly(month: "9999-12")', 'month: 9999-12 is in the future'],
  [
    'monthly(month: "2026-05")',
    'month: 2026-05 is before the first paper; expected 2026-06 or later.',
  ],
])('%s is refused', async (field, message) => {
  const { data, errors } = await ask<{ list: null; rest: object }>(
    t,
    `{ list: ${field} { period } rest: stats { paperCount } }`,
  )
  expect(data).toMatchObject({ list: null, rest: {} })
  expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', path: ['list'] }])
  expect(errors[0]?.message).toContain(message)
})

describe('completeness', () => {
  const NOON = new Date('2026-07-15T12:00:00Z')
  const isComplete = async (date: string) => (await read(`daily(date: "${date}")`)).isComplete
  const synced = (source: string, until: string) =>
    t.db.query(sql`insert into sync_states (source, scope, done_until) values (${source}::text, '', ${until}::date)
      on conflict (source, scope) do update set done_until = excluded.done_until`)

  test('not before the day is over in UTC', async () => {
    vi.setSystemTime(NOON)
    expect(await isComplete('2026-07-15')).toBe(false)
    expect(await isComplete('2026-07-14')).toBe(true)
  })

  test('not before synced sources have been read beyond it', async () => {
    await synced('hf-daily', '2026-07-10')
    expect([await isComplete('2026-07-09'), await isComplete('2026-07-10')]).toEqual([true, false])
    await synced('arxiv', '2026-07-10')
    expect([await isComplete('2026-07-06'), await isComplete('2026-07-07')]).toEqual([true, false])
    expect((await read('weekly(week: "2026-W27")')).isComplete).toBe(true)
    expect((await read('weekly(week: "2026-W28")')).isComplete).toBe(false)
    await t.db.query(sql`delete from sync_states`)
  })
})

test('an empty catalogue has an empty list of today', async () => {
  const empty = await createTestDatabase()
  const { data } = await askWell<{ list: List }>(empty, `{ list: daily ${LIST} }`)
  expect(data.list).toMatchObject({
    ...{ period: '2026-07-15', previousDate: null, nextDate: null, isComplete: false },
    papers: { totalCount: 0 },
  })
  await empty.close()
})
