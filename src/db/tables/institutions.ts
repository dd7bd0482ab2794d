import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  date,
  foreignKey,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { id, instant, papers, sortText } from './papers.ts'
import { recordColumns } from './profiles.ts'
import { INSTITUTION_EVIDENCES } from './vocabulary.ts'

export const institutionEvidence = pgEnum('institution_evidence', INSTITUTION_EVIDENCES)

/** Records of institutions, kept as stated, whether or not a paper names them. */
export const institutionRecords = pgTable(
  'institution_records',
  { ...recordColumns(), ror: sortText().notNull() },
  (t) => [
    primaryKey({ columns: [t.source, t.key] }),
    index('institution_records_ror_idx').on(t.ror, t.source, t.key),
  ],
)

/** Names by which records of institutions are found: see `institutionKey`. */
export const institutionRecordNames = pgTable(
  'institution_record_names',
  {
    nameKey: sortText('name_key').notNull(),
    /** Whether it is a short form, which several institutions may have. */
    isAcronym: boolean('is_acronym').notNull(),
    ror: sortText().notNull(),
    source: text().notNull(),
    key: sortText().notNull(),
  },
  (t) => [
    primaryKey({
      name: 'institution_record_names_pk',
      columns: [t.nameKey, t.isAcronym, t.source, t.key],
    }),
    foreignKey({
      name: 'institution_record_names_record_fk',
      columns: [t.source, t.key],
      foreignColumns: [institutionRecords.source, institutionRecords.key],
    }).onDelete('cascade'),
    index('institution_record_names_record_idx').on(t.source, t.key),
  ],
)

/** Institutions of the authors of papers: one for each ROR id, and one for each name that belongs to no ROR id. */
export const institutions = pgTable(
  'institutions',
  {
    id: id(),
    /** The identity of the institution: `ror:` and the id, or `name:` and the key of the name. */
    entity: sortText().notNull().unique(),
    slug: sortText().notNull().unique(),
    ror: sortText(),
    name: text().notNull(),
    nameKey: sortText('name_key').notNull(),
    /** Keys of all its names. */
    nameKeys: text('name_keys').array().notNull(),
    acronyms: text().array().notNull(),
    /** Keys of its short forms, including the initials of its name. */
    shortKeys: text('short_keys').array().notNull(),
    /** ISO 3166 code. */
    country: text(),
    /** Host name of its home page. */
    domain: text(),
    /** ROR id of the institution that it belongs to. */
    parentRor: text('parent_ror'),
    paperCount: integer('paper_count').notNull().default(0),
    createdAt: instant('created_at'),
  },
  (t) => [
    uniqueIndex('institutions_ror_key').on(t.ror),
    index('institutions_name_key_idx').on(t.nameKey, t.id),
    index('institutions_paper_count_idx').on(t.paperCount, t.id),
    index('institutions_name_keys_idx').using('gin', t.nameKeys),
    // By single words of names and by short forms, for search and autocomplete.
    index('institutions_words_idx').using('gin', sql`keys_vector(name_keys || short_keys)`),
    index('institutions_short_keys_idx').using('gin', t.shortKeys),
  ],
)

/** Affiliations in papers: each printed text, and each institution that a source names, once. */
export const affiliations = pgTable(
  'affiliations',
  {
    id: id(),
    /** SHA-256 of the content. */
    hash: text().notNull().unique(),
    /** The printed text, or the source's name for the institution. */
    name: text().notNull(),
    /** True if a source names an institution; false for printed text. */
    isClaim: boolean('is_claim').notNull(),
    ror: sortText(),
    domain: text(),
    acronym: text(),
    /** For a claim, the key of its name, if that is a name; see `institutionKey`. */
    nameKey: sortText('name_key'),
    /** Keys of the names that decide which institution is meant. */
    keys: text().array().notNull(),
  },
  (t) => [
    index('affiliations_keys_idx').using('gin', t.keys),
    index('affiliations_name_key_idx').on(t.nameKey).where(sql`name_key is not null`),
    index('affiliations_ror_idx').on(t.ror).where(sql`ror is not null`),
    // By the words of the printed text, for searches.
    index('affiliations_words_idx')
      .using(
        'gin',
        sql`key_vector(regexp_replace(lower(left(name, 500)), '[^[:alnum:]]+', ' ', 'g'))`,
      )
      .where(sql`not is_claim`),
  ],
)

/** Names in a paper's byline that have an affiliation; none if no source says whose it is. */
export const paperAffiliations = pgTable(
  'paper_affiliations',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    affiliationId: bigint('affiliation_id', { mode: 'number' })
      .notNull()
      .references(() => affiliations.id, { onDelete: 'cascade' }),
    positions: integer().array().notNull(),
    /** The source of this statement. */
    source: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.affiliationId] }),
    index('paper_affiliations_affiliation_idx').on(t.affiliationId),
  ],
)

/** Institutions that an affiliation resolves to. */
export const affiliationInstitutions = pgTable(
  'affiliation_institutions',
  {
    affiliationId: bigint('affiliation_id', { mode: 'number' })
      .notNull()
      .references(() => affiliations.id, { onDelete: 'cascade' }),
    institutionId: bigint('institution_id', { mode: 'number' })
      .notNull()
      .references(() => institutions.id, { onDelete: 'cascade' }),
    evidence: institutionEvidence().notNull(),
    /** The part of the text that names the institution; null for a claim. */
    matched: text(),
  },
  (t) => [
    primaryKey({ columns: [t.affiliationId, t.institutionId] }),
    index('affiliation_institutions_institution_idx').on(t.institutionId),
  ],
)

/** The institutions of a paper's authors, derived from the three tables above. */
export const paperInstitutions = pgTable(
  'paper_institutions',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    institutionId: bigint('institution_id', { mode: 'number' })
      .notNull()
      .references(() => institutions.id, { onDelete: 'cascade' }),
    /** Positions of names in the byline; empty if no source says whose institution it is. */
    positions: integer().array().notNull(),
    /** The best evidence. */
    evidence: institutionEvidence().notNull(),
    source: text().notNull(),
    matched: text(),
    /** Copy of the paper's column, so that an institution's newest papers are one index range. */
    publishedSort: date('published_sort', { mode: 'string' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.institutionId] }),
    index('paper_institutions_institution_idx').on(t.institutionId, t.publishedSort, t.paperId),
  ],
)
