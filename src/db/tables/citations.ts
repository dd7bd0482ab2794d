import {
  bigint,
  boolean,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import { identifierScheme, instant, papers, sortText } from './papers.ts'

/**
 * References in the records of a paper: a row for each identifier of a reference, or one row without an identifier. Kept as stated, whether
 * or not the cited paper is in the catalogue.
 */
export const paperReferences = pgTable(
  'paper_references',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    /** Place in the paper's list, from 1; rows with the same place are one reference. */
    place: integer().notNull(),
    /** Index of the identifier within the reference, from 0. Title and text are at index 0 only. */
    variant: integer().notNull(),
    scheme: identifierScheme(),
    value: sortText(),
    title: text(),
    /** The reference as printed. */
    text: text(),
    sources: text().array().notNull(),
    isInfluential: boolean('is_influential'),
    intents: text().array().notNull(),
    /** The sentences that cite it, at index 0 only; null if there are none. */
    contexts: text().array(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.place, t.variant] }),
    index('paper_references_identifier_idx').on(t.scheme, t.value),
  ],
)

/**
 * Citations from sources that state nothing else: one identifier cites another. Kept as stated, whether or not the papers are in the
 * catalogue.
 */
export const citationEdges = pgTable(
  'citation_edges',
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
      name: 'citation_edges_pk',
      columns: [t.citingScheme, t.citingValue, t.citedScheme, t.citedValue, t.source],
    }),
    index('citation_edges_cited_idx').on(t.citedScheme, t.citedValue),
  ],
)

/**
 * Citations between papers of the catalogue, derived only from the two tables above and the papers' identifiers. The cited paper is not a
 * foreign key, because it may be the hottest row of the catalogue, or on another shard.
 */
export const citations = pgTable(
  'citations',
  {
    citingId: bigint('citing_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    citedId: bigint('cited_id', { mode: 'number' }).notNull(),
    sources: text().array().notNull(),
    isInfluential: boolean('is_influential'),
    intents: text().array().notNull(),
    /** Copy of the citing paper's column, so that the newest papers that cite a paper are one index range. */
    publishedSort: date('published_sort', { mode: 'string' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.citingId, t.citedId] }),
    index('citations_cited_published_idx').on(t.citedId, t.publishedSort, t.citingId),
  ],
)

/** Papers whose citation count must be updated. */
export const citationRecounts = pgTable('citation_recounts', {
  paperId: bigint('paper_id', { mode: 'number' }).primaryKey(),
})

/** Number of papers of the catalogue that cite a paper, and when it was counted; no row if it was never cited. */
export const citationCounts = pgTable('citation_counts', {
  paperId: bigint('paper_id', { mode: 'number' })
    .primaryKey()
    .references(() => papers.id, { onDelete: 'cascade' }),
  count: integer().notNull(),
  countedAt: instant('counted_at'),
})
