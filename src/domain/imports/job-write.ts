import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { openSessionLocks, type SessionLocks } from '../../db/locks/session-locks.ts'
import { alias, columns, fields, type Stored, sql } from '../../db/sql.ts'
import { importFiles, importJobs, importRejects } from '../../db/tables/imports.ts'
import { type Transaction, transaction } from '../../db/transaction.ts'
import { AppError } from '../../errors.ts'
import { addCounts, type ImportCounts, NO_COUNTS } from './counts.ts'
import { LIVE_JOBS } from './job.ts'

const f = alias(importFiles, 'f')
const j = alias(importJobs, 'j')

/** Rejects of an import that the database keeps, and as many repairs; the rejects file has all. */
const MOST_KEPT = 1000

/** An input of an import, with what identifies it next time. Everything but the name is null if it is not a file. */
export interface JobInput {
  name: string
  /** Absolute. */
  path: string | null
  sizeBytes: number | null
  /** An instant, to the millisecond. */
  modifiedAt: string | null
  startHash: string | null
}

/** How much of an input is committed. */
interface JobFile {
  readCount: number
  lastPosition: number | null
  mark: string | null
  isDone: boolean
}

/** An import as the process that runs it has it. */
export interface Job {
  id: number
  runCount: number
  /** As of the last committed batch. */
  counts: ImportCounts
  /** One for each input, in their order. */
  files: JobFile[]
  rejectsPath: string | null
  rejectsBytes: number
  /** Rejects and repairs that are in the database. */
  kept: { rejected: number; repaired: number }
  isResumed: boolean
  /** Names of partly committed inputs that have changed since: they are read from the start. */
  changed: string[]
  /** Other imports of one of these files that are running now. */
  others: number[]
  locks: SessionLocks
}

export interface JobRequest {
  format: string
  inputs: JobInput[]
  /** By which an import that was cut off is found again; null where none can be. */
  inputKey: string | null
  /** Start over, even if an import is unfinished. */
  isRestart?: boolean | undefined
}

/**
 * Starts an import, or resumes the last unfinished one of the same inputs. Two processes never
 * have the same one. `endJob` must follow.
 */
export async function beginJob(url: string, request: JobRequest): Promise<Job> {
  const locks = await openSessionLocks(url, LOCKS.import)
  try {
    return await transaction(url, async (tx) => {
      // Of two that began at the same moment neither would see the other, and both would write one file of rejects.
      await takeLock(tx, LOCKS.importBegin)
      const resumed = request.isRestart ? null : await resume(tx, locks, request)
      const begun = resumed ?? (await create(tx, locks, request))
      return { ...begun, others: await findOthers(tx, begun.id, request.inputs), locks }
    })
  } catch (error) {
    await locks.close()
    throw error
  }
}

type Begun = Omit<Job, 'others' | 'locks'>

async function create(tx: Transaction, locks: SessionLocks, request: JobRequest): Promise<Begun> {
  const [next] = await tx.query<{ id: number }>(
    sql`select nextval(pg_get_serial_sequence('import_jobs', 'id')) as id`,
  )
  const id = next?.id ?? 0
  // Before it becomes visible: it would look interrupted.
  await locks.tryLock(id)
  await tx.query(sql`
    insert into ${importJobs} (${columns(importJobs, 'id', 'format', 'inputKey', 'state')}) overriding system value
    values (${id}::bigint, ${request.format}, ${request.inputKey}, 'running')`)
  const rows = request.inputs.map((input, place) => ({ place, ...input }))
  await tx.query(sql`
    insert into ${importFiles} (${columns(importFiles, 'jobId', 'place', 'name', 'path', 'sizeBytes', 'modifiedAt', 'startHash')})
    select ${id}::bigint, place, name, path, "sizeBytes", "modifiedAt", "startHash"
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(place int, name text, path text,
      "sizeBytes" bigint, "modifiedAt" timestamptz, "startHash" text)`)
  return {
    id,
    runCount: 1,
    counts: { ...NO_COUNTS },
    files: rows.map(() => ({ readCount: 0, lastPosition: null, mark: null, isDone: false })),
    rejectsPath: null,
    rejectsBytes: 0,
    kept: { rejected: 0, repaired: 0 },
    isResumed: false,
    changed: [],
  }
}

async function resume(
  tx: Transaction,
  locks: SessionLocks,
  { inputKey, inputs }: JobRequest,
): Promise<Begun | null> {
  if (inputKey === null) return null
  const [last] = await tx.query<Stored<typeof importJobs, 'id'> & { state: string }>(sql`
    select ${importJobs.id}, ${importJobs.state} from ${importJobs} where ${importJobs.inputKey} = ${inputKey}::text order by ${importJobs.id} desc limit 1`)
  if (!last || last.state === 'done' || !(await locks.tryLock(last.id))) return null
  const files = await readFiles(tx, last.id)
  const job = files.length === inputs.length ? await takeUp(tx, last.id) : null
  if (!job) {
    await locks.unlock(last.id)
    return null
  }
  const changed = files.filter((file, place) => isOther(file, inputs[place]))
  for (const file of changed) {
    await resetFile(tx, last.id, file.place, inputs[file.place] as JobInput)
    Object.assign(file, { readCount: 0, lastPosition: null, mark: null, isDone: false })
  }
  const names = changed.filter(({ wasRead }) => wasRead).map(({ name }) => name)
  return { ...job, files, isResumed: true, changed: names }
}

type FileRow = JobInput & JobFile & { place: number; wasRead: boolean }

function readFiles(tx: Transaction, id: number): Promise<FileRow[]> {
  return tx.query<FileRow>(sql`
    select ${fields(importFiles, 'place', 'name', 'path', 'sizeBytes', 'modifiedAt', 'startHash', 'readCount', 'lastPosition', 'mark', 'isDone')},
      ${importFiles.readCount} > 0 or ${importFiles.isDone} as "wasRead"
    from ${importFiles} where ${importFiles.jobId} = ${id}::bigint order by ${importFiles.place}`)
}

const isOther = (file: FileRow, now: JobInput | undefined): boolean =>
  file.sizeBytes !== now?.sizeBytes ||
  file.startHash !== now.startHash ||
  (file.modifiedAt !== null && Date.parse(file.modifiedAt) !== Date.parse(now.modifiedAt ?? ''))

/** Null where it finished after all, since it was looked up. */
async function takeUp(
  tx: Transaction,
  id: number,
): Promise<Omit<Begun, 'files' | 'changed'> | null> {
  const [row] = await tx.query<
    ImportCounts & Pick<Job, 'runCount' | 'rejectsPath' | 'rejectsBytes'>
  >(
    sql`update ${importJobs} set ${importJobs.state} = 'running', ${importJobs.runCount} = ${importJobs.runCount} + 1, ${importJobs.error} = null, ${importJobs.finishedAt} = null,
      ${importJobs.updatedAt} = now()
    where ${importJobs.id} = ${id}::bigint and ${importJobs.state} <> 'done'
    returning ${fields(importJobs, 'runCount', 'rejectsPath', 'rejectsBytes')},
      ${importJobs.readCount} as read, ${importJobs.createdCount} as created, ${importJobs.updatedCount} as updated, ${importJobs.mergedCount} as merged,
      ${importJobs.unchangedCount} as unchanged, ${importJobs.waitingCount} as waiting, ${importJobs.rejectedCount} as rejected,
      ${importJobs.repairedCount} as repaired`,
  )
  if (!row) return null
  const [kept = { rejected: 0, repaired: 0 }] = await tx.query<Job['kept']>(sql`
    select count(*) filter (where not is_repaired) as rejected, count(*) filter (where is_repaired) as repaired
    from ${importRejects} where ${importRejects.jobId} = ${id}::bigint`)
  const { runCount, rejectsPath, rejectsBytes, ...told } = row
  const counts = { ...NO_COUNTS }
  addCounts(counts, told)
  return { id, runCount, counts, rejectsPath, rejectsBytes, kept, isResumed: true }
}

/** Forgets what was read of an input, as it has to be read from its start. */
export async function resetFile(
  tx: Transaction,
  id: number,
  place: number,
  input: JobInput,
): Promise<void> {
  await tx.query(sql`
    update ${importFiles} set ${importFiles.readCount} = 0, ${importFiles.lastPosition} = null, ${importFiles.mark} = null, ${importFiles.bytesRead} = 0, ${importFiles.isDone} = false,
      ${importFiles.sizeBytes} = ${input.sizeBytes}::bigint, ${importFiles.modifiedAt} = ${input.modifiedAt}::timestamptz,
      ${importFiles.startHash} = ${input.startHash}::text
    where ${importFiles.jobId} = ${id}::bigint and ${importFiles.place} = ${place}::int`)
}

async function findOthers(tx: Transaction, id: number, inputs: JobInput[]): Promise<number[]> {
  const paths = inputs.flatMap(({ path }) => path ?? [])
  const rows = await tx.query<{ id: number }>(sql`
    select distinct ${f.jobId} as id from ${f}
    join ${j} on ${j.id} = ${f.jobId} and ${j.state} = 'running'
    where ${f.jobId} in ${LIVE_JOBS} and ${f.jobId} <> ${id}::bigint
      and ${f.path} in (select jsonb_array_elements_text(${JSON.stringify(paths)}::text::jsonb))
    order by 1`)
  return rows.map((row) => row.id)
}

/** A stored note on an entry. */
export interface KeptRemark {
  file: string
  position: number
  key: string | null
  reason: string
  isRepaired: boolean
}

/** How far one input was read. */
export interface FileCheckpoint {
  place: number
  /** Of this batch alone. */
  readCount: number
  lastPosition: number | null
  mark: string | null
  bytesRead: number
  isDone: boolean
}

export interface Checkpoint {
  /** Of this batch alone. */
  counts: ImportCounts
  remarks: KeptRemark[]
  files: FileCheckpoint[]
  rejectsPath: string | null
  rejectsBytes: number
}

/**
 * Keeps how far an import came, in the transaction of the batch that brought it there. Throws CONFLICT when another process has
 * taken the import up meanwhile: nothing of the batch is kept then.
 */
export async function keepCheckpoint(tx: Transaction, job: Job, at: Checkpoint): Promise<void> {
  const { counts } = at
  const rows = await tx.query(sql`
    with file as (
      update ${f} set ${importFiles.readCount} = ${f.readCount} + r."readCount", ${importFiles.mark} = coalesce(r.mark, ${f.mark}),
        ${importFiles.lastPosition} = coalesce(r."lastPosition", ${f.lastPosition}), ${importFiles.bytesRead} = r."bytesRead", ${importFiles.isDone} = r."isDone"
      from jsonb_to_recordset(${JSON.stringify(at.files)}::text::jsonb) as r(place int, "readCount" bigint,
        "lastPosition" bigint, mark text, "bytesRead" bigint, "isDone" boolean)
      where ${f.jobId} = ${job.id}::bigint and ${f.place} = r.place
    )
    update ${importJobs} set ${importJobs.updatedAt} = now(),
      ${importJobs.readCount} = ${importJobs.readCount} + ${counts.read}::bigint,
      ${importJobs.createdCount} = ${importJobs.createdCount} + ${counts.created}::bigint,
      ${importJobs.updatedCount} = ${importJobs.updatedCount} + ${counts.updated}::bigint,
      ${importJobs.mergedCount} = ${importJobs.mergedCount} + ${counts.merged}::bigint,
      ${importJobs.unchangedCount} = ${importJobs.unchangedCount} + ${counts.unchanged}::bigint,
      ${importJobs.waitingCount} = ${importJobs.waitingCount} + ${counts.waiting}::bigint,
      ${importJobs.rejectedCount} = ${importJobs.rejectedCount} + ${counts.rejected}::bigint,
      ${importJobs.repairedCount} = ${importJobs.repairedCount} + ${counts.repaired}::bigint,
      ${importJobs.rejectsPath} = ${at.rejectsPath}::text, ${importJobs.rejectsBytes} = ${at.rejectsBytes}::bigint
    where ${importJobs.id} = ${job.id}::bigint and ${importJobs.runCount} = ${job.runCount}::int returning ${importJobs.id}`)
  if (rows.length === 0)
    throw new AppError('CONFLICT', `Another process has resumed import ${job.id}; this one ends.`)
  await keepRemarks(tx, job, at.remarks)
}

async function keepRemarks(tx: Transaction, job: Job, remarks: KeptRemark[]): Promise<void> {
  const { kept } = job
  const rows = []
  for (const remark of remarks) {
    const sort = remark.isRepaired ? 'repaired' : 'rejected'
    if (kept[sort] >= MOST_KEPT) continue
    kept[sort]++
    rows.push({ number: kept.rejected + kept.repaired, ...remark })
  }
  if (rows.length === 0) return
  await tx.query(sql`
    insert into ${importRejects} (${columns(importRejects, 'jobId', 'number', 'file', 'position', 'key', 'reason', 'isRepaired')})
    select ${job.id}::bigint, number, file, position, key, reason, "isRepaired"
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(number int, file text, position bigint,
      key text, reason text, "isRepaired" boolean)`)
}

/** Writes what became of an import, and lets go of it. */
export async function endJob(
  url: string,
  job: Job,
  state: 'done' | 'stopped' | 'failed',
  error: string | null = null,
): Promise<void> {
  try {
    await transaction(url, (tx) =>
      tx.query(sql`
        update ${importJobs} set ${importJobs.state} = ${state}::import_state, ${importJobs.error} = ${error}::text, ${importJobs.updatedAt} = now(),
          ${importJobs.finishedAt} = now()
        where ${importJobs.id} = ${job.id}::bigint and ${importJobs.runCount} = ${job.runCount}::int`),
    )
  } finally {
    await job.locks.close()
  }
}
