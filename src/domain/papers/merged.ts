import type { Database } from '../../db/client.ts'
import { alias, type Stored, sql } from '../../db/sql.ts'
import { curationDecisions } from '../../db/tables/curation.ts'
import { paperRedirects, papers, venues } from '../../db/tables/papers.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import type { VenueKind } from '../../db/tables/vocabulary.ts'

const r = alias(paperRedirects, 'r')
const d = alias(curationDecisions, 'd')
const v = alias(venues, 'v')
const p = alias(papers, 'p')
const s = alias(sourceRecords, 's')

/** Reasons for merging two papers. */
export const MERGE_CAUSES = ['identifier', 'title', 'decision'] as const

/** A paper that was merged into another, to which its id redirects. */
export interface MergedPaper {
  id: number
  /** Null if it was merged before this was recorded. */
  mergedAt: string | null
  cause: (typeof MERGE_CAUSES)[number] | null
  /** The shared identifier, as `scheme:value`; null for other causes. */
  identifier: string | null
  /** The operator, for a decision. */
  decidedBy: string | null
  reason: string | null
}

/** The papers merged into each paper, the oldest id first: one statement. Papers without any are missing. */
export async function mergedFromByPapers(
  db: Database,
  paperIds: readonly number[],
): Promise<Map<number, MergedPaper[]>> {
  const rows = await db.query<
    Stored<typeof paperRedirects, 'paper_id'> & { merged: MergedPaper[] }
  >(sql`
    select ${r.paperId}, json_agg(json_build_object('id', ${r.id}, 'mergedAt', ${r.mergedAt}, 'cause', ${r.cause},
      'identifier', case ${r.cause} when 'identifier' then ${r.causeValue} end,
      'decidedBy', ${d.decidedBy}, 'reason', ${d.reason}) order by ${r.id}) as merged
    from ${r}
    left join ${d} on ${d.id} = case ${r.cause} when 'decision' then ${r.causeValue}::bigint end
    where ${r.paperId} = any(${paperIds}::bigint[]) group by ${r.paperId}`)
  return new Map(rows.map((row) => [row.paper_id, row.merged]))
}

/** A venue in the records of a paper. */
export interface NamedVenue {
  name: string
  acronym: string | null
  kind: VenueKind
  /** By name. */
  sources: string[]
  /** Whether it is the paper's venue. */
  isShown: boolean
}

/** All venues in the records of each paper, the paper's venue first: one statement. */
export async function namedVenuesByPapers(
  db: Database,
  paperIds: readonly number[],
): Promise<Map<number, NamedVenue[]>> {
  const rows = await db.query<{ paper_id: number; venues: NamedVenue[] }>(sql`
    select n.paper_id, json_agg(json_build_object('name', coalesce(${v.name}, n.venue->>'name'),
      'acronym', case when ${v.id} is null then n.venue->>'acronym' else ${v.acronym} end,
      'kind', coalesce(${v.kind}::text, n.venue->>'kind'), 'sources', n.sources, 'isShown', coalesce(${v.id} = ${p.venueId}, false))
      order by coalesce(${v.id} = ${p.venueId}, false) desc, n.slug) as venues
    from (
      select ${s.paperId}, ${s.record}->'venue'->>'slug' as slug, array_agg(distinct ${s.source} order by ${s.source}) as sources,
        (array_agg(${s.record}->'venue' order by ${s.source}, ${s.key}))[1] as venue
      from ${s}
      where ${s.paperId} = any(${paperIds}::bigint[]) and ${s.record}->'venue'->>'slug' is not null
      group by ${s.paperId}, ${s.record}->'venue'->>'slug') n
    join ${p} on ${p.id} = n.paper_id left join ${v} on ${v.slug} = n.slug
    group by n.paper_id`)
  return new Map(rows.map((row) => [row.paper_id, row.venues]))
}
