import { alias, columns, overwrites, recordset, sql } from '../../../db/sql.ts'
import { paperDecisions } from '../../../db/tables/decisions.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { awardNames, isAwarded } from '../../record/decision.ts'
import type { MergedDecision } from '../../record/merge/decisions.ts'
import type { References, TargetPaper } from './relations.ts'

const VALUES = [
  'venueId',
  'year',
  'outcome',
  'presentation',
  'status',
  'track',
  'award',
  'awards',
  'isAwarded',
  'session',
  'area',
  'ratingMean',
  'ratingCount',
  'sources',
] as const
const KEYS = ['paperId', 'position', ...VALUES] as const

/** Writes the decisions of venues on papers. Returns the ids of the papers whose decisions changed. */
export async function writeDecisions(
  tx: Transaction,
  papers: TargetPaper[],
  cleared: number[],
  { venueIds }: References,
): Promise<number[]> {
  const t = alias(paperDecisions, 't')
  const r = alias(paperDecisions, 'r')
  const excluded = alias(paperDecisions, 'excluded')
  const rows = papers.flatMap(({ paperId, merged }) =>
    merged.decisions.map((decision, position) => ({
      paperId,
      position,
      ...valuesOf(decision, venueIds),
    })),
  )
  const given = recordset(paperDecisions, 'r', KEYS, rows)
  type Row = { paper_id: number }
  const gone =
    cleared.length === 0
      ? []
      : await tx.query<Row>(sql`
          delete from ${t} where ${t.paperId} = any(${cleared}::bigint[]) and not exists (
            select from ${given} where ${r.paperId} = ${t.paperId} and ${r.position} = ${t.position})
          returning ${t.paperId}`)
  const written =
    rows.length === 0
      ? []
      : await tx.query<Row>(sql`
          insert into ${paperDecisions} as t (${columns(paperDecisions, ...KEYS)})
          select ${columns(r, ...KEYS)} from ${given}
          on conflict (${columns(paperDecisions, 'paperId', 'position')}) do update
          set ${overwrites(paperDecisions, ...VALUES)}
          where (${columns(t, ...VALUES)}) is distinct from (${columns(excluded, ...VALUES)})
          returning ${t.paperId}`)
  return [...new Set([...gone, ...written].map((row) => row.paper_id))]
}

function valuesOf(decision: MergedDecision, venueIds: References['venueIds']) {
  const { venue, year, outcome, presentation, status, track, award, session, area, rating } =
    decision
  return {
    venueId: venue ? (venueIds.get(venue.slug) ?? null) : null,
    year,
    outcome: outcome ?? null,
    presentation: presentation ?? null,
    status: status ?? null,
    track: track ?? null,
    award: award ?? null,
    awards: award === undefined ? null : awardNames(award),
    isAwarded: award !== undefined && isAwarded(award),
    session: session ?? null,
    area: area ?? null,
    ratingMean: rating?.mean ?? null,
    ratingCount: rating?.count ?? null,
    sources: decision.sources,
  }
}
