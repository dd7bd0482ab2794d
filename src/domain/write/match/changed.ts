import type { PaperField } from '../../changes/fields.ts'
import type { PaperRecord } from '../../record/paper-record.ts'
import type { CandidateRow } from './candidates.ts'

/** The stored records by paper. */
export function recordsByPaper(rows: readonly CandidateRow[]): Map<number, PaperRecord[]> {
  const byPaper = new Map<number, PaperRecord[]>()
  for (const { paper_id: id, record } of rows) {
    if (id === null) continue
    const known = byPaper.get(id)
    if (known) known.push(record)
    else byPaper.set(id, [record])
  }
  return byPaper
}

/** The fields of a paper that expose its records and changed with them. A changed record is another object. */
export function changedByRecords(
  before: readonly PaperRecord[],
  now: readonly { record: PaperRecord }[],
): PaperField[] {
  const old = new Set(before)
  const isSame = before.length === now.length && now.every(({ record }) => old.has(record))
  if (isSame) return []
  const isListedAsBefore =
    listingsOf(before).join() === listingsOf(now.map(({ record }) => record)).join()
  return isListedAsBefore ? ['sources'] : ['sources', 'listings']
}

/** Listings as texts, independent of the key order in the database. */
const listingsOf = (records: readonly PaperRecord[]): string[] =>
  records
    .flatMap(({ source, listing, upvoteCount = null }) => {
      if (!listing) return []
      const { on, organisation, projectUrl, mediaUrls, commentCount } = listing
      return JSON.stringify([
        source,
        on,
        organisation,
        projectUrl,
        mediaUrls,
        commentCount,
        upvoteCount,
      ])
    })
    .sort()
