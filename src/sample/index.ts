import { fileURLToPath } from 'node:url'
import { connect } from '../db/client.ts'
import { sql } from '../db/sql.ts'
import { hiddenRecords } from '../db/tables/excluded.ts'
import { papers } from '../db/tables/papers.ts'
import { isUnfinished } from '../domain/imports/job.ts'
import type { ImportProgress, ImportReport } from '../import/job.ts'
import { runImport } from '../import/run.ts'

const FILE = fileURLToPath(new URL('./acl-pmlr.json.gz', import.meta.url))

/**
 * Loads the built-in sample through the importer, unless the catalogue holds papers already: then null. One that was
 * interrupted while it loaded gets the rest. Its licences are listed in ATTRIBUTION.md beside this file.
 */
export async function loadSampleIfEmpty(options: {
  url: string
  onProgress?: (progress: ImportProgress) => void
}): Promise<ImportReport | null> {
  const db = connect(options.url, { poolSize: 1 })
  try {
    const [row] = await db.query<{ found: boolean }>(
      sql`select exists (select from ${papers}) or exists (select from ${hiddenRecords}) as found`,
    )
    if (row?.found && !(await isUnfinished(db, FILE))) return null
  } finally {
    await db.close()
  }
  return runImport({ ...options, format: 'paperlists', files: [FILE] })
}
