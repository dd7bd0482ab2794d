import { groupBy, partition } from 'es-toolkit'
import type { Transaction } from '../db/transaction.ts'
import { addCounts, type ImportCounts, NO_COUNTS } from '../domain/imports/counts.ts'
import type { PaperRecord } from '../domain/record/paper-record.ts'
import type { ProfileRecord } from '../domain/record/profile-record.ts'
import { writeIncoming } from '../domain/write/catalogue.ts'
import { type Incoming, incomingOf, recordHash } from '../domain/write/match/entries.ts'
import { writeProfiles } from '../domain/write/profiles.ts'
import { holdReplaced, noteReplaced, type Reading, takeHeld } from '../domain/write/replaced.ts'
import { type Batch, keyOf, profileKeyOf } from './gathered.ts'

/**
 * Writes the records of a batch, except those that the import may replace before its end, which count as unchanged until then.
 * Records from another catalogue are written at once, as their fetch times show which state is later.
 */
export async function writeUnheld(
  tx: Transaction,
  jobId: number,
  batch: Batch,
): Promise<ImportCounts> {
  const counts = { ...NO_COUNTS }
  const dated = datedOf(batch)
  const release = async <T extends Reading>(readings: T[], idOf: (reading: T) => string) => {
    const [now, undated] = partition(readings, (reading) => dated.has(idOf(reading)))
    const released = await holdReplaced(tx, jobId, undated)
    counts.unchanged += undated.length - released.length
    return [...now, ...released]
  }
  await noteReplaced(tx, batch.replacedHashes)
  const papers = await release([...batch.records.values()], ({ record }) => keyOf(record))
  addCounts(counts, await writePapers(tx, papers))
  // Not counted, as the entries that contain them are.
  await writePapers(tx, await holdReplaced(tx, jobId, [...batch.also.values()]))
  for (const some of Object.values(groupBy([...batch.profiles.values()], ({ type }) => type))) {
    const readings = some.map((record) => ({ record, hash: recordHash(record) }))
    const released = await release(readings, ({ record }) => profileKeyOf(record))
    addCounts(
      counts,
      await writeOthers(
        tx,
        released.map(({ record }) => record),
      ),
    )
  }
  return counts
}

/** Keys of records that state when another catalogue fetched them. */
const datedOf = ({ fetched }: Batch) =>
  new Set(
    fetched.map(({ table, ...of }) => {
      const type = table.replace('_records', '')
      return type === 'source' ? keyOf(of) : profileKeyOf({ type, ...of })
    }),
  )

const HELD_AT_ONCE = 500

/** Writes the records that were held and not replaced, at the end of an import. */
export async function writeHeld(tx: Transaction, jobId: number): Promise<ImportCounts> {
  const counts = { ...NO_COUNTS }
  for (;;) {
    const held = await takeHeld(tx, jobId, HELD_AT_ONCE)
    if (held.length === 0) return counts
    const records = held.map(({ record }) => record)
    const others = records.filter((record): record is ProfileRecord => 'type' in record)
    const papers = records.filter((record): record is PaperRecord => !('type' in record))
    addCounts(
      counts,
      await writePapers(
        tx,
        papers.map((record) => incomingOf(record)),
      ),
    )
    addCounts(counts, await writeOthers(tx, others))
    counts.unchanged -= held.length
  }
}

async function writePapers(tx: Transaction, incoming: Incoming[]): Promise<Partial<ImportCounts>> {
  if (incoming.length === 0) return {}
  const written = await writeIncoming(tx, incoming)
  return { ...written, createdPapers: written.created }
}

const writeOthers = async (
  tx: Transaction,
  records: ProfileRecord[],
): Promise<Partial<ImportCounts>> => (records.length === 0 ? {} : writeProfiles(tx, records))
