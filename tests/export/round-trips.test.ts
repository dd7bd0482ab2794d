import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import sql from 'sql-template-tag'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { transaction } from '../../src/db/transaction.ts'
import { type CitablePaper, citablePapersByIds } from '../../src/domain/export/citable-paper.ts'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { LOSSES } from '../../src/export/losses.ts'
import { runExport } from '../../src/export/run.ts'
import { runImport } from '../../src/import/run.ts'
import { emptyCatalogue } from '../helpers/catalogue.ts'
import { createTestDatabase, type TestDatabase } from '../helpers/database.ts'
import { generatedRecords } from './generated-records.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-round-trips-'))

let t: TestDatabase
beforeAll(async () => {
  t = await createTestDatabase()
})
afterAll(() => t.close())

/** All papers in the order in which they came. */
async function papersOf(): Promise<CitablePaper[]> {
  const rows = await t.db.query<{ id: number }>(sql`select id from papers order by id`)
  const ids = rows.map(({ id }) => id)
  const papers = await citablePapersByIds(t.db, ids, { abstract: true, links: true })
  return ids.flatMap((id) => papers.get(id) ?? [])
}

/** Fields by the names that the table of losses has for them. */
function fieldsOf(paper: CitablePaper): Record<string, unknown> {
  const {
    id: _,
    keyParts: __,
    starCount: ___,
    publication,
    venue,
    authors,
    topics,
    ...rest
  } = paper
  const of = (prefix: string, value: object | null) =>
    Object.fromEntries(
      Object.entries(value ?? {}).map(([name, part]) => [`${prefix}.${name}`, part]),
    )
  return {
    ...rest,
    ...of('publication', publication),
    ...of('venue', venue),
    topics: topics.map(({ slug }) => slug).sort(),
    'topics.score': topics,
    authors: authors.map(({ name }) => name),
    'authors.affiliation': authors.map(({ affiliation }) => affiliation),
  }
}

/** What is told otherwise of a paper after it went through a format, but for what the table of losses allows. */
function differences(format: string, before: CitablePaper, after: CitablePaper | undefined) {
  const [was, is] = [fieldsOf(before), after ? fieldsOf(after) : {}]
  const lost = new Set(
    LOSSES.filter(
      ({ formats, when }) => formats.includes(format) && (!when || when(before)),
    ).flatMap(({ fields }) => fields),
  )
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((name) => {
    if (lost.has(name) || lost.has(name.replace(/\..*/, ''))) return []
    const same = JSON.stringify(was[name] ?? null) === JSON.stringify(is[name] ?? null)
    return same ? [] : [{ field: name, before: was[name], after: is[name] }]
  })
}

async function roundTrip(format: string, records: PaperRecord[]) {
  await emptyCatalogue(t.db)
  await transaction(t.url, (tx) => writeRecords(tx, records))
  const before = await papersOf()
  const output = join(folder, `papers.${format}`)
  await runExport({ url: t.url, format, output, filter: '', excludedLicences: [], abstracts: true })
  await emptyCatalogue(t.db)
  const report = await runImport({ url: t.url, format: 'auto', files: [output] })
  return { before, after: await papersOf(), report }
}

/** The same papers each time, unless somebody looks for others: `ROUND_TRIPS=50 npx vitest run …`. */
const { ROUND_TRIPS } = process.env
const RUNS = ROUND_TRIPS ? { numRuns: Number(ROUND_TRIPS) } : { numRuns: 1, seed: 14 }

const FORMATS = ['jsonl', 'csv', 'csl-json', 'bibtex', 'ris']

describe('what is exported and imported again is the same', () => {
  test.each(FORMATS)('%s, of generated papers', async (format) => {
    await fc.assert(
      fc.asyncProperty(generatedRecords, async (records) => {
        const { before, after, report } = await roundTrip(format, records)
        expect(
          report.rejectsPath === null ? '' : readFileSync(report.rejectsPath, 'utf8'),
        ).not.toContain('reason')
        expect(after).toHaveLength(before.length)
        const told = before.flatMap((paper, i) => differences(format, paper, after[i]))
        expect(told).toEqual([])
      }),
      { ...RUNS, endOnFailure: true },
    )
  })
})
