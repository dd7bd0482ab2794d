import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { sql } from '../../../src/db/sql.ts'
import type { TrendWindow } from '../../../src/domain/trending/constants.ts'
import { reasonsOf } from '../../../src/domain/trending/reasons.ts'
import { trendsByPapers } from '../../../src/domain/trending/trend.ts'
import { updateTrends } from '../../../src/domain/trending/update.ts'
import { setUpvote } from '../../../src/domain/votes/upvotes.ts'
import { globalId } from '../../../src/sql/global-id.ts'
import { emptyCatalogue } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import {
  cite,
  countStars,
  daily,
  dayAfter,
  linkRepository,
  listPaper,
  makePapers,
} from './made-papers.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterEach(async () => {
  await emptyCatalogue(t.db)
  await t.db.query(sql`truncate trend_state, trend_usual, trend_marks`)
})
afterAll(() => t?.close())

const TODAY = '2026-05-10'
const update = (today = TODAY) => updateTrends(t.url, { today })

/** Titles by score, the highest first. */
async function listed(window: TrendWindow = 'week'): Promise<string[]> {
  const rows = await t.db.query<{ title: string; day: number; week: number; month: number }>(sql`
    select p.title, w.day, w.week, w.month from paper_trends w join papers p on p.id = w.paper_id order by p.id`)
  return rows.toSorted((a, b) => b[window] - a[window]).map(({ title }) => title)
}

async function trendOf(id: number, window: TrendWindow = 'week') {
  const trend = (await trendsByPapers(t.db, window, [id])).get(id)
  if (!trend) throw new Error(`No trend of ${id}`)
  return trend
}

async function reasons(id: number, window: TrendWindow = 'week') {
  const trend = await trendOf(id, window)
  return (await reasonsOf(t.db, window, [trend])).get(id)
}

test('without any signal, the newest is first, and papers with code before those without; a paper without a date is last', async () => {
  await makePapers(t, [
    { title: 'Without a date', on: null },
    { title: 'Old', on: '2024-01-01' },
    { title: 'New with code', on: '2026-05-08', repository: { name: 'code' } },
    { title: 'New', on: '2026-05-08' },
    { title: 'Newest', on: '2026-05-09' },
  ])
  expect(await listed()).toEqual(['Newest', 'New with code', 'New', 'Old', 'Without a date'])
  await update()
  expect(await listed('day')).toEqual(['New with code', 'Newest', 'New', 'Old', 'Without a date'])
})

test('parts add up to the score in each window, and reasons name the data', async () => {
  const [id = 0, citing = 0] = await makePapers(t, [
    {
      title: 'All signals',
      on: '2026-05-01',
      repository: { name: 'all', stars: daily('2026-05-02', 9, (day) => 10 + 20 * day) },
      listings: { '2026-05-03': 45 },
    },
    { title: 'Citing', on: '2026-05-06' },
  ])
  await cite(t.db, citing, id)
  await update()
  for (const window of ['day', 'week', 'month'] as const) {
    const { score, stars, upvotes, citations, code, recency } = await trendOf(id, window)
    expect(stars + upvotes + citations + code + recency).toBeCloseTo(score, 2)
    for (const part of [stars, upvotes, citations, code]) expect(part).toBeGreaterThan(0)
  }
  expect(await reasons(id)).toEqual([
    '+140 stars of made/all from 3 May 2026 to 10 May 2026',
    '45 upvotes on the list of 3 May 2026 (Hugging Face)',
    '1 citation by papers published since 6 May 2026',
    'Code since 1 May 2026',
    'Published on 1 May 2026',
  ])
})

test('a later listing counts from its day', async () => {
  const [early = 0] = await makePapers(t, [
    { title: 'Listed early', on: '2026-05-01', listings: { '2026-05-12': 90 } },
    { title: 'New', on: TODAY },
  ])
  await update()
  expect(await listed()).toEqual(['New', 'Listed early'])
  expect(await reasons(early)).toEqual(['Published on 1 May 2026'])
  await update('2026-05-12')
  expect(await listed()).toEqual(['Listed early', 'New'])
  expect(await reasons(early)).toEqual([
    '90 upvotes on the list of 12 May 2026 (Hugging Face)',
    'Published on 1 May 2026',
  ])
})

test('a burst ranks before steady growth and an old giant', async () => {
  await makePapers(t, [
    {
      title: 'Giant',
      on: '2021-01-01',
      repository: { name: 'giant', stars: daily('2026-01-01', 130, (day) => 100_000 + 80 * day) },
    },
    {
      title: 'Burst',
      on: '2025-05-01',
      repository: {
        name: 'burst',
        stars: daily('2026-01-01', 130, (day) => 50 + day / 10 + Math.max(0, day - 125) * 40),
      },
    },
    {
      title: 'Steady',
      on: '2025-05-01',
      repository: { name: 'steady', stars: daily('2026-01-01', 130, (day) => 50 + 6 * day) },
    },
  ])
  await update()
  expect((await listed())[0]).toBe('Burst')
})

test('a month begins with its outstanding papers, a day with new ones', async () => {
  await makePapers(t, [
    { title: 'Stood out', on: '2026-04-24', listings: { '2026-04-24': 80 } },
    { title: 'New', on: TODAY, listings: { [TODAY]: 30 } },
  ])
  await update()
  expect([(await listed('month'))[0], (await listed('day'))[0]]).toEqual(['Stood out', 'New'])
})

test('the first count of an old repository is not a gain, nor are misread or withdrawn stars', async () => {
  const flat = daily('2026-04-20', 20, () => 500)
  const [imported = 0, misread = 0, bought = 0, halved = 0] = await makePapers(t, [
    {
      title: 'Imported',
      on: '2020-01-01',
      repository: { name: 'imported', stars: { '2026-05-09': 90_000 } },
    },
    {
      title: 'Misread',
      on: '2020-01-01',
      repository: { name: 'misread', stars: { ...flat, '2026-05-05': 0 } },
    },
    {
      title: 'Bought',
      on: '2020-01-01',
      repository: {
        name: 'bought',
        stars: { ...flat, '2026-05-01': 900, '2026-05-02': 910, '2026-05-03': 900 },
      },
    },
    {
      title: 'Misread last',
      on: '2020-01-01',
      repository: { name: 'halved', stars: { ...flat, '2026-05-09': 3 } },
    },
  ])
  await update()
  for (const id of [imported, misread, bought, halved]) expect((await trendOf(id)).stars).toBe(0)
})

test('a gain over months counts less than the same rate over days, and stars before a paper are not its own', async () => {
  const [long = 0, short = 0, later = 0] = await makePapers(t, [
    {
      title: 'Long',
      on: '2025-01-01',
      repository: { name: 'long', stars: { '2026-01-10': 100, '2026-05-10': 2500 } },
    },
    {
      title: 'Short',
      on: '2025-01-01',
      repository: { name: 'short', stars: { '2026-05-03': 100, '2026-05-10': 240 } },
    },
    {
      title: 'Later',
      on: '2026-05-10',
      repository: { name: 'later', stars: { '2026-05-03': 100, '2026-05-09': 400 } },
    },
  ])
  await update()
  expect((await trendOf(long)).score).toBeLessThan((await trendOf(short)).score)
  expect((await trendOf(later)).stars).toBe(0)
})

test('hundreds of papers of a year do not lead the list of its first days', async () => {
  await makePapers(t, [
    { title: 'Of the year', on: '2026-01-01', precision: 'year' },
    { title: 'Of the month', on: '2026-01-01', precision: 'month' },
    { title: 'Of the day', on: '2025-12-31' },
  ])
  expect((await listed())[0]).toBe('Of the day')
  await update('2026-01-02')
  expect((await listed())[0]).toBe('Of the day')
})

test('the stars of a repository are divided among its papers', async () => {
  const stars = daily('2026-04-01', 40, (day) => 100 + Math.max(0, day - 30) * 50)
  const shared = Array.from({ length: 40 }, (_, i) => ({
    title: `Shared ${i}`,
    on: '2026-01-01',
    repository: { name: 'shared', isOfficial: i === 0 },
  }))
  const ids = await makePapers(t, [
    ...shared,
    { title: 'Own', on: '2026-01-01', repository: { name: 'own', stars } },
  ])
  await countStars(t.db, 'shared', stars)
  await update()
  const [first, second] = await listed()
  expect([first, second]).toEqual(['Own', 'Shared 0'])
  expect(await reasons(ids[5] ?? 0)).toEqual([
    '+350 stars of made/shared from 3 May 2026 to 10 May 2026, shared by 40 papers',
  ])
})

test('fifty repositories with the same sudden gain count little, whenever each was noticed', async () => {
  const bought = Array.from({ length: 50 }, (_, i) => ({
    title: `Bought ${i}`,
    on: '2026-01-01',
    repository: {
      name: `bought-${i}`,
      stars: daily('2026-04-01', 39, (day) => 40 + (i % 7) + (day === 38 ? 200 + (i % 5) : 0)),
    },
  }))
  const [id = 0] = await makePapers(t, [
    {
      title: 'Real',
      on: '2026-01-01',
      repository: {
        name: 'real',
        stars: daily('2026-04-01', 39, (day) => 40 + Math.max(0, day - 34) * 30),
      },
    },
  ])
  // One after the other, each with an update: the first few seem genuine until there are more.
  await makePapers(t, bought.slice(0, 3))
  await update('2026-05-09')
  await makePapers(t, bought.slice(3))
  await update('2026-05-09')
  expect((await listed())[0]).toBe('Real')
  const scores = await t.db.query<{ n: number }>(sql`
    select count(*)::int as n from paper_trends where week > (select week from paper_trends where paper_id = ${id}) - 8`)
  expect(scores[0]?.n).toBe(1)
})

test('stepwise updates equal one from scratch, and an update without a change changes nothing', async () => {
  const stars = daily('2026-04-01', 40, (day) => 100 + day * day)
  const [id = 0, other = 0] = await makePapers(t, [
    {
      title: 'Growing',
      on: '2026-03-01',
      repository: { name: 'growing', stars: { '2026-04-01': 100 } },
    },
    { title: 'Other', on: '2026-03-01' },
  ])
  await update('2026-04-01')
  for (const [day, count] of Object.entries(stars)) {
    await countStars(t.db, 'growing', { [day]: count })
    await update(day)
  }
  await listPaper(t.db, other, '2026-05-05', 30)
  const inSteps = { growing: await trendOf(id), other: [await update(), await trendOf(other)] }
  expect(inSteps.other[0]).toEqual({ papers: 1, changed: 1 })
  expect(await update()).toEqual({ papers: 0, changed: 0 })
  await updateTrends(t.url, { today: TODAY, all: true })
  expect(await trendOf(id)).toEqual(inSteps.growing)
  expect(await trendOf(other)).toEqual(inSteps.other[1])
})

test('a score does not change over time', async () => {
  const [id = 0] = await makePapers(t, [
    {
      title: 'Quiet',
      on: '2026-03-01',
      repository: { name: 'quiet', stars: daily('2026-04-01', 20, (day) => day * 9) },
    },
  ])
  await update('2026-04-20')
  const then = await trendOf(id)
  await update('2026-07-20')
  expect(await trendOf(id)).toEqual(then)
})

test('a date in the future does not put a paper first for months', async () => {
  await makePapers(t, [
    { title: 'Proceedings of next year', on: dayAfter(new Date().toISOString().slice(0, 10), 200) },
    { title: 'Today', on: new Date().toISOString().slice(0, 10), repository: { name: 'today' } },
  ])
  await updateTrends(t.url)
  expect(await listed()).toEqual(['Today', 'Proceedings of next year'])
})

test('later code counts from its day', async () => {
  const [id = 0] = await makePapers(t, [
    { title: 'Late', on: '2024-01-01' },
    { title: 'New', on: '2026-05-02' },
  ])
  await update('2026-05-01')
  await linkRepository(t.db, id, 'late')
  await update('2026-05-04')
  expect(await listed('month')).toEqual(['Late', 'New'])
  expect(await reasons(id)).toContain('Code since 4 May 2026')
})

test('a reason is an event within the window or near it, of each kind and in each window', async () => {
  const ages = [0, 1, 2, 5, 9, 13, 20, 40, 58, 75, 130, 300, 495]
  const papers = ages.flatMap((age) => {
    const on = dayAfter(TODAY, -age)
    const stars = { [dayAfter(on, -2)]: 10, [on]: 90 }
    return [
      { title: `Published ${age}`, on },
      { title: `With code ${age}`, on, repository: { name: `code-${age}` } },
      {
        title: `Of its year ${age}`,
        on: `${on.slice(0, 4)}-01-01`,
        precision: 'year' as const,
        repository: { name: `year-${age}` },
      },
      { title: `Of its month ${age}`, on: `${on.slice(0, 7)}-01`, precision: 'month' as const },
      { title: `Listed ${age}`, on: '2024-01-01', listings: { [on]: 50 } },
      { title: `Starred ${age}`, on: '2024-01-01', repository: { name: `stars-${age}`, stars } },
      { title: `Cited ${age}`, on: '2024-01-01' },
      { title: `Voted ${age}`, on: '2024-01-01' },
    ]
  })
  const ids = await makePapers(t, papers)
  const idOf = (title: string) => ids[papers.findIndex((paper) => paper.title === title)] ?? 0
  for (const age of ages) {
    await cite(t.db, idOf(`Published ${age}`), idOf(`Cited ${age}`))
    const voted = idOf(`Voted ${age}`)
    await setUpvote(t.db, 'key:ada', globalId('Paper', voted), true)
    await t.db.query(sql`update paper_upvotes set created_at = ${dayAfter(TODAY, -age)}::date + time '10:00'
      where paper_id = ${voted}`)
  }
  await updateTrends(t.url, { today: TODAY, all: true })
  for (const [window, span, near] of [
    ['day', 1, 3],
    ['week', 7, 14],
    ['month', 30, 60],
  ] as const)
    for (const [i, { title }] of papers.entries()) {
      const told = await reasons(ids[i] ?? 0, window)
      const age = Number(title.split(' ').at(-1))
      const isCited = title.startsWith('Cited')
      if (title.startsWith('Of its year')) expect(told, `${title} ${window}`).toEqual([])
      // An event without a day may be on any day of the month.
      else if (title.startsWith('Of its month')) {
        if (age > near + 30) expect(told, `${title} ${window}`).toEqual([])
      } else if (age >= (isCited ? Math.max(near, 7) : near))
        expect(told, `${title} ${window}`).toEqual([])
      else if (age < span) expect(told?.length, `${title} ${window}`).toBeGreaterThan(0)
    }
})

test('ten citations of one year are not a burst on its first of January', async () => {
  const [id = 0, ...citing] = await makePapers(t, [
    { title: 'Cited', on: '2020-01-01' },
    ...Array.from({ length: 10 }, (_, i) => ({
      title: `Citing ${i}`,
      on: '2026-01-01',
      precision: 'year' as const,
    })),
  ])
  for (const one of citing) await cite(t.db, one, id)
  await update()
  expect((await trendOf(id)).citations).toBeLessThan(0.1)
})

test('paging, ranks and previous ranks follow the order of a list', async () => {
  const papers = Array.from({ length: 7 }, (_, i) => ({
    title: `P${i}`,
    on: dayAfter('2026-04-01', i),
  }))
  const ids = await makePapers(t, papers)
  await update('2026-05-01')
  await listPaper(t.db, ids[0] ?? 0, '2026-05-02', 50)
  await update('2026-05-02')
  const rows = await t.db.query<{ id: number }>(sql`
    select paper_id as id from trend_ranks where span = 'day' and taken_on = '2026-05-01' order by score desc`)
  expect(rows.map(({ id }) => id)).toEqual(ids.toReversed())
  expect((await listed('day'))[0]).toBe('P0')
})

test('votes in this catalogue count on their days, and reasons only state the known part of a date', async () => {
  const [quiet = 0, voted = 0, ofYear = 0, ofMonth = 0] = await makePapers(t, [
    { title: 'Quiet', on: '2026-03-01' },
    { title: 'Voted for', on: '2026-02-28' },
    { title: 'Of a year', on: '2026-01-01', precision: 'year' },
    { title: 'Of a month', on: '2026-02-01', precision: 'month' },
  ])
  await update('2026-03-01')
  const state = () => t.db.query(sql`select changed_at from trend_state`)
  const before = await state()
  expect(await update('2026-03-02')).toEqual({ papers: 0, changed: 0 })
  // A feed stays unchanged if no score has changed.
  expect(await state()).toEqual(before)
  for (const voter of ['key:ada', 'key:grace', 'key:alan', 'key:ada'])
    await setUpvote(t.db, voter, globalId('Paper', voted), true)
  await t.db.query(sql`update paper_upvotes set created_at = '2026-03-03T10:00:00Z'`)
  expect(await update('2026-03-03')).toEqual({ papers: 1, changed: 1 })
  expect(await state()).not.toEqual(before)
  expect(await listed()).toEqual(['Voted for', 'Quiet', 'Of a month', 'Of a year'])
  expect(await reasons(voted)).toEqual([
    '3 upvotes in this catalogue since 3 March 2026',
    'Published on 28 February 2026',
  ])
  expect(await reasons(ofYear)).toEqual([])
  expect(await reasons(ofMonth)).toEqual(['Published in February 2026'])
  const inSteps = [await trendOf(quiet), await trendOf(voted)]
  await updateTrends(t.url, { today: '2026-03-03', all: true })
  expect([await trendOf(quiet), await trendOf(voted)]).toEqual(inSteps)
  await setUpvote(t.db, 'key:ada', globalId('Paper', voted), false)
  expect(await update('2026-03-03')).toEqual({ papers: 1, changed: 1 })
})

test('scores of other constants are recomputed', async () => {
  await makePapers(t, [{ title: 'Starred', on: '2026-05-08', repository: { name: 'code' } }])
  await countStars(t.db, 'code', { '2026-05-01': 10, '2026-05-09': 300 })
  await update()
  const scores = () => t.db.query(sql`select day, week, month from paper_trends`)
  const right = await scores()
  await t.db.query(sql`update paper_trends set day = 0, week = 0, month = 0`)
  expect(await update()).toMatchObject({ papers: 0 })
  await t.db.query(sql`update trend_state set constants = '{}'`)
  expect(await update()).toMatchObject({ papers: 1, changed: 1 })
  expect(await scores()).toEqual(right)
})
