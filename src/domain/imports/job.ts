import type { Database } from '../../db/client.ts'
import { LOCKS } from '../../db/locks/locks.ts'
import { alias, empty, pick, raw, type Sql, sql } from '../../db/sql.ts'
import { importFiles, importJobs, importRejects } from '../../db/tables/imports.ts'
import type { ShownImportState } from '../../db/tables/vocabulary.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import { type List, type ListRow, readByIds } from '../../sql/list.ts'
import type { Entity, Selection } from '../../sql/selection.ts'

const j = alias(importJobs, 'j')
const f = alias(importFiles, 'f')
const r = alias(importRejects, 'r')

/** An import, with its inputs, progress and outcome. */
export interface ImportJob extends ListRow {
  format: string
  state: ShownImportState
  runCount: number
  readCount: number
  createdCount: number
  createdPaperCount: number
  updatedCount: number
  mergedCount: number
  unchangedCount: number
  waitingCount: number
  rejectedCount: number
  repairedCount: number
  rejectsPath: string | null
  error: string | null
  startedAt: string
  updatedAt: string
  finishedAt: string | null
  fileCount: number
  firstFile: string
  /** The file being read, or the next one; null if all are finished. */
  currentFile: string | null
  bytesRead: number
  bytesTotal: number | null
}

/** A file of an import; its id is its position, from 0. */
export interface ImportFile extends ListRow {
  name: string
  sizeBytes: number | null
  bytesRead: number
  readCount: number
  isDone: boolean
}

/** An entry that was rejected or repaired. */
export interface ImportRemark extends ListRow {
  file: string
  position: number
  key: string | null
  reason: string
  isRepaired: boolean
}

/**
 * SQL for the ids of the imports that a process is running. The process holds a lock for each, released when it ends: an import in the
 * state `running` that is not among these was interrupted.
 */
export const LIVE_JOBS = sql`(select l.objid::bigint from pg_locks l
  where l.locktype = 'advisory' and l.granted and l.classid = ${raw(String(LOCKS.import))}::oid and l.objsubid = 2
    and l.database = (select oid from pg_database where datname = current_database()))`

const STATE = sql`case when ${j.state} = 'running' and ${j.id} not in ${LIVE_JOBS} then 'interrupted'
  when ${j.state} = 'done' and ${j.error} is not null then 'partial' else ${j.state}::text end`

const ofFiles = (value: Sql, more: Sql = empty) =>
  sql`(select ${value} from ${f} where ${f.jobId} = ${j.id} ${more})`

export const importEntity: Entity = {
  id: sql`${j.id}`,
  columns: {
    ...pick(j, 'format', 'runCount', 'readCount', 'createdCount', 'updatedCount', 'mergedCount'),
    ...pick(
      j,
      'createdPaperCount',
      'unchangedCount',
      'waitingCount',
      'rejectedCount',
      'repairedCount',
      'rejectsPath',
      'error',
    ),
    ...pick(j, 'startedAt', 'updatedAt', 'finishedAt'),
    state: STATE,
    fileCount: ofFiles(sql`count(*)`),
    firstFile: ofFiles(f.name, sql`order by ${f.place} limit 1`),
    currentFile: ofFiles(f.name, sql`and not ${f.isDone} order by ${f.place} limit 1`),
    bytesRead: ofFiles(
      sql`coalesce(sum(case when ${f.isDone} then ${f.sizeBytes} else ${f.bytesRead} end), 0)`,
    ),
    bytesTotal: ofFiles(
      sql`case when bool_and(${f.sizeBytes} is not null) then sum(${f.sizeBytes}) end`,
    ),
  },
  relations: {},
}

/** The most recently started import first. */
export const IMPORT_ORDER: KeysetOrder<ListRow> = {
  name: 'imports',
  direction: 'desc',
  keys: [{ column: sql`${j.id}`, type: 'bigint' }],
  valuesOf: ({ id }) => [id],
}

export interface ImportFilter {
  states?: readonly ShownImportState[] | null | undefined
}

export function importList({ states }: ImportFilter): List {
  return {
    from: sql`${j}`,
    conditions: states ? [sql`${STATE} = any(${states}::text[])`] : [],
  }
}

export function importsByIds(
  db: Database,
  selection: Selection,
  ids: readonly number[],
): Promise<Map<number, ImportJob>> {
  return readByIds(db, importEntity, sql`${j}`, selection, ids)
}

export const importFileEntity: Entity = {
  id: sql`${f.place}`,
  columns: pick(f, 'name', 'sizeBytes', 'bytesRead', 'readCount', 'isDone'),
  relations: {},
}

/** In the order of reading. */
export const IMPORT_FILE_ORDER = byNumber('import-files', importFileEntity)

export const importFileList = { from: sql`${f}`, parent: sql`${f.jobId}`, conditions: [] }

export const importRemarkEntity: Entity = {
  id: sql`${r.number}`,
  columns: pick(r, 'file', 'position', 'key', 'reason', 'isRepaired'),
  relations: {},
}

/** In the order in which they occurred. */
export const IMPORT_REMARK_ORDER = byNumber('import-rejects', importRemarkEntity)

/** Rejects and repairs, or one of both. */
export function importRemarkList(isRepaired: boolean | null | undefined) {
  return {
    from: sql`${r}`,
    parent: sql`${r.jobId}`,
    conditions: isRepaired == null ? [] : [sql`${r.isRepaired} = ${isRepaired}::boolean`],
  }
}

function byNumber(name: string, { id }: Entity): KeysetOrder<ListRow> {
  return {
    name,
    direction: 'asc',
    keys: [{ column: id, type: 'bigint' }],
    valuesOf: (row) => [row.id],
  }
}

/** Whether the last import of a file is unfinished and no process runs it. The path is absolute. */
export async function isUnfinished(db: Database, path: string): Promise<boolean> {
  const [row] = await db.query<{ isUnfinished: boolean }>(sql`
    select ${j.state} <> 'done' and ${j.id} not in ${LIVE_JOBS} as "isUnfinished"
    from ${j} join ${f} on ${f.jobId} = ${j.id} and ${f.path} = ${path}::text
    order by ${j.id} desc limit 1`)
  return row?.isUnfinished ?? false
}
