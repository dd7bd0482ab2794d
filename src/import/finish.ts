import { sql } from '../db/sql.ts'
import { type Transaction, transaction } from '../db/transaction.ts'
import type { ImportCounts } from '../domain/imports/counts.ts'
import { findDoubts, type ImportDoubts, NO_DOUBTS } from '../domain/imports/doubts.ts'
import {
  findImportPeople,
  type ImportPeople,
  NO_PEOPLE,
} from '../domain/imports/identity-changes.ts'
import type { Job } from '../domain/imports/job-begin.ts'
import { endJob } from '../domain/imports/job-write.ts'
import { refreshSearchWords } from '../domain/search/dictionary.ts'
import { settlePeople } from '../domain/write/authors/evidence/settle.ts'
import { followPrecedence } from '../domain/write/precedence.ts'
import { refreshCitationCounts } from '../domain/write/relations/citation-count.ts'
import { followTopicRules } from '../domain/write/topic-rules.ts'
import { beginStep, type PassOptions } from '../sql/progress.ts'
import type { ImportReport, JobRun } from './job.ts'
import type { FileFault } from './job-files.ts'

/** Updates the counts of the catalogue, ends the import and returns its final state. */
export async function finishJob(
  job: Job,
  faults: readonly FileFault[],
  { url, sources, signal, onStep }: JobRun,
): Promise<Pick<ImportReport, 'state' | 'doubts' | 'people'>> {
  await finishCatalogue(url, job.counts, { signal, onStep })
  const isStopped = signal?.aborted === true
  const error = isStopped ? null : errorOf(faults, sources.length)
  await endJob(url, job, isStopped ? 'stopped' : 'done', error)
  if (isStopped) return { state: 'stopped', doubts: NO_DOUBTS, people: NO_PEOPLE }
  const state = error === null ? 'done' : 'partial'
  beginStep(onStep, 'Looking for doubtful merges')
  return { state, ...(await findRemarkable(url, job)) }
}

/** Why an import is incomplete; null when it is complete. */
function errorOf(faults: readonly FileFault[], fileCount: number): string | null {
  const [first] = faults
  if (!first) return null
  if (fileCount === 1) return first.reason
  return `${faults.length} of ${fileCount} files could not be read to the end: ${first.reason}${faults.length > 1 ? ' …' : ''}`
}

async function findRemarkable(
  url: string,
  { id, counts }: Job,
): Promise<{ doubts: ImportDoubts; people: ImportPeople }> {
  const written = counts.created + counts.updated + counts.merged
  const doubts = written === 0 ? NO_DOUBTS : await transaction(url, (tx) => findDoubts(tx, id))
  return { doubts, people: await transaction(url, (tx) => findImportPeople(tx, id)) }
}

/** The planner's statistics are refreshed from this number of written records on, and from this share of the papers they counted. */
const ANALYZE_FROM = { records: 500, share: 0.05 }

/** Work that needs all records, such as counts and search words. Each step can be interrupted and repeated. */
async function finishCatalogue(
  url: string,
  counts: ImportCounts,
  options: PassOptions,
): Promise<void> {
  const { signal, onStep } = options
  const records = counts.read - counts.unchanged
  if (records >= ANALYZE_FROM.records && !signal?.aborted) {
    beginStep(onStep, 'Updating the statistics of PostgreSQL')
    await transaction(url, (tx) => analyze(tx, records))
  }
  await followPrecedence(url, options)
  if (!signal?.aborted) await followTopicRules(url, options)
  if (!signal?.aborted) await settlePeople(url, options)
  if (!signal?.aborted) await refreshCitationCounts(url, onStep)
  if (counts.unchanged < counts.read && !signal?.aborted) await refreshSearchWords(url, options)
}

/** Runs `analyze`, except after a small import: it samples every table, which takes long in a large catalogue. */
async function analyze(tx: Transaction, records: number): Promise<void> {
  const [known] = await tx.query<{ papers: number }>(sql`
    select reltuples as papers from pg_class where oid = 'papers'::regclass`)
  if (records >= ANALYZE_FROM.share * (known?.papers ?? 0)) await tx.query(sql`analyze`)
}
