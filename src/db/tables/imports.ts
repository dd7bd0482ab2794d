import {
  bigint,
  boolean,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { sortText } from './papers.ts'
import { IMPORT_STATES } from './vocabulary.ts'

export const importState = pgEnum('import_state', IMPORT_STATES)

const counter = <N extends string>(name: N) => bigint(name, { mode: 'number' }).notNull().default(0)
const moment = <N extends string>(name: N) =>
  timestamp(name, { withTimezone: true, mode: 'string' })

/** One row for each import, with its progress as of the last committed batch, written in the same transaction. */
export const importJobs = pgTable(
  'import_jobs',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    format: text().notNull(),
    /** The same for imports of the same inputs, by which one that was cut off is found again; null where none can be. */
    inputKey: text('input_key'),
    /** As last written. A job that is running, and whose process is gone, says so still: see LIVE_JOBS in domain/imports/job.ts. */
    state: importState().notNull(),
    /** Number of starts and resumes: a process believed dead cannot write under an older number. */
    runCount: integer('run_count').notNull().default(1),
    readCount: counter('read_count'),
    createdCount: counter('created_count'),
    createdPaperCount: counter('created_paper_count'),
    updatedCount: counter('updated_count'),
    mergedCount: counter('merged_count'),
    unchangedCount: counter('unchanged_count'),
    waitingCount: counter('waiting_count'),
    rejectedCount: counter('rejected_count'),
    repairedCount: counter('repaired_count'),
    /** The file with all rejects and repairs, and how many of its bytes belong to committed batches. */
    rejectsPath: text('rejects_path'),
    rejectsBytes: counter('rejects_bytes'),
    /** Why it failed; of one that is done, what of its files could not be read; null else. */
    error: text(),
    startedAt: moment('started_at').notNull().defaultNow(),
    updatedAt: moment('updated_at').notNull().defaultNow(),
    finishedAt: moment('finished_at'),
  },
  (t) => [index('import_jobs_input_idx').on(t.inputKey, t.id)],
)

/** The inputs of an import in the order of reading, and how much of each is committed. */
export const importFiles = pgTable(
  'import_files',
  {
    jobId: bigint('job_id', { mode: 'number' })
      .notNull()
      .references(() => importJobs.id, { onDelete: 'cascade' }),
    place: integer().notNull(),
    /** As it was named. */
    name: text().notNull(),
    /** Absolute path; null if the input is not a file. */
    path: text(),
    /** These three show whether the file is still the same; null if the input is not a file. */
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    modifiedAt: moment('modified_at'),
    startHash: text('start_hash'),
    /** Entries that are committed. */
    readCount: counter('read_count'),
    /** Position of the last of them, by which it is known again. */
    lastPosition: bigint('last_position', { mode: 'number' }),
    /** Position from which a stream can be resumed, in its own terms. */
    mark: text(),
    /** Of the file, as it lies on disk. */
    bytesRead: counter('bytes_read'),
    isDone: boolean('is_done').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.place] })],
)

/** The first rejects and repairs of an import; the rejects file has all. */
export const importRejects = pgTable(
  'import_rejects',
  {
    jobId: bigint('job_id', { mode: 'number' })
      .notNull()
      .references(() => importJobs.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    file: text().notNull(),
    position: bigint({ mode: 'number' }).notNull(),
    key: sortText(),
    /** Why the entry was rejected; of one that was repaired, what had to be. */
    reason: text().notNull(),
    isRepaired: boolean('is_repaired').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.number] })],
)

/**
 * Content hashes of records that were replaced by a later entry of the same import, so that this import can be repeated without a
 * change: see domain/write/replaced.ts. They only say what may come again, and stay when the record is gone.
 */
export const replacedReadings = pgTable('replaced_readings', {
  contentHash: text('content_hash').primaryKey(),
})

/** Records that a running import has read, and writes at its end unless it reads a later state of them. */
export const heldReadings = pgTable(
  'held_readings',
  {
    jobId: bigint('job_id', { mode: 'number' })
      .notNull()
      .references(() => importJobs.id, { onDelete: 'cascade' }),
    type: text({ enum: ['paper', 'author', 'topic', 'institution'] }).notNull(),
    source: text().notNull(),
    key: sortText().notNull(),
    /** As JSON, in the order of its fields, on which its hash depends. */
    record: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.type, t.source, t.key] })],
)
