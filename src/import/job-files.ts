import { basename } from 'node:path'
import { transaction } from '../db/transaction.ts'
import { addCounts } from '../domain/imports/counts.ts'
import { type Job, resetFile } from '../domain/imports/job-begin.ts'
import {
  type FileCheckpoint,
  type KeptRemark,
  keepCheckpoint,
  wasReported,
} from '../domain/imports/job-write.ts'
import { AppError, badInput } from '../errors.ts'
import { beginStep } from '../sql/progress.ts'
import { type BatchOutcome, openBatch } from './batch.ts'
import { entryOf } from './entry.ts'
import type { Remark } from './gathered.ts'
import { isOfInput } from './input/input.ts'
import type { JobRun, OpenSource, Source } from './job.ts'
import type { RejectsFile } from './rejects.ts'

/** A file that could not be read, or not to its end, and why. */
export interface FileFault {
  file: string
  /** Position after the last entry that was read: a line from 1, or an index from 0; 0 when none was read. */
  position: number
  reason: string
}

interface Run extends JobRun {
  job: Job
  rejects: RejectsFile
}

/** How far a source was read, over all runs of the import. */
interface Progress {
  count: number
  lastPosition: number
}

interface Reading extends Run {
  batch: ReturnType<typeof openBatch>
  /** Opened sources by index; `bytesRead` is called when a batch is full. */
  opened: Map<number, Pick<OpenSource, 'name' | 'bytesTotal' | 'bytesRead'>>
  /** Progress of opened sources by index. */
  progress: Map<number, Progress>
  faults: FileFault[]
}

/**
 * Reads the sources of a job in order and writes their entries in batches. A source that cannot be read to its end is reported,
 * and reading continues with the next. Throws the error of the first source if nothing of any source can be read.
 */
export async function readSources(run: Run): Promise<FileFault[]> {
  const opened: Reading['opened'] = new Map()
  const batch = openBatch({
    url: run.url,
    jobId: run.job.id,
    ...(run.batchSize && { batchSize: run.batchSize }),
    bytesReadOf: (place) => opened.get(place)?.bytesRead() ?? 0,
    checkpoint: (tx, outcome) => keep(tx, run, outcome),
    onLast: () => void beginStep(run.onStep, 'Writing the last records'),
    onCommitted: (outcome) => tellProgress(run, opened, outcome),
  })
  const reading: Reading = { ...run, batch, opened, progress: new Map(), faults: [] }
  try {
    for (const place of run.sources.keys()) await readSource(reading, place)
    await batch.flush({ isEnd: !run.signal?.aborted })
  } finally {
    await batch.close()
  }
  return reading.faults
}

async function readSource(reading: Reading, place: number): Promise<void> {
  const { sources, job, signal, batch } = reading
  const source = sources[place]
  if (!source || job.files[place]?.isDone || signal?.aborted) return
  try {
    if (source.fault) throw source.fault
    await readEntries(reading, place)
    if (!signal?.aborted) await batch.endFile(place)
  } catch (error) {
    // Stopping closes the inputs, which readers report as an error.
    if (signal?.aborted) return
    await endAtFault(reading, place, source, error)
  }
}

/** Reports why a source cannot be read further, or throws the error if the import fails with it. */
async function endAtFault(
  reading: Reading,
  place: number,
  source: Source,
  error: unknown,
): Promise<void> {
  const { sources, batch, progress, faults, onNotice } = reading
  const { count, lastPosition } = progress.get(place) ?? NOTHING
  const isOfSource = isOfInput(error)
  if (!isOfSource || !source.mayBreak || isNothingRead(reading, place)) {
    await batch.flush()
    throw isOfSource ? withOthers(error, faults) : error
  }
  const at = `It was read up to its record ${count.toLocaleString('en')}, at position ${lastPosition.toLocaleString('en')}.`
  const reason = count === 0 ? error.message : `${error.message} ${at}`
  const left =
    sources.length > 1 ? 'The other files are read.' : 'The records before it are imported.'
  // Errors known before the start have been reported already.
  if (!source.fault) onNotice?.(`${reason} ${left}`)
  const position = lastPosition + 1
  faults.push({ file: source.input.name, position, reason })
  // An earlier run of this import may have reported the fault before it was stopped.
  const isReported = await wasReported(reading.url, reading.job, {
    file: shownName(source),
    position,
    reason,
  })
  if (!isReported) await batch.endFile(place, { position, key: null, fault: reason })
}

/** Whether this is the last source, and nothing of any source could be read. */
const isNothingRead = ({ sources, progress, faults }: Reading, place: number) =>
  place === sources.length - 1 &&
  faults.length === place &&
  [...progress.values()].every(({ count }) => count === 0)

/** The error of the first source, if others could not be read either. */
function withOthers(error: AppError, faults: readonly FileFault[]): AppError {
  if (!faults[0]) return error
  return badInput(`${faults[0].reason} (None of the ${faults.length + 1} files can be read.)`, {
    cause: error,
  })
}

const NOTHING: Progress = { count: 0, lastPosition: -1 }

async function readEntries(reading: Reading, place: number): Promise<void> {
  const { sources, job, signal, batch, opened } = reading
  const [source, file] = [sources[place], job.files[place]]
  if (!source || !file) return
  const at: Progress = { count: file.readCount, lastPosition: file.lastPosition ?? -1 }
  reading.progress.set(place, at)
  let found = await source.open(file.mark)
  if (source.isRepeatable && !(await skipCommitted(found, file, signal))) {
    await found.outcomes.return(undefined)
    reading.onNotice?.(`${found.name} has changed: it is read from its start.`)
    await transaction(reading.url, (tx) => resetFile(tx, job.id, place, source.input))
    Object.assign(at, NOTHING)
    found = await source.open(null)
  }
  const { name, bytesTotal, bytesRead } = found
  opened.set(place, { name, bytesTotal, bytesRead })
  try {
    for await (const outcome of found.outcomes) {
      if ('mark' in outcome) await batch.flush({ mark: outcome.mark, place })
      else {
        await batch.add(entryOf(outcome), place)
        at.count++
        at.lastPosition = Math.max(at.lastPosition, outcome.position)
      }
      if (signal?.aborted) return
    }
  } catch (error) {
    throw sourceFault(found.name, error)
  }
}

/** Skips committed entries; returns false when the source now has other entries. */
async function skipCommitted(
  { name, outcomes }: OpenSource,
  { readCount, lastPosition }: Job['files'][number],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    for (let left = readCount; left > 0 && !signal?.aborted; left--) {
      const { value, done } = await outcomes.next()
      if (done) return false
      if (left === 1) return 'position' in value && value.position === lastPosition
    }
    return true
  } catch (error) {
    throw sourceFault(name, error)
  }
}

async function keep(
  tx: Parameters<typeof keepCheckpoint>[0],
  { job, rejects, sources }: Run,
  { counts, remarks, files, mark }: BatchOutcome,
): Promise<void> {
  const nameOf = (place: number) => shownName(sources[place])
  await rejects.write(
    remarks.map(({ place, ...remark }) => ({
      file: nameOf(place),
      ...('fault' in remark ? { ...placeOf(remark), reason: remark.fault } : remark),
    })),
  )
  await keepCheckpoint(tx, job, {
    ...{ counts, rejectsPath: rejects.path(), rejectsBytes: rejects.bytes() },
    files: files.map(({ isEnd, ...part }): FileCheckpoint => ({ ...part, mark, isDone: isEnd })),
    remarks: remarks.map((remark) => keptOf(nameOf(remark.place), remark)),
  })
}

/** Name of a source in the rejects file. */
function shownName(source: Source | undefined): string {
  const { path = null, name = '' } = source?.input ?? {}
  return path === null ? name : basename(path)
}

function keptOf(file: string, remark: Remark): KeptRemark {
  const isRepaired = 'repaired' in remark
  const isFault = 'fault' in remark
  const reason = isRepaired ? remark.repaired : isFault ? remark.fault : remark.reason
  return { file, ...placeOf(remark), isRepaired, isFault, reason }
}

const placeOf = ({ position, key }: Pick<Remark, 'position' | 'key'>) => ({ position, key })

function tellProgress({ job, onProgress }: Run, opened: Reading['opened'], outcome: BatchOutcome) {
  addCounts(job.counts, outcome.counts)
  const part = outcome.files.at(-1)
  const last = part && opened.get(part.place)
  if (!last) return
  const { name: file, bytesTotal } = last
  onProgress?.({ ...job.counts, id: job.id, file, bytesRead: part.bytesRead, bytesTotal })
}

/** Adds the name of the file to a plain error of a parser. */
function sourceFault(name: string, error: unknown): unknown {
  if (error instanceof AppError || (error as { severity?: unknown }).severity) return error
  const message = error instanceof Error ? error.message : String(error)
  return badInput(`${name} cannot be read to its end: ${message}.`, { cause: error })
}
