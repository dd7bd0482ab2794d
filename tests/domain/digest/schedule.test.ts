import { describe, expect, test } from 'vitest'
import {
  type DigestSchedule,
  dateOfDigest,
  nextDigestAt,
  parseTimeZone,
} from '../../../src/domain/digest/schedule.ts'

const daily = (timeZone: string, hour: number): DigestSchedule => ({
  frequency: 'daily',
  weekday: 1,
  timeZone,
  hour,
})
const next = (schedule: DigestSchedule, after: string) =>
  nextDigestAt(schedule, new Date(after)).toISOString().slice(0, 16)
const dateAt = (schedule: DigestSchedule, now: string) => dateOfDigest(schedule, new Date(now))

/** All due times between two instants, computed one after the other. */
function timesBetween(schedule: DigestSchedule, from: string, to: string): string[] {
  const times: string[] = []
  for (let at = new Date(from); ; ) {
    at = nextDigestAt(schedule, at)
    if (at > new Date(to)) return times
    times.push(at.toISOString().slice(0, 16))
  }
}

describe('the next digest', () => {
  test.each([
    [daily('UTC', 8), '2026-03-01T07:59:59Z', '2026-03-01T08:00'],
    [daily('UTC', 8), '2026-03-01T08:00:00Z', '2026-03-02T08:00'],
    // The day is that of the subscriber, on either side of UTC.
    [daily('Pacific/Kiritimati', 8), '2026-03-01T12:00:00Z', '2026-03-01T18:00'],
    [daily('Pacific/Pago_Pago', 23), '2026-03-01T09:30:00Z', '2026-03-01T10:00'],
    [daily('Asia/Kolkata', 0), '2026-03-01T12:00:00Z', '2026-03-01T18:30'],
    [daily('Asia/Kathmandu', 7), '2026-03-01T12:00:00Z', '2026-03-02T01:15'],
  ])('%o after %s', (schedule, after, expected) => expect(next(schedule, after)).toBe(expected))

  test('is on its weekday', () => {
    const weekly: DigestSchedule = { ...daily('Asia/Tokyo', 7), frequency: 'weekly', weekday: 1 }
    // Monday morning in Tokyo is Sunday evening in UTC.
    expect(timesBetween(weekly, '2026-03-01T00:00:00Z', '2026-03-20T00:00:00Z')).toEqual([
      '2026-03-01T22:00',
      '2026-03-08T22:00',
      '2026-03-15T22:00',
    ])
  })
})

describe('clock changes', () => {
  test('a skipped hour becomes the next one, once', () => {
    expect(
      timesBetween(daily('Europe/Berlin', 2), '2026-03-28T00:00:00Z', '2026-03-30T12:00:00Z'),
    ).toEqual(['2026-03-28T01:00', '2026-03-29T01:00', '2026-03-30T00:00'])
  })

  test('an hour that occurs twice is the first one, once', () => {
    expect(
      timesBetween(daily('America/New_York', 1), '2026-10-31T12:00:00Z', '2026-11-02T12:00:00Z'),
    ).toEqual(['2026-11-01T05:00', '2026-11-02T06:00'])
  })

  test('a skipped midnight becomes the first hour of that day', () => {
    // Cairo goes from 23:59 on Thursday to 01:00 on Friday.
    const cairo = daily('Africa/Cairo', 0)
    expect(timesBetween(cairo, '2026-04-23T12:00:00Z', '2026-04-25T12:00:00Z')).toEqual([
      '2026-04-23T22:00',
      '2026-04-24T21:00',
    ])
    expect(dateAt(cairo, '2026-04-23T22:05:00Z')).toBe('2026-04-24')
  })

  test('each day of a year has one digest in each zone, with its own date', () => {
    for (const zone of [
      'Europe/Berlin',
      'America/Santiago',
      'Australia/Lord_Howe',
      'Africa/Casablanca',
    ])
      for (const hour of [0, 2]) {
        const schedule = daily(zone, hour)
        const times = timesBetween(schedule, '2026-01-01T12:00:00Z', '2026-12-31T12:00:00Z')
        const dates = times.map((time) => dateAt(schedule, `${time}:00Z`))
        expect(new Set(dates).size).toBe(times.length)
        expect(times.length).toBeGreaterThanOrEqual(364)
        expect(times.length).toBeLessThanOrEqual(365)
      }
  })

  test('a day that a zone skipped has none', () => {
    // Samoa had no 30th of December 2011.
    const apia = daily('Pacific/Apia', 8)
    const times = timesBetween(apia, '2011-12-29T00:00:00Z', '2012-01-02T00:00:00Z')
    expect(times.map((time) => dateAt(apia, `${time}:00Z`))).toEqual([
      '2011-12-29',
      '2011-12-31',
      '2012-01-01',
      '2012-01-02',
    ])
  })
})

describe('the date of a digest', () => {
  test.each([
    ['on time', '2026-03-01T23:00:00Z', '2026-03-01'],
    ['a little late, past midnight', '2026-03-02T00:30:00Z', '2026-03-01'],
    // From here on it is the digest of the new day, and no other follows on that day.
    ['hours late', '2026-03-02T04:00:00Z', '2026-03-02'],
    ['after an outage of three days', '2026-03-04T12:00:00Z', '2026-03-04'],
  ])('%s', (_, now, expected) => expect(dateAt(daily('UTC', 23), now)).toBe(expected))
})

describe('time zones', () => {
  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    [' europe/berlin ', 'Europe/Berlin'],
    ['utc', 'UTC'],
    ['Etc/GMT-14', 'Etc/GMT-14'],
  ])('%j', (text, name) => expect(parseTimeZone(text)).toBe(name))

  test.each(['', 'Europe/Nowhere', '+01:00', 'GMT+1', '5', 'Berlin\0', 'x'.repeat(300)])(
    '%j is refused',
    (text) => expect(() => parseTimeZone(text)).toThrow(/^timeZone: .* is not a time zone/),
  )

  test('a typo gets a hint', () => {
    expect(() => parseTimeZone('Europe/Belin')).toThrow(/Did you mean Europe\/Berlin\?/)
  })
})
