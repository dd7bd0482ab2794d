import { bigint, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { jsonDocument, sortText } from './papers.ts'

/**
 * Ids of papers, venues, topics, institutions and repositories that were deleted with their last paper. One that returns gets its id again,
 * so that saved references and links still lead to it. Rows stay after the return.
 */
export const formerIds = pgTable(
  'former_ids',
  {
    /** Name of the table. */
    kind: text().notNull(),
    /**
     * The key by which it is recognised: a slug, `institutions.entity`, the source and key of a paper's record, or a repository's host,
     * owner and name. Several records or names have a row each.
     */
    key: sortText().notNull(),
    id: bigint({ mode: 'number' }).notNull(),
    /** The host's data of a repository, which no record would restore; null for other kinds. */
    kept: jsonDocument(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.key] }), index('former_ids_id_idx').on(t.kind, t.id)],
)

/**
 * Authorships that were deleted with their papers, or with their names in a byline, and their authors. An author who returns gets the id
 * again.
 */
export const formerAuthorships = pgTable(
  'former_authorships',
  {
    /** No foreign keys: both may have been deleted. */
    paperId: bigint('paper_id', { mode: 'number' }).notNull(),
    authorId: bigint('author_id', { mode: 'number' }).notNull(),
    position: integer().notNull(),
    name: text().notNull(),
    /** As in `authorships`. */
    identifiers: text().array(),
    person: bigint({ mode: 'number' }),
  },
  (t) => [
    primaryKey({ name: 'former_authorships_pk', columns: [t.paperId, t.authorId] }),
    index('former_authorships_author_idx').on(t.authorId),
  ],
)
