import sql, { raw, type Sql } from 'sql-template-tag'
import type { Transaction } from '../../../db/transaction.ts'
import { INTENTS } from '../../entity/citation.ts'
import type { ChangedIdentifiers, TargetPaper } from './relations.ts'

/** Writes what the papers' records cite; `cleared` are all papers that may have old rows. Returns the papers of which that changed. */
export async function writeReferences(
  tx: Transaction,
  papers: TargetPaper[],
  cleared: number[],
): Promise<number[]> {
  const rows = papers.flatMap(referenceRows)
  if (rows.length + cleared.length === 0) return []
  const changed = await tx.query<{ paper_id: number }>(sql`
    with r as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as x(paper_id bigint,
        place int, variant int, scheme identifier_scheme, value text, title text, text text,
        sources text[], is_influential boolean, intents text[])
    ), gone as (
      delete from paper_references t where t.paper_id = any(${cleared}::bigint[]) and not exists (
        select from r where r.paper_id = t.paper_id and r.place = t.place and r.variant = t.variant)
      returning t.paper_id
    ), written as (
      insert into paper_references as t (paper_id, place, variant, scheme, value, title, text, sources,
        is_influential, intents)
      select * from r
      on conflict (paper_id, place, variant) do update set scheme = excluded.scheme,
        value = excluded.value, title = excluded.title, text = excluded.text,
        sources = excluded.sources, is_influential = excluded.is_influential, intents = excluded.intents
      where (t.scheme, t.value, t.title, t.text, t.sources, t.is_influential, t.intents)
        is distinct from (excluded.scheme, excluded.value, excluded.title, excluded.text,
          excluded.sources, excluded.is_influential, excluded.intents)
      returning t.paper_id
    )
    select paper_id from gone union select paper_id from written`)
  return changed.map((row) => row.paper_id)
}

function referenceRows({ paperId, merged }: TargetPaper) {
  return merged.references.flatMap(({ identifiers, title, text, ...shared }, index) => {
    const names = identifiers.length > 0 ? identifiers : [{ scheme: null, value: null }]
    return names.map(({ scheme, value }, variant) => ({
      paper_id: paperId,
      place: index + 1,
      variant,
      scheme,
      value,
      title: variant === 0 ? title : null,
      text: variant === 0 ? text : null,
      sources: shared.sources,
      is_influential: shared.isInfluential,
      intents: shared.intents,
    }))
  })
}

/** What happened to papers that their citations depend on. */
export interface CitationChanges extends ChangedIdentifiers {
  /** Papers whose references changed. */
  citing: number[]
}

/**
 * Brings `citations` up to date with what is said of references, in a number of statements that does not depend on how
 * many there are. A citation stands where a reference has an identifier of a paper; so the order in which papers and
 * references arrive is of no consequence.
 */
export async function linkCitations(
  tx: Transaction,
  { citing, lost, added }: CitationChanges,
): Promise<void> {
  const rebuilt = [...new Set([...citing, ...lost])]
  if (rebuilt.length > 0)
    await tx.query(sql`
      with gone as (
        delete from citations where citing_id = any(${rebuilt}::bigint[]) or cited_id = any(${lost}::bigint[])
        returning cited_id)
      ${noteCited('gone')}`)
  if (rebuilt.length + added.length === 0) return
  const names = JSON.stringify(added)
  const given = sql`got as materialized (
      select * from jsonb_to_recordset(${names}::text::jsonb)
        as r(scheme identifier_scheme, value text, paper_id bigint)
    ), source_name as materialized (
      select * from got union
      select scheme, value, paper_id from paper_identifiers where paper_id = any(${rebuilt}::bigint[])
    ), target_name as materialized (
      select * from got union
      select scheme, value, paper_id from paper_identifiers where paper_id = any(${lost}::bigint[])
    )`
  await tx.query(sql`${insertCitations(given, claimsOf(rebuilt))} ${noteCited('written')}`)
}

/** What is said by the papers `rebuilt`, by `source_name`, and of `target_name`. */
function claimsOf(rebuilt: number[]): Sql {
  return sql`
    select r.paper_id as citing_id, i.paper_id as cited_id, r.sources, r.is_influential, r.intents
    from paper_references r join paper_identifiers i on i.scheme = r.scheme and i.value = r.value
    where r.paper_id = any(${rebuilt}::bigint[])
    union all
    select r.paper_id, n.paper_id, r.sources, r.is_influential, r.intents
    from target_name n join paper_references r on r.scheme = n.scheme and r.value = n.value
    union all
    select n.paper_id, i.paper_id, array[e.source], e.is_influential, e.intents
    from source_name n join citation_edges e on e.citing_scheme = n.scheme and e.citing_value = n.value
    join paper_identifiers i on i.scheme = e.cited_scheme and i.value = e.cited_value
    union all
    select i.paper_id, n.paper_id, array[e.source], e.is_influential, e.intents
    from target_name n join citation_edges e on e.cited_scheme = n.scheme and e.cited_value = n.value
    join paper_identifiers i on i.scheme = e.citing_scheme and i.value = e.citing_value`
}

/**
 * The beginning of a statement that adds what `claims` say to `citations`; `written` has the cited papers whose
 * citations changed. A paper does not cite itself: records of a preprint and of its published version name one another.
 */
export function insertCitations(given: Sql, claims: Sql): Sql {
  return sql`
    with ${given}, claim as (${claims}), folded as (
      select c.citing_id, c.cited_id, array_agg(distinct s.source order by s.source) as sources,
        bool_or(c.is_influential) as is_influential, ${INTENTS} as intents
      from claim c cross join unnest(c.sources) as s(source) left join unnest(c.intents) as x(intent) on true
      where c.citing_id <> c.cited_id group by 1, 2
    ), written as (
      insert into citations as t (citing_id, cited_id, sources, is_influential, intents, published_sort)
      select f.*, p.published_sort from folded f join papers p on p.id = f.citing_id
      on conflict (citing_id, cited_id) do update set ${FOLD_SOURCES}, ${FOLD_JUDGEMENT}
      where not (t.sources @> excluded.sources and ${ADDS_NO_JUDGEMENT})
      returning t.cited_id
    )`
}

const FOLD_SOURCES = sql`sources = array(select distinct unnest(t.sources || excluded.sources) order by 1)`

/** Joins what is said of a citation twice: influential when anybody says so, for all the intents named. */
export const FOLD_JUDGEMENT = sql`
  is_influential = coalesce(t.is_influential or excluded.is_influential, t.is_influential, excluded.is_influential),
  intents = array(select distinct unnest(t.intents || excluded.intents) order by 1)`

export const ADDS_NO_JUDGEMENT = sql`t.intents @> excluded.intents and t.is_influential is not distinct from
  coalesce(t.is_influential or excluded.is_influential, t.is_influential, excluded.is_influential)`

/** Notes the cited papers among `rows`, to be counted again. */
export function noteCited(rows: 'gone' | 'written'): Sql {
  return sql`insert into citation_recounts (paper_id) select distinct cited_id from ${raw(rows)}
    on conflict do nothing`
}

/**
 * After papers were written anew: citations that stay as they are follow the day of the citing paper, and those that
 * are cited are counted again, as what the sources count may have changed.
 */
export async function followPapers(tx: Transaction, paperIds: number[]): Promise<void> {
  if (paperIds.length === 0) return
  await tx.query(sql`
    with followed as (
      update citations c set published_sort = p.published_sort from papers p
      where p.id = c.citing_id and c.citing_id = any(${paperIds}::bigint[])
        and c.published_sort <> p.published_sort)
    insert into citation_recounts (paper_id) select i.id from unnest(${paperIds}::bigint[]) as i(id)
    where exists (select from citations c where c.cited_id = i.id) on conflict do nothing`)
}
