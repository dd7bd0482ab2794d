import sql from 'sql-template-tag'
import type { Database } from '../../db/client.ts'
import type { DecidedRecord } from './curation.ts'

/** A decision as it is told: who decided what, when and why, and what became of it. */
export interface Decision {
  id: number
  kind: 'merge' | 'split'
  decidedBy: string
  decidedAt: string
  reason: string | null
  /** Null while it stands. */
  undone: { by: string; at: string; reason: string | null } | null
  /** Of its records, how many follow it: the others follow a newer decision. None once it is undone. */
  recordsInForce: number
  records: (DecidedRecord & { paperId: number | null; title: string | null })[]
}

/** All decisions, or those on records of one paper, the newest first: one statement. */
export async function listDecisions(
  db: Database,
  paperId: number | null = null,
): Promise<Decision[]> {
  const rows = await db.query<{ decision: Decision }>(sql`
    select json_build_object('id', d.id, 'kind', d.kind, 'decidedBy', d.decided_by, 'decidedAt', d.decided_at,
      'reason', d.reason, 'undone', case when d.undone_at is not null then
        json_build_object('by', d.undone_by, 'at', d.undone_at, 'reason', d.undone_reason) end,
      'recordsInForce', (select count(*) from curated_records c where c.decision_id = d.id),
      'records', (
        select json_agg(json_build_object('source', r.source, 'key', r.key, 'part', r.part, 'paperId', s.paper_id,
          'title', s.record->>'title') order by r.part, r.source, r.key)
        from jsonb_to_recordset(d.records) as r(source text, key text, part smallint)
        left join source_records s on s.source = r.source and s.key = r.key)) as decision
    from curation_decisions d
    where ${paperId}::bigint is null or exists (
      select from jsonb_to_recordset(d.records) as r(source text, key text)
      join source_records s on s.source = r.source and s.key = r.key and s.paper_id = ${paperId}::bigint)
    order by d.id desc`)
  return rows.map(({ decision }) => decision)
}
