import { bigint, date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, sortText } from './papers.ts'

/**
 * Upvotes of papers. The paper's id is that at the time of the vote, and not a foreign key: redirects lead to the current paper, and after
 * a split back again.
 */
export const paperUpvotes = pgTable(
  'paper_upvotes',
  {
    /** `key:` and the name of an API key, or `mail:` and a hash of a confirmed address. */
    voter: text().notNull(),
    paperId: bigint('paper_id', { mode: 'number' }).notNull(),
    createdAt: instant('created_at'),
  },
  (t) => [
    primaryKey({ columns: [t.voter, t.paperId] }),
    index('paper_upvotes_paper_idx').on(t.paperId),
  ],
)

/**
 * The upvotes that a source's record stated, by the day (UTC) on which it was read: a later reading replaces the record, not these. No
 * foreign key: a record excluded for its licence may come back.
 */
export const upvoteReadings = pgTable(
  'upvote_readings',
  {
    source: text().notNull(),
    key: sortText().notNull(),
    readOn: date('read_on', { mode: 'string' }).notNull(),
    upvotes: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.source, t.key, t.readOn] })],
)
