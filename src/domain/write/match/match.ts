import type { Transaction } from '../../../db/transaction.ts'
import {
  type CandidateRow,
  decidedOf,
  findOwn,
  loadCandidates,
  loadDecided,
  type OwnRow,
  type RecordKey,
  recordKey,
} from './candidates.ts'
import { commonHashes, freedHashes } from './common.ts'
import { type Incoming, noteEntries } from './entries.ts'
import { groupRecords, indexRecords } from './group.ts'
import { type Candidate, describe, type Matched, nothingMatched } from './outcome.ts'

/** A change of the catalogue; each part may be empty. */
export interface Change {
  incoming: Incoming[]
  /** Records to remove. */
  removed: RecordKey[]
  /** Papers to regroup although none of their records changed. */
  paperIds: readonly number[]
  /** Further records to regroup, with or without a paper. */
  again: RecordKey[]
  /** Those of `again` that leave their paper's id to the others. */
  splitOff: RecordKey[]
}

/**
 * Groups incoming records with one another and with stored ones, and regroups papers that a changed record may split. Papers are groups of
 * records, not of papers, so they do not depend on the order of arrival.
 */
export async function matchRecords(tx: Transaction, change: Change): Promise<Matched> {
  const { incoming, removed } = change
  const keys = [...incoming.map(({ record }) => record), ...removed]
  const own = await findOwn(tx, keys)
  const changed = incoming.filter(
    ({ record, hash }) => own.get(recordKey(record))?.content_hash !== hash,
  )
  const unchanged = incoming.length - changed.length
  await noteEntries(tx, incoming, own)
  const leaving = [...changed.map(({ record }) => record), ...removed]
  const ownRows = leaving.flatMap((key) => own.get(recordKey(key)) ?? [])
  const touched = new Set([
    ...ownRows.flatMap((row) => row.paper_id ?? []),
    ...changed.flatMap(({ paperId }) => paperId ?? []),
    ...change.paperIds,
  ])
  if (changed.length + touched.size + change.again.length === 0) return nothingMatched(unchanged)
  const freed = await freedHashes(tx, ownRows, changed)
  const rows = await load(tx, change, changed, ownRows, touched, freed)
  const gone = new Set(leaving.map(recordKey))
  const splitOff = new Set(change.splitOff.map(recordKey))
  const candidates = [
    ...rows.filter(({ record }) => !gone.has(recordKey(record))).map(asKept(splitOff)),
    ...changed.map(asIncoming(own)),
  ]
  const index = indexRecords(candidates)
  const common = await commonHashes(tx, index, { changed, ownRows, freed })
  const groups = groupRecords(candidates, index, common)
  return describe(tx, groups, { rows, touched, own, changed, unchanged })
}

/** Loads the candidates. Papers with an operator's decision are rebuilt with everything connected, and added to `touched`. */
async function load(
  tx: Transaction,
  change: Change,
  changed: Incoming[],
  ownRows: OwnRow[],
  touched: Set<number>,
  freed: readonly string[],
): Promise<CandidateRow[]> {
  const rows = await loadCandidates(tx, {
    identifiers: changed.flatMap(({ record }) => record.identifiers),
    hashes: [
      ...changed.map(({ hashes }) => hashes),
      ...freed.map((hash) => ({ title: hash, byline: hash, initials: hash })),
    ],
    paperIds: [...touched],
  })
  const all = await loadDecided(tx, rows, {
    remade: change.paperIds,
    again: change.again,
    decisions: ownRows.flatMap((row) => row.decision_id ?? []),
  })
  for (const row of all)
    if (row.paper_id !== null && row.decision_id !== null) touched.add(row.paper_id)
  return all
}

const asKept =
  (splitOff: Set<string>) =>
  (row: CandidateRow): Candidate => ({
    record: row.record,
    paperId: row.paper_id,
    mintedId: row.minted_id,
    decided: decidedOf(row),
    isMoving: false,
    isSplitOff: splitOff.has(recordKey(row.record)),
    incoming: null,
  })

const asIncoming =
  (own: Map<string, OwnRow>) =>
  (incoming: Incoming): Candidate => {
    const row = own.get(recordKey(incoming.record))
    return {
      ...{ record: incoming.record, compared: incoming.compared, hashes: incoming.hashes },
      paperId: row?.paper_id ?? incoming.paperId ?? null,
      mintedId: row?.minted_id ?? incoming.mintedId ?? null,
      decided: row ? decidedOf(row) : null,
      isMoving: true,
      isSplitOff: false,
      incoming,
    }
  }
