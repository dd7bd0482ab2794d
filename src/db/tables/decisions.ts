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

/** Decisions of venues on a paper; several rows if it was submitted to several venues, or if sources disagree. */
export const paperDecisions = pgTable(
  'paper_decisions',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    /** Order from 0, the latest year first. */
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
    /** The award in its usual form, one for each if there are several. */
    awards: text().array(),
    /** False for candidates. */
    isAwarded: boolean('is_awarded').notNull(),
    session: text(),
    area: text(),
    ratingMean: real('rating_mean'),
    ratingCount: smallint('rating_count'),
    /** Names of the sources. */
    sources: text().array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.position] }),
    index('paper_decisions_venue_idx').on(t.venueId, t.year, t.paperId),
    index('paper_decisions_presentation_idx').on(t.presentation, t.paperId),
    index('paper_decisions_outcome_idx').on(t.outcome, t.paperId),
    index('paper_decisions_awarded_idx').on(t.paperId).where(sql`is_awarded`),
    index('paper_decisions_awards_idx').using('gin', t.awards),
    // Also gives the planner statistics of the expressions: without them, it assumes that every name is rare.
    index('paper_decisions_session_idx').on(sql`lower(session)`, t.paperId),
    index('paper_decisions_area_idx').on(sql`lower(area)`, t.paperId),
    // By the words of the names, for searches.
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
