import { LOCKS, takeLock } from '../../db/locks/locks.ts'
import { alias, columns, recordset, type Stored, sql } from '../../db/sql.ts'
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
 * Stores decisions of another catalogue, except those that exist here, and applies them. If several concern one record, the latest is in force.
 * They also apply to records that arrive later.
 */
export async function restoreDecisions(
  tx: Transaction,
  decisions: readonly Decision[],
): Promise<{ created: number; unchanged: number }> {
  await takeLock(tx, LOCKS.write)
  const made = await insertNew(tx, decisions)
  if (made.length === 0) return { created: 0, unchanged: decisions.length }
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
  return { created: made.length, unchanged: decisions.length - made.length }
}

/** A newly stored decision. */
type Made = Stored<typeof curationDecisions, 'kind'> & {
  records: DecidedRecord[]
  topic: TopicDecision | null
}

async function insertNew(tx: Transaction, decisions: readonly Decision[]): Promise<Made[]> {
  // Decisions made at the same instant keep their order.
  const placed = decisions.map((decision, place) => ({ ...decision, place }))
  return tx.query<Made>(sql`
    insert into ${curationDecisions}
      (${columns(curationDecisions, 'kind', 'records', 'topic', 'reason', 'decidedBy', 'decidedAt', 'undoneBy', 'undoneAt', 'undoneReason')})
    select r.kind, r.records, r.topic, r.reason, r."decidedBy", r."decidedAt", r."undoneBy", r."undoneAt", r."undoneReason"
    from jsonb_to_recordset(${JSON.stringify(placed)}::text::jsonb) as r(place int, kind text, records jsonb, topic jsonb, reason text,
      "decidedBy" text, "decidedAt" timestamptz, "undoneBy" text, "undoneAt" timestamptz, "undoneReason" text)
    where not exists (select from ${d}
      where ${d.kind} = r.kind and ${d.records} = r.records and ${d.topic} is not distinct from r.topic and ${d.decidedAt} = r."decidedAt")
    order by r."decidedAt", r.place
    returning ${columns(curationDecisions, 'kind', 'records', 'topic')}`)
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
    .filter(({ kind }) => kind === 'split')
    .flatMap((decision) => decision.records.filter(({ part }) => part === 1))
  await remakePapers(
    tx,
    rows.map(({ id }) => id),
    { again: records, splitOff },
  )
}
