import { sql } from 'drizzle-orm'
import { index, integer, pgTable, smallint, timestamp } from 'drizzle-orm/pg-core'
import { sortText } from './papers.ts'

/** Frequencies of lexemes, which are words as the text search configuration `paperql` stems them. Kept by domain/search/dictionary.ts. */
export const searchLexemes = pgTable('search_lexemes', {
  lexeme: sortText().primaryKey(),
  /** Papers with it in title, abstract or keywords; estimated from a sample in a large catalogue. */
  paperCount: integer('paper_count').notNull(),
  /** Papers with it in the title. */
  titleCount: integer('title_count').notNull(),
})

/** Words as they are written, for prefixes and spelling correction. */
export const searchWords = pgTable(
  'search_words',
  {
    word: sortText().primaryKey(),
    lexeme: sortText().notNull(),
  },
  () => [index('search_words_trgm_idx').using('gin', sql`word gin_trgm_ops`)],
)

/** One row: facts about the whole catalogue for planning searches. */
export const searchStatistics = pgTable('search_statistics', {
  id: smallint().primaryKey(),
  paperCount: integer('paper_count').notNull(),
  /** Number of papers of each tier, from tier 0. */
  tierCounts: integer('tier_counts').array().notNull(),
  /** When they were counted. Papers added later are not included. */
  refreshedAt: timestamp('refreshed_at', { withTimezone: true, mode: 'string' }).notNull(),
})
