import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  customType,
  date,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  real,
  smallint,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'
import { searchColumns } from './search-columns.ts'
import { IDENTIFIER_SCHEMES, PAPER_KINDS, TOPIC_KINDS, VENUE_KINDS } from './vocabulary.ts'

export const paperKind = pgEnum('paper_kind', PAPER_KINDS)
export const datePrecision = pgEnum('date_precision', ['year', 'month', 'day'])
export const identifierScheme = pgEnum('identifier_scheme', IDENTIFIER_SCHEMES)
export const topicKind = pgEnum('topic_kind', TOPIC_KINDS)
export const venueKind = pgEnum('venue_kind', VENUE_KINDS)

/** Text that compares byte by byte, so that a keyset position means the same in every server locale. */
export const sortText = customType<{ data: string }>({ dataType: () => 'text collate "C"' })
/** jsonb that passes text to the driver. */
export const jsonDocument = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'jsonb',
  toDriver: (value) => JSON.stringify(value),
})

export const id = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()
export const instant = <N extends string>(name: N) =>
  timestamp(name, { withTimezone: true, mode: 'string' }).notNull().defaultNow()

export const venues = pgTable(
  'venues',
  {
    id: id(),
    slug: sortText().notNull().unique(),
    name: text().notNull(),
    nameKey: sortText('name_key').notNull(),
    acronym: text(),
    kind: venueKind().notNull(),
    paperCount: integer('paper_count').notNull().default(0),
    createdAt: instant('created_at'),
  },
  (t) => [
    index('venues_name_key_idx').on(t.nameKey, t.id),
    index('venues_paper_count_idx').on(t.paperCount, t.id),
    index('venues_words_idx').using(
      'gin',
      sql`key_vector(name_key || ' ' || lower(left(coalesce(acronym, ''), 100)))`,
    ),
  ],
)

export const papers = pgTable(
  'papers',
  {
    id: id(),
    title: text().notNull(),
    /** The normalised title, cut to the length that a b-tree can hold: for merging and for the order by title. */
    titleKey: sortText('title_key').notNull(),
    abstract: text(),
    /** A summary in one sentence, written by a model. */
    tldr: text(),
    /** A summary in one sentence, written by the authors for reviewers. */
    authorSummary: text('author_summary'),
    /** Its keywords, one a line, for searches; null if there are none. Those in `paper_keywords` are shown. */
    keywordText: text('keyword_text'),
    kind: paperKind().notNull(),
    publishedOn: date('published_on', { mode: 'string' }),
    publishedPrecision: datePrecision('published_precision'),
    /** `published_on` without nulls: the keyset key of the most common order. */
    publishedSort: date('published_sort', { mode: 'string' })
      .notNull()
      .generatedAlwaysAs(sql`coalesce(published_on, '-infinity'::date)`),
    eventYear: smallint('event_year'),
    language: text(),
    licence: text(),
    isRetracted: boolean('is_retracted').notNull().default(false),
    venueId: bigint('venue_id', { mode: 'number' }).references(() => venues.id, {
      onDelete: 'set null',
    }),
    /** A `PublicationClaim`, taken whole from one record; null if no record states one. */
    publication: jsonDocument('publication'),
    landingUrl: text('landing_url'),
    pdfUrl: text('pdf_url'),
    authorCount: integer('author_count').notNull().default(0),
    /** Whether the byline names only some of its authors. */
    hasMoreAuthors: boolean('has_more_authors').notNull().default(false),
    /** The highest citation count of any source. */
    statedCitationCount: integer('stated_citation_count').notNull().default(0),
    /** Number of papers of this catalogue that cite it, stored if it is higher than the count of every source. */
    linkedCitationCount: integer('linked_citation_count').notNull().default(0),
    citationCount: integer('citation_count')
      .notNull()
      .generatedAlwaysAs(sql`greatest(stated_citation_count, linked_citation_count)`),
    /** The highest upvote count of any source; null if none states one. */
    upvoteCount: integer('upvote_count'),
    /** Votes in this catalogue, counted by `domain/votes`. */
    ownUpvoteCount: integer('own_upvote_count').notNull().default(0),
    upvotesSort: integer('upvotes_sort')
      .notNull()
      .generatedAlwaysAs(sql`coalesce(upvote_count, 0) + own_upvote_count`),
    /** The highest mean review rating of its decisions; -1 without ratings. */
    ratingSort: real('rating_sort').notNull().default(-1),
    /** The day on which it first appeared; null if unknown, or if records say on which days it was listed. */
    appearedOn: date('appeared_on', { mode: 'string' }),
    repositoryCount: integer('repository_count').notNull().default(0),
    /** The highest number of stars of its repositories. */
    starCount: integer('star_count').notNull().default(0),
    ...searchColumns(),
    createdAt: instant('created_at'),
  },
  (t) => [
    index('papers_published_idx').on(t.publishedSort, t.id),
    index('papers_published_with_code_idx')
      .on(t.publishedSort, t.id)
      .where(sql`repository_count > 0`),
    // Includes the key, like the indexes by use of other suggestable rows, so that the most used ones are searched without reading rows.
    index('papers_citations_idx').on(t.citationCount, t.id, t.titleKey),
    // Columns of the facets: rows with their abstracts are twenty times as wide.
    index('papers_facets_idx').on(
      t.id,
      t.publishedSort,
      t.venueId,
      t.kind,
      t.repositoryCount,
      t.citationCount,
      t.starCount,
      t.language,
    ),
    index('papers_stars_idx').on(t.starCount, t.id),
    index('papers_upvotes_idx').on(t.upvotesSort, t.id),
    index('papers_rating_idx').on(t.ratingSort, t.id),
    index('papers_appeared_idx').on(t.appearedOn, t.id).where(sql`appeared_on is not null`),
    index('papers_created_idx').on(t.createdAt, t.id),
    index('papers_title_key_idx').on(t.titleKey, t.id),
    index('papers_title_words_idx').using('gin', sql`key_vector(title_key)`),
    index('papers_venue_idx').on(t.venueId, t.publishedSort, t.id),
    index('papers_search_idx').using('gin', t.search, t.searchTier),
    index('papers_title_search_idx').using('gin', t.titleSearch, t.searchTier),
  ],
)

/** Ids of merged papers, so that links to them keep working. */
export const paperRedirects = pgTable(
  'paper_redirects',
  {
    id: bigint({ mode: 'number' }).primaryKey(),
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    mergedAt: timestamp('merged_at', { withTimezone: true, mode: 'string' }),
    /** Why: `identifier`, `title` or `decision`. Null, like the instant, for merges made before this was recorded. */
    cause: text(),
    /** The shared identifier, or the number of the decision. */
    causeValue: text('cause_value'),
  },
  (t) => [index('paper_redirects_paper_idx').on(t.paperId)],
)

export const paperIdentifiers = pgTable(
  'paper_identifiers',
  {
    scheme: identifierScheme().notNull(),
    value: sortText().notNull(),
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.scheme, t.value] }),
    index('paper_identifiers_paper_idx').on(t.paperId),
  ],
)

/** All words of titles and names, kept by triggers: candidates for a mistyped word. */
export const words = pgTable('words', {
  word: sortText().primaryKey(),
  /** Number of titles with the word, counted as they are added, up to a number that is common. */
  titleCount: integer('title_count').notNull(),
})
