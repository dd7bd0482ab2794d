import sql, { type Sql } from 'sql-template-tag'

/**
 * A number of type `real` or `double precision` as JavaScript writes it in JSON: 0.00001 and 1e-7, where PostgreSQL writes 1e-05 and 1e-07;
 * never -0. `otherwise` replaces infinities and NaN. Between the first bounds, where nearly all numbers are, both write the same.
 */
export function numberText(value: Sql, otherwise: Sql): Sql {
  const exact = sql`abs((${value})::text::numeric)`
  return sql`(case when ${value} = 0 then '0'
    when abs(${value}) >= 0.001 and abs(${value}) < 100000 then (${value})::text
    when ${exact} >= 0.000001 and ${exact} < 1e21 then (${value})::text::numeric::text
    when ${exact} < 'Infinity' then regexp_replace((${value})::text, 'e([+-])0', 'e\\1')
    when ${value} is not null then ${otherwise} end)`
}
