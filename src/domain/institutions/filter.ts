import { alias, join, type Sql, sql } from '../../db/sql.ts'
import { institutions, paperInstitutions } from '../../db/tables/institutions.ts'
import { papers } from '../../db/tables/papers.ts'
import type { Entity } from '../../sql/selection.ts'
import { acronymKey, institutionKey } from '../record/affiliation.ts'
import { normaliseRor } from '../reference/ror.ts'
import { institutionEntity } from './institution.ts'
import { institutionIdOf, universitiesOf } from './reference.ts'

const p = alias(papers, 'p')
const x = alias(paperInstitutions, 'x')
const f = alias(paperInstitutions, 'f')
const i = alias(institutions, 'i')
const o = alias(institutions, 'o')

/** Condition: the paper `p` has one of the institutions; `ids` are those of references that were looked up. */
export function atInstitution(
  refs: readonly string[],
  ids: ReadonlyMap<string, number> | undefined,
): Sql {
  if (refs.length === 0) return sql`false`
  const known = refs.map((ref) => {
    const id = ids?.get(ref)
    return id === undefined ? institutionIdOf(ref) : sql`${id}::bigint`
  })
  return sql`exists (select from ${x} where ${x.paperId} = ${p.id}
    and ${x.institutionId} = any(array[${join(known)}]::bigint[]))`
}

/** Links to papers, as `x`, of the institutions that a word or several, or a ROR id, mean in a search. */
export function institutionsNamed(text: string): { from: Sql; where: Sql } {
  const ror = normaliseRor(text)
  if (ror !== null)
    return {
      from: sql`${x}`,
      where: sql`${x.institutionId} in (select ${i.id} from ${i} where ${i.ror} = ${ror})`,
    }
  const words = institutionKey(text).split(' ').filter(Boolean)
  if (words.length === 0) return { from: sql`${x}`, where: sql`false` }
  const held = words.map((word) => `% ${word} %`)
  const query = words.map((word) => `'${word}'`).join(' & ')
  const short = acronymKey(text)
  const isShort = (of: Sql) =>
    sql`exists (select from unnest(${of}) as s(name) where lower(s.name) = ${short})`
  // Initials count where no institution is stated to be called so.
  return {
    from: sql`${x}`,
    where: sql`${x.institutionId} in (select ${i.id} from ${i} where ${i.slug} = ${text.trim().toLowerCase()}
      or ${i.nameKeys} && ${universitiesOf(text)}::text[]
      or (keys_vector(${i.nameKeys} || ${i.shortKeys}) @@ ${query}::tsquery
        and exists (select from unnest(${i.nameKeys}) as n(name) where ' ' || n.name || ' ' like all(${held}::text[])))
      or (${i.shortKeys} @> array[${short}::text] and (${isShort(sql`${i.acronyms}`)}
        or not exists (select from ${o} where ${o.shortKeys} @> array[${short}::text] and ${isShort(sql`${o.acronyms}`)}))))`,
  }
}

/** How papers are counted by their institutions. */
export const INSTITUTION_FACET = {
  own: ['institutions'],
  key: sql`${f.institutionId}`,
  join: sql` join ${f} on ${f.paperId} = ${p.id}`,
  entity: {
    id: institutionEntity.id,
    columns: { count: sql`g.count`, value: sql`${i.slug}`, label: sql`${i.name}` },
    relations: { institution: { kind: 'joined', entity: institutionEntity } },
  } satisfies Entity,
  named: sql` join ${i} on ${i.id} = g.key`,
  kept: { from: sql`${i}`, id: sql`${i.id}`, count: sql`${i.paperCount}` },
}
