import sql from 'sql-template-tag'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { daysOf, periodOf } from '../../../src/domain/lists/period.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

test('weeks and months equal those of PostgreSQL, for each day of 120 years and the first and last', async () => {
  const rows = await t.db.query<{ day: string; week: string; month: string }>(sql`
    select to_char(d, 'YYYY-MM-DD') as day, to_char(d, 'IYYY-"W"IW') as week, to_char(d, 'YYYY-MM') as month
    from (select generate_series('1950-01-01'::date, '2069-12-31', '1 day')
      union all select generate_series('0001-01-01'::date, '0004-12-31', '1 day')
      union all select generate_series('9996-01-01'::date, '9999-12-31', '1 day')) as days(d)`)
  expect(rows.length).toBeGreaterThan(45_000)
  const wrong = rows.filter(({ day, week, month }) => {
    const [ofWeek, ofMonth] = [daysOf('week', week), daysOf('month', month)]
    return !(
      periodOf('week', day) === week &&
      periodOf('month', day) === month &&
      ofWeek &&
      ofMonth &&
      ofWeek.from <= day &&
      ofMonth.from <= day &&
      (ofWeek.until >= day || ofWeek.until.startsWith('+')) &&
      ofMonth.until >= day
    )
  })
  expect(wrong).toEqual([])
})

test.each([
  ['2026-W01', '2025-12-29', '2026-01-04'],
  ['2026-W53', '2026-12-28', '2027-01-03'],
  ['2024-W09', '2024-02-26', '2024-03-03'],
])('%s is %s to %s', (week, from, until) => {
  expect(daysOf('week', week)).toEqual({ from, until })
})

test.each([
  '2025-W53',
  '2026-W54',
  '2026-W00',
  '2026-W1',
  '2026-w01',
  '0000-W01',
  '2026W01',
  'W01',
  '',
])('there is no week %j', (week) => expect(daysOf('week', week)).toBeNull())

test.each([
  ['2024-02', '2024-02-29'],
  ['2025-02', '2025-02-28'],
  ['9999-12', '9999-12-31'],
])('%s ends on %s', (month, until) => {
  expect(daysOf('month', month)).toEqual({ from: `${month}-01`, until })
})
