import { alias, pick, raw, sql } from '../../db/sql.ts'
import { paperIdentifiers } from '../../db/tables/papers.ts'
import type { Entity } from '../../sql/selection.ts'

const i = alias(paperIdentifiers, 'i')

/**
 * The relation with all identifiers of an entity, by scheme and value. `table` has the columns `scheme` and `value`;
 * `owner` is its column with the id of the entity, which is aliased as `alias`.
 */
export function identifierRelation(
  table: string,
  owner: string,
  alias: string,
): Entity['relations'][string] {
  const entity: Entity = {
    id: sql`${i.scheme} || ':' || ${i.value}`,
    columns: pick(i, 'scheme', 'value'),
    relations: {},
  }
  return {
    kind: 'list',
    list: () => ({
      entity,
      from: sql`${raw(table)} i`,
      condition: sql`i.${raw(owner)} = ${raw(alias)}.id`,
      order: {
        name: table,
        direction: 'asc',
        keys: [
          { column: sql`${i.scheme}`, type: 'text' },
          { column: sql`${i.value}`, type: 'text' },
        ],
        valuesOf: () => [],
      },
      head: () => sql`true`,
    }),
  }
}
