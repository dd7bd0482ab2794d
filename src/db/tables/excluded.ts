import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { identifierScheme, jsonDocument, sortText } from './papers.ts'

const instant = <N extends string>(name: N) =>
  timestamp(name, { withTimezone: true, mode: 'string' })

/** One row: the rules by which the papers of the catalogue were made; kept by domain/write/rules.ts. */
export const catalogueRules = pgTable(
  'catalogue_rules',
  {
    id: smallint().primaryKey(),
    /** Licences whose records do not become papers, in lower case. */
    excludedLicences: text('excluded_licences').array().notNull(),
    /** False while records are being excluded or brought back. */
    isSettled: boolean('is_settled').notNull(),
    /** Version of the precedence by which all papers up to `remade_through` were made. */
    precedenceVersion: integer('precedence_version').notNull(),
    /** Version of the rules by which records are grouped into papers. */
    matchingVersion: integer('matching_version').notNull().default(0),
    /** Version of the rules by which authorships are clustered into people. */
    clusteringVersion: integer('clustering_version').notNull().default(0),
    /** Papers up to this id are made by the newest version; null when all are. */
    remadeThrough: bigint('remade_through', { mode: 'number' }),
    /** Version of the rules by which papers up to `topicsThrough` have topics. */
    topicsVersion: integer('topics_version').notNull().default(0),
    /** Null when all papers have topics by that version. */
    topicsThrough: bigint('topics_through', { mode: 'number' }),
  },
  (t) => [check('catalogue_rules_one_row', sql`${t.id} = 1`)],
)

/**
 * Records under excluded licences, as they were in `source_records`. In a table of their own, because otherwise every reader of records
 * would have to leave them out.
 */
export const hiddenRecords = pgTable(
  'hidden_records',
  {
    source: text().notNull(),
    key: sortText().notNull(),
    /**
     * The paper that it belonged to, which returns under its id; null if it never belonged to one. No foreign key: the paper may have been
     * deleted.
     */
    paperId: bigint('paper_id', { mode: 'number' }),
    mintedId: bigint('minted_id', { mode: 'number' }),
    /** Creation time of that paper. */
    paperCreatedAt: instant('paper_created_at'),
    contentHash: text('content_hash').notNull(),
    licence: text(),
    fetchedAt: instant('fetched_at').notNull().defaultNow(),
    record: jsonDocument().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.source, t.key] }),
    index('hidden_records_licence_idx').on(t.licence, t.source, t.key),
  ],
)

/** Records of authors, topics and institutions under excluded licences, as they were in their own tables. */
export const hiddenProfileRecords = pgTable(
  'hidden_profile_records',
  {
    type: text({ enum: ['author', 'topic', 'institution'] }).notNull(),
    source: text().notNull(),
    key: sortText().notNull(),
    contentHash: text('content_hash').notNull(),
    licence: text(),
    fetchedAt: instant('fetched_at').notNull().defaultNow(),
    record: jsonDocument().notNull(),
  },
  (t) => [primaryKey({ columns: [t.type, t.source, t.key] })],
)

/** Citations of sources under excluded licences, as they were in `citation_edges`. */
export const hiddenCitationEdges = pgTable(
  'hidden_citation_edges',
  {
    citingScheme: identifierScheme('citing_scheme').notNull(),
    citingValue: sortText('citing_value').notNull(),
    citedScheme: identifierScheme('cited_scheme').notNull(),
    citedValue: sortText('cited_value').notNull(),
    source: text().notNull(),
    isInfluential: boolean('is_influential'),
    intents: text().array().notNull(),
    contexts: text().array(),
  },
  (t) => [
    primaryKey({
      name: 'hidden_citation_edges_pk',
      columns: [t.source, t.citingScheme, t.citingValue, t.citedScheme, t.citedValue],
    }),
  ],
)
