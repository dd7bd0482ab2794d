import type { Config } from '../../config.ts'
import type { Database } from '../../db/client.ts'
import type { ShownImportState } from '../../db/tables/vocabulary.ts'
import { findDoubts } from '../../domain/imports/doubts.ts'
import { findImportPeople } from '../../domain/imports/identity-changes.ts'
import {
  IMPORT_FILE_ORDER,
  IMPORT_ORDER,
  IMPORT_REMARK_ORDER,
  type ImportFile,
  type ImportJob,
  type ImportRemark,
  importEntity,
  importFileEntity,
  importFileList,
  importList,
  importRemarkEntity,
  importRemarkList,
  importsByIds,
} from '../../domain/imports/job.ts'
import { AppError } from '../../errors.ts'
import { firstRows } from '../../sql/keyset.ts'
import { countRows, type ListRow, readPage, readPagesByParent } from '../../sql/list.ts'
import { type Entity, selectAll } from '../../sql/selection.ts'
import { MOST_SHOWN } from '../base/options.ts'
import { createdOf, describeDoubts, describePeople } from '../base/report.ts'
import { withDatabase } from '../base/with-catalogue.ts'

export interface ImportsCliOptions {
  state?: ShownImportState
  limit: number
  json?: boolean
}

/** Lists imports, or shows the one with this number. */
export function runImports(
  config: Config,
  number: number | undefined,
  options: ImportsCliOptions,
): Promise<void> {
  const work = async (db: Database) =>
    console.log(await (number === undefined ? showAll(db, options) : showOne(db, number, options)))
  return withDatabase(config, work, { writes: false, poolSize: 1 })
}

async function showAll(db: Database, { state, limit, json }: ImportsCliOptions): Promise<string> {
  const list = importList({ states: state && [state] })
  const request = { ...list, entity: importEntity, order: IMPORT_ORDER, page: firstRows(limit) }
  const selection = selectAll(importEntity)
  const { rows } = await readPage<ImportJob>(db, { ...request, selection })
  if (json) return JSON.stringify(rows.map(plain))
  if (rows.length === 0)
    return state ? `There are no imports in the state ${state}.` : 'There are no imports.'
  const total = await countRows(db, list)
  const table = tableOf(HEAD, rows.map(cellsOf))
  return total > rows.length
    ? `${table}\n(${rows.length} of ${total}; use --limit to show more)`
    : table
}

const HEAD = [
  'number',
  'state',
  'started (UTC)',
  'format',
  'read',
  'created',
  'updated',
  'merged',
  'unchanged',
  'waiting',
  'rejected',
  'files',
]

function cellsOf(job: ImportJob): string[] {
  const { readCount, rejectedCount } = job
  const counts = [readCount, ...writtenCounts(job).map(([, count]) => count), rejectedCount]
  return [
    ...[String(job.id), job.state, minuteOf(job.startedAt), job.format],
    ...counts.map(inWords),
    filesOf(job),
  ]
}

/** Counts of the records that were not rejected. */
const writtenCounts = (job: ImportJob): [string, number][] => [
  ['created', job.createdCount],
  ['updated', job.updatedCount],
  ['merged', job.mergedCount],
  ['unchanged', job.unchangedCount],
  ['waiting', job.waitingCount],
]

function filesOf(job: ImportJob): string {
  const { state, fileCount, firstFile, currentFile, bytesRead, bytesTotal, error } = job
  const more = fileCount > 1 ? ` and ${fileCount - 1} more` : ''
  if (state === 'done') return `${firstFile}${more}`
  if (error !== null) return `${firstFile}${more}: ${error}`
  if (currentFile === null) return `${firstFile}${more}`
  const share = bytesTotal ? `, ${Math.floor((100 * bytesRead) / bytesTotal)}% read` : ''
  return `${firstFile}${more}${share}${more ? `, at ${currentFile}` : ''}`
}

const minuteOf = (instant: string) => instant.slice(0, 16).replace('T', ' ')
const inWords = (count: number) => count.toLocaleString('en')

/** Columns are as wide as needed; numbers are right-aligned. */
function tableOf(head: string[], rows: string[][]): string {
  const lines = [head, ...rows]
  const widths = head.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)))
  const isNumber = head.map((_, i) => rows.every((row) => /^[\d,]+$/.test(row[i] ?? '')))
  const pad = (cell: string, i: number) =>
    isNumber[i] ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n')
}

async function showOne(db: Database, number: number, options: ImportsCliOptions): Promise<string> {
  const job = (await importsByIds(db, selectAll(importEntity), [number])).get(number)
  if (!job)
    throw new AppError('NOT_FOUND', `There is no import ${number}; "paperql imports" lists all.`)
  const limit = options.json ? MOST_SHOWN : options.limit
  const files = await partsOf<ImportFile>(db, number, limit, {
    ...{ ...importFileList, entity: importFileEntity, order: IMPORT_FILE_ORDER },
  })
  const remarks = await partsOf<ImportRemark>(db, number, limit, {
    ...{ ...importRemarkList(null), entity: importRemarkEntity, order: IMPORT_REMARK_ORDER },
  })
  const doubts = await findDoubts(db, number)
  const people = await findImportPeople(db, number)
  if (options.json)
    return JSON.stringify({
      ...{ ...plain(job), files: files.map(plain), rejects: remarks.map(plain), doubts, people },
    })
  return [
    describeJob(job, files, remarks),
    ...describePeople(people),
    ...describeDoubts(doubts),
  ].join('\n')
}

type PartList = ReturnType<typeof importRemarkList> & {
  entity: Entity
  order: typeof IMPORT_FILE_ORDER
}

async function partsOf<Row extends ListRow>(
  db: Database,
  number: number,
  limit: number,
  list: PartList,
): Promise<Row[]> {
  const request = { ...list, page: firstRows(limit), selection: selectAll(list.entity) }
  const pages = await readPagesByParent<Row>(db, request, [number])
  return pages.get(number)?.rows ?? []
}

function describeJob(job: ImportJob, files: ImportFile[], remarks: ImportRemark[]): string {
  const { id, format, state, startedAt, updatedAt, runCount, error, rejectsPath } = job
  const runs = runCount > 1 ? `, resumed ${runCount === 2 ? 'once' : `${runCount - 1} times`}` : ''
  const lines = [
    `Import ${id} (${format}): ${state}${runs}. Started ${minuteOf(startedAt)}, last updated ${minuteOf(updatedAt)} UTC.`,
    `${inWords(job.readCount)} read: ${countsOf(job)}.`,
    ...(error === null
      ? []
      : [`${state === 'partial' ? 'Not all could be read' : 'Error'}: ${error}`]),
    ...files.map(describeFile),
    ...(job.fileCount > files.length ? [`  (${files.length} of ${job.fileCount} files)`] : []),
  ]
  // Unreadable files are among the remarks but not in the counts.
  const told = Math.max(job.rejectedCount + job.repairedCount, remarks.length)
  if (told === 0) return lines.join('\n')
  const where = rejectsPath === null ? '' : ` in ${rejectsPath}`
  const some =
    remarks.length < told ? `the first ${remarks.length} of ${told}, all${where}` : where.trim()
  lines.push(`Rejected and repaired${some ? ` (${some})` : ''}:`, ...remarks.map(describeRemark))
  return lines.join('\n')
}

function countsOf(job: ImportJob): string {
  const counts = [...writtenCounts(job), ['rejected', job.rejectedCount] as const]
  const told = counts
    .map(([name, count]) => `${inWords(count)} ${name}`)
    .join(', ')
    .replace(' created', createdOf(job.createdCount, job.createdPaperCount))
  return job.repairedCount > 0 ? `${told}; ${inWords(job.repairedCount)} repaired` : told
}

function describeFile({ name, readCount, isDone, bytesRead, sizeBytes }: ImportFile): string {
  const share = sizeBytes ? `, at ${Math.floor((100 * bytesRead) / sizeBytes)}%` : ''
  return `  ${name}: ${inWords(readCount)} read${isDone ? '' : share}`
}

function describeRemark({ file, position, key, reason, isRepaired }: ImportRemark): string {
  return `  ${file}:${position}${key === null ? '' : ` ${key}`}: ${isRepaired ? 'repaired: ' : ''}${reason}`
}

/** Without the fields that only paging needs. */
function plain<Row extends ListRow>({ sortKey: _, ...row }: Row) {
  return row
}
