import { alias, columns, type Stored, sql } from '../../../db/sql.ts'
import {
  affiliationInstitutions,
  affiliations,
  institutionRecordNames,
} from '../../../db/tables/institutions.ts'
import type { Transaction } from '../../../db/transaction.ts'
import { ensureInstitutions } from './institutions.ts'
import { type Known, type Meant, meantBy } from './resolve.ts'
import type { Stated } from './stated.ts'

const a = alias(affiliations, 'a')
const n = alias(institutionRecordNames, 'n')
const t = alias(affiliationInstitutions, 't')

/** Inserts missing affiliations. Returns all ids by hash, and the ids of the new ones. */
export async function ensureAffiliations(
  tx: Transaction,
  stated: readonly Stated[],
): Promise<{ ids: Map<string, number>; added: number[] }> {
  if (stated.length === 0) return { ids: new Map(), added: [] }
  const rows = stated.map(({ isClaim, nameKey, ...others }) => ({
    ...others,
    is_claim: isClaim,
    name_key: nameKey,
  }))
  const found = await tx.query<
    Stored<typeof affiliations, 'id' | 'hash'> & { is_new: boolean }
  >(sql`
    with given as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(hash text, name text, is_claim boolean,
        ror text, domain text, acronym text, name_key text, keys text[])
    ), added as (
      insert into ${affiliations} (${columns(affiliations, 'hash', 'name', 'isClaim', 'ror', 'domain', 'acronym', 'nameKey', 'keys')})
      select hash, name, is_claim, ror, domain, acronym, name_key, keys from given r
      where not exists (select from ${a} where ${a.hash} = r.hash)
      returning ${affiliations.id}, ${affiliations.hash}
    )
    select id, hash, true as is_new from added
    union all
    select ${a.id}, ${a.hash}, false from given r join ${a} on ${a.hash} = r.hash`)
  return {
    ids: new Map(found.map(({ id, hash }) => [hash, id])),
    added: found.flatMap(({ id, is_new }) => (is_new ? id : [])),
  }
}

/** The affiliations that depend on one of these names. */
export async function affiliationsNaming(
  tx: Transaction,
  keys: readonly string[],
): Promise<number[]> {
  if (keys.length === 0) return []
  const rows = await tx.query<{ id: number }>(
    sql`select ${a.id} from ${a} where ${a.keys} && ${keys}::text[]`,
  )
  return rows.map(({ id }) => id)
}

type Row = Stored<typeof affiliations, 'id' | 'name' | 'ror' | 'keys' | 'is_claim'>
interface Link {
  affiliation_id: number
  institution_id: number
  evidence: Meant['evidence']
  matched: string | null
}

/** Resolves these affiliations to institutions again. Returns the affiliations and institutions for which the result changed. */
export async function resolveAffiliations(
  tx: Transaction,
  ids: readonly number[],
): Promise<{ affiliations: number[]; institutions: number[] }> {
  if (ids.length === 0) return { affiliations: [], institutions: [] }
  const rows = await tx.query<Row>(sql`
    select ${columns(a, 'id', 'name', 'ror', 'keys', 'isClaim')} from ${a} where ${a.id} = any(${ids}::bigint[])`)
  const known = await knownNames(tx, [...new Set(rows.flatMap(({ keys }) => keys))])
  const before = await tx.query<Link>(sql`
    select ${columns(t, 'affiliationId', 'institutionId', 'evidence', 'matched')} from ${t}
    where ${t.affiliationId} = any(${ids}::bigint[])`)
  const meant = rows.flatMap(({ is_claim, ...row }) =>
    meantBy({ ...row, isClaim: is_claim }, known).map((one) => ({ ...one, affiliation: row.id })),
  )
  const { ids: institutionIds, adopted } = await ensureInstitutions(tx, meant, before)
  const after = meant.map(
    ({ affiliation, entity, evidence, matched }): Link => ({
      affiliation_id: affiliation,
      institution_id: institutionIds.get(entity) ?? 0,
      evidence,
      matched,
    }),
  )
  const changed = await replace(tx, before, after)
  // An adopted institution changes its name and description even though it keeps its row.
  return { ...changed, institutions: [...new Set([...changed.institutions, ...adopted])] }
}

async function replace(tx: Transaction, before: Link[], after: Link[]) {
  const textOf = (link: Link) =>
    JSON.stringify([link.affiliation_id, link.institution_id, link.evidence, link.matched])
  const [old, now] = [new Set(before.map(textOf)), new Set(after.map(textOf))]
  const gone = before.filter((link) => !now.has(textOf(link)))
  const added = after.filter((link) => !old.has(textOf(link)))
  if (gone.length > 0)
    await tx.query(sql`
      delete from ${t} using jsonb_to_recordset(${JSON.stringify(gone)}::text::jsonb) as r(affiliation_id bigint, institution_id bigint)
      where ${t.affiliationId} = r.affiliation_id and ${t.institutionId} = r.institution_id`)
  if (added.length > 0)
    await tx.query(sql`
      insert into ${affiliationInstitutions} (${columns(affiliationInstitutions, 'affiliationId', 'institutionId', 'evidence', 'matched')})
      select affiliation_id, institution_id, evidence::institution_evidence, matched
      from jsonb_to_recordset(${JSON.stringify(added)}::text::jsonb)
        as r(affiliation_id bigint, institution_id bigint, evidence text, matched text)`)
  const changed = [...gone, ...added]
  return {
    affiliations: [...new Set(changed.map((link) => link.affiliation_id))],
    institutions: [...new Set(changed.map((link) => link.institution_id))],
  }
}

/** The institutions that have these keys as names, by records of institutions and claims of papers. */
async function knownNames(tx: Transaction, keys: readonly string[]): Promise<Map<string, Known>> {
  if (keys.length === 0) return new Map()
  const rows = await tx.query<{ key: string; ror: string | null; short: boolean }>(sql`
    select ${n.nameKey} as key, ${n.ror}, ${n.isAcronym} as short from ${n} where ${n.nameKey} = any(${keys}::text[])
    union
    select ${a.nameKey}, ${a.ror}, false from ${a} where ${a.nameKey} = any(${keys}::text[])`)
  const known = new Map<string, { rors: Set<string>; shortOf: Set<string>; isNamed: boolean }>()
  for (const { key, ror, short } of rows) {
    const own = known.get(key) ?? { rors: new Set(), shortOf: new Set(), isNamed: false }
    known.set(key, own)
    if (ror === null) own.isNamed = true
    else if (short) own.shortOf.add(ror)
    else own.rors.add(ror)
  }
  return known
}
