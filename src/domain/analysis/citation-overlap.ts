import type { Database } from '../../db/client.ts'
import { alias, raw, type Sql, sql } from '../../db/sql.ts'
import { citations } from '../../db/tables/citations.ts'
import { papers } from '../../db/tables/papers.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import { readTopLists } from '../../sql/list.ts'
import { type Entity, namedColumns, type Selection } from '../../sql/selection.ts'
import { type Paper, paperEntity } from '../entity/paper.ts'

const p = alias(papers, 'p')
const l = alias(citations, 'l')

/** A paper that has citations in common with another. */
export interface CitationOverlap {
  id: number
  /** Number of papers that cite both, or that both cite. */
  count: number
  paper: Paper
}

export type OverlapKind = 'co_cited' | 'shared_references'

/** Maximum number of intermediate papers, of papers reached through each of them, and of papers that are sorted. */
export const OVERLAP_LIMITS = { through: 100, each: 100, ordered: 200 }
const THROUGH = raw(String(OVERLAP_LIMITS.through))
const EACH = raw(String(OVERLAP_LIMITS.each))
const ORDERED = raw(String(OVERLAP_LIMITS.ordered))

const overlapEntity: Entity = {
  id: sql`o.id`,
  columns: namedColumns('o', 'count'),
  relations: { paper: { kind: 'joined', entity: paperEntity } },
}

const OVERLAP_ORDER: KeysetOrder<never> = {
  name: 'citation-overlap',
  direction: 'desc',
  keys: [
    { column: sql`o.count`, type: 'integer' },
    { column: sql`${p.citationCount}`, type: 'integer' },
    { column: sql`o.id`, type: 'bigint' },
  ],
  valuesOf: () => [],
}

/**
 * The papers with the most citations in common with each paper, then the most cited: one statement for all. Reads a bounded number of index
 * entries per paper, however often it is cited.
 */
export function readOverlaps(
  db: Database,
  kind: OverlapKind,
  first: number,
  selection: Selection,
  paperIds: readonly number[],
): Promise<Map<number, CitationOverlap[]>> {
  return readTopLists<CitationOverlap>(
    db,
    (paperId) => ({
      entity: overlapEntity,
      from: sql`(${countedOverlaps(kind, paperId)}) o join ${p} on ${p.id} = o.id`,
      condition: sql`true`,
      order: OVERLAP_ORDER,
    }),
    selection,
    first,
    paperIds,
  )
}

/** Ids of papers with citations in common with the paper `paperId`, and their numbers. */
function countedOverlaps(kind: OverlapKind, paperId: Sql): Sql {
  return kind === 'co_cited' ? citedTogether(paperId) : citingTheSame(paperId)
}

/** Other papers cited by the newest papers that cite it. */
function citedTogether(paperId: Sql): Sql {
  return sql`
    select x.id, count(*)::int as count
    from (select ${l.citingId} as id from ${l} where ${l.citedId} = ${paperId}
      order by ${l.publishedSort} desc, ${l.citingId} desc limit ${THROUGH}) s
    cross join lateral (select ${l.citedId} as id from ${l} where ${l.citingId} = s.id
      order by ${l.citedId} desc limit ${EACH}) x
    where x.id <> ${paperId} group by x.id order by 2 desc, 1 desc limit ${ORDERED}`
}

/** The newest papers that cite what it cites. */
function citingTheSame(paperId: Sql): Sql {
  return sql`
    select x.id, count(*)::int as count
    from (select ${l.citedId} as id from ${l} where ${l.citingId} = ${paperId}
      order by ${l.citedId} desc limit ${THROUGH}) s
    cross join lateral (select ${l.citingId} as id from ${l} where ${l.citedId} = s.id
      order by ${l.publishedSort} desc, ${l.citingId} desc limit ${EACH}) x
    where x.id <> ${paperId} group by x.id order by 2 desc, 1 desc limit ${ORDERED}`
}
