import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { alias, columns, recordset, type Sql, type Stored, sql } from '../../db/sql.ts'
import { curatedRecords, curationDecisions } from '../../db/tables/curation.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import type { Transaction } from '../../db/transaction.ts'
import { remakePapers } from '../write/catalogue.ts'
import {
  type AuthorDecisionKind,
  type DecidedAuthorship,
  followAuthorDecisions,
  isOnAuthors,
} from './authors.ts'
import type { DecidedRecord } from './curation.ts'
import { followTopicDecisions, type TopicDecision, type TopicDecisionKind } from './topics.ts'

const d = alias(curationDecisions, 'd')
const c = alias(curatedRecords, 'c')
const s = alias(sourceRecords, 's')

/** A decision in a form for another catalogue. Times are ISO instants. */
export interface Decision {
  kind: 'merge' | 'split' | AuthorDecisionKind | TopicDecisionKind
  /** Its records; in a decision on authors, with names. */
  records: DecidedRecord[]
  /** Null for a decision on records. */
  topic?: TopicDecision | null
  reason: string | null
  decidedBy: string
  decidedAt: string
  undoneBy: string | null
  undoneAt: string | null
  undoneReason: string | null
}

/**
 * Stores decisions of another catalogue, except those that exist here, and applies them; those that were undone there are undone here, too, whichever of
 * the two was read first. If several concern one record, the latest is in force. They also apply to records that arrive later.
 */
export async function restoreDecisions(
  tx: Transaction,
  decisions: readonly Decision[],
): Promise<{ created: number; updated: number; unchanged: number }> {
  await takeLock(tx, LOCKS.write)
  const undone = await undoKnown(tx, decisions)
  const created = await insertNew(tx, decisions)
  const made = [...created, ...undone]
  const counts = { created: created.length, updated: undone.length }
  const unchanged = decisions.length - made.length
  if (made.length === 0) return { ...counts, unchanged }
  const onTopics = made.flatMap(({ topic }) => topic ?? [])
  if (onTopics.length > 0) await followTopicDecisions(tx, onTopics)
  await followAuthorDecisions(
    tx,
    made.flatMap(({ kind, records }) =>
      isOnAuthors(kind) ? (records as DecidedAuthorship[]) : [],
    ),
  )
  await followOnPapers(
    tx,
    made.filter(({ kind, topic }) => !isOnAuthors(kind) && topic === null),
  )
  return { ...counts, unchanged }
}

/** A decision that was stored or undone. */
type Made = Stored<typeof curationDecisions, 'kind' | 'undone_at'> & {
  records: DecidedRecord[]
  topic: TopicDecision | null
}

/** The decisions as rows `r`. Those made at the same instant keep their order. */
function rowsOf(decisions: readonly Decision[]): Sql {
  const placed = decisions.map((decision, place) => ({ ...decision, place }))
  return sql`jsonb_to_recordset(${JSON.stringify(placed)}::text::jsonb) as r(place int, kind text, records jsonb, topic jsonb, reason text,
      "decidedBy" text, "decidedAt" timestamptz, "undoneBy" text, "undoneAt" timestamptz, "undoneReason" text)`
}

/** Whether the row `r` is a decision that exists here. */
const IS_KNOWN = sql`${d.kind} = r.kind and ${d.records} = r.records and ${d.topic} is not distinct from r.topic and ${d.decidedAt} = r."decidedAt"`

/** Undoes decisions that are in force here and were undone in the other catalogue. */
async function undoKnown(tx: Transaction, decisions: readonly Decision[]): Promise<Made[]> {
  const undone = decisions.filter(({ undoneAt }) => undoneAt !== null)
  if (undone.length === 0) return []
  return tx.query<Made>(sql`
    update ${d} set ${curationDecisions.undoneBy} = r."undoneBy", ${curationDecisions.undoneAt} = r."undoneAt", ${curationDecisions.undoneReason} = r."undoneReason"
    from ${rowsOf(undone)} where ${IS_KNOWN} and ${d.undoneAt} is null
    returning ${columns(d, 'kind', 'records', 'topic', 'undoneAt')}`)
}

async function insertNew(tx: Transaction, decisions: readonly Decision[]): Promise<Made[]> {
  return tx.query<Made>(sql`
    insert into ${curationDecisions}
      (${columns(curationDecisions, 'kind', 'records', 'topic', 'reason', 'decidedBy', 'decidedAt', 'undoneBy', 'undoneAt', 'undoneReason')})
    select r.kind, r.records, r.topic, r.reason, r."decidedBy", r."decidedAt", r."undoneBy", r."undoneAt", r."undoneReason"
    from ${rowsOf(decisions)}
    where not exists (select from ${d} where ${IS_KNOWN})
    order by r."decidedAt", r.place
    returning ${columns(curationDecisions, 'kind', 'records', 'topic', 'undoneAt')}`)
}

/** Regroups the papers of the decisions' records by the latest decision on each. */
async function followOnPapers(tx: Transaction, made: readonly Made[]): Promise<void> {
  const records = made.flatMap((decision) => decision.records)
  const keys = recordset(curatedRecords, 'k', ['source', 'key'], records)
  await tx.query(sql`
    delete from ${c} using ${keys} where ${c.source} = k.source and ${c.key} = k.key`)
  await tx.query(sql`
    insert into ${curatedRecords} (${columns(curatedRecords, 'source', 'key', 'decisionId', 'part')})
    select distinct on (r.source, r.key) r.source, r.key, ${d.id}, r.part
    from ${d}
    cross join lateral jsonb_to_recordset(${d.records}) as r(source text, key text, part smallint)
    join (select distinct k.source, k.key from ${keys}) n on n.source = r.source and n.key = r.key
    where ${d.undoneAt} is null and ${d.kind} in ('merge', 'split')
    order by r.source, r.key, ${d.decidedAt} desc, ${d.id} desc`)
  const rows = await tx.query<{ id: number }>(sql`
    select distinct ${s.paperId} as id from ${keys}
    join ${s} on ${s.source} = k.source and ${s.key} = k.key where ${s.paperId} is not null`)
  const splitOff = made
    .filter(({ kind, undone_at }) => kind === 'split' && undone_at === null)
    .flatMap((decision) => decision.records.filter(({ part }) => part === 1))
  await remakePapers(
    tx,
    rows.map(({ id }) => id),
    { again: records, splitOff },
  )
}
