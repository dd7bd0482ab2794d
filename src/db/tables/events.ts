import {
  bigint,
  date,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import { datePrecision, papers } from './papers.ts'
import { EVENT_KINDS } from './vocabulary.ts'

export const eventKind = pgEnum('event_kind', EVENT_KINDS)

/** Versions of papers and notices about them, as sources state them. */
export const paperEvents = pgTable(
  'paper_events',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    /** Order in which they are shown, from 1: the latest first. */
    place: integer().notNull(),
    kind: eventKind().notNull(),
    happenedOn: date('happened_on', { mode: 'string' }),
    precision: datePrecision(),
    /** Number of a version; null for a notice. */
    number: integer(),
    reason: text(),
    notice: text(),
    sources: text().array().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.place] }),
    index('paper_events_kind_idx').on(t.kind, t.paperId),
  ],
)
