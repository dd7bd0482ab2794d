import { readFileSync } from 'node:fs'
import { uniq } from 'es-toolkit'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { escapeText } from '../../src/bibliography/latex.ts'
import type { CitablePaper } from '../../src/domain/export/citable-paper.ts'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { normaliseIdentifier } from '../../src/domain/reference/identifier.ts'
import { accentsToUnicode, latexToText } from '../../src/import/fields/latex.ts'
import { cleanText, recordOf } from '../../src/import/input/outcome.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { oddDoi } from '../helpers/odd-doi.ts'
import { hasRealData, realRecords } from '../helpers/real-records.ts'
import { atLeast } from '../helpers/thorough.ts'
import { generatedRecords } from './generated-records.ts'
import { differences, type Exported, exportInAll, FORMATS, importAgain } from './round-trip.ts'

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

/** The same papers each time; for others: `ROUND_TRIPS=50 npx vitest run …`. */
const { ROUND_TRIPS } = process.env
const RUNS = ROUND_TRIPS ? { numRuns: Number(ROUND_TRIPS) } : { numRuns: 1, seed: 14 }

const recordWithDoi = (doi: string, n: number): PaperRecord =>
  recordOf({
    ...{ source: 'test', key: String(n), licence: null, kind: 'journal_article' },
    ...{ title: `Paper of number ${n}x`, abstract: null, published: null, landingUrl: null },
    ...{ authors: [], venue: null, topics: [], repositories: [] },
    identifiers: [{ scheme: 'doi', value: doi }],
  })

async function expectSame(exported: Exported, format: string) {
  const { before } = exported
  const { after, report } = await importAgain(t, exported, format)
  const rejects = report.rejectsPath === null ? '' : readFileSync(report.rejectsPath, 'utf8')
  expect(rejects, format).not.toContain('reason')
  expect(after, format).toHaveLength(before.length)
  const found = before.flatMap((paper, i) => differences(format, paper, after[i]))
  expect(found, format).toEqual([])
}

describe('an export and import give the same papers', () => {
  test('of generated papers', async () => {
    await fc.assert(
      fc.asyncProperty(generatedRecords, async (records) => {
        const exported = await exportInAll(t, records)
        for (const format of FORMATS) await expectSame(exported, format)
      }),
      { ...RUNS, endOnFailure: true },
    )
  })

  describe.skipIf(!hasRealData)('of real papers (skipped without ../shared/data)', () => {
    let exported: Exported
    beforeAll(async () => {
      const records = ROUND_TRIPS
        ? await realRecords(Number(ROUND_TRIPS), true)
        : await realRecords(atLeast(3, 6))
      expect(records.length).toBeGreaterThan(atLeast(60, 100))
      exported = await exportInAll(t, records)
    })

    test.each(FORMATS)(
      '%s',
      (format) => expectSame(exported, format),
      ROUND_TRIPS ? 1_200_000 : 60_000,
    )
  })

  describe('for DOIs with all characters', () => {
    let exported: Exported
    beforeAll(async () => {
      const dois = fc
        .sample(oddDoi, { numRuns: 300, seed: ROUND_TRIPS ? Date.now() : 18 })
        .filter((doi) => normaliseIdentifier('doi', doi) === doi)
      expect(dois.length).toBeGreaterThan(100)
      exported = await exportInAll(t, uniq(dois).map(recordWithDoi))
    })

    test.each(FORMATS)('%s', async (format) => {
      const { after } = await importAgain(t, exported, format)
      const of = (papers: CitablePaper[]) => papers.map(({ identifiers }) => identifiers)
      expect(of(after)).toEqual(of(exported.before))
    })
  })

  test('arxiv, for generated papers with an arXiv id: the content of its snapshot', async () => {
    // Titles and abstracts are LaTeX there: text that looks like an accent or an escaped character is read as one.
    const read = (text: string | null) => text && cleanText(accentsToUnicode(text))
    const held = ({ title, abstract, authors, identifiers }: CitablePaper) => ({
      ...{ title: read(title), abstract: read(abstract), authors: authors.map(({ name }) => name) },
      identifiers: identifiers.filter(({ scheme }) => scheme === 'arxiv' || scheme === 'doi'),
    })
    await fc.assert(
      fc.asyncProperty(generatedRecords, async (records) => {
        const exported = await exportInAll(t, records, ['arxiv'])
        const { before } = exported
        const { after } = await importAgain(t, exported, 'arxiv')
        const written = before.filter(({ identifiers }) =>
          identifiers.some(({ scheme }) => scheme === 'arxiv'),
        )
        expect(written.length).toBeGreaterThan(5)
        expect(after.map(held)).toEqual(written.map(held))
      }),
      { ...RUNS, endOnFailure: true },
    )
  })

  test('LaTeX, for each character', () => {
    const changed: string[] = []
    for (let code = 0xa1; code < 0x3_0000; code++) {
      const sign = String.fromCodePoint(code)
      if (/\p{Cs}|\p{Co}|\p{Cn}/u.test(sign)) continue
      const text = `a${sign}b`.normalize('NFC')
      if (latexToText(escapeText(text)) !== text) changed.push(sign)
    }
    expect(changed).toEqual([])
  })
})
