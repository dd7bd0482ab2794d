import { LOCKS, takeLock } from '../../../db/locks/locks.ts'
import { alias, raw, type Sql, sql } from '../../../db/sql.ts'
import { paperIdentifiers } from '../../../db/tables/papers.ts'
import type { CitationIntent } from '../../../db/tables/vocabulary.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteFields } from '../../changes/note.ts'
import { INTENTS } from '../../entity/citation.ts'
import { edgeLicence } from '../../entity/source.ts'
import { isAmong } from '../../record/merge/licence.ts'
import type { PaperIdentifier } from '../../record/paper-record.ts'
import { readExcluded } from '../excluded/records.ts'
import {
  ADDS_NO_JUDGEMENT,
  FOLD_JUDGEMENT,
  insertCitations,
  type Link,
  noteCited,
  recountOf,
} from './citations.ts'

const a = alias(paperIdentifiers, 'a')
const b = alias(paperIdentifiers, 'b')

/** A citation between two identifiers, whether or not their papers are in the catalogue. */
export interface CitationEdge {
  citing: PaperIdentifier
  cited: PaperIdentifier
  isInfluential?: boolean | null
  intents?: CitationIntent[]
  /** The citing sentences. */
  contexts?: string[]
}

/** Maximum number of sentences stored for one citation. */
const MOST_CONTEXTS = 50

/** The result of writing one batch of edges. */
export interface EdgeCounts {
  /** New edges, and edges with additional data. */
  written: number
  unchanged: number
}

/**
 * Stores citations that a source gives without papers, and links those whose papers exist; the others are linked once their papers arrive.
 * Edges of a source under an excluded licence are stored but hidden. Edges given twice are merged; reading them again changes nothing. The
 * number of statements does not depend on the number of edges. Writers take turns, also with writers of records.
 */
export async function writeEdges(
  tx: Transaction,
  source: string,
  edges: readonly CitationEdge[],
): Promise<EdgeCounts> {
  await takeLock(tx, LOCKS.write)
  const isHidden = isAmong(edgeLicence(source), await readExcluded(tx))
  const written = await (isHidden ? hideEdges : linkEdges)(tx, source, edges)
  return { written, unchanged: edges.length - written }
}

async function hideEdges(tx: Transaction, source: string, edges: readonly CitationEdge[]) {
  const [row] = await tx.query<{ count: number }>(sql`
    with ${storedEdges(raw('hidden_citation_edges'), source, edges)} select count(*)::int as count from stored`)
  return row?.count ?? 0
}

async function linkEdges(tx: Transaction, source: string, edges: readonly CitationEdge[]) {
  const insert = insertCitations(
    storedEdges(raw('citation_edges'), source, edges),
    sql`select ${a.paperId} as citing_id, ${b.paperId} as cited_id, array[e.source] as sources, e.is_influential, e.intents
      from stored e
      join ${a} on ${a.scheme} = e.citing_scheme and ${a.value} = e.citing_value
      join ${b} on ${b.scheme} = e.cited_scheme and ${b.value} = e.cited_value`,
  )
  const [row] = await tx.query<{ count: number; citing: number[]; links: Link[] }>(sql`
    ${insert}, noted as (${recountOf('written')})
    select (select count(*) from stored)::int as count,
      array(select distinct ${a.paperId} from stored e join ${a} on ${a.scheme} = e.citing_scheme and ${a.value} = e.citing_value) as citing,
      (select coalesce(json_agg(w), '[]') from written w) as links`)
  // References to papers outside the catalogue are visible too.
  noteFields(tx, row?.citing ?? [], 'references')
  noteCited(tx, row?.links ?? [])
  return row?.count ?? 0
}

/** The parts of a statement that write edges to a table; `stored` has the new and the extended ones. */
function storedEdges(table: Sql, source: string, edges: readonly CitationEdge[]): Sql {
  return sql`edge as (${foldedEdges(edges)}), stored as (
    insert into ${table} as t
      (citing_scheme, citing_value, cited_scheme, cited_value, source, is_influential, intents, contexts)
    select citing_scheme, citing_value, cited_scheme, cited_value, ${source}::text, is_influential, intents, contexts
    from edge
    on conflict (citing_scheme, citing_value, cited_scheme, cited_value, source)
    do update set ${FOLD_JUDGEMENT}, ${FOLD_CONTEXTS} where not (${ADDS_NO_JUDGEMENT} and ${ADDS_NO_CONTEXT})
    returning t.*
  )`
}

/** Merges the sentences of a citation that is given twice. */
const FOLD_CONTEXTS = sql`contexts = case when excluded.contexts is null then t.contexts
  else array(select distinct unnest(t.contexts || excluded.contexts) order by 1 limit ${raw(String(MOST_CONTEXTS))}) end`

const ADDS_NO_CONTEXT = sql`(excluded.contexts is null or coalesce(t.contexts @> excluded.contexts, false))`

/** The edges as rows of text columns; edges between the same identifiers are merged. */
function foldedEdges(edges: readonly CitationEdge[]): Sql {
  const column = <T>(read: (edge: CitationEdge) => T) => edges.map(read)
  return sql`
    select e.citing_scheme, e.citing_value, e.cited_scheme, e.cited_value,
      bool_or(e.is_influential::boolean) as is_influential, ${INTENTS} as intents,
      array_agg(distinct y.context order by y.context) filter (where y.context is not null) as contexts
    from unnest(${column(({ citing }) => citing.scheme)}::identifier_scheme[],
      ${column(({ citing }) => citing.value)}::text[],
      ${column(({ cited }) => cited.scheme)}::identifier_scheme[],
      ${column(({ cited }) => cited.value)}::text[],
      ${column(({ isInfluential }) => isInfluential?.toString() ?? null)}::text[],
      ${column(({ intents = [] }) => intents.join(' '))}::text[],
      ${column(({ contexts = [] }) => (contexts.length > 0 ? JSON.stringify(contexts) : null))}::text[])
      as e(citing_scheme, citing_value, cited_scheme, cited_value, is_influential, intents, contexts)
    left join unnest(string_to_array(e.intents, ' ')) as x(intent) on true
    left join jsonb_array_elements_text(e.contexts::jsonb) as y(context) on true
    group by 1, 2, 3, 4`
}
