import { and, eq } from 'drizzle-orm'
import { now, plus } from '../../db/expressions.ts'
import { orm } from '../../db/orm.ts'
import { alias, assigns, recordset, sql } from '../../db/sql.ts'
import { importFiles, importJobs, importRejects } from '../../db/tables/imports.ts'
import { type Transaction, transaction } from '../../db/transaction.ts'
import { AppError } from '../../errors.ts'
import type { ImportCounts } from './counts.ts'
import type { Job } from './job-begin.ts'

const f = alias(importFiles, 'f')
const r = alias(importFiles, 'r')

/** Limit of rejected entries of an import stored in the database, and of repaired ones; the rejects file has all. */
const MOST_KEPT = 1000

/** A stored note on an entry. */
export interface KeptRemark {
  file: string
  position: number
  key: string | null
  reason: string
  isRepaired: boolean
  /** Whether it reports damage to the file itself; such notes are stored beyond the limit. */
  isFault: boolean
}

/** The progress of one input. */
export interface FileCheckpoint {
  place: number
  /** Entries of this batch only. */
  readCount: number
  lastPosition: number | null
  mark: string | null
  bytesRead: number
  isDone: boolean
}

export interface Checkpoint {
  /** Counts of this batch only. */
  counts: ImportCounts
  remarks: KeptRemark[]
  files: FileCheckpoint[]
  rejectsPath: string | null
  rejectsBytes: number
}

/**
 * Stores the progress of an import, in the transaction of the batch. Throws CONFLICT if another process has resumed the import
 * meanwhile, so that the batch is rolled back.
 */
export async function keepCheckpoint(tx: Transaction, job: Job, at: Checkpoint): Promise<void> {
  const { counts } = at
  await tx.query(sql`
    update ${f} set ${importFiles.readCount} = ${f.readCount} + ${r.readCount}, ${importFiles.mark} = coalesce(${r.mark}, ${f.mark}),
      ${importFiles.lastPosition} = coalesce(${r.lastPosition}, ${f.lastPosition}), ${assigns(importFiles, r, 'bytesRead', 'isDone')}
    from ${recordset(importFiles, 'r', ['place', 'readCount', 'lastPosition', 'mark', 'bytesRead', 'isDone'], at.files)}
    where ${f.jobId} = ${job.id}::bigint and ${f.place} = ${r.place}`)
  const rows = await orm(tx)
    .update(importJobs)
    .set({
      updatedAt: now,
      readCount: plus(importJobs.readCount, counts.read),
      createdCount: plus(importJobs.createdCount, counts.created),
      createdPaperCount: plus(importJobs.createdPaperCount, counts.createdPapers),
      updatedCount: plus(importJobs.updatedCount, counts.updated),
      mergedCount: plus(importJobs.mergedCount, counts.merged),
      unchangedCount: plus(importJobs.unchangedCount, counts.unchanged),
      waitingCount: plus(importJobs.waitingCount, counts.waiting),
      rejectedCount: plus(importJobs.rejectedCount, counts.rejected),
      repairedCount: plus(importJobs.repairedCount, counts.repaired),
      rejectsPath: at.rejectsPath,
      rejectsBytes: at.rejectsBytes,
    })
    .where(and(eq(importJobs.id, job.id), eq(importJobs.runCount, job.runCount)))
    .returning({ id: importJobs.id })
  if (rows.length === 0)
    throw new AppError('CONFLICT', `Another process has resumed import ${job.id}; this one ends.`)
  await keepRemarks(tx, job, at.remarks)
}

async function keepRemarks(tx: Transaction, job: Job, remarks: KeptRemark[]): Promise<void> {
  const { kept } = job
  const rows = []
  for (const { isFault, ...remark } of remarks) {
    const sort = remark.isRepaired ? 'repaired' : 'rejected'
    if (kept[sort] >= MOST_KEPT && !isFault) continue
    kept[sort]++
    rows.push({ jobId: job.id, number: kept.rejected + kept.repaired, ...remark })
  }
  if (rows.length > 0) await orm(tx).insert(importRejects).values(rows)
}

/** Whether an earlier run of the import has reported the same damage at this position of a file. */
export async function wasReported(
  url: string,
  { id, isResumed }: Job,
  { file, position, reason }: Pick<KeptRemark, 'file' | 'position' | 'reason'>,
): Promise<boolean> {
  if (!isResumed) return false
  const { jobId, file: name, position: place, reason: why } = importRejects
  return transaction(url, async (tx) => {
    const isSame = and(eq(jobId, id), eq(name, file), eq(place, position), eq(why, reason))
    return (
      (await orm(tx).select({ id: jobId }).from(importRejects).where(isSame).limit(1)).length > 0
    )
  })
}

/** Stores the final state of an import, and releases its lock. */
export async function endJob(
  url: string,
  job: Job,
  state: 'done' | 'stopped' | 'failed',
  error: string | null = null,
): Promise<void> {
  try {
    await transaction(url, async (tx) => {
      await orm(tx)
        .update(importJobs)
        .set({ state, error, updatedAt: now, finishedAt: now })
        .where(and(eq(importJobs.id, job.id), eq(importJobs.runCount, job.runCount)))
    })
  } finally {
    await job.locks.close()
  }
}
