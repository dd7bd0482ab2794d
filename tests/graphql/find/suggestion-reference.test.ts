import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { transaction } from '../../../src/db/transaction.ts'
import { writeRecords } from '../../../src/domain/write/catalogue.ts'
import { paperRecord } from '../../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../../helpers/database.ts'
import { askWell } from '../../helpers/graphql.ts'

const FAMILIES = ['Mousi', 'Durrani', 'Öz', 'Nguyen', 'Abdul-Mageed', 'Zhang']
const SUBJECTS = ['Looms', 'Kilns', 'Anvils', 'Sundials', 'Millstones', 'Weathervanes']
const YEARS = [2017, 2024, 2025]

/** A paper for each family name and year, with the next name as second author. */
const PAPERS = FAMILIES.flatMap((family, i) =>
  YEARS.map((year, j) => ({
    ...{ family, year, second: FAMILIES[(i + 1) % FAMILIES.length] ?? '' },
    title: `Calibrated ${SUBJECTS[i]} for Patient Readers ${'abc'[j]}`,
    words: `calibrated ${SUBJECTS[i]} patient`,
  })),
)

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
  const by = (...names: string[]) =>
    names.map((name) => ({ name, identifiers: [], affiliation: null }))
  const records = PAPERS.map(({ family, second, year, title }, i) =>
    paperRecord({
      ...{ key: `${i}`, title, authors: by(`Ada ${family}`, `Bo ${second}`), citationCount: i },
      published: { on: `${year}-05-01`, precision: 'day' },
    }),
  )
  const numbered = paperRecord({ key: 'n', title: 'Mousi Challenge 2025', citationCount: 1 })
  await transaction(t.url, (tx) => writeRecords(tx, [...records, numbered]))
})
afterAll(() => t.close())

async function suggest(prefix: string, kinds = '') {
  const query = `query($prefix: String!) { suggest(prefix: $prefix ${kinds}) { kind label isCorrected } }`
  const { data, statements } = await askWell<{
    suggest: { kind: string; label: string; isCorrected: boolean }[]
  }>(t, query, { prefix })
  expect(statements).toHaveLength(1)
  return data.suggest
}

const one = fc.constantFrom(...PAPERS)
type Made = (typeof PAPERS)[number]
const WAYS: [way: string, typed: (paper: Made) => string][] = [
  ['Name Year', ({ family, year }) => `${family} ${year}`],
  ['name year', ({ family, year }) => `${family.toLowerCase()} ${year}`],
  ['Name (Year)', ({ family, year }) => `${family} (${year})`],
  ['Name, Year', ({ family, year }) => `${family}, ${year}`],
  ['Year Name', ({ family, year }) => `${year} ${family}`],
  ['Name et al. Year', ({ family, year }) => `${family} et al. ${year}`],
  ['Name et al., Yeara', ({ family, year }) => `${family} et al., ${year}a`],
  ['Given Name Year', ({ family, year }) => `Ada ${family} ${year}`],
  ['Name and Name Year', ({ family, second, year }) => `${family} and ${second} ${year}`],
  ['Name & Name (Year)', ({ family, second, year }) => `${family} & ${second} (${year})`],
]

test.each(WAYS)('%s leads to the paper', async (_, typed) => {
  await fc.assert(
    fc.asyncProperty(one, async (paper) => {
      const found = await suggest(typed(paper), ', kinds: [PAPER]')
      expect(found[0]).toEqual({ kind: 'PAPER', label: paper.title, isCorrected: false })
    }),
    { numRuns: 8, examples: PAPERS.slice(0, 2).map((paper) => [paper]) },
  )
})

test('words of a title and a year lead to the paper of that year', async () => {
  for (const { title, words, year } of PAPERS)
    for (const typed of [`${words} ${year}`, `${year} ${words.toLowerCase()}`])
      expect((await suggest(typed))[0]?.label).toBe(title)
})

test('a year without such a paper gives none, and a title with the number stays', async () => {
  expect((await suggest('Durrani 2019')).filter(({ isCorrected }) => !isCorrected)).toEqual([])
  expect((await suggest('Mousi 2025')).map(({ label }) => label)).toEqual(
    expect.arrayContaining(['Mousi Challenge 2025', 'Calibrated Looms for Patient Readers c']),
  )
})

test('et al. is ignored in names', async () => {
  expect((await suggest('Durrani et al.')).map(({ label }) => label)).toContain('Ada Durrani')
})

test('papers are suggested only if they are requested', async () => {
  for (const { kind } of await suggest('Mousi 2025', ', kinds: [AUTHOR, VENUE]'))
    expect(kind).not.toBe('PAPER')
})
