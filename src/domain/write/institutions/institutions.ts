import { alias, columns, type Stored, sql } from '../../../db/sql.ts'
import {
  affiliationInstitutions,
  affiliations,
  institutionRecords,
  institutions,
} from '../../../db/tables/institutions.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { noteShown } from '../../changes/fan-out.ts'
import type { InstitutionRecord } from '../../record/profile-record.ts'
import { slugify } from '../../record/title-key.ts'
import { formerKeys, idFor } from '../relations/former.ts'
import { type DescribedBy, type Description, descriptionOf } from './description.ts'

const a = alias(affiliations, 'a')
const i = alias(institutions, 'i')
const l = alias(affiliationInstitutions, 'l')
const r = alias(institutionRecords, 'r')

interface Meaning {
  affiliation: number
  entity: string
}

/**
 * Inserts missing institutions; returns all ids. An institution known by its name that now has a ROR id keeps its row and is returned as
 * adopted. `before` are the institutions that the affiliations resolved to before.
 */
export async function ensureInstitutions(
  tx: Transaction,
  meant: readonly Meaning[],
  before: readonly { affiliation_id: number; institution_id: number }[],
): Promise<{ ids: Map<string, number>; adopted: number[] }> {
  const entities = [...new Set(meant.map(({ entity }) => entity))]
  if (entities.length === 0) return { ids: new Map(), adopted: [] }
  const found = await idsOf(tx, entities)
  const missing = entities.filter((entity) => !found.has(entity))
  if (missing.length === 0) return { ids: found, adopted: [] }
  // A row that other affiliations still resolve to is not reused: only one spelling of its name has a ROR id now.
  const still = new Set(found.values())
  const free = before.filter((link) => !still.has(link.institution_id))
  // An institution that existed before gets its former row back.
  const former = await formerKeys(tx, 'institutions', missing)
  const fresh = missing.filter((entity) => !former.has(entity))
  const adopted = await adopt(tx, meant, free, new Set(fresh))
  await tx.query(sql`
    insert into ${institutions} (${columns(institutions, 'id', 'entity', 'slug', 'ror', 'name', 'nameKey', 'nameKeys', 'acronyms', 'shortKeys')}) overriding system value
    select ${idFor('institutions', sql`entity`)}, entity, entity, nullif(substring(entity from '^ror:(.*)'), ''), entity, entity, '{}', '{}', '{}'
    from unnest(${missing}::text[]) as m(entity) on conflict (${institutions.entity}) do nothing`)
  return { ids: await idsOf(tx, entities), adopted }
}

async function idsOf(tx: Transaction, entities: string[]): Promise<Map<string, number>> {
  const rows = await tx.query<Stored<typeof institutions, 'id' | 'entity'>>(sql`
    select ${i.id}, ${i.entity} from ${i} where ${i.entity} = any(${entities}::text[])`)
  return new Map(rows.map(({ id, entity }) => [entity, id]))
}

/** Assigns to a new ROR id the row of the name whose affiliations it takes over, the oldest of several. */
async function adopt(
  tx: Transaction,
  meant: readonly Meaning[],
  before: readonly { affiliation_id: number; institution_id: number }[],
  missing: ReadonlySet<string>,
): Promise<number[]> {
  const old = new Map(before.map((link) => [link.affiliation_id, link.institution_id]))
  const heirs = new Map<number, string>()
  for (const { affiliation, entity } of meant) {
    const id = old.get(affiliation)
    if (id !== undefined && missing.has(entity) && entity.startsWith('ror:')) heirs.set(id, entity)
  }
  const taken = new Map<string, number>()
  for (const [id, entity] of heirs) taken.set(entity, Math.min(id, taken.get(entity) ?? id))
  if (taken.size === 0) return []
  await tx.query(sql`
    update ${i} set ${institutions.entity} = m.entity, ${institutions.ror} = substring(m.entity from '^ror:(.*)')
    from unnest(${[...taken.values()]}::bigint[], ${[...taken.keys()]}::text[]) as m(id, entity)
    where ${i.id} = m.id and ${i.entity} like 'name:%'`)
  return [...taken.values()]
}

type Row = Stored<typeof institutions, 'id' | 'entity' | 'slug' | 'name'> & {
  records: InstitutionRecord[] | null
  claims: DescribedBy['claims'] | null
}

/** Recomputes names and descriptions of these institutions from records of institutions and claims of papers. */
export async function describeInstitutions(tx: Transaction, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const rows = await tx.query<Row>(sql`
    select ${columns(i, 'id', 'entity', 'slug', 'name')},
      (select json_agg(${r.record} order by ${r.source} desc, ${r.key}) from ${r} where ${r.ror} = ${i.ror}) as records,
      (select json_agg(json_build_object('name', ${a.name}, 'nameKey', ${a.nameKey}, 'acronym', ${a.acronym}, 'domain', ${a.domain}))
        from ${l} join ${a} on ${a.id} = ${l.affiliationId} where ${l.institutionId} = ${i.id} and ${a.isClaim}) as claims
    from ${i} where ${i.id} = any(${ids}::bigint[]) order by ${i.id}`)
  const described = rows.map(({ records, claims, ...row }) => ({
    row,
    ...descriptionOf({ entity: row.entity, records: records ?? [], claims: claims ?? [] }),
  }))
  const slugs = await slugsOf(tx, described)
  const given = described.map(({ row, ...description }) => ({
    id: row.id,
    slug: slugs.get(row.id),
    ...description,
  }))
  const changed = await tx.query<{ id: number }>(sql`
    update ${i} set ${institutions.slug} = d.slug, ${institutions.name} = d.name, ${institutions.nameKey} = d."nameKey",
      ${institutions.nameKeys} = d."nameKeys", ${institutions.acronyms} = d.acronyms, ${institutions.shortKeys} = d."shortKeys",
      ${institutions.country} = d.country, ${institutions.domain} = d.domain, ${institutions.parentRor} = d."parentRor"
    from jsonb_to_recordset(${JSON.stringify(given)}::text::jsonb) as d(id bigint, slug text, name text, "nameKey" text,
      "nameKeys" text[], acronyms text[], "shortKeys" text[], country text, domain text, "parentRor" text)
    where ${i.id} = d.id and (${columns(i, 'slug', 'name', 'nameKeys', 'acronyms', 'shortKeys', 'country', 'domain', 'parentRor')})
      is distinct from (d.slug, d.name, d."nameKeys", d.acronyms, d."shortKeys", d.country, d.domain, d."parentRor")
    returning ${i.id}`)
  await noteShown(
    tx,
    'institutions',
    changed.map(({ id }) => id),
  )
}

/** Slugs made from the names; if two institutions share a name, the later one's slug includes its ROR id or home page. */
async function slugsOf(
  tx: Transaction,
  described: readonly ({ row: { id: number; entity: string; slug: string } } & Description)[],
): Promise<Map<number, string>> {
  const bases = described.map(({ name, row }) => ({
    ...row,
    base: slugify(name).slice(0, 150) || row.entity.replace(':', '-'),
  }))
  const rows = await tx.query<Stored<typeof institutions, 'id' | 'slug'>>(sql`
    select ${i.id}, ${i.slug} from ${i} where ${i.slug} = any(${bases.map(({ base }) => base)}::text[])`)
  const holders = new Map(rows.map(({ id, slug }) => [slug, id]))
  const slugs = new Map<number, string>()
  for (const { id, base, entity } of bases) {
    const holder = holders.get(base)
    const isFree = holder === undefined || holder === id
    if (isFree) holders.set(base, id)
    slugs.set(id, isFree ? base : `${base}-${slugify(entity.replace(/^ror:/, ''))}`)
  }
  return slugs
}
