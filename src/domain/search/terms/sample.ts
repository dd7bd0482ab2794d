import { alias, join, type Sql, sql } from '../../../db/sql.ts'
import { papers } from '../../../db/tables/papers.ts'

const x = alias(papers, 'x')

/** Number of papers on which conditions are evaluated. A share of 1% is then known to within a half. */
const SAMPLE = 400

/** The share of papers that meet all conditions on the alias `p`, as an expression: of some papers, evenly over their ids. */
export function shareOfSample(conditions: readonly Sql[]): Sql {
  if (conditions.length === 0) return sql`1::float8`
  // Adds half a paper, because a condition that none of these meet may still be met by others.
  return sql`(select (count(*) filter (where ${join(conditions, ' and ')}) + 0.5)::float8 / (count(*) + 0.5)::float8
    from generate_series(1, ${SAMPLE}::int) as n
    cross join lateral (select * from ${x} where ${x.id} >= n * (select max(id) from ${papers}) / ${SAMPLE}::int
      order by ${x.id} limit 1) p)`
}
