import { and, asc, count, desc, eq, ne } from 'drizzle-orm'
import { chunk } from 'es-toolkit'
import { now, plus } from '../../db/expressions.ts'
import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { openSessionLocks, type SessionLocks } from '../../db/locks/session-locks.ts'
import { orm } from '../../db/orm.ts'
import { alias, sql } from '../../db/sql.ts'
import { importFiles, importJobs, importRejects } from '../../db/tables/imports.ts'
import { type Transaction, transaction } from '../../db/transaction.ts'
import { type ImportCounts, NO_COUNTS } from './counts.ts'
import { LIVE_JOBS } from './job.ts'

const f = alias(importFiles, 'f')
const j = alias(importJobs, 'j')

/** An input of an import, with data by which a later run recognises it. Everything but the name is null if it is not a file. */
export interface JobInput {
  name: string
  /** Absolute path. */
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

/** The state of an import in the process that runs it. */
export interface Job {
  id: number
  runCount: number
  /** Counts as of the last committed batch. */
  counts: ImportCounts
  /** One for each input, in order. */
  files: JobFile[]
  rejectsPath: string | null
  rejectsBytes: number
  /** Number of rejected and repaired entries stored in the database. */
  kept: { rejected: number; repaired: number }
  isResumed: boolean
  /** Names of partly committed inputs that have changed since; they are read from the start. */
  changed: string[]
  /** Ids of other running imports of one of these files. */
  others: number[]
  locks: SessionLocks
}

export interface JobRequest {
  format: string
  inputs: JobInput[]
  /** Key by which an interrupted import is found; null if it cannot be resumed. */
  inputKey: string | null
  /** Start over, even if an import is unfinished. */
  isRestart?: boolean | undefined
}

/**
 * Starts an import, or resumes the last unfinished one of the same inputs. Two processes never
 * run the same import. `endJob` must follow.
 */
export async function beginJob(url: string, request: JobRequest): Promise<Job> {
  const locks = await openSessionLocks(url, LOCKS.import)
  try {
    return await transaction(url, async (tx) => {
      // Two imports that begin at the same moment would not see each other, and both would write to one rejects file.
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
  // Taken before the row is visible; otherwise the import would appear interrupted.
  await locks.tryLock(id)
  const { format, inputKey } = request
  await orm(tx)
    .insert(importJobs)
    .overridingSystemValue()
    .values({ id, format, inputKey, state: 'running' })
  const rows = request.inputs.map((input, place) => ({ jobId: id, place, ...input }))
  // A statement can have at most 65,535 parameters.
  for (const some of chunk(rows, 1000)) await orm(tx).insert(importFiles).values(some)
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
  const [last] = await orm(tx)
    .select({ id: importJobs.id, state: importJobs.state })
    .from(importJobs)
    .where(eq(importJobs.inputKey, inputKey))
    .orderBy(desc(importJobs.id))
    .limit(1)
  if (!last || last.state === 'done' || !(await locks.tryLock(last.id))) return null
  const files = await readFiles(tx, last.id)
  const job = files.length === inputs.length ? await markResumed(tx, last.id) : null
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

type FileRow = Awaited<ReturnType<typeof readFiles>>[number]

async function readFiles(tx: Transaction, id: number) {
  const rows = await orm(tx)
    .select()
    .from(importFiles)
    .where(eq(importFiles.jobId, id))
    .orderBy(asc(importFiles.place))
  return rows.map((row) => ({ ...row, wasRead: row.readCount > 0 || row.isDone }))
}

const isOther = (file: FileRow, now: JobInput | undefined): boolean =>
  file.sizeBytes !== now?.sizeBytes ||
  file.startHash !== now.startHash ||
  (file.modifiedAt !== null && Date.parse(file.modifiedAt) !== Date.parse(now.modifiedAt ?? ''))

/** Marks an import as running again; null if it has finished since it was looked up. */
async function markResumed(
  tx: Transaction,
  id: number,
): Promise<Omit<Begun, 'files' | 'changed'> | null> {
  const [row] = await orm(tx)
    .update(importJobs)
    .set({
      state: 'running',
      runCount: plus(importJobs.runCount, 1),
      error: null,
      finishedAt: null,
      updatedAt: now,
    })
    .where(and(eq(importJobs.id, id), ne(importJobs.state, 'done')))
    .returning()
  if (!row) return null
  const remarks = await orm(tx)
    .select({ isRepaired: importRejects.isRepaired, count: count() })
    .from(importRejects)
    .where(eq(importRejects.jobId, id))
    .groupBy(importRejects.isRepaired)
  const keptOf = (isRepaired: boolean) =>
    remarks.find((one) => one.isRepaired === isRepaired)?.count ?? 0
  const { runCount, rejectsPath, rejectsBytes } = row
  const kept = { rejected: keptOf(false), repaired: keptOf(true) }
  return { id, runCount, counts: countsOf(row), rejectsPath, rejectsBytes, kept, isResumed: true }
}

const countsOf = (row: typeof importJobs.$inferSelect): ImportCounts => ({
  read: row.readCount,
  created: row.createdCount,
  createdPapers: row.createdPaperCount,
  updated: row.updatedCount,
  merged: row.mergedCount,
  unchanged: row.unchangedCount,
  waiting: row.waitingCount,
  rejected: row.rejectedCount,
  repaired: row.repairedCount,
})

/** Resets the progress of an input that must be read from the start. */
export async function resetFile(
  tx: Transaction,
  id: number,
  place: number,
  input: JobInput,
): Promise<void> {
  const { sizeBytes, modifiedAt, startHash } = input
  await orm(tx)
    .update(importFiles)
    .set({
      ...{ readCount: 0, lastPosition: null, mark: null, bytesRead: 0, isDone: false },
      ...{ sizeBytes, modifiedAt, startHash },
    })
    .where(and(eq(importFiles.jobId, id), eq(importFiles.place, place)))
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
