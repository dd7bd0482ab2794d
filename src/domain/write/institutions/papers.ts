import { alias, columns, overwrites, recordset, type Stored, sql } from '../../../db/sql.ts'
import {
  affiliationInstitutions,
  affiliations,
  institutions,
  paperAffiliations,
  paperInstitutions,
} from '../../../db/tables/institutions.ts'
import { papers } from '../../../db/tables/papers.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteFields } from '../../changes/note.ts'
import type { MergedAffiliation } from '../../record/merge/authors.ts'
import { dropFormer } from '../relations/former.ts'
import type { TargetPaper } from '../relations/relations.ts'
import { affiliationsNaming, ensureAffiliations, resolveAffiliations } from './affiliations.ts'
import { describeInstitutions } from './institutions.ts'
import { type Stated, statedOf } from './stated.ts'

const t = alias(paperAffiliations, 't')
const r = alias(paperAffiliations, 'r')
const excluded = alias(paperAffiliations, 'excluded')
const a = alias(affiliations, 'a')
const i = alias(institutions, 'i')
const l = alias(affiliationInstitutions, 'l')
const p = alias(papers, 'p')
const pi = alias(paperInstitutions, 'pi')

type Link = Record<'paperId' | 'affiliationId', number> & { positions: number[]; source: string }

/**
 * Writes the affiliations and institutions of papers, and updates other papers if a name has become known or ambiguous. Returns the papers
 * whose institutions changed.
 */
export async function writeInstitutions(
  tx: Transaction,
  targets: readonly TargetPaper[],
  cleared: readonly number[],
): Promise<number[]> {
  const stated = new Map<string, Stated>()
  const named = targets.map((target) => ({ target, said: saidOf(target, stated) }))
  if (stated.size + cleared.length === 0) return []
  const { ids, added } = await ensureAffiliations(tx, [...stated.values()])
  const links = named.flatMap(({ target, said }) =>
    [...said].map(([hash, { positions, source }]) => ({
      paperId: target.paperId,
      affiliationId: ids.get(hash) ?? 0,
      positions,
      source,
    })),
  )
  const left = await writeLinks(tx, links, cleared)
  const lost = await dropUnused(tx, left)
  const keys = [...stated.values()].flatMap(({ hash, nameKey }) =>
    nameKey !== null && added.includes(ids.get(hash) ?? 0) ? nameKey : [],
  )
  const own = [...new Set([...targets.map(({ paperId }) => paperId), ...cleared])]
  return settle(tx, {
    added,
    keys: [...keys, ...lost.keys],
    institutions: lost.institutions,
    papers: own,
  })
}

interface Changed {
  added: number[]
  keys: string[]
  institutions: number[]
  papers: number[]
}

/** Updates papers after changes of affiliations, names and institutions. Returns the papers whose institutions changed. */
export async function settle(
  tx: Transaction,
  { added, keys, institutions, papers }: Changed,
): Promise<number[]> {
  const naming = await affiliationsNaming(tx, [...new Set(keys)])
  const moved = await resolveAffiliations(tx, [...new Set([...added, ...naming])])
  const others = await papersWith(tx, moved.affiliations)
  const changed = await rebuild(tx, [...new Set([...papers, ...others])])
  await describeInstitutions(tx, [...new Set([...institutions, ...moved.institutions])])
  noteFields(tx, changed, 'institutions')
  return changed
}

/** The affiliations of a paper by hash, with their positions in the byline; no positions if no source assigns them to authors. */
function saidOf({ merged }: TargetPaper, all: Map<string, Stated>) {
  const said = new Map<string, { positions: number[]; source: string }>()
  const add = (affiliation: MergedAffiliation, position?: number) => {
    for (const { stated, source } of statedOf(affiliation)) {
      const own = said.get(stated.hash) ?? { positions: [], source }
      if (position !== undefined && own.positions.at(-1) !== position) own.positions.push(position)
      said.set(stated.hash, own)
      all.set(stated.hash, stated)
    }
  }
  for (const [index, author] of merged.authors.entries()) add(author, index + 1)
  for (const affiliation of merged.affiliations ?? []) add(affiliation)
  return said
}

const KEYS = ['paperId', 'affiliationId', 'positions', 'source'] as const

/** Writes the affiliations of papers. Returns those that a paper no longer has. */
async function writeLinks(
  tx: Transaction,
  links: Link[],
  cleared: readonly number[],
): Promise<number[]> {
  const given = recordset(paperAffiliations, 'r', KEYS, links)
  const gone =
    cleared.length === 0
      ? []
      : await tx.query<Stored<typeof paperAffiliations, 'affiliation_id'>>(sql`
          delete from ${t} where ${t.paperId} = any(${cleared}::bigint[]) and not exists (
            select from ${given} where ${r.paperId} = ${t.paperId} and ${r.affiliationId} = ${t.affiliationId})
          returning ${t.affiliationId}`)
  if (links.length > 0)
    await tx.query(sql`
      insert into ${paperAffiliations} as t (${columns(paperAffiliations, ...KEYS)})
      select ${columns(r, ...KEYS)} from ${given}
      on conflict (${paperAffiliations.paperId}, ${paperAffiliations.affiliationId}) do update
      set ${overwrites(paperAffiliations, 'positions', 'source')}
      where (${columns(t, 'positions', 'source')}) is distinct from (${columns(excluded, 'positions', 'source')})`)
  return [...new Set(gone.map((row) => row.affiliation_id))]
}

/** Deletes affiliations that no paper has any more. Returns the keys of their names and the institutions that they resolved to. */
async function dropUnused(
  tx: Transaction,
  ids: number[],
): Promise<{ keys: string[]; institutions: number[] }> {
  if (ids.length === 0) return { keys: [], institutions: [] }
  const rows = await tx.query<
    Stored<typeof affiliations, 'name_key'> & { institutions: number[] | null }
  >(sql`
    delete from ${a} where ${a.id} = any(${ids}::bigint[]) and not exists (select from ${t} where ${t.affiliationId} = ${a.id})
    returning ${a.nameKey}, (select json_agg(${l.institutionId}) from ${l} where ${l.affiliationId} = ${a.id}) as institutions`)
  return {
    keys: rows.flatMap((row) => row.name_key ?? []),
    institutions: rows.flatMap((row) => row.institutions ?? []),
  }
}

async function papersWith(tx: Transaction, affiliationIds: number[]): Promise<number[]> {
  if (affiliationIds.length === 0) return []
  const rows = await tx.query<{ id: number }>(sql`
    select distinct ${t.paperId} as id from ${t} where ${t.affiliationId} = any(${affiliationIds}::bigint[])`)
  return rows.map(({ id }) => id)
}

const SHOWN = ['positions', 'evidence', 'source', 'matched', 'publishedSort'] as const

/** Recomputes the institutions of these papers, and the counts. Returns the papers with a visible change. */
async function rebuild(tx: Transaction, paperIds: number[]): Promise<number[]> {
  if (paperIds.length === 0) return []
  const own = alias(paperInstitutions, 'excluded')
  const rows = await tx.query<{ paper_id: number; target: number; gain: number }>(sql`
    with wanted as materialized (
      select ${t.paperId}, ${l.institutionId}, coalesce(array_agg(distinct at.position order by at.position) filter (where at.position is not null), '{}') as positions,
        min(${l.evidence}) as evidence, (array_agg(${t.source} order by ${l.evidence}, ${t.source}))[1] as source,
        (array_agg(${l.matched} order by ${l.evidence}, ${l.matched}))[1] as matched, ${p.publishedSort}
      from ${t} join ${l} on ${l.affiliationId} = ${t.affiliationId} join ${p} on ${p.id} = ${t.paperId}
        left join lateral unnest(${t.positions}) as at(position) on true
      where ${t.paperId} = any(${paperIds}::bigint[]) group by ${t.paperId}, ${l.institutionId}, ${p.publishedSort}
    ), gone as (
      delete from ${pi} where ${pi.paperId} = any(${paperIds}::bigint[]) and not exists (
        select from wanted w where w.paper_id = ${pi.paperId} and w.institution_id = ${pi.institutionId})
      returning ${pi.paperId}, ${pi.institutionId} as target, -1 as gain
    ), written as (
      insert into ${paperInstitutions} as pi (${columns(paperInstitutions, 'paperId', 'institutionId', ...SHOWN)})
      select paper_id, institution_id, positions, evidence, source, matched, published_sort from wanted
      on conflict (${paperInstitutions.paperId}, ${paperInstitutions.institutionId}) do update
      set ${overwrites(paperInstitutions, ...SHOWN)}
      where (${columns(pi, ...SHOWN)}) is distinct from (${columns(own, ...SHOWN)})
      returning ${pi.paperId}, ${pi.institutionId} as target, (pi.xmax = 0)::int as gain
    )
    select * from gone union all select * from written`)
  await recountInstitutions(tx, rows)
  return [...new Set(rows.map((row) => row.paper_id))]
}

/** Updates the counts by the gains and losses, and deletes institutions without papers. */
async function recountInstitutions(
  tx: Transaction,
  rows: { target: number; gain: number }[],
): Promise<void> {
  const gains = new Map<number, number>()
  for (const { target, gain } of rows) gains.set(target, (gains.get(target) ?? 0) + gain)
  const changed = [...gains].filter(([, gain]) => gain !== 0)
  if (changed.length === 0) return
  await tx.query(sql`
    update ${i} set ${institutions.paperCount} = ${i.paperCount} + g.gain
    from unnest(${changed.map(([id]) => id)}::bigint[], ${changed.map(([, gain]) => gain)}::int[]) as g(id, gain)
    where ${i.id} = g.id`)
  const poorer = changed.flatMap(([id, gain]) => (gain < 0 ? id : []))
  if (poorer.length === 0) return
  const t = alias(institutions, 't')
  await dropFormer(
    tx,
    'institutions',
    sql`${t.id} = any(${poorer}::bigint[]) and ${t.paperCount} <= 0
      and not exists (select from ${l} where ${l.institutionId} = ${t.id})`,
  )
}
