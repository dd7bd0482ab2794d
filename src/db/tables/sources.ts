import { sql } from 'drizzle-orm'
import {
  bigint,
  date,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  uuid,
} from 'drizzle-orm/pg-core'
import { identifierScheme, instant, jsonDocument, papers, sortText } from './papers.ts'

/** One row for each record read from a source: the source's claims, kept whole. */
export const sourceRecords = pgTable(
  'source_records',
  {
    source: text().notNull(),
    key: sortText().notNull(),
    /** Null for a record without a title while no paper has its identifiers: the record waits. */
    paperId: bigint('paper_id', { mode: 'number' }).references(() => papers.id, {
      onDelete: 'set null',
    }),
    /** The paper id that was first created for this record, and that moves with it; null if none was. */
    mintedId: bigint('minted_id', { mode: 'number' }),
    contentHash: text('content_hash').notNull(),
    /** The hash of the previous state; null for the first one. See `replaced_readings`. */
    previousHash: text('previous_hash'),
    /** Hash of the title, equal for records that may be one paper by their titles. 0 without a title; null before it is computed. */
    matchHash: bigint('match_hash', { mode: 'bigint' }),
    /** The same for the byline, and for the first letters of the title's words; null if there are none. */
    bylineHash: bigint('byline_hash', { mode: 'bigint' }),
    initialsHash: bigint('initials_hash', { mode: 'bigint' }),
    /** Hash of the entry and of the code that read it, so that an unchanged entry is not read again; null if it must be read. */
    entryHash: uuid('entry_hash'),
    licence: text(),
    /** The day of the list that contains it; null for a record outside lists. */
    listedOn: date('listed_on', { mode: 'string' }),
    fetchedAt: instant('fetched_at'),
    record: jsonDocument().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.key] }),
    index('source_records_paper_idx').on(t.paperId),
    index('source_records_match_idx').on(t.matchHash),
    index('source_records_byline_idx').on(t.bylineHash),
    index('source_records_initials_idx').on(t.initialsHash),
    index('source_records_entry_idx').on(t.entryHash),
    // Papers on the lists of several days.
    index('source_records_listed_idx').on(t.listedOn, t.paperId).where(sql`listed_on is not null`),
    // Records that state that a paper is a version of the one with an identifier.
    index('source_records_versions_idx')
      .using('gin', sql`(record->'versions') jsonb_path_ops`)
      .where(sql`record ? 'versions'`),
    // Counts of the catalogue's sources, without reading the records.
    index('source_records_origin_idx').on(t.source, t.licence, t.paperId),
  ],
)

/** Identifiers by which waiting records find their paper. */
export const waitingIdentifiers = pgTable(
  'waiting_identifiers',
  {
    scheme: identifierScheme().notNull(),
    value: sortText().notNull(),
    source: text().notNull(),
    key: sortText().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.scheme, t.value, t.source, t.key] }),
    index('waiting_identifiers_record_idx').on(t.source, t.key),
    foreignKey({
      name: 'waiting_identifiers_record_fk',
      columns: [t.source, t.key],
      foreignColumns: [sourceRecords.source, sourceRecords.key],
    }).onDelete('cascade'),
  ],
)
