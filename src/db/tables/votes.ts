import { bigint, date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, sortText } from './papers.ts'

/**
 * Who found which paper worth reading. The id is that of the time of the vote and no foreign key: redirects lead to the paper
 * that it is now, and after a split back again.
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
 * The upvotes that a record of a source stated, by the day (UTC) on which it was read: a later reading replaces the record, not
 * these. No foreign key: a record that is taken out for its licence may come back.
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
