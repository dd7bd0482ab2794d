import { pgTable, text } from 'drizzle-orm/pg-core'
import { instant, jsonDocument } from './papers.ts'

/** Saved queries, in their canonical form. A row never changes. */
export const savedQueries = pgTable('saved_queries', {
  /** Hash of the document: equal queries are one row. */
  id: text().primaryKey(),
  document: jsonDocument().notNull(),
  createdAt: instant('created_at'),
})
