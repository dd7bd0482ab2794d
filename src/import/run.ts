import { basename, resolve } from 'node:path'
import sql from 'sql-template-tag'
import { transaction } from '../db/transaction.ts'
import { fillMatchHashes } from '../domain/catalogue-match.ts'
import { refreshCitationCounts } from '../domain/citation-count.ts'
import { refreshSearchWords } from '../domain/search-dictionary.ts'
import { AppError, badInput } from '../errors.ts'
import { type BatchOutcome, type Entry, openBatch } from './batch.ts'
import { addCounts, type ImportCounts, NO_COUNTS } from './counts.ts'
import { checkFormat, findAdapter } from './formats.ts'
import { guardRecord } from './guard.ts'
import { findInputs, openInput, STDIN } from './input.ts'
import type { Outcome } from './outcome.ts'
import { openRejects, type RejectsFile } from './rejects.ts'

export interface ImportReport extends ImportCounts {
  /** Where the rejects and repairs are told, or null when there are none. */
  rejectsPath: string | null
  seconds: number
}

export interface ImportProgress extends ImportCounts {
  file: string
  bytesRead: number
  bytesTotal: number | null
}

export interface ImportOptions {
  /** The Postgres to write to; its migrations must have run. */
  url: string
  /** One of `importFormats`. */
  format: string
  /** Names of files, patterns such as `data/*.gz`, or `-` for standard input. */
  files: string[]
  /** Default `<first file's name>.rejects.jsonl` in the working directory; created only when needed. */
  rejectsPath?: string
  /** Records a transaction. Default 500: more gain little, and each keeps other writers waiting. */
  batchSize?: number
  /** Called after each batch. */
  onProgress?: (progress: ImportProgress) => void
}

/** From so many new records on, the planner's statistics are worth refreshing. */
const ANALYZE_FROM = 500

/**
 * Imports files of one format. Idempotent: what was read before and has not changed is not written again. A
 * broken entry goes to the rejects file and the rest goes on; a broken file throws an `AppError` naming it,
 * and what was imported until then stays.
 */
export async function runImport(options: ImportOptions): Promise<ImportReport> {
  const startedAt = performance.now()
  checkFormat(options.format)
  if (options.files.length === 0) throw badInput('No file to import; expected at least one.')
  const files = await findInputs(options.files)
  const first = files[0] === STDIN ? 'stdin' : basename(files[0] ?? '')
  const rejects = openRejects(options.rejectsPath ?? resolve(`${first}.rejects.jsonl`))
  const counts = { ...NO_COUNTS }
  await transaction(options.url, fillMatchHashes)
  try {
    for (const file of files) await importFile({ ...options, file, counts, rejects })
  } finally {
    await rejects.close()
  }
  if (counts.read - counts.unchanged >= ANALYZE_FROM) await analyze(options.url)
  // Also what a run that was stopped half-way has left to count.
  await refreshCitationCounts(options.url)
  if (counts.created > 0) await refreshSearchWords(options.url)
  const seconds = (performance.now() - startedAt) / 1000
  return { ...counts, rejectsPath: await rejects.close(), seconds }
}

interface FileImport extends ImportOptions {
  file: string
  counts: ImportCounts
  rejects: RejectsFile
}

async function importFile(options: FileImport): Promise<void> {
  const { file, format, counts, rejects } = options
  const input = await openInput(file)
  const read = await findAdapter(format, input)
  const shortName = file === STDIN ? 'stdin' : basename(file)
  const onCommitted = (outcome: BatchOutcome) => {
    addCounts(counts, outcome.counts)
    const { bytesTotal } = input
    options.onProgress?.({ ...counts, file, bytesRead: input.bytesRead(), bytesTotal })
  }
  const checkpoint = (_: unknown, { remarks }: BatchOutcome) => rejects.write(shortName, remarks)
  const batch = openBatch({ ...options, checkpoint, onCommitted })
  try {
    for await (const outcome of read(input.text, input.name)) await batch.add(guarded(outcome))
  } catch (error) {
    await batch.flush()
    throw fileFault(input.name, error)
  }
  await batch.flush(true)
}

function guarded(outcome: Outcome): Entry {
  if (!('record' in outcome)) return outcome
  const { position } = outcome
  const found = guardRecord(outcome.record)
  if ('reason' in found) return { position, reject: found }
  return { position, record: found.record, repairs: [...(outcome.repairs ?? []), ...found.repairs] }
}

/** Parsers throw plain errors; a person needs to know which file they are about. */
function fileFault(file: string, error: unknown): unknown {
  if (error instanceof AppError || (error as { severity?: unknown }).severity) return error
  const message = error instanceof Error ? error.message : String(error)
  return badInput(`${file} cannot be read to its end: ${message}.`, { cause: error })
}

async function analyze(url: string): Promise<void> {
  await transaction(url, (tx) => tx.query(sql`analyze`))
}
