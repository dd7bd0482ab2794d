import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sql from 'sql-template-tag'
import { transaction } from '../../src/db/transaction.ts'
import { type CitablePaper, citablePapersByIds } from '../../src/domain/export/citable-paper.ts'
import type { PaperRecord } from '../../src/domain/record/paper-record.ts'
import { writeRecords } from '../../src/domain/write/catalogue.ts'
import { LOSSES } from '../../src/export/losses.ts'
import { runExport } from '../../src/export/run.ts'
import { runImport } from '../../src/import/run.ts'
import { emptyCatalogue } from '../helpers/catalogue.ts'
import type { TestDatabase } from '../helpers/database.ts'

const folder = mkdtempSync(join(tmpdir(), 'paperql-round-trips-'))

/** The formats that can be both written and read. */
export const FORMATS = ['jsonl', 'csv', 'csl-json', 'bibtex', 'ris']

/** The papers in the catalogue, and their file in each format. */
export interface Exported {
  before: CitablePaper[]
  path(format: string): string
}

/** Writes records into the emptied catalogue, and exports the papers in each format. */
export async function exportInAll(
  t: TestDatabase,
  records: PaperRecord[],
  formats = FORMATS,
): Promise<Exported> {
  await emptyCatalogue(t.db)
  await transaction(t.url, (tx) => writeRecords(tx, records))
  const before = await papersOf(t)
  const path = (format: string) => join(folder, `papers.${format}`)
  const options = { url: t.url, filter: '', excludedLicences: [], abstracts: true }
  for (const format of formats) await runExport({ ...options, format, output: path(format) })
  return { before, path }
}

/** Imports the export into the emptied catalogue. */
export async function importAgain(t: TestDatabase, { path }: Exported, format: string) {
  await emptyCatalogue(t.db)
  const files = [path(format)]
  const report = await runImport({ url: t.url, format: 'auto', files, rejectsPath: null })
  return { after: await papersOf(t), report }
}

/** All papers in the order in which they were added. */
async function papersOf(t: TestDatabase): Promise<CitablePaper[]> {
  const rows = await t.db.query<{ id: number }>(sql`select id from papers order by id`)
  const ids = rows.map(({ id }) => id)
  const papers = await citablePapersByIds(t.db, ids, { abstract: true, links: true })
  return ids.flatMap((id) => papers.get(id) ?? [])
}

/** Fields under the names of the table of losses. */
function fieldsOf(paper: CitablePaper): Record<string, unknown> {
  const {
    id: _,
    keyParts: __,
    starCount: ___,
    publication,
    venue,
    authors,
    topics,
    decisions,
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
    // Those of one year are in the order of their sources.
    decisions: decisions.map((one) => JSON.stringify(one)).sort(),
    topics: topics.map(({ slug }) => slug).sort(),
    'topics.score': topics,
    authors: authors.map(({ name }) => name),
    'authors.familyName': authors.map(({ familyName }) => familyName ?? null),
    'authors.affiliation': authors.map(({ affiliation }) => affiliation),
  }
}

/** Differences after a paper went through a format, except those that the table of losses allows. */
export function differences(format: string, before: CitablePaper, after: CitablePaper | undefined) {
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
