import { date, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './papers.ts'

/** How far the catalogue follows a source that is asked again and again. */
export const syncStates = pgTable(
  'sync_states',
  {
    source: text().notNull(),
    /** The part of the source, such as a set; empty for all of it. */
    scope: text().notNull(),
    /** All that the source changed up to this day has been read, what it still changed on the day itself perhaps not. */
    doneUntil: date('done_until', { mode: 'string' }).notNull(),
    updatedAt: instant('updated_at'),
  },
  (t) => [primaryKey({ columns: [t.source, t.scope] })],
)
