import type { Database } from '../../db/client.ts'
import { alias, fields, sql } from '../../db/sql.ts'
import { changes } from '../../db/tables/changes.ts'
import { sentEvents } from '../../db/tables/digest.ts'
import { paperRedirects, papers, venues } from '../../db/tables/papers.ts'
import { paperRepositories, repositories } from '../../db/tables/repositories.ts'
import type { ChangeKind } from '../../db/tables/vocabulary.ts'
import type { Transaction } from '../../db/transaction.ts'
import { dayText } from '../../html/dates.ts'
import { printedRepository } from '../entity/repository.ts'
import { isFoundBy } from '../saved/papers.ts'
import { type DigestSource, readSource } from './source.ts'

const c = alias(changes, 'c')
const d = alias(paperRedirects, 'd')
const p = alias(papers, 'p')
const v = alias(venues, 'v')
const r = alias(repositories, 'r')
const pr = alias(paperRepositories, 'pr')
const s = alias(sentEvents, 's')

/** A change of a followed paper. */
export interface PaperEvent {
  changeId: number
  paperId: number
  /** The change in a sentence. */
  text: string
}

/** Kinds of changes that are news. */
const NEWS = [
  'got_code',
  'published',
  'new_version',
  'retracted',
  'repository_gone',
  'repository_archived',
  'citation_milestone',
] as const satisfies ChangeKind[]

/** Maximum number of events considered for one mail. */
const MOST_EVENTS = 300

interface Row {
  changeId: number
  paperId: number
  kind: (typeof NEWS)[number]
  /** The day on which it was noted. */
  notedOn: string
  /** The day of the version or of the retraction; null if unknown. */
  happenedOn: string | null
  version: number | null
  citationCount: number | null
  venue: string | null
  repository: string | null
}

/** Changes since an instant of the papers that a digest follows, the latest first; empty for searches and trending papers. */
export async function eventsOf(
  db: Database,
  source: DigestSource,
  newsSince: Date,
): Promise<PaperEvent[]> {
  const document = source.kind === 'saved' ? (await readSource(db, source)).document : null
  if (document === null || document.kind === 'papers') return []
  const rows = await db.query<Row>(sql`
    select ${c.id} as "changeId", ${p.id} as "paperId", ${fields(c, 'kind', 'citationCount', 'version', 'happenedOn')},
      (${c.at} at time zone 'UTC')::date::text as "notedOn", (select ${v.name} from ${v} where ${v.id} = ${p.venueId}) as venue,
      (select ${printedRepository(r.url)} from ${r} where ${r.id} = coalesce(${c.repositoryId}, (
        select ${pr.repositoryId} from ${pr} where ${pr.paperId} = ${p.id} order by ${pr.isOfficial} desc, ${pr.repositoryId} limit 1))) as repository
    from ${c} left join ${d} on ${d.id} = ${c.paperId} join ${p} on ${p.id} = coalesce(${d.paperId}, ${c.paperId})
    where ${c.at} > ${newsSince.toISOString()}::timestamptz and ${c.kind} = any(${NEWS}::change_kind[])
      and ${await isFoundBy(db, document)}
    order by ${c.id} desc limit ${MOST_EVENTS}`)
  return rows.map((row) => ({
    changeId: Number(row.changeId),
    paperId: Number(row.paperId),
    text: sentenceOf(row),
  }))
}

/** The sentence for a change. It may have happened long before it was noted; only sources state that day. */
function sentenceOf(row: Row): string {
  const { kind, happenedOn, citationCount, venue, version } = row
  const known = `as became known on ${dayText(row.notedOn)}`
  const repository = row.repository ?? ''
  switch (kind) {
    case 'got_code':
      return `Got code${repository && ` at ${repository}`}, ${known}.`
    case 'published':
      return `Published${venue ? ` in ${venue}` : ''}, ${known}.`
    case 'new_version':
      return `${version === null ? 'A new version' : `Version ${version}`}${happenedOn ? ` of ${dayText(happenedOn)}` : ''}, ${known}.`
    case 'retracted':
      return `Retracted${happenedOn ? ` on ${dayText(happenedOn)}` : ''}, ${known}.`
    case 'repository_gone':
      return `Its repository ${repository} is gone, ${known}.`
    case 'repository_archived':
      return `Its repository ${repository} is archived, ${known}.`
    case 'citation_milestone':
      return `Reached ${citationCount} citations, ${known}.`
  }
}

/** The events not yet sent to a subscriber by any subscription. */
export async function untoldEvents(
  tx: Transaction,
  subscriberId: number,
  events: readonly PaperEvent[],
): Promise<PaperEvent[]> {
  if (events.length === 0) return []
  const rows = await tx.query<{ id: string }>(sql`
    select w.id from unnest(${events.map(({ changeId }) => changeId)}::bigint[]) as w(id)
    where not exists (select from ${s} where ${s.subscriberId} = ${subscriberId}::bigint and ${s.changeId} = w.id)`)
  const untold = new Set(rows.map(({ id }) => Number(id)))
  return events.filter(({ changeId }) => untold.has(changeId))
}
