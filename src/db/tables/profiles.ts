import { foreignKey, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { instant, jsonDocument, sortText } from './papers.ts'

/** Columns of every source record. */
export const recordColumns = () => ({
  source: text().notNull(),
  key: sortText().notNull(),
  contentHash: text('content_hash').notNull(),
  /** The hash of the previous state; null for the first one. See `replaced_readings`. */
  previousHash: text('previous_hash'),
  licence: text(),
  fetchedAt: instant('fetched_at'),
  record: jsonDocument().notNull(),
})

/** Records of people, kept as stated, whether or not a paper names them. */
export const authorRecords = pgTable('author_records', recordColumns(), (t) => [
  primaryKey({ columns: [t.source, t.key] }),
])

/** Identifiers by which records of people are found; those of one record belong to one person. */
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

/** Records of topics, kept as stated, whether or not a paper has them. */
export const topicRecords = pgTable(
  'topic_records',
  { ...recordColumns(), slug: sortText().notNull() },
  (t) => [
    primaryKey({ columns: [t.source, t.key] }),
    index('topic_records_slug_idx').on(t.slug, t.source, t.key),
  ],
)
