import { sql } from 'drizzle-orm'
import {
  bigint,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import { id, instant, papers, sortText } from './papers.ts'

export const authors = pgTable(
  'authors',
  {
    id: id(),
    name: text().notNull(),
    nameKey: sortText('name_key').notNull(),
    /**
     * Keys of the author's other printed names, those of most papers first, and of other spellings of all names (Mueller for Müller), each
     * preceded by ` / `; empty if there are none.
     */
    otherNames: sortText('other_names').notNull().default(''),
    paperCount: integer('paper_count').notNull().default(0),
    createdAt: instant('created_at'),
  },
  (t) => [
    index('authors_name_key_idx').on(t.nameKey, t.id),
    index('authors_name_trgm_idx').using('gin', sql`(name_key || other_names) gin_trgm_ops`),
    index('authors_paper_count_idx').on(t.paperCount, t.id, t.nameKey),
    index('authors_words_idx').using('gin', sql`key_vector(name_key || other_names)`),
    index('authors_other_names_idx')
      .using('gin', sql`key_vector(other_names)`)
      .where(sql`other_names <> ''`),
    // Authors of one family name and initial, those with most papers first.
    index('authors_name_block_idx').on(
      sql`(split_part(name_key, ' ', -1) || ' ' || left(name_key, 1))`,
      t.paperCount,
      t.id,
    ),
  ],
)

/** Redirects of authors who became one. The author who stays redirects to itself. */
export const authorRedirects = pgTable(
  'author_redirects',
  {
    id: bigint({ mode: 'number' }).primaryKey(),
    /** No foreign key: an author without papers is deleted, and may return with the same id. */
    authorId: bigint('author_id', { mode: 'number' }).notNull(),
    /** Some of the papers that the author had first. An author who is split off with them gets the id back. */
    paperIds: bigint('paper_ids', { mode: 'number' }).array().notNull().default([]),
  },
  (t) => [index('author_redirects_author_idx').on(t.authorId)],
)

export const authorIdentifiers = pgTable(
  'author_identifiers',
  {
    scheme: text().notNull(),
    value: sortText().notNull(),
    authorId: bigint('author_id', { mode: 'number' })
      .notNull()
      .references(() => authors.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.scheme, t.value] }),
    index('author_identifiers_author_idx').on(t.authorId),
  ],
)

/** Identifiers that records give an author while another author has them: see `groupSlots`. */
export const contestedAuthorIdentifiers = pgTable(
  'contested_author_identifiers',
  {
    scheme: text().notNull(),
    value: sortText().notNull(),
    authorId: bigint('author_id', { mode: 'number' })
      .notNull()
      .references(() => authors.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({
      name: 'contested_author_identifiers_pk',
      columns: [t.scheme, t.value, t.authorId],
    }),
    index('contested_author_identifiers_author_idx').on(t.authorId),
  ],
)

export const authorships = pgTable(
  'authorships',
  {
    paperId: bigint('paper_id', { mode: 'number' })
      .notNull()
      .references(() => papers.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    authorId: bigint('author_id', { mode: 'number' })
      .notNull()
      .references(() => authors.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** The family name within the name; null if no source states it separately. */
    familyName: text('family_name'),
    affiliation: text(),
    /** Identifiers of the author in the paper's records and in records of people, as `scheme:value`; null if there are none. */
    identifiers: text().array(),
    /** Family name and initial, by which authorships are clustered; empty if it is not the name of a person, null before it is computed. */
    nameBlock: sortText('name_block'),
    /** Equal for authorships that evidence assigns to one person: see `domain/identity/cluster.ts`. Null without evidence. */
    person: bigint({ mode: 'number' }),
    /** Copy of the paper's column, so that an author's newest papers are one index range, without a sort. */
    publishedSort: date('published_sort', { mode: 'string' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.position] }),
    unique('authorships_author_paper_key').on(t.authorId, t.paperId),
    index('authorships_author_published_idx').on(t.authorId, t.publishedSort, t.paperId),
    index('authorships_name_block_idx').on(t.nameBlock).where(sql`name_block <> ''`),
    // Words of the printed text, for searches. Cut, because a word of a vector has a maximum length.
    index('authorships_affiliation_words_idx')
      .using(
        'gin',
        sql`key_vector(regexp_replace(lower(left(affiliation, 500)), '[^[:alnum:]]+', ' ', 'g'))`,
      )
      .where(sql`affiliation is not null`),
  ],
)
