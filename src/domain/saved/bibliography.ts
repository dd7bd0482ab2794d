import type { Database } from '../../db/client.ts'
import type { Transaction } from '../../db/transaction.ts'
import { badInput } from '../../errors.ts'
import type { PaperRecord } from '../record/paper-record.ts'
import { incomingOf } from '../write/match/entries.ts'
import { matchRecords } from '../write/match/match.ts'
import { papersToFollow } from './document.ts'
import { type SavedQuery, saveDocument } from './saved-query.ts'

/** A parsed entry of a bibliography: a record, or the reason for its rejection. */
export type ReadEntry =
  | { key: string | null; record: PaperRecord }
  | { key: string | null; reason: string }

export const ENTRY_OUTCOMES = ['followed', 'ambiguous', 'not_found', 'unreadable'] as const

/** The result for an entry. */
export interface FollowedEntry {
  key: string | null
  title: string | null
  outcome: (typeof ENTRY_OUTCOMES)[number]
  /** Why it was rejected; null for other outcomes. */
  reason: string | null
  paperIds: number[]
}

export interface FollowedBibliography {
  /** Null if no paper was found. */
  savedQuery: SavedQuery | null
  entries: FollowedEntry[]
}

/** Maximum number of entries of a bibliography. */
export const MOST_ENTRIES = 500

/**
 * Follows the papers of a bibliography: those that an import would merge its entries with. Throws BAD_USER_INPUT if there are no entries, or
 * too many.
 */
export async function followEntries(
  db: Database,
  read: readonly ReadEntry[],
  name: string | null | undefined,
): Promise<FollowedBibliography> {
  if (read.length === 0)
    throw badInput('text has no entries; expected a bibliography in BibTeX or BibLaTeX.')
  if (read.length > MOST_ENTRIES)
    throw badInput(
      `text has ${read.length} entries; expected at most ${MOST_ENTRIES}. Follow it in parts.`,
    )
  const records = read.map((one, i) => ('record' in one ? asIncoming(one.record, i) : null))
  const matched = await dryRun(db, (tx) =>
    papersOf(
      tx,
      records.filter((one) => one !== null),
    ),
  )
  const entries = read.map((one, i) => outcomeOf(one, matched.get(String(i)) ?? []))
  const ids = entries.flatMap(({ paperIds }) => paperIds)
  const savedQuery =
    ids.length > 0 ? await saveDocument(db, papersToFollow('bibliography', ids, name)) : null
  return { savedQuery, entries }
}

/** Gives an entry a source that no record has, so that it is never taken for an imported one. */
const asIncoming = (record: PaperRecord, i: number): PaperRecord => ({
  ...record,
  source: 'followed',
  key: String(i),
})

function outcomeOf(read: ReadEntry, paperIds: number[]): FollowedEntry {
  const { key } = read
  if ('reason' in read)
    return { key, title: null, outcome: 'unreadable', reason: read.reason, paperIds: [] }
  const outcome =
    paperIds.length > 1 ? 'ambiguous' : paperIds.length === 1 ? 'followed' : 'not_found'
  return { key, title: read.record.title, outcome, reason: null, paperIds }
}

/** The papers that an import would merge records with, by record key. */
async function papersOf(tx: Transaction, records: PaperRecord[]): Promise<Map<string, number[]>> {
  if (records.length === 0) return new Map()
  const { clusters } = await matchRecords(tx, {
    incoming: records.map((record) => incomingOf(record)),
    ...{ removed: [], paperIds: [], again: [], splitOff: [] },
  })
  return new Map(
    clusters.flatMap(({ incoming, isNew, paperId, losers }) => {
      const ids = isNew ? [] : [paperId, ...losers.map(({ id }) => id)]
      return incoming.map(({ record }) => [record.key, ids] as const)
    }),
  )
}

/** Carries a result out of a transaction that is rolled back. */
class Undo<T> extends Error {
  readonly found: T

  constructor(found: T) {
    super('rolled back')
    this.found = found
  }
}

/** Runs `work` in a transaction that is rolled back, and returns its result. */
async function dryRun<T>(db: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  try {
    return await db.transaction(async (tx) => {
      throw new Undo(await work(tx))
    })
  } catch (error) {
    if (error instanceof Undo) return error.found
    throw error
  }
}
