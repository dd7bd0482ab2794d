import { setImmediate as nextTurn } from 'node:timers/promises'
import { openWriter, type Transaction, type Writer } from '../db/transaction.ts'
import { restoreDecisions } from '../domain/curation/restore.ts'
import { addCounts, type ImportCounts, NO_COUNTS } from '../domain/imports/counts.ts'
import { observeStars } from '../domain/repositories/facts.ts'
import { writeRepositoryStates } from '../domain/repositories/restore.ts'
import { findEntries } from '../domain/write/match/entries.ts'
import { writeEdges } from '../domain/write/relations/edges.ts'
import { dropHeld } from '../domain/write/replaced.ts'
import { findOutdated, restoreInstants } from '../domain/write/restore.ts'
import { prepareBulkWrite } from '../sql/bulk-write.ts'
import type { Entry, UnreadEntry } from './entry.ts'
import {
  type Batch,
  type FilePart,
  gather,
  isFullFor,
  keyOf,
  newBatch,
  type Placed,
  partOf,
  profileKeyOf,
  type Remark,
} from './gathered.ts'
import { writeHeld, writeUnheld } from './held.ts'

const BATCH_SIZE = 500

/** The outcome of a batch: consecutive entries, whole, from one file or several. */
export interface BatchOutcome {
  counts: ImportCounts
  remarks: Remark[]
  /** Parts of files, in reading order. */
  files: FilePart[]
  /** As given to `flush`. */
  mark: string | null
  /** Whether this is the last batch of the import. */
  isEnd: boolean
}

interface BatchOptions {
  url: string
  /** The import that writes the batches. */
  jobId: number
  batchSize?: number
  /** How far a file has been read. */
  bytesReadOf: (place: number) => number
  /** Called at the end of each batch's transaction, in reading order; its writes are committed with the batch. */
  checkpoint: (tx: Transaction, outcome: BatchOutcome) => Promise<void>
  /** Called before the last batch is written. */
  onLast?: () => void
  /** Called after the commit. */
  onCommitted: (outcome: BatchOutcome) => void
}

/** Stored with the entries of a batch: the end of the import, or a mark at which to resume. */
interface Ending {
  isEnd?: boolean
  mark?: string | null
  /** Index of the file that the mark belongs to. */
  place?: number
}

/**
 * Collects entries and writes them in batches, one transaction each, in reading order. One batch is written while the next is
 * collected; small files share a batch. After a failure nothing more is written, and every later call throws the same error.
 * `flush` writes the remaining entries and resolves when they are committed. Callers must call `close` at the end.
 */
export function openBatch(options: BatchOptions) {
  const batchSize = options.batchSize ?? BATCH_SIZE
  const writer = openWriter(options.url)
  let gathered = newBatch()
  let writing: Promise<void> = Promise.resolve()
  /** Whether the catalogue had most entries of the last batch: if so, entries of the next are looked up before they are parsed. */
  let isKnown = true
  const start = async ({ isEnd = false, mark = null, place }: Ending = {}) => {
    await writing
    if (place !== undefined) partOf(gathered, place)
    const given = gathered
    markProgress(given, options.bytesReadOf)
    gathered = newBatch()
    if (given.files.size === 0 && !isEnd && mark === null) return
    if (isEnd) options.onLast?.()
    writing = write(writer, given, { isEnd, mark }, options).then(({ counts }) => {
      isKnown = counts.unchanged * 2 > counts.read
    })
    writing.catch(() => {})
  }
  return {
    async flush(ending?: Ending) {
      await start(ending)
      await writing
    },
    async add(found: Entry | UnreadEntry, place: number) {
      const entry = 'read' in found && !isKnown ? found.read() : found
      if (isFullFor(gathered, entry, batchSize)) await start()
      addTo(gathered, { place, entry })
      // Yields to the event loop: reading must not starve responses of the database.
      if (gathered.read % ENTRIES_A_TURN === 0) await nextTurn()
    },
    /** Ends a file, or reports why the rest of it cannot be read. */
    async endFile(place: number, fault?: FileFault) {
      if (gathered.files.size >= MOST_FILES) await start()
      endPart(gathered, place, fault)
    },
    close: () => writer.close(),
  }
}

function addTo(batch: Batch, placed: Placed): void {
  gather(batch, placed)
  const part = partOf(batch, placed.place)
  part.readCount++
  part.lastPosition = placed.entry.position
}

/** Why the rest of a file cannot be read. */
interface FileFault {
  position: number
  key: null
  fault: string
}

function endPart(batch: Batch, place: number, fault: FileFault | undefined): void {
  partOf(batch, place).isEnd = fault === undefined
  if (fault) batch.remarks.push({ place, ...fault })
}

/** Records how far each file was read for this batch, since reading continues for the next batch while this one is written. */
function markProgress({ files }: Batch, bytesReadOf: BatchOptions['bytesReadOf']): void {
  for (const part of files.values()) part.bytesRead = bytesReadOf(part.place)
}

const ENTRIES_A_TURN = 4

/** Limit of files in a batch, since the progress of each is written with the batch. */
const MOST_FILES = 200

async function write(
  writer: Writer,
  batch: Batch,
  ending: { isEnd: boolean; mark: string | null },
  options: BatchOptions,
): Promise<BatchOutcome> {
  const { checkpoint, onCommitted, jobId } = options
  const outcome = await writer.transaction(async (tx) => {
    await prepareBulkWrite(tx, ending.isEnd)
    const files = [...batch.files.values()]
    const written = { ...(await writeBatch(tx, batch, options)), files, ...ending }
    if (ending.isEnd) addCounts(written.counts, await writeHeld(tx, jobId))
    await checkpoint(tx, written)
    return written
  })
  onCommitted(outcome)
  return outcome
}

/** Removes entries of which the catalogue has a later state, and returns their number. */
async function dropOutdated(
  tx: Transaction,
  { records, profiles, fetched }: Batch,
): Promise<number> {
  if (fetched.length === 0) return 0
  const outdated = await findOutdated(tx, fetched)
  for (const { table, ...of } of outdated) {
    if (table === 'source_records') records.delete(keyOf(of))
    else profiles.delete(profileKeyOf({ type: table.replace('_records', ''), ...of }))
  }
  return outdated.length
}

type Written = Pick<BatchOutcome, 'counts' | 'remarks'>

async function writeBatch(
  tx: Transaction,
  batch: Batch,
  { jobId, batchSize = BATCH_SIZE }: BatchOptions,
): Promise<Written> {
  const gathered = await writeGathered(tx, jobId, batch)
  if (batch.unread.length === 0) return gathered
  const written = [gathered]
  const { entries, unchanged } = await readUnknown(tx, jobId, batch.unread)
  let part = newBatch()
  for (const placed of entries) {
    if (isFullFor(part, placed.entry, batchSize)) {
      written.push(await writeGathered(tx, jobId, part))
      part = newBatch()
    }
    gather(part, placed)
  }
  written.push(await writeGathered(tx, jobId, part))
  const counts = { ...NO_COUNTS }
  for (const each of written) addCounts(counts, each.counts)
  addCounts(counts, { unchanged })
  const remarks = written.flatMap((each) => each.remarks)
  return { counts: { ...counts, read: batch.read }, remarks }
}

/** Parses the entries whose state is not in the catalogue, in order, and counts the others. */
async function readUnknown(
  tx: Transaction,
  jobId: number,
  found: Placed[],
): Promise<{ entries: Placed<Entry>[]; unchanged: number }> {
  const known = await findEntries(
    tx,
    found.flatMap(({ entry }) => ('read' in entry ? entry.hash : [])),
  )
  const isKnown = ({ entry }: Placed) => 'read' in entry && known.has(entry.hash)
  const read = ({ place, entry }: Placed): Placed<Entry> => ({
    place,
    entry: 'read' in entry ? entry.read() : entry,
  })
  const entries = found.filter((placed) => !isKnown(placed)).map(read)
  // If a record occurs twice, once in the state of the catalogue and once in another, all entries are read, as the last one counts.
  const keys = new Set([...known.values()].map(keyOf))
  if (entries.some(({ entry }) => 'record' in entry && keys.has(keyOf(entry.record))))
    return { entries: found.map(read), unchanged: 0 }
  await dropHeld(tx, jobId, 'paper', [...known.values()])
  return { entries, unchanged: found.length - entries.length }
}

/** Runs before the records to which the decisions belong are written. */
async function writeDecisions(tx: Transaction, { additions }: Batch, counts: ImportCounts) {
  const decisions = additions.flatMap((one) => ('decision' in one ? [one.decision] : []))
  if (decisions.length > 0) addCounts(counts, await restoreDecisions(tx, decisions))
}

/** Runs after the records that link to the repositories are written. */
async function writeRepositories(tx: Transaction, { additions }: Batch, counts: ImportCounts) {
  const states = additions.flatMap((one) => ('repository' in one ? [one.repository] : []))
  if (states.length > 0) addCounts(counts, await writeRepositoryStates(tx, states))
}

async function writeGathered(tx: Transaction, jobId: number, batch: Batch): Promise<Written> {
  const { edges, edgeSource, fetched, remarks, read, repaired } = batch
  const counts = { ...NO_COUNTS, read, repaired }
  counts.unchanged += batch.replaced + (await dropOutdated(tx, batch))
  await writeDecisions(tx, batch, counts)
  addCounts(counts, await writeUnheld(tx, jobId, batch))
  for (const [source, citations] of batch.citedBy) await writeEdges(tx, source, citations)
  await writeRepositories(tx, batch, counts)
  if (batch.stars.length > 0) await observeStars(tx, batch.stars)
  if (fetched.length > 0) await restoreInstants(tx, fetched)
  if (edgeSource !== null) {
    const { written: created, unchanged } = await writeEdges(tx, edgeSource, edges)
    addCounts(counts, { created, unchanged })
  }
  counts.rejected = remarks.filter((remark) => 'reason' in remark).length
  return { counts, remarks }
}
