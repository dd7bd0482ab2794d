import { chunk } from 'es-toolkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CitablePaper } from '../../src/domain/export/citable-paper.ts'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { paperRecord } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { EAST_ASIAN_NAMES, printedName, STATED_NAMES } from '../helpers/stated-names.ts'
import { FORMATS, roundTrip } from './round-trip.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

const WORDS = 'loom warp weft shuttle heddle reed treadle bobbin spindle distaff'.split(' ')

/** Papers with five authors each, of whom the source states the family names. */
const RECORDS: PaperRecord[] = chunk([...STATED_NAMES, ...EAST_ASIAN_NAMES], 5).map((names, n) =>
  paperRecord({
    ...{ key: String(n), kind: 'journal_article' },
    title: `The ${WORDS[n % 10]} and the ${WORDS[Math.floor(n / 10) % 10]} of weavers`,
    identifiers: [
      { scheme: 'doi', value: `10.1000/weave.${n}` },
      { scheme: 'arxiv', value: `2101.${String(n).padStart(5, '0')}` },
    ],
    authors: names.map((parts) => ({
      ...{ name: printedName(parts), familyName: parts.family },
      ...{ identifiers: [], affiliation: null },
    })),
  }),
)

const bylines = (papers: readonly Pick<CitablePaper, 'authors'>[]) =>
  papers.map(({ authors }) => authors.map(({ name, familyName }) => ({ name, familyName })))

describe('the family names that a source states come back', () => {
  test.each(FORMATS)('from %s', async (format) => {
    const { before, after } = await roundTrip(t, format, RECORDS)
    expect(bylines(before)).toEqual(bylines(RECORDS))
    expect(bylines(after)).toEqual(bylines(RECORDS))
    expect(after.map(({ keyParts }) => keyParts)).toEqual(before.map(({ keyParts }) => keyParts))
  })
})
