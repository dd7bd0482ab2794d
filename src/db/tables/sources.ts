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

/** One row per record read from a source: what that source claims, kept whole. */
export const sourceRecords = pgTable(
  'source_records',
  {
    source: text().notNull(),
    key: sortText().notNull(),
    /** Null in a record without a title while no paper has its identifiers: it waits. */
    paperId: bigint('paper_id', { mode: 'number' }).references(() => papers.id, {
      onDelete: 'set null',
    }),
    /** The paper's id that was first given for this record, and goes where it goes; null where none was. */
    mintedId: bigint('minted_id', { mode: 'number' }),
    contentHash: text('content_hash').notNull(),
    /** That of its state before this one; null in the first. See `replaced_readings`. */
    previousHash: text('previous_hash'),
    /** Of the title: records that may be one paper by it have the same. 0 where there is none; null before it is worked out. */
    matchHash: bigint('match_hash', { mode: 'bigint' }),
    /** The same of the byline, and of the first letters of the title's words; null where there are none. */
    bylineHash: bigint('byline_hash', { mode: 'bigint' }),
    initialsHash: bigint('initials_hash', { mode: 'bigint' }),
    /** Hash of the entry and of the code that read it, so that it need not be read again; null if it must be read. */
    entryHash: uuid('entry_hash'),
    licence: text(),
    /** The day of the list that it is of; null in a record of no list. */
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
    // The papers on the lists of a span of days.
    index('source_records_listed_idx').on(t.listedOn, t.paperId).where(sql`listed_on is not null`),
    // Who states that a paper is a version of the one with an identifier.
    index('source_records_versions_idx')
      .using('gin', sql`(record->'versions') jsonb_path_ops`)
      .where(sql`record ? 'versions'`),
    // Counts of the catalogue's sources, without reading the records.
    index('source_records_origin_idx').on(t.source, t.licence, t.paperId),
  ],
)

/** Identifiers of records that wait for their paper: by these it finds them. */
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
