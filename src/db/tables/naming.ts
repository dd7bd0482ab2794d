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

/** Short names that papers give or explain: acronyms with what they stand for, and names of what they propose. */
export const paperNames = pgTable(
  'paper_names',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    /** Without case, spaces and signs. */
    key: sortText().notNull(),
    /** What it stands for, as written, and as the tsquery of a phrase; null where the paper does not say. */
    long: text(),
    longQuery: sortText('long_query'),
    /** How surely this paper coined it. */
    strength: smallint().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.key] }),
    index('paper_names_key_idx').on(t.key, t.strength),
  ],
)

/** What acronyms stand for in this catalogue, counted from `paper_names`. */
export const acronyms = pgTable(
  'acronyms',
  {
    key: sortText().notNull(),
    longQuery: sortText('long_query').notNull(),
    /** Papers that explain it so. */
    paperCount: integer('paper_count').notNull(),
    /** Of the papers that explain the acronym, the part that explains it so. */
    share: real().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.key, t.longQuery] }),
    index('acronyms_long_query_idx').on(t.longQuery),
    // What acronyms usually stand for, which each import reads.
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
    /** Of the papers that explain the acronym, the part that explains it as this paper does. */
    share: real().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.key, t.paperId] }),
    index('coined_names_paper_idx').on(t.paperId),
  ],
)

/** Papers whose texts came or changed since names were read, kept by a trigger. */
export const namingQueue = pgTable('naming_queue', {
  paperId: bigint('paper_id', { mode: 'number' })
    .primaryKey()
    .references(() => papers.id, { onDelete: 'cascade' }),
})

/** Keys of `paper_names` that came or went since acronyms were counted, kept by a trigger. */
export const namingChanges = pgTable('naming_changes', {
  key: sortText().primaryKey(),
})
