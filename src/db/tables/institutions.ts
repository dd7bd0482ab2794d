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

/** What sources say of institutions, kept as said, whether a paper names them or not. */
export const institutionRecords = pgTable(
  'institution_records',
  { ...recordColumns(), ror: sortText().notNull() },
  (t) => [
    primaryKey({ columns: [t.source, t.key] }),
    index('institution_records_ror_idx').on(t.ror, t.source, t.key),
  ],
)

/** By which names the records of institutions are found: see `institutionKey`. */
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

/** Institutions of the authors of papers: of each ROR id one, and of each name that belongs to none. */
export const institutions = pgTable(
  'institutions',
  {
    id: id(),
    /** What makes it one: `ror:` and the id, or `name:` and the key of the name. */
    entity: sortText().notNull().unique(),
    slug: sortText().notNull().unique(),
    ror: sortText(),
    name: text().notNull(),
    nameKey: sortText('name_key').notNull(),
    /** Keys of all its names. */
    nameKeys: text('name_keys').array().notNull(),
    acronyms: text().array().notNull(),
    /** Keys of its short forms, of the initials of its name too. */
    shortKeys: text('short_keys').array().notNull(),
    /** ISO 3166 code. */
    country: text(),
    /** Host name of its home page. */
    domain: text(),
    /** ROR id of the institution that it is a part of. */
    parentRor: text('parent_ror'),
    paperCount: integer('paper_count').notNull().default(0),
    createdAt: instant('created_at'),
  },
  (t) => [
    uniqueIndex('institutions_ror_key').on(t.ror),
    index('institutions_name_key_idx').on(t.nameKey, t.id),
    index('institutions_paper_count_idx').on(t.paperCount, t.id),
    index('institutions_name_keys_idx').using('gin', t.nameKeys),
    // By single words of its names and by short forms, which the search and suggestions look for.
    index('institutions_words_idx').using('gin', sql`keys_vector(name_keys || short_keys)`),
    index('institutions_short_keys_idx').using('gin', t.shortKeys),
  ],
)

/** What papers say of where an author worked: each text, and each institution that a source names, once. */
export const affiliations = pgTable(
  'affiliations',
  {
    id: id(),
    /** SHA-256 of what it says. */
    hash: text().notNull().unique(),
    /** As printed, or the name that a source has for the institution. */
    name: text().notNull(),
    /** Whether a source names an institution; else it is printed text. */
    isClaim: boolean('is_claim').notNull(),
    ror: sortText(),
    domain: text(),
    acronym: text(),
    /** Of a claim, the key of its name where that is a name; see `institutionKey`. */
    nameKey: sortText('name_key'),
    /** Keys of names on which it depends which institution is meant. */
    keys: text().array().notNull(),
  },
  (t) => [
    index('affiliations_keys_idx').using('gin', t.keys),
    index('affiliations_name_key_idx').on(t.nameKey).where(sql`name_key is not null`),
    index('affiliations_ror_idx').on(t.ror).where(sql`ror is not null`),
    // By the words of what is printed, which searches look for.
    index('affiliations_words_idx')
      .using(
        'gin',
        sql`key_vector(regexp_replace(lower(left(name, 500)), '[^[:alnum:]]+', ' ', 'g'))`,
      )
      .where(sql`not is_claim`),
  ],
)

/** Which names of a paper's byline have an affiliation: none where no source says whose it is. */
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
    /** The source that says so. */
    source: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.affiliationId] }),
    index('paper_affiliations_affiliation_idx').on(t.affiliationId),
  ],
)

/** Which institutions an affiliation means. */
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
    /** The part of the text that is the institution's name; null of a claim. */
    matched: text(),
  },
  (t) => [
    primaryKey({ columns: [t.affiliationId, t.institutionId] }),
    index('affiliation_institutions_institution_idx').on(t.institutionId),
  ],
)

/** The institutions of a paper's authors, made of the three tables above. */
export const paperInstitutions = pgTable(
  'paper_institutions',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    institutionId: bigint('institution_id', { mode: 'number' })
      .notNull()
      .references(() => institutions.id, { onDelete: 'cascade' }),
    /** Of the names in the byline; none where no source says whose it is. */
    positions: integer().array().notNull(),
    /** The best that there is. */
    evidence: institutionEvidence().notNull(),
    source: text().notNull(),
    matched: text(),
    /** Copy of the paper's key: an institution's newest papers are one index range. */
    publishedSort: date('published_sort', { mode: 'string' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.institutionId] }),
    index('paper_institutions_institution_idx').on(t.institutionId, t.publishedSort, t.paperId),
  ],
)
