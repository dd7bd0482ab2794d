import { alias, join, sql } from '../../../db/sql.ts'
import { sourceRecords } from '../../../db/tables/sources.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { type MatchHashes, MOST_COMPARED } from '../../record/same/match-hashes.ts'
import type { OwnRow } from './candidates.ts'
import type { Incoming } from './entries.ts'
import type { Index } from './group.ts'

/*
 * A hash that more than `MOST_COMPARED` records have joins none of them. Whether a hash is that common depends on all records of the
 * catalogue. All records with the hash of an incoming record are loaded, but perhaps only some of those with another hash: these are counted.
 */

const s = alias(sourceRecords, 's')

const listOf = ({ title, byline, initials }: MatchHashes) =>
  [title, byline, initials].filter((hash) => hash !== null)

/** Hashes that are no longer common after these changes: all records that have them must be regrouped. */
export async function freedHashes(
  tx: Transaction,
  ownRows: readonly OwnRow[],
  changed: readonly Incoming[],
): Promise<string[]> {
  const leaving = leavingOf(ownRows)
  for (const { hashes } of changed)
    for (const hash of listOf(hashes)) leaving.set(hash, (leaving.get(hash) ?? 0) - 1)
  const fewer = [...leaving].filter(([, count]) => count > 0)
  const counts = await countRecords(
    tx,
    fewer.map(([hash]) => hash),
    ownRows.length,
  )
  return fewer.flatMap(([hash, count]) => {
    const before = counts.get(hash) ?? 0
    return before > MOST_COMPARED && before - count <= MOST_COMPARED ? hash : []
  })
}

/** The common hashes among those for which not all records are loaded. */
export async function commonHashes(
  tx: Transaction,
  { byKey }: Index,
  given: { changed: readonly Incoming[]; ownRows: readonly OwnRow[]; freed: readonly string[] },
): Promise<Set<string>> {
  const whole = new Set([...given.changed.flatMap(({ hashes }) => listOf(hashes)), ...given.freed])
  const partly = [...byKey].flatMap(([key, places]) =>
    places.length > 1 && !whole.has(key) && isHash(key) ? key : [],
  )
  const leaving = leavingOf(given.ownRows)
  const counts = await countRecords(tx, partly, given.ownRows.length)
  return new Set(
    partly.filter((hash) => (counts.get(hash) ?? 0) - (leaving.get(hash) ?? 0) > MOST_COMPARED),
  )
}

/** Whether a key is a hash; the others are an identifier with its scheme. */
const isHash = (key: string) => !key.includes(' ')

/** For each hash, how many of the changed or removed records had it. */
function leavingOf(ownRows: readonly OwnRow[]): Map<string, number> {
  const leaving = new Map<string, number>()
  for (const { hashes, paper_id: paperId } of ownRows)
    for (const hash of (paperId !== null && hashes) || [])
      leaving.set(hash, (leaving.get(hash) ?? 0) + 1)
  return leaving
}

/** Number of stored records by hash, counted up to the limit that matters. */
async function countRecords(
  tx: Transaction,
  hashes: string[],
  leaving: number,
): Promise<Map<string, number>> {
  if (hashes.length === 0) return new Map()
  const most = MOST_COMPARED + leaving + 1
  const counts = [s.matchHash, s.bylineHash, s.initialsHash].map(
    (hash) =>
      sql`(select count(*) from (select from ${s} where ${hash} = h and ${s.paperId} is not null limit ${most}::int) x)`,
  )
  const rows = await tx.query<{ hash: string; count: number }>(sql`
    select h::text as hash, (${join(counts, ' + ')})::int as count
    from unnest(${hashes}::bigint[]) h`)
  return new Map(rows.map(({ hash, count }) => [hash, count]))
}
