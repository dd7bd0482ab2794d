import type { Database } from '../../db/client.ts'
import { alias, columns, type Stored, sql } from '../../db/sql.ts'
import { contestedIdentifiers } from '../../db/tables/curation.ts'
import { paperIdentifiers } from '../../db/tables/papers.ts'
import { sourceRecords } from '../../db/tables/sources.ts'
import type { ApartReason } from '../../db/tables/vocabulary.ts'

const t = alias(contestedIdentifiers, 't')
const i = alias(paperIdentifiers, 'i')
const s = alias(sourceRecords, 's')

/** An identifier that records of several papers state. */
export interface ContestedIdentifier {
  /** As `scheme:value`. */
  identifier: string
  /** Whether it resolves to this paper. */
  isShown: boolean
  /** Names of the sources whose records of the paper state it. */
  sources: string[]
  /** Some of the other papers that state it; the paper to which it resolves comes first. */
  paperIds: number[]
  /** The number of all other papers. */
  paperCount: number
  reason: ApartReason
}

/** A description for users of the rule in `write/match/contested.ts` that assigns an identifier to one paper. */
export const CONTEST_RULE =
  'If an operator keeps the papers apart, a contested identifier resolves to the one named first. Otherwise it resolves to the paper whose record states it as its own (by its source, page or key) and not only as a link; then, in this order, to a published version before a preprint, to one with a venue, to the preferred source, to the preferred kind, and to the record whose key comes first in alphabetical order.'

/** Limit of other papers listed for one identifier: all chapters of a book may state that of the book. */
export const MOST_CLAIMANTS = 20

/** The identifiers of each paper that other papers also state. One statement for all. Papers without any are missing. */
export async function contestedByPapers(
  db: Database,
  paperIds: readonly number[],
): Promise<Map<number, ContestedIdentifier[]>> {
  const rows = await db.query<
    Stored<typeof contestedIdentifiers, 'paper_id'> & { contested: ContestedIdentifier[] }
  >(sql`
    with named as (
      select ${columns(t, 'paperId', 'scheme', 'value', 'reason')} from ${t}
      where ${t.paperId} = any(${paperIds}::bigint[])
      union all
      select distinct ${columns(i, 'paperId', 'scheme', 'value')}, null from ${i}
      join ${t} on ${t.scheme} = ${i.scheme} and ${t.value} = ${i.value}
      where ${i.paperId} = any(${paperIds}::bigint[])
    )
    select n.paper_id, json_agg(json_build_object('identifier', n.scheme || ':' || n.value,
      'isShown', n.reason is null, 'sources', array(
        select distinct ${s.source} from ${s} where ${s.paperId} = n.paper_id
          and ${s.record}->'identifiers' @> jsonb_build_array(jsonb_build_object('scheme', n.scheme, 'value', n.value))
        order by 1),
      'paperIds', o.ids, 'paperCount', o.count, 'reason', coalesce(n.reason, o.reason))
      order by n.scheme, n.value) as contested
    from named n cross join lateral (
      select (array_agg(c.paper_id order by c.place, c.paper_id))[1:${MOST_CLAIMANTS}::int] as ids,
        count(*)::int as count, min(c.reason) as reason
      from (
        select ${i.paperId}, 0 as place, null as reason from ${i}
        where ${i.scheme} = n.scheme and ${i.value} = n.value
        union all
        select ${t.paperId}, 1, ${t.reason} from ${t} where ${t.scheme} = n.scheme and ${t.value} = n.value
      ) c where c.paper_id <> n.paper_id
    ) o
    group by n.paper_id`)
  return new Map(rows.map((row) => [row.paper_id, row.contested]))
}
