import { date, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant } from './papers.ts'

/** How far each regularly synced source has been read. */
export const syncStates = pgTable(
  'sync_states',
  {
    source: text().notNull(),
    /** The part of the source, such as a set; empty for all of it. */
    scope: text().notNull(),
    /** All changes of the source before this day have been read; those on the day itself may be incomplete. */
    doneUntil: date('done_until', { mode: 'string' }).notNull(),
    updatedAt: instant('updated_at'),
  },
  (t) => [primaryKey({ columns: [t.source, t.scope] })],
)
