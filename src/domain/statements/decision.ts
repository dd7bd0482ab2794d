import { alias, pick, type Sql, sql } from '../../db/sql.ts'
import { paperDecisions } from '../../db/tables/decisions.ts'
import { venues } from '../../db/tables/papers.ts'
import type { DecisionOutcome, Presentation } from '../../db/tables/vocabulary.ts'
import type { JsonList } from '../../sql/selection.ts'
import { type Paper, paperEntity } from '../entity/paper.ts'
import { type Venue, venueEntity } from '../entity/venue.ts'

const o = alias(paperDecisions, 'o')
const v = alias(venues, 'v')

/** The decision of a venue on a paper. */
export interface PaperDecision {
  venue: Venue | null
  year: number | null
  outcome: DecisionOutcome | null
  presentation: Presentation | null
  status: string | null
  track: string | null
  award: string | null
  isAwarded: boolean
  session: string | null
  area: string | null
  rating: ReviewRating | null
  sources: string[]
}

export interface ReviewRating {
  mean: number
  count: number | null
}

/** The decisions on a paper, if they were selected. */
export const decisionsOf = (paper: Paper): PaperDecision[] =>
  (paper as Paper & { decisions?: PaperDecision[] }).decisions ?? []

/** The decisions on the paper `paperId`, the latest year first. */
function decisionList(paperId: Sql): JsonList {
  return {
    entity: {
      id: sql`${o.position}`,
      columns: pick(
        o,
        'year',
        'outcome',
        'presentation',
        'status',
        'track',
        'award',
        'isAwarded',
        'session',
        'area',
        'sources',
      ),
      relations: {
        venue: {
          kind: 'one',
          entity: venueEntity,
          from: sql`${v}`,
          condition: sql`${v.id} = ${o.venueId}`,
        },
        rating: {
          kind: 'one',
          entity: {
            id: sql`${o.position}`,
            columns: { mean: sql`b.mean`, count: sql`b.count` },
            relations: {},
          },
          from: sql`(select ${o.ratingMean} as mean, ${o.ratingCount} as count) b`,
          condition: sql`b.mean is not null`,
        },
      },
    },
    from: sql`${o}`,
    condition: sql`${o.paperId} = ${paperId}`,
    order: {
      name: 'decisions',
      direction: 'asc',
      keys: [{ column: sql`${o.position}`, type: 'integer' }],
      valuesOf: () => [],
    },
    head: () => sql`true`,
  }
}

paperEntity.relations.decisions = { kind: 'list', list: () => decisionList(paperEntity.id) }
