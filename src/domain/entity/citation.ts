import type { Database } from '../../db/client.ts'
import { alias, columns, type Sql, sql } from '../../db/sql.ts'
import { citationEdges, citations, paperReferences } from '../../db/tables/citations.ts'
import { paperIdentifiers } from '../../db/tables/papers.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import { type Entity, type JsonList, namedColumns } from '../../sql/selection.ts'
import type { CitationLink, PaperIdentifierRow } from './paper.ts'

const r = alias(paperReferences, 'r')
const o = alias(paperReferences, 'o')
const i = alias(paperIdentifiers, 'i')
const e = alias(citationEdges, 'e')
const a = alias(paperIdentifiers, 'a')
const c = alias(citations, 'c')

/** The distinct intents in a group of rows of `x`. */
export const INTENTS = sql`coalesce(
  array_agg(distinct x.intent order by x.intent) filter (where x.intent is not null), '{}')`

/** A cited work that is not in the catalogue. */
export interface UnresolvedReference extends CitationLink {
  /** Its position in the paper's list of references; citations that a source states without a position come last. */
  id: number
  key: string
  identifiers: PaperIdentifierRow[]
  title: string | null
  text: string | null
  contexts: string[]
}

const unresolvedEntity: Entity = {
  id: sql`u.place`,
  columns: namedColumns(
    'u',
    'key',
    'identifiers',
    'title',
    'text',
    'sources',
    'isInfluential',
    'intents',
    'contexts',
  ),
  relations: {},
}

export const UNRESOLVED_ORDER: KeysetOrder<UnresolvedReference> = {
  name: 'unresolved-references',
  direction: 'asc',
  keys: [
    { column: sql`u.place`, type: 'integer' },
    { column: sql`u.key`, type: 'text' },
  ],
  valuesOf: ({ id, key }) => [id, key],
}

/**
 * References of the paper `paperId` that do not resolve to a paper in the catalogue: those of its records without a known identifier, then
 * additional edges by identifier.
 */
export function unresolvedReferenceList(paperId: Sql): JsonList {
  return {
    entity: unresolvedEntity,
    from: sql`(${ofRecords(paperId)} union all ${ofEdges(paperId)}) u`,
    condition: sql`true`,
    order: UNRESOLVED_ORDER,
  }
}

function ofRecords(paperId: Sql): Sql {
  return sql`
    select ${r.place}, '' collate "C" as key, ${columns(r, 'title', 'text', 'sources', 'isInfluential', 'intents')},
      (select coalesce(json_agg(json_build_object('scheme', ${o.scheme}, 'value', ${o.value}) order by ${o.variant}), '[]')
        from ${o} where ${o.paperId} = ${r.paperId} and ${o.place} = ${r.place} and ${o.scheme} is not null)
        as identifiers, coalesce(${r.contexts}, '{}') as contexts
    from ${r}
    where ${r.paperId} = ${paperId} and ${r.variant} = 0 and not exists (
      select from ${o} join ${i} on ${i.scheme} = ${o.scheme} and ${i.value} = ${o.value}
      where ${o.paperId} = ${r.paperId} and ${o.place} = ${r.place})`
}

const NO_PLACE = 2 ** 31 - 1

function ofEdges(paperId: Sql): Sql {
  return sql`
    select ${NO_PLACE}::int, ${e.citedScheme} || ':' || ${e.citedValue}, null, null,
      array_agg(distinct ${e.source} order by ${e.source}), bool_or(${e.isInfluential}),
      ${INTENTS},
      json_build_array(json_build_object('scheme', ${e.citedScheme}, 'value', ${e.citedValue})),
      coalesce(array_agg(distinct y.context order by y.context) filter (where y.context is not null), '{}')
    from ${a}
    join ${e} on ${e.citingScheme} = ${a.scheme} and ${e.citingValue} = ${a.value}
    left join unnest(${e.intents}) as x(intent) on true
    left join unnest(${e.contexts}) as y(context) on true
    where ${a.paperId} = ${paperId}
      and not exists (select from ${i} where ${i.scheme} = ${e.citedScheme} and ${i.value} = ${e.citedValue})
      and not exists (select from ${o}
        where ${o.paperId} = ${paperId} and ${o.scheme} = ${e.citedScheme} and ${o.value} = ${e.citedValue})
    group by ${e.citedScheme}, ${e.citedValue}`
}

/** Counts of unresolved and of all references by paper: one statement. */
export async function referenceCountsByPapers(
  db: Database,
  paperIds: readonly number[],
): Promise<Map<number, { unresolved: number; all: number }>> {
  const { from } = unresolvedReferenceList(sql`parent.id`)
  const rows = await db.query<{ id: number; linked: number; unresolved: number }>(
    sql`select parent.id, (select count(*) from ${from}) as unresolved,
        (select count(*) from ${c} where ${c.citingId} = parent.id) as linked
      from unnest(${paperIds}::bigint[]) as parent(id)`,
  )
  return new Map(
    rows.map(({ id, linked, unresolved }) => [id, { unresolved, all: linked + unresolved }]),
  )
}
