import { alias, columns, overwrites, raw, type Sql, type Stored, sql } from '../../../db/sql.ts'
import {
  citationEdges,
  citationRecounts,
  citations,
  paperReferences,
} from '../../../db/tables/citations.ts'
import { paperIdentifiers, papers as papersTable } from '../../../db/tables/papers.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteFields } from '../../changes/note.ts'
import { INTENTS } from '../../entity/citation.ts'
import type { ChangedIdentifiers, TargetPaper } from './relations.ts'

const r = alias(paperReferences, 'r')
const i = alias(paperIdentifiers, 'i')
const e = alias(citationEdges, 'e')
const p = alias(papersTable, 'p')
const c = alias(citations, 'c')
const tCitations = alias(citations, 't')

/** Writes the references of papers; `cleared` are all papers that may have old rows. Returns the papers whose references changed. */
export async function writeReferences(
  tx: Transaction,
  papers: TargetPaper[],
  cleared: number[],
): Promise<number[]> {
  const t = alias(paperReferences, 't')
  const excluded = alias(paperReferences, 'excluded')
  const rows = papers.flatMap(referenceRows)
  if (rows.length + cleared.length === 0) return []
  const changed = await tx.query<Stored<typeof paperReferences, 'paper_id'>>(sql`
    with r as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as x(paper_id bigint,
        place int, variant int, scheme identifier_scheme, value text, title text, text text,
        sources text[], is_influential boolean, intents text[], contexts text[])
    ), gone as (
      delete from ${t} where ${t.paperId} = any(${cleared}::bigint[]) and not exists (
        select from r where r.paper_id = ${t.paperId} and r.place = ${t.place} and r.variant = ${t.variant})
      returning ${t.paperId}
    ), written as (
      insert into ${paperReferences} as t (${columns(paperReferences, 'paperId', 'place', 'variant', 'scheme', 'value', 'title', 'text', 'sources', 'isInfluential', 'intents', 'contexts')})
      select * from r
      on conflict (${columns(paperReferences, 'paperId', 'place', 'variant')}) do update set ${overwrites(paperReferences, 'scheme', 'value', 'title', 'text', 'sources', 'isInfluential', 'intents', 'contexts')}
      where (${columns(t, 'scheme', 'value', 'title', 'text', 'sources', 'isInfluential', 'intents', 'contexts')})
        is distinct from (${columns(excluded, 'scheme', 'value', 'title', 'text', 'sources', 'isInfluential', 'intents', 'contexts')})
      returning ${t.paperId}
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
      contexts: variant === 0 && shared.contexts.length > 0 ? shared.contexts : null,
    }))
  })
}

/** Changes of papers that affect their citations. */
export interface CitationChanges extends ChangedIdentifiers {
  /** Papers whose references changed. */
  citing: number[]
}

/**
 * Updates `citations` from the references, in a number of statements that does not depend on how many there are. A citation exists if a
 * reference has an identifier of a paper, so the order in which papers and references arrive does not matter.
 */
export async function linkCitations(
  tx: Transaction,
  { citing, added, ...changed }: CitationChanges,
): Promise<void> {
  const lost = [...new Set(changed.lost.map((row) => row.paper_id))]
  const rebuilt = [...new Set([...citing, ...lost])]
  if (rebuilt.length + added.length === 0) return
  const gone = await unlink(tx, rebuilt, lost)
  const names = JSON.stringify(added)
  const given = sql`got as materialized (
      select * from jsonb_to_recordset(${names}::text::jsonb)
        as r(scheme identifier_scheme, value text, paper_id bigint)
    ), source_name as materialized (
      select * from got union
      select ${columns(paperIdentifiers, 'scheme', 'value', 'paperId')} from ${paperIdentifiers} where ${paperIdentifiers.paperId} = any(${rebuilt}::bigint[])
    ), target_name as materialized (
      select * from got union
      select ${columns(paperIdentifiers, 'scheme', 'value', 'paperId')} from ${paperIdentifiers} where ${paperIdentifiers.paperId} = any(${lost}::bigint[])
    )`
  const written = await tx.query<Link>(sql`
    ${insertCitations(given, claimsOf(rebuilt))}, noted as (${recountOf('written')}) select * from written`)
  noteLinks(tx, gone, written)
}

/** Deletes the citations of papers whose references are read again. */
async function unlink(tx: Transaction, rebuilt: number[], lost: number[]): Promise<Link[]> {
  if (rebuilt.length === 0) return []
  return tx.query<Link>(sql`
    with gone as (
      delete from ${tCitations} where ${tCitations.citingId} = any(${rebuilt}::bigint[]) or ${tCitations.citedId} = any(${lost}::bigint[])
      returning ${LINK}
    ), noted as (${recountOf('gone')}) select * from gone`)
}

/** A citation, with its properties as text. */
export interface Link {
  citing_id: number
  cited_id: number
  said: string
}

const LINK = sql`t.citing_id, t.cited_id, concat_ws(' ', t.sources, t.is_influential, t.intents) as said`

/** Notes the papers at both ends of new, deleted and changed citations. Most deleted citations were inserted again unchanged. */
function noteLinks(tx: Transaction, gone: Link[], written: Link[]): void {
  const keyOf = (link: Link) => `${link.citing_id} ${link.cited_id} ${link.said}`
  const [before, now] = [new Set(gone.map(keyOf)), new Set(written.map(keyOf))]
  const changed = [
    ...gone.filter((link) => !now.has(keyOf(link))),
    ...written.filter((link) => !before.has(keyOf(link))),
  ]
  noteCited(tx, changed)
}

/** Notes changed citations on the papers at both ends. */
export function noteCited(tx: Transaction, links: Link[]): void {
  noteFields(
    tx,
    links.map((link) => link.citing_id),
    'references',
  )
  noteFields(
    tx,
    links.map((link) => link.cited_id),
    'citations',
  )
}

/** The references of the papers `rebuilt`, of `source_name`, and to `target_name`. */
function claimsOf(rebuilt: number[]): Sql {
  return sql`
    select ${r.paperId} as citing_id, ${i.paperId} as cited_id, ${columns(r, 'sources', 'isInfluential', 'intents')}
    from ${r} join ${i} on ${i.scheme} = ${r.scheme} and ${i.value} = ${r.value}
    where ${r.paperId} = any(${rebuilt}::bigint[])
    union all
    select ${r.paperId}, n.paper_id, ${columns(r, 'sources', 'isInfluential', 'intents')}
    from target_name n join ${r} on ${r.scheme} = n.scheme and ${r.value} = n.value
    union all
    select n.paper_id, ${i.paperId}, array[${e.source}], ${e.isInfluential}, ${e.intents}
    from source_name n join ${e} on ${e.citingScheme} = n.scheme and ${e.citingValue} = n.value
    join ${i} on ${i.scheme} = ${e.citedScheme} and ${i.value} = ${e.citedValue}
    union all
    select ${i.paperId}, n.paper_id, array[${e.source}], ${e.isInfluential}, ${e.intents}
    from target_name n join ${e} on ${e.citedScheme} = n.scheme and ${e.citedValue} = n.value
    join ${i} on ${i.scheme} = ${e.citingScheme} and ${i.value} = ${e.citingValue}`
}

/**
 * The beginning of a statement that adds the citations in `claims`; `written` has the changed ones, see `Link`. Citations of the paper itself
 * are left out, because records of a preprint and of its published version refer to each other.
 */
export function insertCitations(given: Sql, claims: Sql): Sql {
  const t = alias(citations, 't')
  const excluded = alias(citations, 'excluded')
  return sql`
    with ${given}, claim as (${claims}), folded as (
      select c.citing_id, c.cited_id, array_agg(distinct s.source order by s.source) as sources,
        bool_or(c.is_influential) as is_influential, ${INTENTS} as intents
      from claim c cross join unnest(c.sources) as s(source) left join unnest(c.intents) as x(intent) on true
      where c.citing_id <> c.cited_id group by 1, 2
    ), written as (
      insert into ${citations} as t (${columns(citations, 'citingId', 'citedId', 'sources', 'isInfluential', 'intents', 'publishedSort')})
      select f.*, ${p.publishedSort} from folded f join ${p} on ${p.id} = f.citing_id
      on conflict (${citations.citingId}, ${citations.citedId}) do update set ${FOLD_SOURCES}, ${FOLD_JUDGEMENT}
      where not (${t.sources} @> ${excluded.sources} and ${ADDS_NO_JUDGEMENT})
      returning ${LINK}
    )`
}

const FOLD_SOURCES = sql`sources = array(select distinct unnest(t.sources || excluded.sources) order by 1)`

/** Merges two judgements of a citation: influential if either says so, with the intents of both. */
export const FOLD_JUDGEMENT = sql`
  is_influential = coalesce(t.is_influential or excluded.is_influential, t.is_influential, excluded.is_influential),
  intents = array(select distinct unnest(t.intents || excluded.intents) order by 1)`

export const ADDS_NO_JUDGEMENT = sql`t.intents @> excluded.intents and t.is_influential is not distinct from
  coalesce(t.is_influential or excluded.is_influential, t.is_influential, excluded.is_influential)`

/** A part of a statement that notes the cited papers among `rows` for a new count. */
export function recountOf(rows: 'gone' | 'written'): Sql {
  return sql`insert into ${citationRecounts} (${citationRecounts.paperId}) select distinct cited_id from ${raw(rows)}
    on conflict do nothing`
}

/**
 * After papers were rewritten: copies the new date of the citing paper to unchanged citations, and notes cited papers for a new count,
 * because the counts stated by sources may have changed.
 */
export async function followPapers(tx: Transaction, paperIds: number[]): Promise<void> {
  if (paperIds.length === 0) return
  await tx.query(sql`
    with followed as (
      update ${c} set ${citations.publishedSort} = ${p.publishedSort} from ${p}
      where ${p.id} = ${c.citingId} and ${c.citingId} = any(${paperIds}::bigint[])
        and ${c.publishedSort} <> ${p.publishedSort})
    insert into ${citationRecounts} (${citationRecounts.paperId}) select i.id from unnest(${paperIds}::bigint[]) as i(id)
    where exists (select from ${c} where ${c.citedId} = i.id) on conflict do nothing`)
}
