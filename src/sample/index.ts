import { fileURLToPath } from 'node:url'
import { today as thisDay } from '../day.ts'
import { connect, type Database } from '../db/client.ts'
import { sql } from '../db/sql.ts'
import { hiddenRecords } from '../db/tables/excluded.ts'
import { importFiles, importJobs } from '../db/tables/imports.ts'
import { papers } from '../db/tables/papers.ts'
import { sourceRecords } from '../db/tables/sources.ts'
import { isUnfinished } from '../domain/imports/job.ts'
import type { ImportReport, JobOptions } from '../import/job.ts'
import { runImport, runStream } from '../import/run.ts'
import { DEMO, demoOutcomes } from './demo.ts'

const pathOf = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url))
const FILE = pathOf('acl-pmlr.json.gz')

/** ROR comes first, so that papers need not be updated by it later, then the Anthology with data that the lists lack. */
export const SAMPLE_FILES = [pathOf('ror.json.gz'), pathOf('acl-anthology.xml.gz'), FILE]

interface SampleOptions extends Pick<JobOptions, 'onProgress' | 'onStep'> {
  url: string
  /** Stops loading at the end of a batch; the next call loads the rest. */
  signal?: AbortSignal
}

/**
 * Loads the built-in sample through the importer; returns null if the catalogue already has papers. An interrupted load is resumed.
 * ATTRIBUTION.md beside this file lists the licences.
 */
export async function loadSampleIfEmpty(
  options: SampleOptions,
): Promise<(ImportReport & { papers: number }) | null> {
  const isWanted = await ask(options.url, async (db) => {
    const [row] = await db.query<{ found: boolean }>(
      sql`select exists (select from ${papers}) or exists (select from ${hiddenRecords}) as found`,
    )
    return !row?.found || (await isUnfinished(db, FILE))
  })
  if (!isWanted) return null
  // Errors in the lists are known, and the working directory is not the place for a rejects file of the sample.
  const sample = { format: 'auto', files: SAMPLE_FILES, rejectsPath: null }
  const report = await runImport({ ...options, ...sample })
  // The report also counts institutions, and several records of one paper.
  const [row] = await ask(options.url, (db) =>
    db.query<{ papers: number }>(sql`select count(*)::int as papers from ${papers}`),
  )
  return { ...report, papers: row?.papers ?? 0 }
}

/**
 * Adds made-up citations, upvotes and stars to the sample, once. Returns null if they are already there, or if the catalogue has papers
 * beside the sample, because made-up numbers must not mix with those of sources.
 */
export async function loadDemoIfSample(
  options: SampleOptions & { today?: string },
): Promise<ImportReport | null> {
  const { today = thisDay() } = options
  const isWanted = await ask(options.url, async (db) => {
    const [row] = await db.query<{ isWanted: boolean }>(sql`
      select exists (select from ${importFiles} where ${importFiles.path} = ${FILE})
        and not exists (select from ${sourceRecords} where ${sourceRecords.source} not in ('paperlists', 'acl-anthology', ${DEMO}))
        and not exists (select from ${importJobs} where ${importJobs.format} = ${DEMO} and ${importJobs.state} = 'done')
        as "isWanted"`)
    return row?.isWanted ?? false
  })
  if (!isWanted) return null
  const read = () => demoOutcomes(FILE, today)
  return runStream({ ...options, format: DEMO, name: 'demonstration data', key: DEMO, read })
}

async function ask<T>(url: string, question: (db: Database) => Promise<T>): Promise<T> {
  const db = connect(url, { poolSize: 1 })
  try {
    return await question(db)
  } finally {
    await db.close()
  }
}
