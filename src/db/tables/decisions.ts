import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  pgEnum,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
} from 'drizzle-orm/pg-core'
import { papers, venues } from './papers.ts'
import { DECISION_OUTCOMES, PRESENTATIONS } from './vocabulary.ts'

export const decisionOutcome = pgEnum('decision_outcome', DECISION_OUTCOMES)
export const presentationForm = pgEnum('presentation', PRESENTATIONS)

/** What became of a paper at a venue; several rows where it was submitted to several, or where sources disagree. */
export const paperDecisions = pgTable(
  'paper_decisions',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    /** From 0, the latest year first. */
    position: smallint().notNull(),
    venueId: bigint('venue_id', { mode: 'number' }).references(() => venues.id, {
      onDelete: 'set null',
    }),
    year: smallint(),
    outcome: decisionOutcome(),
    presentation: presentationForm(),
    /** As the source prints it. */
    status: text(),
    track: text(),
    /** As the source prints it. */
    award: text(),
    /** The award in its usual form, and each where it got several. */
    awards: text().array(),
    /** Not for candidates. */
    isAwarded: boolean('is_awarded').notNull(),
    session: text(),
    area: text(),
    ratingMean: real('rating_mean'),
    ratingCount: smallint('rating_count'),
    /** By name. */
    sources: text().array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.position] }),
    index('paper_decisions_venue_idx').on(t.venueId, t.year, t.paperId),
    index('paper_decisions_presentation_idx').on(t.presentation, t.paperId),
    index('paper_decisions_outcome_idx').on(t.outcome, t.paperId),
    index('paper_decisions_awarded_idx').on(t.paperId).where(sql`is_awarded`),
    index('paper_decisions_awards_idx').using('gin', t.awards),
    // Also for the statistics of the expressions: without them, the planner takes every name for rare.
    index('paper_decisions_session_idx').on(sql`lower(session)`, t.paperId),
    index('paper_decisions_area_idx').on(sql`lower(area)`, t.paperId),
    // By their words, which the search looks for.
    index('paper_decisions_award_words_idx')
      .using('gin', sql`key_vector(regexp_replace(lower(award), '[^[:alnum:]]+', ' ', 'g'))`)
      .where(sql`award is not null`),
    index('paper_decisions_session_words_idx')
      .using('gin', sql`key_vector(regexp_replace(lower(session), '[^[:alnum:]]+', ' ', 'g'))`)
      .where(sql`session is not null`),
    index('paper_decisions_area_words_idx')
      .using('gin', sql`key_vector(regexp_replace(lower(area), '[^[:alnum:]]+', ' ', 'g'))`)
      .where(sql`area is not null`),
    index('paper_decisions_rating_idx').on(t.ratingMean, t.paperId),
  ],
)
