import { type Sql, sql } from '../../db/sql.ts'
import type { Entity } from '../../sql/selection.ts'
import type { StatementFilter } from './conditions.ts'
import type { DecisionFilter } from './decision-filter.ts'

/** How papers are counted by the values of a facet. */
export interface FacetDefinition {
  /** Fields of the filter that ask for values of this facet. */
  own: readonly string[]
  /** Of the filter by decisions, the field that does. */
  ownOfDecisions?: keyof DecisionFilter
  /** The value of a paper, or of what `join` adds to it as `f`. */
  key: Sql
  join?: Sql
  condition?: Sql
  /** What the filter of the list asks of the rows that `join` adds. */
  matching?: (filter: StatementFilter & { decisions?: DecisionFilter | null | undefined }) => Sql[]
  count?: Sql
  /** How values that are grouped by their key are written. */
  name?: Sql
  /** Leaves out groups of which no row has a name. */
  isNamedOnly?: boolean
  /** Of the groups, by their `key` and `count`. Default: the commonest first. */
  order?: Sql
  /** What is read of the groups, which are `g`. */
  entity: Entity
  /** Joins the table that names the groups. */
  named?: Sql
  /** The alias of that table, where it keeps the number of its papers. */
  kept?: { from: Sql; id: Sql; count: Sql }
}

/** Of groups that are read as their key, or as their name. */
export const plainGroup = (key: Sql): Entity => ({
  id: key,
  columns: { count: sql`g.count`, value: key },
  relations: {},
})
