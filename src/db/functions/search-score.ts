import { CITATION_POINTS, FRESHNESS_EPOCH, FRESHNESS_POINTS, FRESHNESS_YEARS } from '../ranking.ts'

const DAYS_A_YEAR = 365.25
const MOST_DAYS = Math.round(FRESHNESS_YEARS * DAYS_A_YEAR)

/** The parts of a search's score that do not depend on the query. Columns of papers are generated with them. */
export const searchScore = `
create or replace function search_citation_score(citations integer) returns real language sql immutable parallel safe
return (${CITATION_POINTS} * ln(1 + greatest(citations, 0)::float8))::real;

create or replace function search_freshness_score(published date) returns real language sql immutable parallel safe
return (${FRESHNESS_POINTS}::float8 * coalesce(least(greatest(published - date '${FRESHNESS_EPOCH}', 0), ${MOST_DAYS}), 0)::float8
  / ${DAYS_A_YEAR}::float8)::real;
`
