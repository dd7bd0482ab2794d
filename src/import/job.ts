import { basename, resolve } from 'node:path'
import { transaction } from '../db/transaction.ts'
import type { ImportCounts } from '../domain/imports/counts.ts'
import type { ImportDoubts } from '../domain/imports/doubts.ts'
import type { ImportPeople } from '../domain/imports/identity-changes.ts'
import { beginJob, type Job, type JobInput } from '../domain/imports/job-begin.ts'
import { endJob } from '../domain/imports/job-write.ts'
import { prepareRules } from '../domain/write/precedence.ts'
import type { AppError } from '../errors.ts'
import type { OnStep } from '../sql/progress.ts'
import { finishJob } from './finish.ts'
import type { Outcome, Unread } from './input/outcome.ts'
import { type FileFault, readSources } from './job-files.ts'
import { openRejects } from './rejects.ts'

/** A point at which a stream can be resumed, in a notation of the stream; every entry before it is complete. */
export interface Mark {
  mark: string
}

/** A source that has been opened. */
export interface OpenSource {
  /** Name in messages. */
  name: string
  outcomes: AsyncGenerator<Outcome | Unread | Mark>
  /** Size in bytes; null when unknown. */
  bytesTotal: number | null
  bytesRead(): number
}

/** An input of an import. */
export interface Source {
  input: JobInput
  /** Whether reopening the source yields the same entries, so that committed ones are skipped on resuming. */
  isRepeatable: boolean
  /** Whether entries before a fault are imported without the rest. Otherwise a fault fails the import, which can be resumed. */
  mayBreak: boolean
  /** Why the source cannot be read, if known beforehand. It is reported, and the other sources are read. */
  fault?: AppError | null
  /** `mark` is the last committed mark when the import is resumed. */
  open(mark: string | null): Promise<OpenSource>
}

export interface ImportProgress extends ImportCounts {
  /** Number of the import in `paperql imports`. */
  id: number
  file: string
  bytesRead: number
  bytesTotal: number | null
}

export interface ImportReport extends ImportCounts {
  /** Number of the import in `paperql imports`. */
  id: number
  /** `partial`: some files could not be read, or not to their end. */
  state: 'done' | 'partial' | 'stopped'
  /** Whether running the same import resumes this one after a stop; never for standard input. */
  isResumable: boolean
  /** Entries committed before the import was resumed; null when this run started it. */
  resumedAt: number | null
  /** Files that could not be read to the end; also listed in the rejects file. */
  unreadable: FileFault[]
  /** Path of the rejects file, which also lists repairs; null when there are none. */
  rejectsPath: string | null
  /** Matters to review: identifiers that different papers claim, and merges whose titles differ. */
  doubts: ImportDoubts
  /** Existing authors that were joined or divided because of identifiers. */
  people: ImportPeople
  /** Duration of this run, in seconds. */
  seconds: number
}

/** Options of every import. */
export interface JobOptions {
  /** URL of the Postgres database; its migrations must have run. */
  url: string
  /** Default `<first file's name>.rejects.jsonl` in the working directory; created only when needed. Null for none. */
  rejectsPath?: string | null | undefined
  /** Records per transaction. Default 500: larger batches are hardly faster and block other writers for longer. */
  batchSize?: number | undefined
  /** Starts over, even if the last import of the same files is unfinished. Default false. */
  isRestart?: boolean | undefined
  /** Called after each batch. */
  onProgress?: ((progress: ImportProgress) => void) | undefined
  /** Called for each step after the last record was read: the last batch, then the work that needs all records. */
  onStep?: OnStep | undefined
  /** Receives messages for people, such as that an import is resumed or that another one is running. */
  onNotice?: ((message: string) => void) | undefined
  /** Stops the import gracefully: entries that were read are written, and the next run of the same import resumes there. */
  signal?: AbortSignal | undefined
}

export interface JobRun extends JobOptions {
  format: string
  inputKey: string | null
  sources: Source[]
}

/**
 * Runs an import: reads its sources in order and writes them in batches. Progress is committed with each batch, so that an import
 * can be killed at any point and resumed with the same result.
 */
export async function runJob(options: JobRun): Promise<ImportReport> {
  const startedAt = performance.now()
  const { url, sources, inputKey } = options
  await transaction(url, prepareRules)
  const job = await beginJob(url, { ...options, inputs: sources.map(({ input }) => input) })
  tellBeginning(job, options)
  const resumedAt = job.isResumed ? job.counts.read : null
  try {
    const read = await readInto(job, options)
    const outcome = await finishJob(job, read.unreadable, options)
    const seconds = (performance.now() - startedAt) / 1000
    return {
      ...{ id: job.id, isResumable: inputKey !== null, resumedAt, ...job.counts },
      ...{ ...outcome, ...read, seconds },
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // If even that cannot be written, the import is shown as interrupted.
    await endJob(url, job, 'failed', message).catch(() => {})
    throw error
  }
}

/** Reads the sources, and closes the rejects file. */
async function readInto(
  job: Job,
  options: JobRun,
): Promise<Pick<ImportReport, 'unreadable' | 'rejectsPath'>> {
  const kept = { path: job.rejectsPath, bytes: job.rejectsBytes }
  const rejects = await openRejects(rejectsPathOf(job, options), kept)
  try {
    const unreadable = await readSources({ ...options, job, rejects })
    return { unreadable, rejectsPath: rejects.path() }
  } finally {
    await rejects.close()
  }
}

function tellBeginning(job: Job, { sources, onNotice }: JobRun): void {
  if (job.isResumed && job.counts.read > 0) {
    const place = job.files.findIndex(({ isDone }) => !isDone)
    const at = ((job.files[place]?.readCount ?? 0) + 1).toLocaleString('en')
    const where =
      place < 0 ? 'after its last record' : `at record ${at} of ${sources[place]?.input.name}`
    const read = `${job.counts.read.toLocaleString('en')} are already imported`
    onNotice?.(`Resuming import ${job.id} ${where}; ${read}. (--restart starts over.)`)
  }
  for (const name of job.changed)
    onNotice?.(`${name} has changed since import ${job.id} read it: it is read from its start.`)
  if (job.others.length > 0)
    onNotice?.(
      `Import ${job.others.join(', ')} is reading the same file now. Both can run: their batches take turns, and records that one wrote count as unchanged in the other.`,
    )
}

function rejectsPathOf(job: Job, { rejectsPath, sources }: JobRun): string | null {
  if (rejectsPath === null) return null
  if (rejectsPath !== undefined) return resolve(rejectsPath)
  if (job.rejectsPath !== null) return job.rejectsPath
  const { name = '', path } = sources[0]?.input ?? {}
  // Two processes writing one file would garble it.
  const own = job.others.length > 0 ? `.import-${job.id}` : ''
  return resolve(`${path ? basename(path) : name.replaceAll(/[^\w.-]+/g, '-')}${own}.rejects.jsonl`)
}
