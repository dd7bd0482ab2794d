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

/** The register first, so that no paper is followed to a ROR id later; then what the lists do not state. */
export const SAMPLE_FILES = [pathOf('ror.json.gz'), pathOf('acl-anthology.xml.gz'), FILE]

interface SampleOptions extends Pick<JobOptions, 'onProgress' | 'onStep'> {
  url: string
  /** Stops it at the end of a batch; the next call loads the rest. */
  signal?: AbortSignal
}

/**
 * Loads the built-in sample through the importer, unless the catalogue holds papers already: then null. One that was
 * interrupted while it loaded gets the rest. Its licences are listed in ATTRIBUTION.md beside this file.
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
  // What its lists state wrongly is known, and the folder is not the sample's to write to.
  const sample = { format: 'auto', files: SAMPLE_FILES, rejectsPath: null }
  const report = await runImport({ ...options, ...sample })
  // The report also counts institutions, and what two of the files state of one paper.
  const [row] = await ask(options.url, (db) =>
    db.query<{ papers: number }>(sql`select count(*)::int as papers from ${papers}`),
  )
  return { ...report, papers: row?.papers ?? 0 }
}

/**
 * Adds made-up citations, upvotes and stars to the sample, once: null when they are there, or when the catalogue holds anything but
 * the sample, because numbers that are made up must not mix with those of sources.
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
