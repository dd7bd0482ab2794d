import { bigint, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './papers.ts'

/**
 * Who found which paper worth reading. The id is that of the time of the vote and no foreign key: redirects lead to the paper
 * that it is now, and after a split back again.
 */
export const paperUpvotes = pgTable(
  'paper_upvotes',
  {
    /** Such as `key:` and the name of an API key. */
    voter: text().notNull(),
    paperId: bigint('paper_id', { mode: 'number' }).notNull(),
    createdAt: instant('created_at'),
  },
  (t) => [
    primaryKey({ columns: [t.voter, t.paperId] }),
    index('paper_upvotes_paper_idx').on(t.paperId),
  ],
)
