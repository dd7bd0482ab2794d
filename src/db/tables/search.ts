import { sql } from 'drizzle-orm'
import { index, integer, pgTable, smallint, timestamp } from 'drizzle-orm/pg-core'
import { sortText } from './papers.ts'

/** How common words are, each as the text search configuration `paperql` stems it. Kept by domain/search/dictionary.ts. */
export const searchLexemes = pgTable('search_lexemes', {
  lexeme: sortText().primaryKey(),
  /** Papers with it in title, abstract or keywords; of a large catalogue, estimated from a sample. */
  paperCount: integer('paper_count').notNull(),
  /** Papers with it in the title. */
  titleCount: integer('title_count').notNull(),
})

/** Words as they are written, to find those that begin alike, or that somebody meant. */
export const searchWords = pgTable(
  'search_words',
  {
    word: sortText().primaryKey(),
    lexeme: sortText().notNull(),
  },
  () => [index('search_words_trgm_idx').using('gin', sql`word gin_trgm_ops`)],
)

/** One row: what the planning of a search knows of the catalogue as a whole. */
export const searchStatistics = pgTable('search_statistics', {
  id: smallint().primaryKey(),
  paperCount: integer('paper_count').notNull(),
  /** Papers of each tier from 0 on. */
  tierCounts: integer('tier_counts').array().notNull(),
  /** Papers that came later are not counted yet. */
  refreshedAt: timestamp('refreshed_at', { withTimezone: true, mode: 'string' }).notNull(),
})
