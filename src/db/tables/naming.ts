import { sql } from 'drizzle-orm'
import {
  bigint,
  index,
  integer,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
} from 'drizzle-orm/pg-core'
import { papers, sortText } from './papers.ts'

/** Short names that papers introduce or explain: acronyms with their long forms, and names of proposed methods and data. */
export const paperNames = pgTable(
  'paper_names',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    /** The name without case, spaces and punctuation. */
    key: sortText().notNull(),
    /** The long form as written, and as the tsquery of a phrase; null if the paper does not give it. */
    long: text(),
    longQuery: sortText('long_query'),
    /** How certain it is that this paper coined it. */
    strength: smallint().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.key] }),
    index('paper_names_key_idx').on(t.key, t.strength),
  ],
)

/** Long forms of acronyms in this catalogue, counted from `paper_names`. */
export const acronyms = pgTable(
  'acronyms',
  {
    key: sortText().notNull(),
    longQuery: sortText('long_query').notNull(),
    /** Number of papers that give this long form. */
    paperCount: integer('paper_count').notNull(),
    /** Share of these papers among those that explain the acronym. */
    share: real().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.key, t.longQuery] }),
    index('acronyms_long_query_idx').on(t.longQuery),
    // By the usual long forms, which each import reads.
    index('acronyms_usual_idx')
      .on(t.key, t.longQuery)
      .where(sql`paper_count >= 3 and share >= 0.5`),
  ],
)

/** Papers that may have coined a name, chosen from `paper_names`. */
export const coinedNames = pgTable(
  'coined_names',
  {
    key: sortText().notNull(),
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    strength: smallint().notNull(),
    /** Share of the papers that explain the acronym as this one does, among those that explain it. */
    share: real().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.key, t.paperId] }),
    index('coined_names_paper_idx').on(t.paperId),
  ],
)

/** Papers whose texts were added or changed since names were read; kept by a trigger. */
export const namingQueue = pgTable('naming_queue', {
  paperId: bigint('paper_id', { mode: 'number' })
    .primaryKey()
    .references(() => papers.id, { onDelete: 'cascade' }),
})

/** Keys of `paper_names` that were added or deleted since acronyms were counted; kept by a trigger. */
export const namingChanges = pgTable('naming_changes', {
  key: sortText().primaryKey(),
})
