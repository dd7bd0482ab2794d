import { basename, resolve } from 'node:path'
import { sql } from '../db/sql.ts'
import { type Transaction, transaction } from '../db/transaction.ts'
import type { ImportCounts } from '../domain/imports/counts.ts'
import { findDoubts, type ImportDoubts, NO_DOUBTS } from '../domain/imports/doubts.ts'
import {
  findImportPeople,
  type ImportPeople,
  NO_PEOPLE,
} from '../domain/imports/identity-changes.ts'
import { beginJob, endJob, type Job, type JobInput } from '../domain/imports/job-write.ts'
import { refreshSearchWords } from '../domain/search/dictionary.ts'
import { settlePeople } from '../domain/write/authors/settle.ts'
import { followPrecedence, prepareRules } from '../domain/write/precedence.ts'
import { refreshCitationCounts } from '../domain/write/relations/citation-count.ts'
import { followTopicRules } from '../domain/write/topic-rules.ts'
import type { AppError } from '../errors.ts'
import type { PassOptions } from '../sql/progress.ts'
import type { Outcome, Unread } from './input/outcome.ts'
import { type FileFault, readSources } from './job-files.ts'
import { openRejects } from './rejects.ts'

/** Marks a point at which a stream can be resumed, in the stream's own terms; everything before it is complete. */
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

/** An input of an import. */
export interface Source {
  input: JobInput
  /** Whether reopening it yields the same entries: then committed ones are skipped. */
  isRepeatable: boolean
  /** Why it cannot be read, if known beforehand: this is reported and the others are read. */
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
  /** The import, as `paperql imports` has it. */
  id: number
  state: 'done' | 'stopped'
  /** Whether running the same import resumes this one after a stop; never for standard input. */
  isResumable: boolean
  /** Entries committed before it was interrupted; null when this run started it. */
  resumedAt: number | null
  /** Files that could not be read to the end; also listed in the rejects file. */
  unreadable: FileFault[]
  /** Path of the rejects file, which also lists repairs; null when there are none. */
  rejectsPath: string | null
  /** What to look at: identifiers that different papers claim, and merges whose titles differ. */
  doubts: ImportDoubts
  /** What identifiers made of authors who were there before. */
  people: ImportPeople
  /** Of this run. */
  seconds: number
}

/** Options of every import. */
export interface JobOptions {
  /** The Postgres to write to; its migrations must have run. */
  url: string
  /** Default `<first file's name>.rejects.jsonl` in the working directory; created only when needed. Null for none. */
  rejectsPath?: string | null | undefined
  /** Records per transaction. Default 500: more gain little and block other writers for longer. */
  batchSize?: number | undefined
  /** Starts over, even if the last import of the same is unfinished. Default false. */
  isRestart?: boolean | undefined
  /** Called after each batch. */
  onProgress?: ((progress: ImportProgress) => void) | undefined
  /** Gets sentences for people: that an import is resumed, or that another one is running. */
  onNotice?: ((message: string) => void) | undefined
  /** Stops it in order: what was read is written, and the next run of the same import resumes there. */
  signal?: AbortSignal | undefined
}

export interface JobRun extends JobOptions {
  format: string
  inputKey: string | null
  sources: Source[]
}

/**
 * Runs an import: reads its sources in order and writes batch by batch. Progress is stored with each batch, so that an import
 * can be killed at any point and resumed with the same result.
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
    await finishCatalogue(url, job.counts, { signal, tell: options.onNotice })
    const state = signal?.aborted ? 'stopped' : 'done'
    await endJob(url, job, state)
    const doubts = await doubtsOf(url, job, state)
    const people =
      state === 'done' ? await transaction(url, (tx) => findImportPeople(tx, job.id)) : NO_PEOPLE
    return {
      ...{ id: job.id, state, isResumable: options.inputKey !== null, resumedAt, ...job.counts },
      ...{ unreadable: faults, rejectsPath: rejects.path(), doubts, people },
      seconds: (performance.now() - startedAt) / 1000,
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    // If even that cannot be written, the import is shown as interrupted.
    await endJob(url, job, 'failed', message).catch(() => {})
    throw error
  }
}

/** Empty if nothing doubtful was written or the import is not finished. */
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

function rejectsPathOf(job: Job, { rejectsPath, sources }: JobRun): string | null {
  if (rejectsPath === null) return null
  if (rejectsPath !== undefined) return resolve(rejectsPath)
  if (job.rejectsPath !== null) return job.rejectsPath
  const { name = '', path } = sources[0]?.input ?? {}
  // Two processes that write one file would garble it.
  const own = job.others.length > 0 ? `.import-${job.id}` : ''
  return resolve(`${path ? basename(path) : name.replaceAll(/[^\w.-]+/g, '-')}${own}.rejects.jsonl`)
}

/** New records from which the planner's statistics are refreshed, and as a share of the papers that they knew of. */
const ANALYZE_FROM = { records: 500, share: 0.05 }

/** Counts made once all records are written. Each step can be interrupted and repeated. */
async function finishCatalogue(
  url: string,
  counts: ImportCounts,
  options: PassOptions,
): Promise<void> {
  const { signal } = options
  const records = counts.read - counts.unchanged
  if (records >= ANALYZE_FROM.records && !signal?.aborted)
    await transaction(url, (tx) => analyze(tx, records))
  await followPrecedence(url, options)
  if (!signal?.aborted) await followTopicRules(url, options)
  if (!signal?.aborted) await settlePeople(url, options)
  if (!signal?.aborted) await refreshCitationCounts(url)
  if (counts.unchanged < counts.read && !signal?.aborted) await refreshSearchWords(url, options)
}

/** Reads some of every table, which takes long in a large catalogue, and tells nothing new after a small import. */
async function analyze(tx: Transaction, records: number): Promise<void> {
  const [known] = await tx.query<{ papers: number }>(sql`
    select reltuples as papers from pg_class where oid = 'papers'::regclass`)
  if (records >= ANALYZE_FROM.share * (known?.papers ?? 0)) await tx.query(sql`analyze`)
}
