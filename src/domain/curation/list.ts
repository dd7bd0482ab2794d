import type { Database } from '../../db/client.ts'
import { alias, sql } from '../../db/sql.ts'
import { curatedRecords, curationDecisions } from '../../db/tables/curation.ts'
import { curatedAuthorships } from '../../db/tables/people.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import type { AuthorDecisionKind } from './authors.ts'
import type { DecidedRecord } from './curation.ts'
import type { TopicDecision, TopicDecisionKind } from './topics.ts'

const d = alias(curationDecisions, 'd')
const c = alias(curatedRecords, 'c')
const n = alias(curatedAuthorships, 'n')
const s = alias(sourceRecords, 's')

/** A decision: who decided what, when and why, and its current state. */
export interface Decision {
  id: number
  kind: 'merge' | 'split' | AuthorDecisionKind | TopicDecisionKind
  decidedBy: string
  decidedAt: string
  reason: string | null
  /** Null while it is in force. */
  undone: { by: string; at: string; reason: string | null } | null
  /** How many of its records, or of the names in their bylines, follow it; the others follow a newer decision. 0 once it is undone. */
  recordsInForce: number
  /** The decision on topics; null for other decisions. */
  topic: TopicDecision | null
  /** Its records; for a decision on authors, each with the name in its byline. */
  records: (DecidedRecord & { name: string | null; paperId: number | null; title: string | null })[]
}

/** All decisions, or those on records of one paper, the newest first: one statement. */
export async function listDecisions(
  db: Database,
  paperId: number | null = null,
): Promise<Decision[]> {
  const rows = await db.query<{ decision: Decision }>(sql`
    select json_build_object('id', ${d.id}, 'kind', ${d.kind}, 'decidedBy', ${d.decidedBy}, 'decidedAt', ${d.decidedAt},
      'reason', ${d.reason}, 'undone', case when ${d.undoneAt} is not null then
        json_build_object('by', ${d.undoneBy}, 'at', ${d.undoneAt}, 'reason', ${d.undoneReason}) end,
      'recordsInForce', (select count(*) from ${c} where ${c.decisionId} = ${d.id})
        + (select count(*) from ${n} where ${n.decisionId} = ${d.id}),
      'topic', ${d.topic}, 'records', (
        select coalesce(json_agg(json_build_object('source', r.source, 'key', r.key, 'part', r.part, 'name', r.name, 'paperId', ${s.paperId},
          'title', ${s.record}->>'title') order by r.part, r.source, r.key), '[]')
        from jsonb_to_recordset(${d.records}) as r(source text, key text, part smallint, name text)
        left join ${s} on ${s.source} = r.source and ${s.key} = r.key)) as decision
    from ${d}
    where ${paperId}::bigint is null or exists (
      select from jsonb_to_recordset(${d.records}) as r(source text, key text)
      join ${s} on ${s.source} = r.source and ${s.key} = r.key and ${s.paperId} = ${paperId}::bigint)
    order by ${d.id} desc`)
  return rows.map(({ decision }) => decision)
}
