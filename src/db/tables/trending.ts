import {
  bigint,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { papers } from './papers.ts'
import { repositories } from './repositories.ts'

/**
 * The scores of every paper, one for each window, in days since the epoch of domain/trending. A trigger makes the row with the
 * paper; `trend` updates it. In its own table, as rows of papers are wide and have many indexes.
 */
export const paperTrends = pgTable(
  'paper_trends',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .primaryKey()
      .references(() => papers.id, { onDelete: 'cascade' }),
    day: real().notNull(),
    week: real().notNull(),
    month: real().notNull(),
    /** What each score is the sum of, in the order of `TREND_PARTS`; null where it is recency alone. */
    dayParts: real('day_parts').array(),
    weekParts: real('week_parts').array(),
    monthParts: real('month_parts').array(),
    /** The day of its first repository; null without one. */
    codeOn: date('code_on', { mode: 'string' }),
    /** When its score was worked out; null while only its date counts. */
    scoredAt: timestamp('scored_at', { withTimezone: true, mode: 'string' }),
  },
  (t) => [
    index('paper_trends_day_idx').on(t.day, t.paperId),
    index('paper_trends_week_idx').on(t.week, t.paperId),
    index('paper_trends_month_idx').on(t.month, t.paperId),
  ],
)

/**
 * Papers and repositories whose signals changed since the last update, added by triggers. Without a key, as two that mark one row
 * would wait for each other.
 */
export const trendMarks = pgTable('trend_marks', {
  /** `paper` or `repository`. */
  kind: text().notNull(),
  ref: bigint({ mode: 'number' }).notNull(),
})

/** What is usual for a signal in the papers of a topic, for each month; of the whole catalogue under the topic 0. */
export const trendUsual = pgTable(
  'trend_usual',
  {
    /** `stars`, `upvotes`, `citations` or `votes`. */
    signal: text().notNull(),
    topicId: bigint('topic_id', { mode: 'number' }).notNull(),
    /** Its first day. */
    month: date({ mode: 'string' }).notNull(),
    usual: real().notNull(),
  },
  (t) => [primaryKey({ columns: [t.signal, t.topicId, t.month] })],
)

/** Sudden gains of stars beyond what was expected, to see many that are alike on one day. */
export const starJumps = pgTable(
  'star_jumps',
  {
    repositoryId: bigint('repository_id', { mode: 'number' })
      .notNull()
      .references(() => repositories.id, { onDelete: 'cascade' }),
    observedOn: date('observed_on', { mode: 'string' }).notNull(),
    /** Days since the count before. */
    days: integer().notNull().default(1),
    stars: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.repositoryId, t.observedOn] }),
    index('star_jumps_day_idx').on(t.observedOn, t.stars),
  ],
)

/** The first papers of each window at the end of a day, for `previousRank`. */
export const trendRanks = pgTable(
  'trend_ranks',
  {
    /** `day`, `week` or `month`. */
    span: text().notNull(),
    takenOn: date('taken_on', { mode: 'string' }).notNull(),
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    score: real().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.span, t.takenOn, t.paperId] }),
    index('trend_ranks_score_idx').on(t.span, t.takenOn, t.score),
    index('trend_ranks_paper_idx').on(t.paperId),
  ],
)

/** One row: when the scores were updated. */
export const trendState = pgTable('trend_state', {
  id: smallint().primaryKey(),
  /** The day, in UTC, whose data they hold. */
  updatedOn: date('updated_on', { mode: 'string' }).notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'string' }).notNull(),
  /** The last update that changed a score; null before the first that was noted. */
  changedAt: timestamp('changed_at', { withTimezone: true, mode: 'string' }),
  /** The constants that they were made with; null where these were not noted. */
  constants: text(),
})
