import { type Sql, sql } from '../../db/sql.ts'
import type { KeysetOrder } from '../../sql/keyset.ts'
import { type ParentLists, readJsonLists } from '../../sql/list.ts'
import { type Entity, type JsonList, namedColumns } from '../../sql/selection.ts'

/** An entity that shares papers with the parent of a list, and their number. */
export interface Counted {
  id: number
  paperCount: number
  firstYear: number | null
  lastYear: number | null
  nameKey: string
}

interface CountedOptions {
  /** Name of the order, which is part of cursors. */
  name: string
  /** The counted entity, by the name of its relation. */
  relation: { author: Entity } | { institution: Entity }
  /** Its table, joined by `n.id`. */
  joined: Sql
  nameKey: Sql
  /** The papers shared with a parent, as `x(id, published_sort)`: one row for each. */
  placesOf: (parentId: Sql) => Sql
}

/** Lists of entities that share papers with a parent: most papers first, then by name. */
export function countedLists<Row extends Counted>(options: CountedOptions): ParentLists<Row> {
  const { placesOf } = options
  const order = orderOf<Row>(options)
  const entity = entityOf(options)
  const listOf = (parentId: Sql): JsonList => ({
    entity,
    from: fromOf(options, parentId),
    condition: sql`true`,
    order,
  })
  return {
    order,
    read: (db, selection, page, parentIds) =>
      readJsonLists<Row>(db, listOf, selection, page, parentIds),
    async count(db, parentIds) {
      const rows = await db.query<{ id: number; count: number }>(
        sql`select parent.id, (select count(*) from (select distinct x.id
            from ${placesOf(sql`parent.id`)}) n) as count
          from unnest(${parentIds}::bigint[]) as parent(id)`,
      )
      return new Map(rows.map(({ id, count }) => [id, count]))
    },
  }
}

const orderOf = <Row extends Counted>({ name, nameKey }: CountedOptions): KeysetOrder<Row> => ({
  name,
  direction: 'asc',
  keys: [
    { column: sql`-n.paper_count`, type: 'bigint' },
    { column: nameKey, type: 'text' },
    { column: sql`n.id`, type: 'bigint' },
  ],
  valuesOf: ({ paperCount, nameKey: key, id }) => [-paperCount, key, id],
})

const entityOf = ({ relation, nameKey }: CountedOptions): Entity => ({
  id: sql`n.id`,
  columns: { ...namedColumns('n', 'paperCount', 'firstYear', 'lastYear'), nameKey },
  relations: Object.fromEntries(
    Object.entries(relation).map(([field, entity]) => [field, { kind: 'joined', entity }]),
  ),
})

function fromOf({ joined, placesOf }: CountedOptions, parentId: Sql): Sql {
  const year = (day: Sql) => sql`date_part('year', ${day})::int`
  const day = sql`nullif(x.published_sort, '-infinity'::date)`
  return sql`(select x.id, count(*) as paper_count,
      ${year(sql`min(${day})`)} as first_year, ${year(sql`max(${day})`)} as last_year
      from ${placesOf(parentId)} group by 1) n join ${joined}`
}
