import { basename, resolve } from 'node:path'
import { sql } from '../db/sql.ts'
import { transaction } from '../db/transaction.ts'
import type { ImportCounts } from '../domain/imports/counts.ts'
import { findDoubts, type ImportDoubts, NO_DOUBTS } from '../domain/imports/doubts.ts'
import { beginJob, endJob, type Job, type JobInput } from '../domain/imports/job-write.ts'
import { refreshSearchWords } from '../domain/search/dictionary.ts'
import { followPrecedence, prepareRules } from '../domain/write/precedence.ts'
import { refreshCitationCounts } from '../domain/write/relations/citation-count.ts'
import type { AppError } from '../errors.ts'
import type { Outcome, Unread } from './input/outcome.ts'
import { type FileFault, readSources } from './job-files.ts'
import { openRejects } from './rejects.ts'

/** Says that all before it is whole, and where a stream can be resumed later, in its own terms. */
export interface Mark {
  mark: string
}

/** A source that has been opened. */
export interface OpenSource {
  /** As messages name it. */
  name: string
  outcomes: AsyncGenerator<Outcome | Unread | Mark>
  /** Null where it cannot be known. */
  bytesTotal: number | null
  bytesRead(): number
}

/** Something that an import reads from. */
export interface Source {
  input: JobInput
  /** Whether it gives the same entries again when it is opened again: those that are committed are passed over then. */
  isRepeatable: boolean
  /** Why it cannot be read, where that is known before: it is told, and the others are read. */
  fault?: AppError | null
  /** `mark` is the last one that was committed, of an import that is resumed. */
  open(mark: string | null): Promise<OpenSource>
}

export interface ImportProgress extends ImportCounts {
  /** The import, as `paperql imports` has it. */
  id: number
  file: string
  bytesRead: number
  bytesTotal: number | null
}

export interface ImportReport extends ImportCounts {
  /** The import, as `paperql imports` has it. */
  id: number
  state: 'done' | 'stopped'
  /** Whether the same import resumes this one, where it was stopped; not when it reads standard input. */
  isResumable: boolean
  /** Entries that were read and committed before it was interrupted; null when it was begun by this run. */
  resumedAt: number | null
  /** Files that could not be read, or not to their end; the rejects file has them, too. */
  unreadable: FileFault[]
  /** Where the rejects and repairs are told, or null when there are none. */
  rejectsPath: string | null
  /** What to look at: identifiers that different papers claim, and merges whose titles differ. */
  doubts: ImportDoubts
  /** Of this run. */
  seconds: number
}

/** What every import takes. */
export interface JobOptions {
  /** The Postgres to write to; its migrations must have run. */
  url: string
  /** Default `<first file's name>.rejects.jsonl` in the working directory; created only when needed. */
  rejectsPath?: string | undefined
  /** Records a transaction. Default 500: more gain little, and each keeps other writers waiting. */
  batchSize?: number | undefined
  /** Starts over, even if the last import of the same is unfinished. Default false. */
  isRestart?: boolean | undefined
  /** Called after each batch. */
  onProgress?: ((progress: ImportProgress) => void) | undefined
  /** Told in sentences what a person should know: that it resumes an import, or is not alone. */
  onNotice?: ((message: string) => void) | undefined
  /** Stops it in order: what was read is written, and the next import of the same goes on from there. */
  signal?: AbortSignal | undefined
}

export interface JobRun extends JobOptions {
  format: string
  inputKey: string | null
  sources: Source[]
}

/**
 * Runs an import: reads its sources one after the other and writes what they hold batch by batch. How far it came is kept with each
 * batch, so that it may be killed at any point and resumed, with the same outcome.
 */
export async function runJob(options: JobRun): Promise<ImportReport> {
  const startedAt = performance.now()
  const { url, sources, signal } = options
  await transaction(url, prepareRules)
  const job = await beginJob(url, { ...options, inputs: sources.map(({ input }) => input) })
  tellBeginning(job, options)
  const resumedAt = job.isResumed ? job.counts.read : null
  try {
    const rejects = await openRejects(rejectsPathOf(job, options), {
      path: job.rejectsPath,
      bytes: job.rejectsBytes,
    })
    let faults: FileFault[] = []
    try {
      faults = await readSources({ ...options, job, rejects })
    } finally {
      await rejects.close()
    }
    await finishCatalogue(url, job.counts, signal)
    const state = signal?.aborted ? 'stopped' : 'done'
    await endJob(url, job, state)
    const doubts = await doubtsOf(url, job, state)
    return {
      ...{ id: job.id, state, isResumable: options.inputKey !== null, resumedAt, ...job.counts },
      ...{ unreadable: faults, rejectsPath: rejects.path(), doubts },
      seconds: (performance.now() - startedAt) / 1000,
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // Where even that cannot be written, the import is found to be interrupted.
    await endJob(url, job, 'failed', message).catch(() => {})
    throw error
  }
}

/** None where nothing was written that could be doubted, or the import is not over. */
async function doubtsOf(url: string, { id, counts }: Job, state: string): Promise<ImportDoubts> {
  const written = counts.created + counts.updated + counts.merged
  return written === 0 || state !== 'done'
    ? NO_DOUBTS
    : transaction(url, (tx) => findDoubts(tx, id))
}

function tellBeginning(job: Job, { sources, onNotice }: JobRun): void {
  if (job.isResumed && job.counts.read > 0) {
    const place = job.files.findIndex(({ isDone }) => !isDone)
    const at = ((job.files[place]?.readCount ?? 0) + 1).toLocaleString('en')
    const where =
      place < 0 ? 'after its last record' : `at record ${at} of ${sources[place]?.input.name}`
    const read = `${job.counts.read.toLocaleString('en')} are in already`
    onNotice?.(`Resuming import ${job.id} ${where}; ${read}. (--restart starts over.)`)
  }
  for (const name of job.changed)
    onNotice?.(`${name} has changed since import ${job.id} read it: it is read from its start.`)
  if (job.others.length > 0)
    onNotice?.(
      `Import ${job.others.join(', ')} is reading the same file now. Both may go on: they take turns, and what one wrote the other leaves.`,
    )
}

function rejectsPathOf(job: Job, { rejectsPath, sources }: JobRun): string {
  if (rejectsPath !== undefined) return resolve(rejectsPath)
  if (job.rejectsPath !== null) return job.rejectsPath
  const { name = '', path } = sources[0]?.input ?? {}
  // Two processes that write one file would garble it.
  const own = job.others.length > 0 ? `.import-${job.id}` : ''
  return resolve(`${path ? basename(path) : name.replaceAll(/[^\w.-]+/g, '-')}${own}.rejects.jsonl`)
}

/** From this number of new records on, the planner's statistics are worth refreshing. */
const ANALYZE_FROM = 500

/** What is counted once all records are in. Each step may be cut off and done again. */
async function finishCatalogue(
  url: string,
  counts: ImportCounts,
  signal: AbortSignal | undefined,
): Promise<void> {
  const analyze = () => transaction(url, (tx) => tx.query(sql`analyze`))
  if (counts.read - counts.unchanged >= ANALYZE_FROM && !signal?.aborted) await analyze()
  await followPrecedence(url, signal)
  if (!signal?.aborted) await refreshCitationCounts(url)
  if (counts.created > 0 && !signal?.aborted) await refreshSearchWords(url)
}
