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

/** One row for each import. Its progress is that of the last committed batch, written in the same transaction. */
export const importJobs = pgTable(
  'import_jobs',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    format: text().notNull(),
    /** Equal for imports of the same inputs, to find an interrupted one again; null if it cannot be resumed. */
    inputKey: text('input_key'),
    /** The state as last written. A running import whose process has died is still `running`: see LIVE_JOBS in domain/imports/job.ts. */
    state: importState().notNull(),
    /** Number of starts and resumes: a process that was presumed dead cannot write under an older number. */
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
    /** Why it failed; for a finished import, what could not be read of its files; otherwise null. */
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
    /** The name as given. */
    name: text().notNull(),
    /** Absolute path; null if the input is not a file. */
    path: text(),
    /** These three columns show whether the file is still the same; null if the input is not a file. */
    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    modifiedAt: moment('modified_at'),
    startHash: text('start_hash'),
    /** Number of committed entries. */
    readCount: counter('read_count'),
    /** Position of the last committed entry, to recognise it again. */
    lastPosition: bigint('last_position', { mode: 'number' }),
    /** Position from which a stream can be resumed, in the stream's own format. */
    mark: text(),
    /** Number of bytes of the file, as stored on disk. */
    bytesRead: counter('bytes_read'),
    isDone: boolean('is_done').notNull().default(false),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.place] })],
)

/** The first rejects and repairs of an import; the rejects file has all of them. */
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
    /** Why the entry was rejected, or what was repaired. */
    reason: text().notNull(),
    isRepaired: boolean('is_repaired').notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.number] })],
)

/**
 * Content hashes of records that a later entry of the same import replaced, so that repeating the import changes nothing: see
 * domain/write/replaced.ts. They only say which states may occur again, and stay when the record is deleted.
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
    /** JSON with its fields in the original order, on which the hash depends. */
    record: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.jobId, t.type, t.source, t.key] })],
)
