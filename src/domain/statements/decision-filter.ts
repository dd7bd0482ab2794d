import { alias, type Sql, sql } from '../../db/sql.ts'
import { paperDecisions } from '../../db/tables/decisions.ts'
import { papers, venues } from '../../db/tables/papers.ts'
import type { DecisionOutcome, Presentation } from '../../db/tables/vocabulary.ts'
import { badInput, quote } from '../../errors.ts'
import { and } from '../../sql/list.ts'
import { awardNames } from '../record/decision.ts'
import { isVenueOf } from '../venues/slugs.ts'

const p = alias(papers, 'p')
const v = alias(venues, 'v')
const d = alias(paperDecisions, 'd')

/** A filter on papers with a decision that meets all given conditions. */
export interface DecisionFilter {
  venues?: Names
  years?: Maybe<readonly number[]>
  outcome?: Maybe<readonly DecisionOutcome[]>
  presentation?: Maybe<readonly Presentation[]>
  hasAward?: Maybe<boolean>
  awards?: Names
  sessions?: Names
  areas?: Names
  minRating?: Maybe<number>
  maxRating?: Maybe<number>
}
type Maybe<T> = T | null | undefined
type Names = Maybe<readonly string[]>

/** Condition: the paper `p` has a decision that meets the filter. */
export const hasDecision = (filter: DecisionFilter): Sql =>
  sql`exists (select from ${d} where ${and([sql`${d.paperId} = ${p.id}`, ...decisionConditions(filter)])})`

/** The filter as conditions on the alias `d` of decisions. */
export function decisionConditions(filter: DecisionFilter): Sql[] {
  const { venues, years, outcome, presentation, hasAward, awards, minRating, maxRating } = filter
  return [
    ...(venues
      ? [sql`${d.venueId} = any(array(select ${v.id} from ${v} where ${isVenueOf(venues)}))`]
      : []),
    ...(years ? [sql`${d.year} = any(${years}::int[])`] : []),
    ...(outcome ? [sql`${d.outcome} = any(${outcome}::decision_outcome[])`] : []),
    ...(presentation ? [sql`${d.presentation} = any(${presentation}::presentation[])`] : []),
    ...(hasAward != null ? [sql`${d.isAwarded} = ${hasAward}`] : []),
    ...(awards ? [sql`${d.awards} && ${awards.flatMap(awardNames)}::text[]`] : []),
    ...isOneOf(sql`lower(${d.session})`, filter.sessions),
    ...isOneOf(sql`lower(${d.area})`, filter.areas),
    ...(minRating != null ? [sql`${d.ratingMean} >= ${Math.fround(minRating)}::real`] : []),
    ...(maxRating != null ? [sql`${d.ratingMean} <= ${Math.fround(maxRating)}::real`] : []),
  ]
}

function isOneOf(column: Sql, names: Names): Sql[] {
  if (!names) return []
  const wanted = names.map((name) => name.trim().replace(/\s+/g, ' ').toLowerCase())
  return [sql`${column} = any(${wanted}::text[])`]
}

/** Throws BAD_USER_INPUT for values that can never match. */
export function checkDecisions(filter: DecisionFilter, path: string): void {
  for (const name of ['venues', 'awards', 'sessions', 'areas'] as const) {
    const broken = filter[name]?.find((one) => one.includes('\0'))
    if (broken !== undefined)
      throw badInput(`${path}.${name}: ${quote(broken)} contains a NUL character.`)
  }
  for (const year of filter.years ?? [])
    if (year < 1 || year > 9999)
      throw badInput(`${path}.years: ${year} is not a year; expected a number from 1 to 9999.`)
  const { minRating: min, maxRating: max } = filter
  if (min != null && max != null && min > max)
    throw badInput(
      `${path}: minRating ${min} is more than maxRating ${max}; expected minRating up to maxRating.`,
    )
}
