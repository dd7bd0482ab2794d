import { basename, resolve } from 'node:path'
import sql from 'sql-template-tag'
import { transaction } from '../db/transaction.ts'
import { type WriteCounts, writeRecords } from '../domain/catalogue-write.ts'
import type { PaperRecord } from '../domain/paper-record.ts'
import { AppError, badInput, quote } from '../errors.ts'
import { readHfListing } from './hf-listing.ts'
import { checkInput, openInput } from './input.ts'
import type { Outcome } from './outcome.ts'
import { readPaperlist } from './paperlists.ts'
import { openRejects, type RejectsFile } from './rejects.ts'

/** A source format, for help texts and for choosing its adapter. */
export interface ImportFormat {
  name: string
  description: string
}

/** Counts of one run; `read` is the sum of the other five. */
export interface ImportCounts {
  read: number
  created: number
  updated: number
  /** Records that joined the paper of another record. */
  merged: number
  unchanged: number
  rejected: number
}

export interface ImportReport extends ImportCounts {
  /** Where the rejects are, or null when there are none. */
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
  files: string[]
  /** Default `<first file's name>.rejects.jsonl` in the working directory; created only when needed. */
  rejectsPath?: string
  /** Records a transaction. Default 250: more gain little, and each keeps other writers waiting. */
  batchSize?: number
  /** Called after each batch. */
  onProgress?: (progress: ImportProgress) => void
}

type Adapter = (text: AsyncIterable<Buffer>, file: string) => AsyncGenerator<Outcome>

const ADAPTERS: (ImportFormat & { read: Adapter })[] = [
  {
    name: 'paperlists',
    description: 'Paper Copilot conference lists: a JSON array of papers, plain or gzip',
    read: readPaperlist,
  },
  {
    name: 'hf-listing',
    description: 'the text of a Hugging Face Papers listing page, plain or gzip',
    read: readHfListing,
  },
]

/** The formats that `runImport` understands. */
export const importFormats: ImportFormat[] = ADAPTERS.map(({ name, description }) => ({
  name,
  description,
}))

/** From so many new records on, the planner's statistics are worth refreshing. */
const ANALYZE_FROM = 500

/**
 * Imports files of one format. Idempotent: what was read before and has not changed is not written again. A
 * broken entry goes to the rejects file and the rest goes on; a broken file throws an `AppError` naming it,
 * and what was imported until then stays.
 */
export async function runImport(options: ImportOptions): Promise<ImportReport> {
  const startedAt = performance.now()
  const adapter = ADAPTERS.find(({ name }) => name === options.format)
  if (!adapter) {
    const known = importFormats.map(({ name }) => name).join(', ')
    throw badInput(`Unknown import format ${quote(options.format)}; expected one of ${known}.`)
  }
  const [first] = options.files
  if (first === undefined) throw badInput('No file to import; expected at least one.')
  // A slip in the last name should not be told after an hour with the first.
  for (const file of options.files) await checkInput(file)
  const rejects = openRejects(options.rejectsPath ?? resolve(`${basename(first)}.rejects.jsonl`))
  const counts = { read: 0, created: 0, updated: 0, merged: 0, unchanged: 0, rejected: 0 }
  try {
    for (const file of options.files)
      await importFile({ ...options, file, counts, rejects, read: adapter.read })
  } finally {
    await rejects.close()
  }
  if (counts.read - counts.unchanged >= ANALYZE_FROM) await analyze(options.url)
  const seconds = (performance.now() - startedAt) / 1000
  return { ...counts, rejectsPath: await rejects.close(), seconds }
}

interface FileImport extends ImportOptions {
  file: string
  counts: ImportCounts
  rejects: RejectsFile
  read: Adapter
}

async function importFile(options: FileImport): Promise<void> {
  const { url, file, counts, rejects, read, batchSize = 250, onProgress } = options
  const input = await openInput(file)
  const batch = new Map<string, PaperRecord>()
  const flush = async () => {
    const records = [...batch.values()]
    batch.clear()
    if (records.length > 0) add(counts, await transaction(url, (tx) => writeRecords(tx, records)))
    onProgress?.({ ...counts, file, bytesRead: input.bytesRead(), bytesTotal: input.bytesTotal })
  }
  try {
    for await (const outcome of read(input.text, file)) {
      counts.read++
      if ('reject' in outcome) {
        counts.rejected++
        await rejects.write({ file: basename(file), position: outcome.position, ...outcome.reject })
        continue
      }
      const key = `${outcome.record.source}\n${outcome.record.key}`
      // An entry that stands twice in a file is a record read again: it comes after the first.
      if (batch.has(key) || batch.size >= batchSize) await flush()
      batch.set(key, outcome.record)
    }
  } catch (error) {
    await flush()
    throw fileFault(file, error)
  }
  await flush()
}

function add(counts: ImportCounts, written: WriteCounts): void {
  counts.created += written.created
  counts.updated += written.updated
  counts.merged += written.merged
  counts.unchanged += written.unchanged
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
