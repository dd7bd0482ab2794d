import type { Database } from '../../db/client.ts'
import { alias, sql } from '../../db/sql.ts'
import { citationEdges, paperReferences } from '../../db/tables/citations.ts'
import { paperIdentifiers } from '../../db/tables/papers.ts'

const r = alias(paperReferences, 'r')
const w = alias(paperReferences, 'w')
const e = alias(citationEdges, 'e')
const i = alias(paperIdentifiers, 'i')
const a = alias(paperIdentifiers, 'a')

/** A citation by the ids of its papers. */
export interface CitedPair {
  citing: number
  cited: number
}

/** The key of a pair for `contextsOfCitations`. */
export const pairKey = ({ citing, cited }: CitedPair): string => `${citing} ${cited}`

/**
 * The citing sentences by `pairKey`, each once: one statement. Read from references and edges, because few citations are asked for them and a
 * second copy would double the storage.
 */
export async function contextsOfCitations(
  db: Database,
  keys: readonly string[],
): Promise<Map<string, string[]>> {
  const pairs = keys.map((key) => key.split(' ').map(Number))
  const rows = await db.query<CitedPair & { contexts: string[] }>(sql`
    with pair as materialized (
      select * from unnest(${pairs.map(([citing]) => citing)}::bigint[], ${pairs.map(([, cited]) => cited)}::bigint[])
        as p(citing, cited)
    ), said as (
      select p.citing, p.cited, c.context, c.place from pair p
      join ${i} on ${i.paperId} = p.cited
      join ${r} on ${r.paperId} = p.citing and ${r.scheme} = ${i.scheme} and ${r.value} = ${i.value}
      join ${w} on ${w.paperId} = ${r.paperId} and ${w.place} = ${r.place} and ${w.variant} = 0
      cross join unnest(${w.contexts}) with ordinality as c(context, place)
      union all
      select p.citing, p.cited, c.context, c.place from pair p
      join ${i} on ${i.paperId} = p.cited
      join ${a} on ${a.paperId} = p.citing
      join ${e} on ${e.citingScheme} = ${a.scheme} and ${e.citingValue} = ${a.value}
        and ${e.citedScheme} = ${i.scheme} and ${e.citedValue} = ${i.value}
      cross join unnest(${e.contexts}) with ordinality as c(context, place)
    ), once as (
      select citing, cited, context, min(place) as place from said group by 1, 2, 3
    )
    select citing, cited, array_agg(context order by place, context) as contexts from once group by 1, 2`)
  return new Map(rows.map((row) => [pairKey(row), row.contexts]))
}
