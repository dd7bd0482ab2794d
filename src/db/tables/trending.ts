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
 * The scores of every paper, one for each window, in days since the epoch of domain/trending. A trigger creates the row with the paper;
 * `trend` updates it. In a table of its own, because rows of papers are wide and have many indexes.
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
    /** The parts of each score, in the order of `TREND_PARTS`; null if it is recency alone. */
    dayParts: real('day_parts').array(),
    weekParts: real('week_parts').array(),
    monthParts: real('month_parts').array(),
    /** The day of the paper's first repository; null without one. */
    codeOn: date('code_on', { mode: 'string' }),
    /** When its score was computed; null while only its date counts. */
    scoredAt: timestamp('scored_at', { withTimezone: true, mode: 'string' }),
  },
  (t) => [
    index('paper_trends_day_idx').on(t.day, t.paperId),
    index('paper_trends_week_idx').on(t.week, t.paperId),
    index('paper_trends_month_idx').on(t.month, t.paperId),
  ],
)

/**
 * Papers and repositories whose signals changed since the last update, added by triggers. Without a key, because two transactions that mark
 * one row would wait for each other.
 */
export const trendMarks = pgTable('trend_marks', {
  /** `paper` or `repository`. */
  kind: text().notNull(),
  ref: bigint({ mode: 'number' }).notNull(),
})

/** The usual value of a signal for papers of a topic, for each month; topic 0 is the whole catalogue. */
export const trendUsual = pgTable(
  'trend_usual',
  {
    /** `stars`, `upvotes`, `citations` or `votes`. */
    signal: text().notNull(),
    topicId: bigint('topic_id', { mode: 'number' }).notNull(),
    /** The first day of the month. */
    month: date({ mode: 'string' }).notNull(),
    usual: real().notNull(),
  },
  (t) => [primaryKey({ columns: [t.signal, t.topicId, t.month] })],
)

/** Sudden gains of stars beyond the expected number, to detect many similar ones on one day. */
export const starJumps = pgTable(
  'star_jumps',
  {
    repositoryId: bigint('repository_id', { mode: 'number' })
      .notNull()
      .references(() => repositories.id, { onDelete: 'cascade' }),
    observedOn: date('observed_on', { mode: 'string' }).notNull(),
    /** Days since the previous count. */
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

/** One row: the last update of the scores. */
export const trendState = pgTable('trend_state', {
  id: smallint().primaryKey(),
  /** The day, in UTC, of the data in the scores. */
  updatedOn: date('updated_on', { mode: 'string' }).notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'string' }).notNull(),
  /** The last update that changed a score; null before the first recorded one. */
  changedAt: timestamp('changed_at', { withTimezone: true, mode: 'string' }),
  /** The constants of the scores; null if they were not recorded. */
  constants: text(),
})
