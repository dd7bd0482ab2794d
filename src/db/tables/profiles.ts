import { foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, jsonDocument, sortText } from './papers.ts'

/** Columns of every source record. */
export const recordColumns = () => ({
  source: text().notNull(),
  key: sortText().notNull(),
  contentHash: text('content_hash').notNull(),
  /** That of its state before this one; null in the first. See `replaced_readings`. */
  previousHash: text('previous_hash'),
  licence: text(),
  fetchedAt: instant('fetched_at'),
  record: jsonDocument().notNull(),
})

/** What sources say of people, kept as said, whether a paper names them or not. */
export const authorRecords = pgTable('author_records', recordColumns(), (t) => [
  primaryKey({ columns: [t.source, t.key] }),
])

/** By which identifiers the records of people are found: those of one record are one person's. */
export const authorRecordIdentifiers = pgTable(
  'author_record_identifiers',
  {
    scheme: text().notNull(),
    value: sortText().notNull(),
    source: text().notNull(),
    key: sortText().notNull(),
  },
  (t) => [
    primaryKey({
      name: 'author_record_identifiers_pk',
      columns: [t.scheme, t.value, t.source, t.key],
    }),
    foreignKey({
      name: 'author_record_identifiers_record_fk',
      columns: [t.source, t.key],
      foreignColumns: [authorRecords.source, authorRecords.key],
    }).onDelete('cascade'),
    index('author_record_identifiers_record_idx').on(t.source, t.key),
  ],
)

/** What sources say of topics, kept as said, whether a paper is about them or not. */
export const topicRecords = pgTable(
  'topic_records',
  { ...recordColumns(), slug: sortText().notNull() },
  (t) => [
    primaryKey({ columns: [t.source, t.key] }),
    index('topic_records_slug_idx').on(t.slug, t.source, t.key),
  ],
)
