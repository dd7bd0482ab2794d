import sql, { type Sql } from 'sql-template-tag'

/**
 * A number as JavaScript writes it in JSON, of a column of type `real` or `double precision`: 0.00001 and 1e-7, where
 * Postgres writes 1e-05 and 1e-07; and never -0. `otherwise` replaces infinities and NaN. Both write the same for what lies
 * between the first bounds, which is nearly all.
 */
export function numberText(value: Sql, otherwise: Sql): Sql {
  const exact = sql`abs((${value})::text::numeric)`
  return sql`(case when ${value} = 0 then '0'
    when abs(${value}) >= 0.001 and abs(${value}) < 100000 then (${value})::text
    when ${exact} >= 0.000001 and ${exact} < 1e21 then (${value})::text::numeric::text
    when ${exact} < 'Infinity' then regexp_replace((${value})::text, 'e([+-])0', 'e\\1')
    when ${value} is not null then ${otherwise} end)`
}
