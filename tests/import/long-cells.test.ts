import { expect, test } from 'vitest'
import { readText } from '../helpers/reading.ts'
import { atLeast } from '../helpers/thorough.ts'

const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => `Study number ${from + i},2019`).join('\n')

test.each([499, 500, 501, 502, 10_000])('a cell of %i lines is read', async (count) => {
  const lines = Array.from({ length: count }, (_, i) => `Line ${i}, "" and more`)
  for (const [before, after] of [
    [0, 3],
    [3, 3],
    [600, 600],
  ] as const) {
    const long = `"The long one","2019","${lines.join('\n')}"`
    const found = await readText(
      'csv',
      ['title,year,abstract', rows(before), long, rows(after, before)].filter(Boolean).join('\n'),
    )
    expect(found.rejects).toEqual([])
    expect(found.records).toHaveLength(before + 1 + after)
    // A longer abstract is truncated.
    const abstract = lines.join(' ').replaceAll('""', '"').slice(0, 50_000)
    expect(found.records[before]?.abstract?.slice(0, 50_000)).toBe(abstract)
  }
})

test.each([
  ['is the last of the table', ''],
  ['comes before a quote within a cell', 'A 5" pipe,2019\n'],
  ['comes before a quoted cell', '"A title",2019\n'],
  ['comes before a cell with quotes', '"A ""quoted"" title",2019\n'],
])('an unclosed quote with %s spoils one row', async (_, last) => {
  // Fewer and more than the 500 lines within which a cell may end.
  for (const count of [3, ...atLeast([600], [600, 2_000])]) {
    const text = `title,year\n${rows(2)}\n"Open,2019\n${rows(count, 2)}\n${last}`
    const found = await readText('csv', text)
    // Within 500 lines, the quote of a pipe may be the end of a cell.
    if (count === 3 && last.startsWith('A 5')) continue
    expect(found.rejects).toMatchObject([{ position: 4, reason: 'a quote is never closed' }])
    expect(found.records).toHaveLength(count + 2 + (last ? 1 : 0))
  }
})

test('a table with an opening quote in a cell of each row is read quickly', async () => {
  for (const row of ['a","b', '"a', 'a,"b', '"a""', ',"']) {
    const start = performance.now()
    await readText('csv', `title,year\n${`${row}\n`.repeat(5_000)}`)
    expect(performance.now() - start).toBeLessThan(20_000)
  }
})
