import type { Database } from '../../db/client.ts'
import { alias, sql } from '../../db/sql.ts'
import { sentPapers } from '../../db/tables/digest.ts'
import { paperRedirects, papers } from '../../db/tables/papers.ts'
import type { Transaction } from '../../db/transaction.ts'
import { dayText } from '../../html/dates.ts'
import type { Selection } from '../../sql/selection.ts'
import { type PaperFilter, resolveNames } from '../papers/filter.ts'
import { cameAt, cameSince } from '../saved/latest.ts'
import { isFoundBy } from '../saved/papers.ts'
import type { TrendWindow } from '../trending/constants.ts'
import { readTrending } from '../trending/list.ts'
import { reasonsOf } from '../trending/reasons.ts'
import type { PaperEvent } from './events.ts'
import { type DigestSource, readSource } from './source.ts'

const p = alias(papers, 'p')
const s = alias(sentPapers, 's')
const d = alias(paperRedirects, 'd')

/** A paper for a mail. */
export interface DigestItem {
  paperId: number
  /** Why it is in the mail, in sentences that the reader can verify. */
  reasons: string[]
  /** Changes of the paper that are the reasons; absent if it is in the mail for other reasons. */
  eventIds?: number[]
}

/** Number of candidates for one mail, enough to remain after papers already sent are removed. */
const MOST_CANDIDATES = 300

/** Number of trending papers considered, so that mails stop if nothing new trends. */
const TRENDING_DEPTH = 100

/** Candidates for a mail, the best first; for a saved query, papers that came to it after an instant. */
export async function digestCandidates(
  db: Database,
  source: DigestSource,
  { frequency, newsSince }: { frequency: 'daily' | 'weekly'; newsSince: Date },
): Promise<DigestItem[]> {
  if (source.kind === 'trending')
    return trendingItems(db, source.filter, frequency === 'daily' ? 'day' : 'week')
  const { document, label } = await readSource(db, source)
  if (document === null) return []
  const rows = await db.query<{ id: string; came_on: string; is_new: boolean }>(sql`
    select ${p.id}, (came.at at time zone 'UTC')::date::text as came_on, came.at = ${p.createdAt} as is_new
    from ${p} cross join lateral (${cameAt(document)}) came
    where ${cameSince(document, newsSince)} and ${await isFoundBy(db, document)}
    order by is_new desc, ${p.publishedSort} desc, ${p.id} desc limit ${MOST_CANDIDATES}`)
  return rows.map(({ id, came_on, is_new }) => ({
    paperId: Number(id),
    reasons: [
      is_new
        ? `Added on ${dayText(came_on)}; one of ${label}.`
        : `Came to the list on ${dayText(came_on)}, when it began to meet what is asked for; one of ${label}.`,
    ],
  }))
}

async function trendingItems(
  db: Database,
  filter: PaperFilter,
  window: TrendWindow,
): Promise<DigestItem[]> {
  const list = { window, filter: await resolveNames(db, filter, { isKept: true }) }
  const page = { limit: TRENDING_DEPTH, from: 'start' as const, after: null, before: null }
  const { rows } = await readTrending(db, list, page, NOTHING_MORE)
  const trends = rows.map(({ trend }) => trend)
  const reasons = await reasonsOf(db, window, trends)
  return trends.map(({ paperId }) => ({ paperId, reasons: reasons.get(paperId) ?? [] }))
}

/** An empty selection: ids are always read. */
const NOTHING_MORE: Selection = { columns: new Set(), relations: new Map() }

/** Puts changed papers before the items; each paper occurs once, whether it is new or changed. */
export function withEvents(
  items: readonly DigestItem[],
  events: readonly PaperEvent[],
): DigestItem[] {
  const byPaper = new Map<number, DigestItem & { eventIds: number[] }>()
  for (const { paperId, changeId, text } of events) {
    const item = byPaper.get(paperId) ?? { paperId, reasons: [], eventIds: [] }
    item.reasons.push(text)
    item.eventIds.push(changeId)
    byPaper.set(paperId, item)
  }
  return [...byPaper.values(), ...items.filter(({ paperId }) => !byPaper.has(paperId))]
}

/** The items that a subscriber has not received, neither as this paper nor as one merged into it. */
export async function unsentItems(
  tx: Transaction,
  subscriberId: number,
  items: readonly DigestItem[],
): Promise<DigestItem[]> {
  const rows = await tx.query<{ id: string }>(sql`
    select w.id from unnest(${items.map(({ paperId }) => paperId)}::bigint[]) as w(id)
    where not exists (select from ${s} where ${s.subscriberId} = ${subscriberId}::bigint and ${s.paperId} = any(
      array(select ${d.id} from ${d} where ${d.paperId} = w.id) || w.id))`)
  const unsent = new Set(rows.map(({ id }) => Number(id)))
  return items.filter(({ paperId }) => unsent.has(paperId))
}
