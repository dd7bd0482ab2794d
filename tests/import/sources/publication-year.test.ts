import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readText } from '../../helpers/reading.ts'

const year = fc.integer({ min: 1990, max: 2024 })
const shift = fc.constantFrom(-2, -1, 1, 2)
const day = fc.record({
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
})
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
const two = (number: number) => String(number).padStart(2, '0')
const iso = (of: number, { month, day: at }: { month: number; day: number }) =>
  `${of}-${two(month)}-${two(at)}`

const publishedIn = async (format: string, text: string) =>
  (await readText(format, text)).records[0]?.published

/** A day of publication and a year that a source states for the same paper. */
const written: [
  string,
  string,
  (year: number, date: string, day: { month: number; day: number }) => string,
][] = [
  [
    'IEEE Xplore',
    'csv',
    (of, date, { month, day: at }) =>
      `"Document Title",Authors,"Publication Year",Online Date\nT,A. Bee,"${of}","${at} ${MONTHS[month - 1]} ${date.slice(0, 4)}"\n`,
  ],
  ['a table', 'csv', (of, date) => `Title,Year,Publication Date\nT,${of},${date}\n`],
  ...['Issued', 'Submitted', 'Available'].map((dateType): (typeof written)[number] => [
    `DataCite: ${dateType}`,
    'datacite',
    (of, date) =>
      JSON.stringify({
        ...{ id: 'https://doi.org/10.5555/a', doi: '10.5555/a', publicationYear: of },
        ...{ types: { resourceTypeGeneral: 'JournalArticle' }, titles: [{ title: 'T' }] },
        ...{ creators: [], dates: [{ date, dateType }] },
      }),
  ]),
]

describe.each(written)('%s', (_, format, textOf) => {
  test('a day in the year of publication is the day', async () => {
    await fc.assert(
      fc.asyncProperty(year, day, async (of, on) => {
        const date = iso(of, on)
        expect(await publishedIn(format, textOf(of, date, on))).toEqual({
          ...{ on: date, precision: 'day' },
        })
      }),
      { numRuns: 20 },
    )
  })

  test('the year of publication takes precedence over a day of another year', async () => {
    await fc.assert(
      fc.asyncProperty(year, shift, day, async (of, by, on) => {
        const text = textOf(of, iso(of + by, on), on)
        expect(await publishedIn(format, text)).toEqual({ on: `${of}-01-01`, precision: 'year' })
      }),
      { numRuns: 20 },
    )
  })
})

test('DataCite: a date of issue gives the year if no year is stated', async () => {
  const work = (...dates: [string, string][]) =>
    JSON.stringify({
      ...{ id: 'https://doi.org/10.5555/a', doi: '10.5555/a', titles: [{ title: 'T' }] },
      ...{ types: { resourceTypeGeneral: 'BookChapter' }, creators: [] },
      dates: dates.map(([dateType, date]) => ({ date, dateType })),
    })
  const text = work(['Available', '2025-02-25'], ['Issued', '2024'])
  expect(await publishedIn('datacite', text)).toEqual({ on: '2024-01-01', precision: 'year' })
})
