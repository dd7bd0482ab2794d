import { alias, join, type Sql, sql } from '../../db/sql.ts'
import { institutions, paperInstitutions } from '../../db/tables/institutions.ts'
import { papers } from '../../db/tables/papers.ts'
import type { Entity } from '../../sql/selection.ts'
import { institutionEntity } from './institution.ts'
import { institutionIdOf } from './reference.ts'

const p = alias(papers, 'p')
const x = alias(paperInstitutions, 'x')
const f = alias(paperInstitutions, 'f')
const i = alias(institutions, 'i')

/** Condition: the paper `p` has one of the institutions; `ids` has the references that were looked up. */
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

/** The facet of institutions. */
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
