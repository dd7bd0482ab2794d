import { alias, type Sql, sql } from '../../db/sql.ts'
import { paperDecisions } from '../../db/tables/decisions.ts'
import { papers } from '../../db/tables/papers.ts'
import { type DecisionFilter, decisionConditions } from './decision-filter.ts'
import { type FacetDefinition, plainGroup } from './facet.ts'

const p = alias(papers, 'p')
const d = alias(paperDecisions, 'd')

/** A facet of decisions. A paper with several decisions counts once for each value, and only by decisions that meet the filter. */
function byDecision(own: keyof DecisionFilter, key: Sql, more: Partial<FacetDefinition> = {}) {
  return {
    own: [],
    ownOfDecisions: own,
    key,
    join: sql` join ${d} on ${d.paperId} = ${p.id}`,
    condition: sql`${key} is not null`,
    matching: ({ decisions }) => (decisions ? decisionConditions(decisions) : []),
    count: sql`count(distinct ${p.id})`,
    entity: plainGroup(sql`g.key`),
    ...more,
  } satisfies FacetDefinition
}

/** Printed names, which sources capitalise differently. */
const printed = (own: keyof DecisionFilter, name: Sql) =>
  byDecision(own, sql`lower(${name}) collate "C"`, {
    name: sql`${name} collate "C"`,
    entity: plainGroup(sql`g.name`),
  })

/** Facets of the decisions on papers. */
export const DECISION_FACETS = {
  outcomes: byDecision('outcome', sql`${d.outcome}`),
  presentations: byDecision('presentation', sql`${d.presentation}`),
  awards: byDecision('awards', sql`w.award`, {
    join: sql` join ${d} on ${d.paperId} = ${p.id} cross join unnest(${d.awards}) w(award)`,
  }),
  sessions: printed('sessions', sql`${d.session}`),
  areas: printed('areas', sql`${d.area}`),
}
