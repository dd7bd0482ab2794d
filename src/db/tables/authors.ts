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
     * The keys of other names that papers print of the author, those of most papers first, and of other spellings of all names (Mueller for
     * Müller), each behind ` / `; empty where there are none.
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

/** Where the ids of authors lead who became one: that of the author who stays leads to itself. */
export const authorRedirects = pgTable(
  'author_redirects',
  {
    id: bigint({ mode: 'number' }).primaryKey(),
    /** No foreign key: an author without papers is gone, and may come back under the same id. */
    authorId: bigint('author_id', { mode: 'number' }).notNull(),
    /** Papers that the author had first, some of many: who falls off with them has the id back. */
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

/** Identifiers that records give an author, while another has them: see `groupSlots`. */
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
    /** The part of the name that is the family name; null where no source states it apart. */
    familyName: text('family_name'),
    affiliation: text(),
    /** What the paper's records, and records of people, identify the author by, as `scheme:value`; null without any. */
    identifiers: text().array(),
    /** Family name and initial, by which authorships are clustered; empty for what is not the name of a person, null before it was computed. */
    nameBlock: sortText('name_block'),
    /** The same for authorships that evidence makes one person's: see `domain/identity/cluster.ts`. Null where none does. */
    person: bigint({ mode: 'number' }),
    /** Copy of the paper's key: an author's newest papers are one index range, without a sort. */
    publishedSort: date('published_sort', { mode: 'string' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.paperId, t.position] }),
    unique('authorships_author_paper_key').on(t.authorId, t.paperId),
    index('authorships_author_published_idx').on(t.authorId, t.publishedSort, t.paperId),
    index('authorships_name_block_idx').on(t.nameBlock).where(sql`name_block <> ''`),
    // By the words of what is printed, as searches look for them; the first of them, as no word of a vector may be longer.
    index('authorships_affiliation_words_idx')
      .using(
        'gin',
        sql`key_vector(regexp_replace(lower(left(affiliation, 500)), '[^[:alnum:]]+', ' ', 'g'))`,
      )
      .where(sql`affiliation is not null`),
  ],
)
